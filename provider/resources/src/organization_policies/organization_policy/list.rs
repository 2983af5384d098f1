//! Finds the organization policies of a stack, for `terraform query`.

use super::super::import;
use super::OrganizationPolicyResource;
use super::model::OrganizationPolicy;
use crate::client::failure;
use landform_framework::{Diagnostic, Diagnostics, List, ListContext, Model, Text, Value};
use std::ops::ControlFlow;

/// Finds the organization policies of this stack, such as those of a state that was lost.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct OrganizationPolicyList {}

#[async_trait::async_trait]
impl List for OrganizationPolicyList {
    type Resource = OrganizationPolicyResource;

    async fn list(
        self,
        _: &OrganizationPolicyResource,
        cx: &ListContext<OrganizationPolicyResource>,
    ) -> Result<(), Diagnostics> {
        let client = cx.client();
        let sets = import::of_stack::<OrganizationPolicy>(client).await;
        for name in sets.map_err(|error| failure("Listing the organization policies", &error, ""))? {
            let found = match cx.wants_objects() {
                true => import::by_name(client, &name).await,
                false => Ok(OrganizationPolicy {
                    name: Value::Known(Text(name.clone())),
                    ..OrganizationPolicy::default()
                }),
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
