use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use tfplugin_proto::cty::{self, Value};

use crate::attribute::{Attribute, Model};
use crate::plan::{fill_defaults, keep_spelling};
use crate::schema::{ObjectSchema, conform};
use crate::{DataSource, Diagnostics, Path, run};

/// A data source whose model is hidden.
#[async_trait]
pub(crate) trait AnyDataSource<C>: Send + Sync {
    fn type_name(&self) -> &str;
    fn subcategory(&self) -> &'static str;
    fn schema(&self) -> &ObjectSchema;
    fn cty_type(&self) -> &cty::Type;

    /// Runs the validators of the attributes and of the data source.
    fn validate(&self, config: &Value) -> Diagnostics;
    /// Reads what `config` asks for; the second value is the configuration with defaults.
    async fn read(&self, config: Value, client: Arc<C>) -> Result<(Value, Value), Diagnostics>;
}

/// A data source with its model.
pub(crate) struct TypedDataSource<D> {
    data_source: Arc<D>,
    type_name: String,
    schema: OnceLock<(ObjectSchema, cty::Type)>,
}

impl<D: DataSource> TypedDataSource<D> {
    pub(crate) fn new(data_source: D, type_name: String) -> TypedDataSource<D> {
        TypedDataSource { data_source: Arc::new(data_source), type_name, schema: OnceLock::new() }
    }

    fn schema_and_type(&self) -> &(ObjectSchema, cty::Type) {
        self.schema.get_or_init(|| {
            let schema = D::Model::schema();
            let ty = schema.cty_type();
            (schema, ty)
        })
    }
}

#[async_trait]
impl<D: DataSource> AnyDataSource<D::Client> for TypedDataSource<D> {
    fn type_name(&self) -> &str {
        &self.type_name
    }

    fn subcategory(&self) -> &'static str {
        self.data_source.subcategory()
    }

    fn schema(&self) -> &ObjectSchema {
        &self.schema_and_type().0
    }

    fn cty_type(&self) -> &cty::Type {
        &self.schema_and_type().1
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = D::Model::decode(config, &Path::root()).map_err(Diagnostics::from).and_then(|config| {
            run::caught_now(&format!("validating {}", self.type_name), || {
                config.check(&Path::root(), &mut diagnostics);
                self.data_source.validate(&config, &mut diagnostics);
            })
        });
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics
    }

    async fn read(&self, config: Value, client: Arc<D::Client>) -> Result<(Value, Value), Diagnostics> {
        let config = fill_defaults(self.schema(), config.clone(), &config);
        let model = D::Model::decode(&config, &Path::root())?;
        let normalized = model.encode();
        let data_source = Arc::clone(&self.data_source);
        let doing = format!("reading {}", self.type_name);
        let result = run::spawned(&doing, async move { data_source.read(&client, model).await }).await??;
        let result = keep_spelling(&config, &normalized, result.encode());
        Ok((conform(result, self.cty_type()), config))
    }
}
