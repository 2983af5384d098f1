use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use tfplugin_proto::cty::{self, Value};
use tokio_util::sync::CancellationToken;

use crate::attribute::Model;
use crate::erased::{
    AnyAction, AnyDataSource, AnyEphemeralResource, AnyResource, TypedAction, TypedDataSource,
    TypedEphemeralResource, TypedResource,
};
use crate::plan::fill_defaults;
use crate::rpc::Service;
use crate::schema::{ObjectSchema, deprecations};
use crate::{Action, DataSource, Diagnostic, Diagnostics, EphemeralResource, Function, Path, Resource, run};

/// A provider: what its configuration is turned into, and what it serves. `C` is what every resource and data source
/// gets to work with.
pub struct Provider<C> {
    pub(crate) name: &'static str,
    pub(crate) config: ProviderConfig<C>,
    pub(crate) resources: BTreeMap<String, Box<dyn AnyResource<C>>>,
    pub(crate) data_sources: BTreeMap<String, Box<dyn AnyDataSource<C>>>,
    pub(crate) functions: BTreeMap<String, Box<dyn Function>>,
    pub(crate) ephemeral_resources: BTreeMap<String, Box<dyn AnyEphemeralResource<C>>>,
    pub(crate) actions: BTreeMap<String, Box<dyn AnyAction<C>>>,
}

type Configuring<C> = Pin<Box<dyn Future<Output = Result<C, Diagnostics>> + Send>>;
type Configure<C> = Box<dyn Fn(Value, ConfigureContext) -> Result<Configuring<C>, Diagnostics> + Send + Sync>;
type Validate = Box<dyn Fn(&Value, &mut Diagnostics) + Send + Sync>;

/// The provider block.
pub(crate) struct ProviderConfig<C> {
    pub(crate) schema: ObjectSchema,
    pub(crate) ty: cty::Type,
    configure: Configure<C>,
    check: Validate,
    validate: Vec<Validate>,
}

impl<C: Send + Sync + 'static> Provider<C> {
    /// A provider that serves nothing yet. Every type name starts with its name: the resource `vpc` of the provider
    /// `landform` is a `landform_vpc`.
    ///
    /// `configure` turns the configuration into what resources work with. It is called whenever Terraform configures
    /// the provider, so it should make no calls: connect when a resource first needs it.
    ///
    /// During a plan parts of the configuration may be unknown. Then `configure` may refuse by returning errors;
    /// whatever else it returns is dropped, because nobody can say which account it would work on: resources are
    /// planned without a client and keep their state unread.
    pub fn new<M, F, R>(name: &'static str, configure: F) -> Provider<C>
    where
        M: Model,
        F: Fn(M, ConfigureContext) -> R + Send + Sync + 'static,
        R: Future<Output = Result<C, Diagnostics>> + Send + 'static,
    {
        let schema = M::schema().set_by_the_user();
        let configure: Configure<C> = Box::new(move |config, cx| {
            let config = M::decode(&config, &Path::root())?;
            let future: Configuring<C> = Box::pin(configure(config, cx));
            Ok(future)
        });
        let check: Validate = Box::new(|config, diagnostics| match M::decode(config, &Path::root()) {
            Ok(config) => config.check(&Path::root(), diagnostics),
            Err(error) => diagnostics.push(error),
        });
        Provider {
            name,
            config: ProviderConfig { ty: schema.cty_type(), schema, configure, check, validate: Vec::new() },
            resources: BTreeMap::new(),
            data_sources: BTreeMap::new(),
            functions: BTreeMap::new(),
            ephemeral_resources: BTreeMap::new(),
            actions: BTreeMap::new(),
        }
    }

    /// Adds a check of the configuration; values may be unknown. `M` is the same model as that of
    /// [`Provider::new`].
    #[must_use]
    pub fn validate<M: Model>(
        mut self,
        validate: impl Fn(&M, &mut Diagnostics) + Send + Sync + 'static,
    ) -> Provider<C> {
        self.config.validate.push(Box::new(move |config, diagnostics| {
            // What does not decode has been reported by the check before.
            if let Ok(config) = M::decode(config, &Path::root()) {
                validate(&config, diagnostics);
            }
        }));
        self
    }

    /// Serves a resource. A second one of the same name takes the place of the first.
    #[must_use]
    pub fn resource<R: Resource<Client = C>>(mut self, resource: R) -> Provider<C> {
        let type_name = self.type_name(resource.name());
        self.resources.insert(type_name.clone(), Box::new(TypedResource::new(resource, type_name)));
        self
    }

    /// Serves a data source. A second one of the same name takes the place of the first.
    #[must_use]
    pub fn data_source<D: DataSource<Client = C>>(mut self, data_source: D) -> Provider<C> {
        let type_name = self.type_name(data_source.name());
        self.data_sources.insert(type_name.clone(), Box::new(TypedDataSource::new(data_source, type_name)));
        self
    }

    /// Serves a function. A second one of the same name takes the place of the first.
    #[must_use]
    pub fn function<F: Function>(mut self, function: F) -> Provider<C> {
        self.functions.insert(function.name().to_owned(), Box::new(function));
        self
    }

    /// Serves an ephemeral resource. A second one of the same name takes the place of the first.
    #[must_use]
    pub fn ephemeral_resource<E: EphemeralResource<Client = C>>(mut self, ephemeral: E) -> Provider<C> {
        let type_name = self.type_name(ephemeral.name());
        let typed = TypedEphemeralResource::new(ephemeral, type_name.clone());
        self.ephemeral_resources.insert(type_name, Box::new(typed));
        self
    }

    /// Serves an action. A second one of the same name takes the place of the first.
    #[must_use]
    pub fn action<A: Action<Client = C>>(mut self, action: A) -> Provider<C> {
        let type_name = self.type_name(action.name());
        self.actions.insert(type_name.clone(), Box::new(TypedAction::new(action, type_name)));
        self
    }

    /// The provider as the service that Terraform talks to.
    pub fn into_service(self) -> Service<C> {
        Service::new(self)
    }
}

