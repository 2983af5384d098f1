//! Requests for every call, as Terraform would send them, or damaged.

mod parts;
mod rpcs;

use prost::Message;
use tfplugin_proto::cty::{Type, Value};
use tfplugin_proto::wire::{self, ResourceIdentityData};

use crate::catalog::{Catalog, block_type};
use crate::{Chance, configuration, damage};

pub use rpcs::RPCS;

/// The schema version of all resources here.
const CURRENT: i64 = 2;

/// A plan that was answered, to be applied.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The state before.
    pub prior: Value,
    /// The configuration.
    pub config: Value,
    /// The planned state.
    pub planned: Value,
    /// What the provider keeps with it.
    pub private: Vec<u8>,
    /// The identity.
    pub identity: Option<ResourceIdentityData>,
    /// Whether it answers a request that was not damaged.
    pub sound: bool,
}

/// What earlier answers brought.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// States of resources.
    pub states: Vec<Value>,
    /// Plans.
    pub planned: Vec<Planned>,
    /// What the provider keeps.
    pub privates: Vec<Vec<u8>>,
    /// Identities.
    pub identities: Vec<ResourceIdentityData>,
}

/// A request: its bytes, and of a plan what it was made of.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The message.
    pub bytes: Vec<u8>,
    /// The prior state and the configuration of a plan.
    pub plan: Option<(Value, Value)>,
    /// The planned state of an apply, where the plan was sound.
    pub apply: Option<Value>,
    /// The state of the current schema that is loaded.
    pub load: Option<Value>,
}

/// Makes requests.
#[derive(Debug)]
pub struct Maker<'a> {
    /// What the provider serves.
    pub catalog: &'a Catalog,
    /// What it has answered.
    pub memory: &'a Memory,
    /// What decides.
    pub chance: &'a mut Chance,
    /// Whether the request is damaged.
    pub wild: bool,
}

