use std::sync::Arc;

use async_trait::async_trait;
use tfplugin_proto::cty::{self, Value};
use tokio_util::sync::CancellationToken;

use super::Arguments;
use crate::attribute::Attribute;
use crate::plan::keep_spelling;
use crate::schema::{ObjectSchema, conform};
use crate::{DataSource, Diagnostics, run};

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
    async fn read(
        &self,
        config: Value,
        client: Arc<C>,
        stopped: CancellationToken,
    ) -> Result<(Value, Value), Diagnostics>;
}

/// A data source with its model.
pub(crate) struct TypedDataSource<D: DataSource> {
    data_source: Arc<D>,
    type_name: String,
    arguments: Arguments<D::Model>,
}

impl<D: DataSource> TypedDataSource<D> {
    pub(crate) fn new(data_source: D, type_name: String) -> TypedDataSource<D> {
        TypedDataSource {
            data_source: Arc::new(data_source),
            type_name,
            arguments: Arguments::with_results(),
        }
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
        self.arguments.schema()
    }

    fn cty_type(&self) -> &cty::Type {
        self.arguments.cty_type()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.arguments.check(&format!("validating {}", self.type_name), config, |config, diagnostics| {
            self.data_source.validate(config, diagnostics);
        })
    }

    async fn read(
        &self,
        config: Value,
        client: Arc<D::Client>,
        stopped: CancellationToken,
    ) -> Result<(Value, Value), Diagnostics> {
        let (config, model) = self.arguments.complete(&config)?;
        let respelled = D::Model::respelled(&config);
        let data_source = Arc::clone(&self.data_source);
        let doing = format!("reading {}", self.type_name);
        let result =
            run::interruptible(&doing, &stopped, async move { data_source.read(&client, model).await })
                .await??;
        let result = keep_spelling(&config, &respelled, result.encode());
        Ok((conform(result, self.cty_type()), config))
    }
}
