//! What finds set of guardrails: its name.

use super::super::import;
use super::model::Guardrails;
use super::{Call, GuardrailsResource};
use landform_framework::{Diagnostics, Identity, Model, Text, Value};
use landform_model::ResourceName;

/// What finds a set of guardrails of the provider's stack.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct GuardrailsIdentity {
    /// The name.
    #[attribute(required)]
    pub(crate) name: Value<Text<ResourceName>>,
}

#[async_trait::async_trait]
impl Identity for GuardrailsIdentity {
    type Resource = GuardrailsResource;

    fn of(set: &Guardrails) -> Self {
        Self { name: set.name.clone() }
    }

    async fn import(self, _: &GuardrailsResource, cx: &Call) -> Result<Guardrails, Diagnostics> {
        match self.name {
            Value::Known(name) => import::by_name(cx.client(), &name.0).await,
            Value::Null | Value::Unknown => Err(import::nameless()),
        }
    }

    fn example() -> Self {
        Self { name: "workloads".parse().ok().map(Text).into() }
    }
}
