use serde_json::Value as Json;
use tfplugin_proto::cty::{self, Type, Value};
use tfplugin_proto::wire::provider_server::Provider as _;
use tfplugin_proto::wire::{self, DynamicValue};
use tonic::Request;

use super::json::{from_json, to_json};
use super::proposed::proposed;
use crate::schema::ObjectSchema;
use crate::{Diagnostic, Diagnostics, Path, Provider, Service, Severity, Source};

/// Terraform, talking to one process of a provider.
#[derive(Debug)]
pub struct Terraform<C> {
    service: Service<C>,
}

/// An answer to a plan.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The type of the resource.
    pub type_name: String,
    /// The object as it is; null for a create.
    pub prior: Value,
    /// The configuration; null for a destroy.
    pub config: Value,
    /// The object as it will be; null for a destroy.
    pub planned: Value,
    /// The identity of the object as it is; null when it has none.
    pub prior_identity: Value,
    /// The identity of the object as it will be; null when it has none yet.
    pub identity: Value,
    /// What makes Terraform replace the object.
    pub requires_replace: Vec<String>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// What the provider wants to be told when the plan is applied.
    pub private: Vec<u8>,
}

impl Planned {
    /// No plan, because something failed before.
    pub(super) fn nothing(type_name: &str, prior: Value, config: Value, diagnostics: Diagnostics) -> Self {
        Self {
            type_name: type_name.to_owned(),
            planned: prior.clone(),
            prior,
            config,
            prior_identity: Value::Null,
            identity: Value::Null,
            requires_replace: Vec::new(),
            diagnostics,
            private: Vec::new(),
        }
    }
}

/// An answer to an apply.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The object as it is now; null when there is none.
    pub state: Value,
    /// The identity of the object; null when it has none.
    pub identity: Value,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