impl Maker<'_> {
    /// A request for `rpc`.
    pub fn make(&mut self, rpc: &str) -> Request {
        let (mut plan, mut apply, mut load) = (None, None, None);
        let mut bytes = match rpc {
            "UpgradeResourceState" => {
                let (message, state) = self.load();
                load = (message.version == CURRENT).then_some(state);
                message.encode_to_vec()
            }
            "ApplyResourceChange" => {
                let (message, planned) = self.apply();
                apply = planned;
                message.encode_to_vec()
            }
            "PlanResourceChange" => {
                let (message, made_of) = self.plan();
                plan = Some(made_of);
                message.encode_to_vec()
            }
            _ => self.message(rpc),
        };
        if self.wild && self.chance.one_in(3) {
            match self.chance.below(3) {
                // Fields twice, of which the last counts, or both are merged.
                0 => bytes.extend(self.message(rpc)),
                // The fields of another message.
                1 => {
                    let other = *self.chance.pick(&RPCS);
                    bytes = self.message(other);
                }
                _ => damage::bytes(self.chance, &mut bytes),
            }
        }
        Request { bytes, plan, apply, load }
    }

    fn message(&mut self, rpc: &str) -> Vec<u8> {
        let catalog = self.catalog;
        match rpc {
            "ValidateProviderConfig" => {
                let config = self.config(Some(&catalog.provider));
                wire::validate_provider_config::Request { config }.encode_to_vec()
            }
            "ConfigureProvider" => wire::configure_provider::Request {
                terraform_version: if self.wild { self.chance.text() } else { "1.15.5".to_owned() },
                config: self.config(Some(&catalog.provider)),
                client_capabilities: self.capabilities(),
            }
            .encode_to_vec(),
            "ValidateResourceConfig" => {
                let type_name = self.name(&catalog.resources);
                let config = self.config(catalog.resources.get(&type_name));
                let client_capabilities = self.capabilities();
                wire::validate_resource_config::Request { type_name, config, client_capabilities }
                    .encode_to_vec()
            }
            "ValidateDataResourceConfig" => {
                let type_name = self.name(&catalog.data_sources);
                let config = self.config(catalog.data_sources.get(&type_name));
                wire::validate_data_resource_config::Request { type_name, config }.encode_to_vec()
            }
            "ReadDataSource" => {
                let type_name = self.name(&catalog.data_sources);
                let config = self.config(catalog.data_sources.get(&type_name));
                let (provider_meta, client_capabilities) = (self.meta(), self.capabilities());
                wire::read_data_source::Request { type_name, config, provider_meta, client_capabilities }
                    .encode_to_vec()
            }
            "ValidateEphemeralResourceConfig" => {
                let type_name = self.name(&catalog.ephemeral_resources);
                let config = self.config(catalog.ephemeral_resources.get(&type_name));
                wire::validate_ephemeral_resource_config::Request { type_name, config }.encode_to_vec()
            }
            "OpenEphemeralResource" => {
                let type_name = self.name(&catalog.ephemeral_resources);
                let config = self.config(catalog.ephemeral_resources.get(&type_name));
                let client_capabilities = self.capabilities();
                wire::open_ephemeral_resource::Request { type_name, config, client_capabilities }
                    .encode_to_vec()
            }
            "RenewEphemeralResource" => {
                let type_name = self.name(&catalog.ephemeral_resources);
                let private = (!self.chance.one_in(5)).then(|| self.private());
                wire::renew_ephemeral_resource::Request { type_name, private }.encode_to_vec()
            }
            "CloseEphemeralResource" => {
                let type_name = self.name(&catalog.ephemeral_resources);
                let private = (!self.chance.one_in(5)).then(|| self.private());
                wire::close_ephemeral_resource::Request { type_name, private }.encode_to_vec()
            }
            "ListResource" => {
                let type_name = self.name(&catalog.lists);
                let config = self.config(catalog.lists.get(&type_name));
                let limit = *self.chance.pick(&[100, 100, 1, 0, -1, i64::MAX, i64::MIN]);
                let include_resource_object = self.chance.one_in(2);
                wire::list_resource::Request { type_name, config, include_resource_object, limit }
                    .encode_to_vec()
            }
            "ValidateListResourceConfig" => {
                let type_name = self.name(&catalog.lists);
                let config = self.config(catalog.lists.get(&type_name));
                let limit = self.any(&Type::Number);
                let include_resource_object = self.any(&Type::Bool);
                wire::validate_list_resource_config::Request {
                    type_name,
                    config,
                    include_resource_object,
                    limit,
                }
                .encode_to_vec()
            }
            "ValidateActionConfig" => {
                let type_name = self.name(&catalog.actions);
                let config = self.config(catalog.actions.get(&type_name));
                wire::validate_action_config::Request { type_name, config }.encode_to_vec()
            }
            "PlanAction" => {
                let action_type = self.name(&catalog.actions);
                let config = self.config(catalog.actions.get(&action_type));
                let client_capabilities = self.capabilities();
                wire::plan_action::Request { action_type, config, client_capabilities }.encode_to_vec()
            }
            "InvokeAction" => {
                let action_type = self.name(&catalog.actions);
                let config = self.config(catalog.actions.get(&action_type));
                let client_capabilities = self.capabilities();
                wire::invoke_action::Request { action_type, config, client_capabilities }.encode_to_vec()
            }
            "CallFunction" => self.function().encode_to_vec(),
            "PlanResourceChange" => self.plan().0.encode_to_vec(),
            "ApplyResourceChange" => self.apply().0.encode_to_vec(),
            "ReadResource" => {
                let type_name = self.name(&catalog.resources);
                wire::read_resource::Request {
                    current_state: self.state(&type_name),
                    type_name,
                    private: self.private(),
                    provider_meta: self.meta(),
                    client_capabilities: self.capabilities(),
                    current_identity: self.identity(),
                }
                .encode_to_vec()
            }
            "GenerateResourceConfig" => {
                let type_name = self.name(&catalog.resources);
                let state = self.state(&type_name);
                wire::generate_resource_config::Request { type_name, state }.encode_to_vec()
            }
            "ImportResourceState" => wire::import_resource_state::Request {
                type_name: self.name(&catalog.resources),
                id: if self.wild {
                    self.chance.text()
                } else {
                    (*self.chance.pick(&["rose", "oak", "a"])).to_owned()
                },
                client_capabilities: self.capabilities(),
                identity: if self.chance.one_in(2) { self.identity() } else { None },
            }
            .encode_to_vec(),
            "UpgradeResourceState" => self.load().0.encode_to_vec(),
            "UpgradeResourceIdentity" => {
                let type_name = self.name(&catalog.resources);
                let version = *self.chance.pick(&[0, 0, 0, 1, -1, i64::MAX]);
                let raw_identity = self.raw_identity(&type_name);
                wire::upgrade_resource_identity::Request { type_name, version, raw_identity }.encode_to_vec()
            }
            "MoveResourceState" => {
                let target_type_name = self.name(&catalog.resources);
                let names = ["terraform_data", "terraform_data", "garden_plant", "other_plant", ""];
                let source_type_name = (*self.chance.pick(&names)).to_owned();
                let source_state = match source_type_name.as_str() {
                    "terraform_data" => self.damaged_json(br#"{"id":"1","input":"rose"}"#.to_vec()),
                    _ => {
                        let state = self.known_state();
                        self.raw(&target_type_name, &state)
                    }
                };
                wire::move_resource_state::Request {
                    source_provider_address: "registry.terraform.io/example/other".to_owned(),
                    source_type_name,
                    source_schema_version: *self.chance.pick(&[0, 0, 1, -1, i64::MAX]),
                    source_state,
                    source_private: self.private(),
                    source_identity: self.raw_identity(&target_type_name),
                    source_identity_schema_version: *self.chance.pick(&[0, 1, -1]),
                    target_type_name,
                }
                .encode_to_vec()
            }
            // No fields, or not served.
            _ if self.wild => self.chance.bytes(20),
            _ => Vec::new(),
        }
    }

    fn plan(&mut self) -> (wire::plan_resource_change::Request, (Value, Value)) {
        let catalog = self.catalog;
        let type_name = self.name(&catalog.resources);
        let block = catalog.resources.get(&type_name).cloned().unwrap_or_default();
        let ty = block_type(&block);
        let prior = if self.chance.one_in(2) { self.known_state() } else { Value::Null };
        let destroys = !prior.is_null() && self.chance.one_in(4);
        let config = if destroys { Value::Null } else { configuration::config(self.chance, &block) };
        let proposed = if destroys { Value::Null } else { configuration::proposed(&block, &config, &prior) };
        let request = wire::plan_resource_change::Request {
            type_name,
            prior_state: self.dynamic(&ty, &prior),
            proposed_new_state: self.dynamic(&ty, &proposed),
            config: self.dynamic(&ty, &config),
            prior_private: self.private(),
            provider_meta: self.meta(),
            client_capabilities: self.capabilities(),
            prior_identity: self.identity(),
        };
        (request, (prior, config))
    }

    fn apply(&mut self) -> (wire::apply_resource_change::Request, Option<Value>) {
        let catalog = self.catalog;
        let type_name = self.name(&catalog.resources);
        let ty = catalog.resources.get(&type_name).map_or(Type::Dynamic, block_type);
        let planned = match self.memory.planned.is_empty() {
            false => self.chance.pick(&self.memory.planned).clone(),
            true => Planned {
                prior: self.known_state(),
                config: Value::Null,
                planned: Value::Null,
                private: Vec::new(),
                identity: None,
                sound: false,
            },
        };
        let private = if self.wild { self.private() } else { planned.private };
        let request = wire::apply_resource_change::Request {
            type_name,
            prior_state: self.dynamic(&ty, &planned.prior),
            planned_state: self.dynamic(&ty, &planned.planned),
            config: self.dynamic(&ty, &planned.config),
            planned_private: private,
            provider_meta: self.meta(),
            planned_identity: if self.wild { self.identity() } else { planned.identity },
        };
        (request, planned.sound.then_some(planned.planned))
    }

    fn load(&mut self) -> (wire::upgrade_resource_state::Request, Value) {
        let type_name = self.name(&self.catalog.resources);
        let version = *self.chance.pick(&[CURRENT, CURRENT, CURRENT, 1, 0, 3, -1, i64::MAX, i64::MIN]);
        let state = self.known_state();
        let raw_state = self.raw(&type_name, &state);
        (wire::upgrade_resource_state::Request { type_name, version, raw_state }, state)
    }

    fn function(&mut self) -> wire::call_function::Request {
        let catalog = self.catalog;
        let name = self.name(&catalog.functions);
        let function = catalog.functions.get(&name).cloned().unwrap_or_default();
        let mut parameters = function.parameters;
        parameters.extend(function.variadic_parameter.into_iter().cycle().take(self.chance.below(3)));
        if self.wild && self.chance.one_in(3) {
            parameters.truncate(self.chance.below(parameters.len() + 1));
        }
        let types = parameters.iter().map(|parameter| Type::from_json(&parameter.r#type));
        let types: Vec<Type> = types.map(|ty| ty.unwrap_or(Type::Dynamic)).collect();
        let arguments = types.iter().map(|ty| self.any(ty).unwrap_or_default()).collect();
        wire::call_function::Request { name, arguments }
    }
}
