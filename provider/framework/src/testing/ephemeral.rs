use std::time::SystemTime;

use serde_json::Value as Json;
use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::provider_server::Provider as _;
use tfplugin_proto::wire::{
    close_ephemeral_resource, open_ephemeral_resource, renew_ephemeral_resource,
    validate_ephemeral_resource_config,
};
use tonic::Request;

use super::json::from_json;
use super::terraform::{Terraform, answer, decode, diagnostics, encode};
use crate::Diagnostics;
use crate::cty::Type;

/// An ephemeral resource, or why it is not open.
#[derive(Clone, Debug)]
pub struct OpenedEphemeral {
    /// Arguments and results; null when it is not open.
    pub result: Value,
    /// When Terraform renews it.
    pub renew_at: Option<SystemTime>,
    /// What the provider wants to be told next time.
    pub private: Vec<u8>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

impl<C: Send + Sync + 'static> Terraform<C> {
    /// Validates and opens an ephemeral resource.
    pub async fn open(&self, type_name: &str, config: &Json) -> OpenedEphemeral {
        let ty = self.ephemeral_type(type_name);
        let config = Some(encode(&from_json(config, &ty), &ty));
        let request = validate_ephemeral_resource_config::Request {
            type_name: type_name.to_owned(),
            config: config.clone(),
        };
        let validated =
            answer(self.service().validate_ephemeral_resource_config(Request::new(request)).await);
        let mut all = diagnostics(validated.diagnostics);
        if all.has_errors() {
            return OpenedEphemeral {
                result: Value::Null,
                renew_at: None,
                private: Vec::new(),
                diagnostics: all,
            };
        }
        let request = open_ephemeral_resource::Request {
            type_name: type_name.to_owned(),
            config,
            ..Default::default()
        };
        let response = answer(self.service().open_ephemeral_resource(Request::new(request)).await);
        all.extend(diagnostics(response.diagnostics));
        OpenedEphemeral {
            result: decode(response.result.as_ref(), &ty),
            renew_at: response.renew_at.and_then(|time| SystemTime::try_from(time).ok()),
            private: response.private.unwrap_or_default(),
            diagnostics: all,
        }
    }

    /// Renews what was opened: times and private data change, the result stays.
    pub async fn renew(&self, type_name: &str, opened: &mut OpenedEphemeral) -> Diagnostics {
        let private = Some(opened.private.clone());
        let request = renew_ephemeral_resource::Request { type_name: type_name.to_owned(), private };
        let response = answer(self.service().renew_ephemeral_resource(Request::new(request)).await);
        opened.renew_at = response.renew_at.and_then(|time| SystemTime::try_from(time).ok());
        opened.private = response.private.unwrap_or_default();
        diagnostics(response.diagnostics)
    }

    /// Closes what was opened.
    pub async fn close(&self, type_name: &str, opened: OpenedEphemeral) -> Diagnostics {
        let private = Some(opened.private);
        let request = close_ephemeral_resource::Request { type_name: type_name.to_owned(), private };
        diagnostics(answer(self.service().close_ephemeral_resource(Request::new(request)).await).diagnostics)
    }

    fn ephemeral_type(&self, type_name: &str) -> Type {
        let provider = self.service().provider();
        match provider.ephemeral_resource_schemas().find(|(name, _)| *name == type_name) {
            Some((_, schema)) => schema.cty_type(),
            None => panic!("there is no ephemeral resource {type_name}"),
        }
    }
}
