//! Finds the sets of guardrails of a stack, for `terraform query`.

use super::super::import;
use super::GuardrailsResource;
use super::model::Guardrails;
use crate::client::failure;
use landform_framework::{Diagnostic, Diagnostics, List, ListContext, Model, Text, Value};
use std::ops::ControlFlow;

/// Finds the sets of guardrails of this stack, such as those of a state that was lost.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct GuardrailsList {}

#[async_trait::async_trait]
impl List for GuardrailsList {
    type Resource = GuardrailsResource;

    async fn list(
        self,
        _: &GuardrailsResource,
        cx: &ListContext<GuardrailsResource>,
    ) -> Result<(), Diagnostics> {
        let client = cx.client();
        let sets = import::of_stack::<Guardrails>(client).await;
        for name in sets.map_err(|error| failure("Listing the sets of guardrails", &error, ""))? {
            let found = match cx.wants_objects() {
                true => import::by_name(client, &name).await,
                false => Ok(Guardrails { name: Value::Known(Text(name.clone())), ..Guardrails::default() }),
            };
            let enough = match found {
                Ok(found) => cx.found(name.to_string(), found).await,
                Err(why) => {
                    let summary = format!("{name} was left out: it cannot be imported");
                    cx.warn(Diagnostic::warning(summary, why.to_string())).await;
                    ControlFlow::Continue(())
                }
            };
            if enough.is_break() {
                break;
            }
        }
        Ok(())
    }
}
