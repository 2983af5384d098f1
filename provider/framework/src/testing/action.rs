use serde_json::Value as Json;
use tfplugin_proto::wire::invoke_action::event::Type as Event;
use tfplugin_proto::wire::provider_server::Provider as _;
use tfplugin_proto::wire::{DynamicValue, invoke_action, plan_action, validate_action_config};
use tokio_stream::StreamExt;
use tonic::Request;

use super::json::from_json;
use super::terraform::{Terraform, answer, diagnostics, encode};
use crate::Diagnostics;

impl<C: Send + Sync + 'static> Terraform<C> {
    /// Validates and plans an action.
    pub async fn plan_action(&self, type_name: &str, config: &Json) -> Diagnostics {
        let config = Some(self.action_config(type_name, config));
        let request =
            validate_action_config::Request { type_name: type_name.to_owned(), config: config.clone() };
        let validated = answer(self.service().validate_action_config(Request::new(request)).await);
        let mut all = diagnostics(validated.diagnostics);
        if all.has_errors() {
            return all;
        }
        let request =
            plan_action::Request { action_type: type_name.to_owned(), config, ..Default::default() };
        all.extend(diagnostics(answer(self.service().plan_action(Request::new(request)).await).diagnostics));
        all
    }

    /// Invokes an action; the lines are its progress.
    pub async fn invoke(&self, type_name: &str, config: &Json) -> (Vec<String>, Diagnostics) {
        let config = Some(self.action_config(type_name, config));
        let request =
            invoke_action::Request { action_type: type_name.to_owned(), config, ..Default::default() };
        let mut events = answer(self.service().invoke_action(Request::new(request)).await);
        let (mut lines, mut ended) = (Vec::new(), None);
        while let Some(event) = events.next().await {
            assert!(ended.is_none(), "the action went on after it had ended");
            match answer(event.map(tonic::Response::new)).r#type {
                Some(Event::Progress(progress)) => lines.push(progress.message),
                Some(Event::Completed(completed)) => ended = Some(diagnostics(completed.diagnostics)),
                None => panic!("an empty event"),
            }
        }
        match ended {
            Some(diagnostics) => (lines, diagnostics),
            None => panic!("the action did not say how it ended"),
        }
    }

    fn action_config(&self, type_name: &str, config: &Json) -> DynamicValue {
        match self.service().provider().action_schemas().find(|(name, _)| *name == type_name) {
            Some((_, schema)) => encode(&from_json(config, &schema.cty_type()), &schema.cty_type()),
            None => panic!("there is no action {type_name}"),
        }
    }
}
