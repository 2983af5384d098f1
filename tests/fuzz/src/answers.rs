//! What every answer must be, whatever was asked.

use prost::Message;
use tfplugin_proto::cty::{DecodeError, Type, Value, decode_json, decode_msgpack};
use tfplugin_proto::wire::{self, DynamicValue, ResourceIdentityData};

use crate::catalog::{Catalog, block_type};
use crate::diagnosed::{Diagnosed, any_error};

/// What a good answer brings: values to go on with.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// A state of the resource that was asked about.
    pub state: Option<Value>,
    /// A planned state.
    pub planned: Option<Value>,
    /// What the provider keeps with it.
    pub private: Option<Vec<u8>>,
    /// An identity.
    pub identity: Option<ResourceIdentityData>,
    /// Whether the answer is an error.
    pub failed: bool,
}

/// Reads the answer to `request` and checks it against the schemas.
///
/// # Panics
/// The answer is malformed, a value in it is not of the type that the schema says, or a stream has a wrong end.
pub fn check(catalog: &Catalog, rpc: &str, request: &[u8], answer: &[Vec<u8>]) -> Learned {
    let checked = Checked { catalog, rpc, request, answer };
    match rpc {
        "ReadResource" => {
            let (asked, said) =
                checked.unary::<wire::read_resource::Request, wire::read_resource::Response>();
            Learned {
                failed: said.failed(),
                state: checked.resource(&asked.type_name, said.new_state.as_ref()),
                identity: checked.identity(&asked.type_name, said.new_identity),
                private: Some(said.private),
                planned: None,
            }
        }
        "PlanResourceChange" => {
            let (asked, said) =
                checked.unary::<wire::plan_resource_change::Request, wire::plan_resource_change::Response>();
            Learned {
                failed: said.failed(),
                planned: checked.resource(&asked.type_name, said.planned_state.as_ref()),
                identity: checked.identity(&asked.type_name, said.planned_identity),
                private: Some(said.planned_private),
                state: None,
            }
        }
        "ApplyResourceChange" => {
            let (asked, said) = checked
                .unary::<wire::apply_resource_change::Request, wire::apply_resource_change::Response>();
            let state = checked.resource(&asked.type_name, said.new_state.as_ref());
            let kept = said.new_state.as_ref().is_some_and(|state| checked.gave(state));
            let known = kept || state.as_ref().is_none_or(Value::is_wholly_known);
            assert!(known, "Terraform does not save what is unknown: {state:?}");
            Learned {
                failed: said.failed(),
                state,
                identity: checked.identity(&asked.type_name, said.new_identity),
                private: Some(said.private),
                planned: None,
            }
        }
        "UpgradeResourceState" => {
            let (asked, said) = checked
                .unary::<wire::upgrade_resource_state::Request, wire::upgrade_resource_state::Response>();
            Learned {
                failed: said.failed(),
                state: checked.resource(&asked.type_name, said.upgraded_state.as_ref()),
                ..Learned::default()
            }
        }
        "UpgradeResourceIdentity" => {
            let (asked, said) = checked
                .unary::<wire::upgrade_resource_identity::Request, wire::upgrade_resource_identity::Response>(
                );
            Learned {
                failed: said.failed(),
                identity: checked.identity(&asked.type_name, said.upgraded_identity),
                ..Learned::default()
            }
        }
        "ImportResourceState" => {
            let (_, said) = checked
                .unary::<wire::import_resource_state::Request, wire::import_resource_state::Response>();
            let mut learned = Learned { failed: said.failed(), ..Learned::default() };
            for imported in said.imported_resources {
                learned.state = checked.resource(&imported.type_name, imported.state.as_ref());
                learned.identity = checked.identity(&imported.type_name, imported.identity);
            }
            learned
        }
        "MoveResourceState" => {
            let (asked, said) =
                checked.unary::<wire::move_resource_state::Request, wire::move_resource_state::Response>();
            Learned {
                failed: said.failed(),
                state: checked.resource(&asked.target_type_name, said.target_state.as_ref()),
                identity: checked.identity(&asked.target_type_name, said.target_identity),
                private: Some(said.target_private),
                planned: None,
            }
        }
        "GenerateResourceConfig" => {
            let (asked, said) = checked
                .unary::<wire::generate_resource_config::Request, wire::generate_resource_config::Response>();
            checked.resource(&asked.type_name, said.config.as_ref());
            Learned { failed: said.failed(), ..Learned::default() }
        }
        "ReadDataSource" => {
            let (asked, said) =
                checked.unary::<wire::read_data_source::Request, wire::read_data_source::Response>();
            let ty = catalog.data_sources.get(&asked.type_name).map(block_type);
            checked.value(ty.as_ref(), said.state.as_ref());
            Learned { failed: said.failed(), ..Learned::default() }
        }
        "OpenEphemeralResource" => {
            let (asked, said) = checked
                .unary::<wire::open_ephemeral_resource::Request, wire::open_ephemeral_resource::Response>();
            let ty = catalog.ephemeral_resources.get(&asked.type_name).map(block_type);
            checked.value(ty.as_ref(), said.result.as_ref());
            Learned { failed: said.failed(), private: said.private, ..Learned::default() }
        }
        "CallFunction" => {
            let (asked, said) =
                checked.unary::<wire::call_function::Request, wire::call_function::Response>();
            assert!(said.result.is_some() || said.error.is_some(), "neither a result nor an error");
            let returns = catalog.functions.get(&asked.name).and_then(|function| function.r#return.clone());
            let ty = returns.map(|returns| Type::from_json(&returns.r#type).unwrap_or(Type::Dynamic));
            checked.value(ty.as_ref(), said.result.as_ref());
            Learned { failed: said.failed(), ..Learned::default() }
        }
        "ListResource" => checked.list(),
        "InvokeAction" => checked.action(),
        _ => Learned { failed: checked.plain(), ..Learned::default() },
    }
}

fn decode(value: &DynamicValue, ty: &Type) -> Result<Value, DecodeError> {
    match (value.msgpack.is_empty(), value.json.is_empty()) {
        (false, _) => decode_msgpack(&value.msgpack, ty),
        (true, false) => decode_json(&value.json, ty),
        (true, true) => Ok(Value::Null),
    }
}

struct Checked<'a> {
    catalog: &'a Catalog,
    rpc: &'a str,
    request: &'a [u8],
    answer: &'a [Vec<u8>],
}

impl Checked<'_> {
    /// The request as the callee has read it, and the one answer.
    fn unary<A: Message + Default, B: Message + Default>(&self) -> (A, B) {
        let [answer] = self.answer else { panic!("{} has {} answers", self.rpc, self.answer.len()) };
        (self.asked(), self.read(answer))
    }

    fn asked<A: Message + Default>(&self) -> A {
        A::decode(self.request).unwrap_or_else(|error| panic!("{} answers to nothing: {error}", self.rpc))
    }

    fn read<B: Message + Default>(&self, answer: &[u8]) -> B {
        B::decode(answer).unwrap_or_else(|error| panic!("{}: the answer is malformed: {error}", self.rpc))
    }

    fn value(&self, ty: Option<&Type>, value: Option<&DynamicValue>) -> Option<Value> {
        let value = value?;
        let read = match ty {
            Some(ty) => decode(value, ty).map_err(|error| error.to_string()),
            None if value.msgpack == [0xc0] => Ok(Value::Null),
            None => Err("there is no such type".to_owned()),
        };
        match read {
            Ok(read) => Some(read),
            // What cannot be read goes back as it came, so that Terraform keeps it.
            Err(_) if self.gave(value) => None,
            Err(error) => panic!("{}: a value is not of its type: {error}", self.rpc),
        }
    }

    /// Whether the request holds this very value.
    fn gave(&self, value: &DynamicValue) -> bool {
        let within =
            |part: &[u8]| part.is_empty() || self.request.windows(part.len()).any(|window| window == part);
        within(&value.msgpack) && within(&value.json)
    }

    fn resource(&self, name: &str, value: Option<&DynamicValue>) -> Option<Value> {
        let ty = self.catalog.resources.get(name).map(block_type);
        self.value(ty.as_ref(), value)
    }

    fn identity(&self, name: &str, identity: Option<ResourceIdentityData>) -> Option<ResourceIdentityData> {
        let value = identity.as_ref().and_then(|identity| identity.identity_data.as_ref());
        self.value(self.catalog.identities.get(name), value);
        identity
    }

    fn list(&self) -> Learned {
        let asked: wire::list_resource::Request = self.asked();
        let mut learned = Learned::default();
        let mut found = 0;
        let mut failed = false;
        for event in self.answer {
            let event: wire::list_resource::Event = self.read(event);
            found += i64::from(event.identity.is_some());
            failed |= any_error(&event.diagnostic);
            let warns = !event.diagnostic.is_empty();
            assert!(event.identity.is_some() || warns, "an event has neither an identity nor a diagnostic");
            learned.state = self.resource(&asked.type_name, event.resource_object.as_ref());
            learned.identity = self.identity(&asked.type_name, event.identity);
        }
        assert!(asked.limit <= 0 || found <= asked.limit, "{found} found, {} wanted", asked.limit);
        Learned { failed, ..learned }
    }

    fn action(&self) -> Learned {
        use wire::invoke_action::event::Type::Completed;
        let (Some(last), Some(before)) = (self.answer.last(), self.answer.len().checked_sub(1)) else {
            panic!("an action ends without a word");
        };
        let completed = |event: &[u8]| match self.read::<wire::invoke_action::Event>(event).r#type {
            Some(Completed(completed)) => Some(completed),
            _ => None,
        };
        assert!(self.answer[..before].iter().all(|event| completed(event).is_none()), "it completes once");
        let Some(end) = completed(last) else { panic!("an action does not complete") };
        Learned { failed: any_error(&end.diagnostics), ..Learned::default() }
    }

    /// Whether an answer that brings no values is an error.
    fn plain(&self) -> bool {
        fn failed<B: Message + Default + Diagnosed>(checked: &Checked<'_>) -> bool {
            let [answer] = checked.answer else { panic!("{} is not answered once", checked.rpc) };
            checked.read::<B>(answer).failed()
        }
        match self.rpc {
            "GetMetadata" => failed::<wire::get_metadata::Response>(self),
            "GetProviderSchema" => failed::<wire::get_provider_schema::Response>(self),
            "GetResourceIdentitySchemas" => failed::<wire::get_resource_identity_schemas::Response>(self),
            "GetFunctions" => failed::<wire::get_functions::Response>(self),
            "ValidateProviderConfig" => failed::<wire::validate_provider_config::Response>(self),
            "ConfigureProvider" => failed::<wire::configure_provider::Response>(self),
            "ValidateResourceConfig" => failed::<wire::validate_resource_config::Response>(self),
            "ValidateDataResourceConfig" => failed::<wire::validate_data_resource_config::Response>(self),
            "ValidateEphemeralResourceConfig" => {
                failed::<wire::validate_ephemeral_resource_config::Response>(self)
            }
            "RenewEphemeralResource" => failed::<wire::renew_ephemeral_resource::Response>(self),
            "CloseEphemeralResource" => failed::<wire::close_ephemeral_resource::Response>(self),
            "ValidateListResourceConfig" => failed::<wire::validate_list_resource_config::Response>(self),
            "PlanAction" => failed::<wire::plan_action::Response>(self),
            "ValidateActionConfig" => failed::<wire::validate_action_config::Response>(self),
            "StopProvider" => failed::<wire::stop_provider::Response>(self),
            other => panic!("{other} should not be served"),
        }
    }
}