impl<C: Send + Sync + 'static> Terraform<C> {
    /// Starts a process of the provider. It is not configured yet.
    pub fn start(provider: Provider<C>) -> Terraform<C> {
        Terraform { service: provider.into_service() }
    }

    /// The service itself, for calls that are not listed here.
    pub fn service(&self) -> &Service<C> {
        &self.service
    }

    /// Configures the provider.
    pub async fn configure(&self, config: Json) -> Diagnostics {
        let ty = self.service.provider().config_schema().cty_type();
        let config = Some(encode(&from_json(&config, &ty), &ty));
        let request = wire::configure_provider::Request {
            terraform_version: "1.15.5".to_owned(),
            config,
            ..Default::default()
        };
        diagnostics(answer(self.service.configure_provider(Request::new(request)).await).diagnostics)
    }

    /// Checks a provider block.
    pub async fn validate_provider(&self, config: Json) -> Diagnostics {
        let ty = self.service.provider().config_schema().cty_type();
        let request =
            wire::validate_provider_config::Request { config: Some(encode(&from_json(&config, &ty), &ty)) };
        diagnostics(answer(self.service.validate_provider_config(Request::new(request)).await).diagnostics)
    }

    /// Checks a configuration.
    pub async fn validate(&self, type_name: &str, config: Json) -> Diagnostics {
        let ty = self.schema(type_name).cty_type();
        let request = wire::validate_resource_config::Request {
            type_name: type_name.to_owned(),
            config: Some(encode(&from_json(&config, &ty), &ty)),
            client_capabilities: None,
        };
        diagnostics(answer(self.service.validate_resource_config(Request::new(request)).await).diagnostics)
    }

    /// Plans a create (`prior` is null) or an update.
    pub async fn plan(&self, type_name: &str, prior: &Json, config: &Json) -> Planned {
        let ty = self.schema(type_name).cty_type();
        self.plan_value(type_name, from_json(prior, &ty), from_json(config, &ty)).await
    }

    /// Plans the destruction of `prior`.
    pub async fn plan_destroy(&self, type_name: &str, prior: &Json) -> Planned {
        let ty = self.schema(type_name).cty_type();
        self.plan_value(type_name, from_json(prior, &ty), Value::Null).await
    }

    /// As [`Terraform::plan`] or, when `config` is null, as [`Terraform::plan_destroy`].
    pub async fn plan_value(&self, type_name: &str, prior: Value, config: Value) -> Planned {
        self.plan_identified(type_name, prior, Value::Null, config).await
    }

    /// As [`Terraform::plan_value`], of an object whose identity Terraform has stored.
    ///
    /// # Panics
    /// The identity has unknown parts, which Terraform cannot show.
    pub async fn plan_identified(
        &self,
        type_name: &str,
        prior: Value,
        prior_identity: Value,
        config: Value,
    ) -> Planned {
        let schema = self.schema(type_name);
        let ty = schema.cty_type();
        let request = wire::plan_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: Some(encode(&prior, &ty)),
            proposed_new_state: Some(encode(&proposed(schema, &prior, &config), &ty)),
            config: Some(encode(&config, &ty)),
            prior_identity: self.encode_identity(type_name, &prior_identity).await,
            ..Default::default()
        };
        let response = answer(self.service.plan_resource_change(Request::new(request)).await);
        let planned = decode(response.planned_state.as_ref(), &ty);
        let identity = self.decode_identity(type_name, response.planned_identity.as_ref()).await;
        assert!(identity.is_wholly_known(), "the identity has unknown values: {identity:?}");
        Planned {
            type_name: type_name.to_owned(),
            prior,
            config,
            planned,
            prior_identity,
            identity,
            requires_replace: response
                .requires_replace
                .iter()
                .map(|path| read_path(path).to_string())
                .collect(),
            diagnostics: diagnostics(response.diagnostics),
            private: response.planned_private,
        }
    }

    /// Applies a plan.
    pub async fn apply(&self, plan: &Planned) -> Applied {
        self.apply_identified(
            &plan.type_name,
            &plan.prior,
            &plan.planned,
            &plan.identity,
            &plan.config,
            plan.private.clone(),
        )
        .await
    }

    /// Applies a change with any private data, as the delete half of a replacement gets those of the planned create.
    pub async fn apply_value(
        &self,
        type_name: &str,
        prior: &Value,
        planned: &Value,
        config: &Value,
        private: Vec<u8>,
    ) -> Applied {
        self.apply_identified(type_name, prior, planned, &Value::Null, config, private).await
    }

    /// As [`Terraform::apply_value`], with the identity that was planned.
    ///
    /// # Panics
    /// The identity that comes back has unknown parts.
    pub async fn apply_identified(
        &self,
        type_name: &str,
        prior: &Value,
        planned: &Value,
        planned_identity: &Value,
        config: &Value,
        private: Vec<u8>,
    ) -> Applied {
        let ty = self.schema(type_name).cty_type();
        let request = wire::apply_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: Some(encode(prior, &ty)),
            planned_state: Some(encode(planned, &ty)),
            config: Some(encode(config, &ty)),
            planned_private: private,
            planned_identity: self.encode_identity(type_name, planned_identity).await,
            ..Default::default()
        };
        let response = answer(self.service.apply_resource_change(Request::new(request)).await);
        let identity = self.decode_identity(type_name, response.new_identity.as_ref()).await;
        assert!(identity.is_wholly_known(), "the identity has unknown values: {identity:?}");
        Applied {
            state: decode(response.new_state.as_ref(), &ty),
            identity,
            diagnostics: diagnostics(response.diagnostics),
        }
    }

    /// Loads a state that was written with schema version `version`.
    pub async fn upgrade(&self, type_name: &str, version: i64, state: &Json) -> Applied {
        self.load_raw(type_name, version, state.to_string().as_bytes()).await
    }

    /// As [`Terraform::upgrade`], of the bytes in a state file.
    pub async fn load_raw(&self, type_name: &str, version: i64, json: &[u8]) -> Applied {
        let ty = self.schema(type_name).cty_type();
        let raw_state = Some(wire::RawState { json: json.to_vec(), ..Default::default() });
        let request =
            wire::upgrade_resource_state::Request { type_name: type_name.to_owned(), version, raw_state };
        let response = answer(self.service.upgrade_resource_state(Request::new(request)).await);
        Applied {
            state: decode(response.upgraded_state.as_ref(), &ty),
            identity: Value::Null,
            diagnostics: diagnostics(response.diagnostics),
        }
    }

    /// Loads a state that was written by this version of the provider.
    pub async fn load(&self, type_name: &str, state: &Json) -> Applied {
        let version = self.service.provider().resources[type_name].schema_version();
        self.upgrade(type_name, version, state).await
    }

    /// Moves an object of another type here, as a `moved` block does, without the refresh that follows.
    pub async fn moved(&self, type_name: &str, source: &Source) -> Applied {
        let ty = self.schema(type_name).cty_type();
        let raw = |json: &Json| wire::RawState { json: json.to_string().into_bytes(), ..Default::default() };
        let request = wire::move_resource_state::Request {
            source_provider_address: source.provider_address.clone(),
            source_type_name: source.type_name.clone(),
            source_schema_version: source.schema_version,
            source_state: Some(raw(&source.state)),
            source_identity: (!source.identity.is_null()).then(|| raw(&source.identity)),
            target_type_name: type_name.to_owned(),
            ..Default::default()
        };
        let response = answer(self.service.move_resource_state(Request::new(request)).await);
        Applied {
            state: decode(response.target_state.as_ref(), &ty),
            identity: self.decode_identity(type_name, response.target_identity.as_ref()).await,
            diagnostics: diagnostics(response.diagnostics),
        }
    }

    /// Refreshes an object.
    pub async fn read(&self, type_name: &str, state: &Value) -> Applied {
        self.read_identified(type_name, state, &Value::Null).await
    }

    /// Refreshes an object whose identity Terraform has stored.
    ///
    /// # Panics
    /// The identity that comes back has unknown parts.
    pub async fn read_identified(&self, type_name: &str, state: &Value, identity: &Value) -> Applied {
        let ty = self.schema(type_name).cty_type();
        let request = wire::read_resource::Request {
            type_name: type_name.to_owned(),
            current_state: Some(encode(state, &ty)),
            current_identity: self.encode_identity(type_name, identity).await,
            ..Default::default()
        };
        let response = answer(self.service.read_resource(Request::new(request)).await);
        let identity = self.decode_identity(type_name, response.new_identity.as_ref()).await;
        assert!(identity.is_wholly_known(), "the identity has unknown values: {identity:?}");
        Applied {
            state: decode(response.new_state.as_ref(), &ty),
            identity,
            diagnostics: diagnostics(response.diagnostics),
        }
    }

    /// Imports an object by id, without the refresh that follows.
    pub async fn import(&self, type_name: &str, id: &str) -> Applied {
        self.import_by(type_name, id, &Value::Null).await
    }

    /// Validates and reads a data source.
    pub async fn data(&self, type_name: &str, config: Json) -> Applied {
        let Some((_, schema)) =
            self.service.provider().data_source_schemas().find(|(name, _)| *name == type_name)
        else {
            panic!("there is no data source {type_name}");
        };
        let ty = schema.cty_type();
        let config = Some(encode(&from_json(&config, &ty), &ty));
        let request = wire::validate_data_resource_config::Request {
            type_name: type_name.to_owned(),
            config: config.clone(),
        };
        let validated = answer(self.service.validate_data_resource_config(Request::new(request)).await);
        let validated = diagnostics(validated.diagnostics);
        if validated.has_errors() {
            return Applied { state: Value::Null, identity: Value::Null, diagnostics: validated };
        }
        let request =
            wire::read_data_source::Request { type_name: type_name.to_owned(), config, ..Default::default() };
        let response = answer(self.service.read_data_source(Request::new(request)).await);
        let mut all = validated;
        all.extend(diagnostics(response.diagnostics));
        Applied { state: decode(response.state.as_ref(), &ty), identity: Value::Null, diagnostics: all }
    }

    /// Calls a function.
    ///
    /// # Errors
    /// What the function says, and the position of the argument it blames.
    pub async fn call(&self, name: &str, arguments: &[Json]) -> Result<Json, (String, Option<i64>)> {
        let schema = answer(self.service.get_provider_schema(Request::new(Default::default())).await);
        let Some(function) = schema.functions.get(name) else { panic!("there is no function {name}") };
        let variadic = function.variadic_parameter.iter().cycle();
        let types = function.parameters.iter().chain(variadic).map(|parameter| read_type(&parameter.r#type));
        let arguments =
            arguments.iter().zip(types).map(|(json, ty)| encode(&from_json(json, &ty), &ty)).collect();
        let request = wire::call_function::Request { name: name.to_owned(), arguments };
        let response = answer(self.service.call_function(Request::new(request)).await);
        match response.error {
            Some(error) => Err((error.text, error.function_argument)),
            None => {
                let ty =
                    function.r#return.as_ref().map_or(Type::Dynamic, |returns| read_type(&returns.r#type));
                Ok(to_json(&decode(response.result.as_ref(), &ty)))
            }
        }
    }

    /// Interrupts the provider, as Terraform does on the first Ctrl-C.
    pub async fn stop(&self) {
        answer(self.service.stop_provider(Request::new(Default::default())).await);
    }

    pub(super) fn schema(&self, type_name: &str) -> &ObjectSchema {
        match self.service.provider().resource_schemas().find(|(name, _)| *name == type_name) {
            Some((_, schema)) => schema,
            None => panic!("there is no resource {type_name}"),
        }
    }
}

pub(super) fn answer<T>(response: Result<tonic::Response<T>, tonic::Status>) -> T {
    match response {
        Ok(response) => response.into_inner(),
        Err(status) => panic!("the provider answered {status}"),
    }
}

pub(super) fn encode(value: &Value, ty: &Type) -> DynamicValue {
    match cty::encode_msgpack(value, ty) {
        Ok(msgpack) => DynamicValue { msgpack, json: Vec::new() },
        Err(error) => panic!("the test made a value that is not a {ty}: {error}"),
    }
}

pub(super) fn decode(value: Option<&DynamicValue>, ty: &Type) -> Value {
    let Some(value) = value else { return Value::Null };
    match cty::decode_msgpack(&value.msgpack, ty) {
        Ok(value) => value,
        Err(error) => panic!("the provider answered with a value that is not a {ty}: {error}"),
    }
}

pub(super) fn read_type(json: &[u8]) -> Type {
    match Type::from_json(json) {
        Ok(ty) => ty,
        Err(error) => panic!("the schema has a type that does not parse: {error}"),
    }
}

pub(super) fn diagnostics(diagnostics: Vec<wire::Diagnostic>) -> Diagnostics {
    diagnostics
        .into_iter()
        .map(|diagnostic| Diagnostic {
            severity: match diagnostic.severity() {
                wire::diagnostic::Severity::Warning => Severity::Warning,
                _ => Severity::Error,
            },
            summary: diagnostic.summary,
            detail: diagnostic.detail,
            path: diagnostic.attribute.as_ref().map(read_path),
        })
        .collect()
}

fn read_path(path: &wire::AttributePath) -> Path {
    use wire::attribute_path::step::Selector;
    path.steps.iter().fold(Path::root(), |path, step| match &step.selector {
        Some(Selector::AttributeName(name)) => path.attribute(name),
        Some(Selector::ElementKeyString(key)) => path.key(key),
        Some(Selector::ElementKeyInt(index)) => path.index(usize::try_from(*index).unwrap_or(usize::MAX)),
        None => path.element(),
    })
}