impl<C> Provider<C> {
    /// The name that every type name starts with.
    pub fn name(&self) -> &'static str {
        self.name
    }

    fn type_name(&self, name: &str) -> String {
        format!("{}_{name}", self.name)
    }

    /// The schema of the provider block.
    pub fn config_schema(&self) -> &ObjectSchema {
        &self.config.schema
    }

    /// The resources by type name, such as `landform_vpc`.
    pub fn resource_schemas(&self) -> impl Iterator<Item = (&str, &ObjectSchema)> {
        self.resources.iter().map(|(name, resource)| (name.as_str(), resource.schema()))
    }

    /// The data sources by type name.
    pub fn data_source_schemas(&self) -> impl Iterator<Item = (&str, &ObjectSchema)> {
        self.data_sources.iter().map(|(name, data_source)| (name.as_str(), data_source.schema()))
    }

    /// The resources whose objects can be listed, each with the schema of the list's arguments.
    pub(crate) fn listed(&self) -> impl Iterator<Item = (&str, &dyn AnyResource<C>, &ObjectSchema)> {
        self.resources.iter().filter_map(|(name, resource)| {
            let (arguments, _) = resource.list_arguments()?;
            Some((name.as_str(), resource.as_ref(), arguments))
        })
    }

    /// The ephemeral resources by type name.
    pub fn ephemeral_resource_schemas(&self) -> impl Iterator<Item = (&str, &ObjectSchema)> {
        self.ephemeral_resources.iter().map(|(name, ephemeral)| (name.as_str(), ephemeral.schema()))
    }

    /// The arguments of the lists, by the type name of the resource.
    pub fn list_schemas(&self) -> impl Iterator<Item = (&str, &ObjectSchema)> {
        self.listed().map(|(name, _, arguments)| (name, arguments))
    }

    /// The actions by type name.
    pub fn action_schemas(&self) -> impl Iterator<Item = (&str, &ObjectSchema)> {
        self.actions.iter().map(|(name, action)| (name.as_str(), action.schema()))
    }

    /// The names of the functions.
    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }
}

impl<C> ProviderConfig<C> {
    pub(crate) fn validate(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = run::caught_now("validating the provider configuration", || {
            (self.check)(config, &mut diagnostics);
            for validate in &self.validate {
                validate(config, &mut diagnostics);
            }
        });
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics.extend(deprecations(&self.schema, config));
        diagnostics
    }

    pub(crate) async fn configure(&self, config: Value, cx: ConfigureContext) -> Result<C, Diagnostics>
    where
        C: Send + 'static,
    {
        let config = fill_defaults(&self.schema, config.clone(), &config);
        let doing = "configuring the provider";
        let future = run::caught_now(doing, || (self.configure)(config, cx))??;
        run::spawned(doing, future).await?
    }
}

/// What `configure` can reach besides the configuration.
#[derive(Clone, Debug)]
pub struct ConfigureContext {
    terraform_version: String,
    stopped: CancellationToken,
    warnings: Arc<Mutex<Diagnostics>>,
}

impl ConfigureContext {
    pub(crate) fn new(terraform_version: String, stopped: CancellationToken) -> ConfigureContext {
        ConfigureContext { terraform_version, stopped, warnings: Arc::default() }
    }

    /// The version of Terraform that asks.
    pub fn terraform_version(&self) -> &str {
        &self.terraform_version
    }

    /// Cancelled when the user interrupts Terraform.
    pub fn stopped(&self) -> &CancellationToken {
        &self.stopped
    }

    /// Shows a warning with the answer.
    pub fn warn(&self, warning: Diagnostic) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(warning);
    }

    pub(crate) fn take_warnings(&self) -> Diagnostics {
        std::mem::take(&mut *self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<C> fmt::Debug for Provider<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("resources", &self.resources.keys())
            .field("data_sources", &self.data_sources.keys())
            .field("functions", &self.functions.keys())
            .field("ephemeral_resources", &self.ephemeral_resources.keys())
            .field("actions", &self.actions.keys())
            .finish_non_exhaustive()
    }
}
