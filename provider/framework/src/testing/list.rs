use serde_json::Value as Json;
use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::provider_server::Provider as _;
use tfplugin_proto::wire::{generate_resource_config, list_resource, validate_list_resource_config};
use tokio_stream::StreamExt;
use tonic::Request;

use super::json::from_json;
use super::terraform::{Terraform, answer, decode, diagnostics, encode};
use crate::Diagnostics;

/// What a list found.
#[derive(Clone, Debug)]
pub struct FoundObject {
    /// The name that people know it by.
    pub display_name: String,
    /// What Terraform imports it by.
    pub identity: Value,
    /// The object, if it was asked for.
    pub object: Option<Value>,
}

impl<C: Send + Sync + 'static> Terraform<C> {
    /// Validates and runs a list, as `terraform query` does. No `limit` means all.
    pub async fn list(
        &self,
        type_name: &str,
        config: &Json,
        limit: Option<i64>,
        objects: bool,
    ) -> (Vec<FoundObject>, Diagnostics) {
        let provider = self.service().provider();
        let Some((_, schema)) = provider.list_schemas().find(|(name, _)| *name == type_name) else {
            panic!("there is no list of {type_name}")
        };
        let ty = schema.cty_type();
        let config = Some(encode(&from_json(config, &ty), &ty));
        let request = validate_list_resource_config::Request {
            type_name: type_name.to_owned(),
            config: config.clone(),
            ..Default::default()
        };
        let validated = answer(self.service().validate_list_resource_config(Request::new(request)).await);
        let mut all = diagnostics(validated.diagnostics);
        if all.has_errors() {
            return (Vec::new(), all);
        }
        let request = list_resource::Request {
            type_name: type_name.to_owned(),
            config,
            include_resource_object: objects,
            limit: limit.unwrap_or_default(),
        };
        let mut events = answer(self.service().list_resource(Request::new(request)).await);
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            let event = answer(event.map(tonic::Response::new));
            all.extend(diagnostics(event.diagnostic));
            if event.identity.is_some() {
                let object = event.resource_object.as_ref();
                found.push(FoundObject {
                    display_name: event.display_name,
                    identity: self.decode_identity(type_name, event.identity.as_ref()).await,
                    object: object.map(|object| decode(Some(object), &self.schema(type_name).cty_type())),
                });
            }
        }
        (found, all)
    }

    /// Writes the configuration of an object.
    pub async fn generate_config(&self, type_name: &str, state: &Value) -> (Value, Diagnostics) {
        let ty = self.schema(type_name).cty_type();
        let request = generate_resource_config::Request {
            type_name: type_name.to_owned(),
            state: Some(encode(state, &ty)),
        };
        let response = answer(self.service().generate_resource_config(Request::new(request)).await);
        (decode(response.config.as_ref(), &ty), diagnostics(response.diagnostics))
    }
}
