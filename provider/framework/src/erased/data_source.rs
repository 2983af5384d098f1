use std::sync::Arc;

use async_trait::async_trait;
use tfplugin_proto::cty::Value;
use tokio_util::sync::CancellationToken;

use super::{AnyArguments, Arguments, Block};
use crate::attribute::Attribute;
use crate::docs::Permissions;
use crate::plan::keep_spelling;
use crate::schema::conform;
use crate::{DataSource, Diagnostics, run};

/// A data source whose model is hidden.
#[async_trait]
pub(crate) trait AnyDataSource<C>: Block {
    fn permissions(&self) -> Permissions;
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
    arguments: Arguments<D::Model>,
}

impl<D: DataSource> TypedDataSource<D> {
    pub(crate) fn new(data_source: D, type_name: String) -> TypedDataSource<D> {
        let arguments = Arguments::with_results(type_name, data_source.subcategory());
        TypedDataSource { data_source: Arc::new(data_source), arguments }
    }
}

impl<D: DataSource> Block for TypedDataSource<D> {
    fn arguments(&self) -> &dyn AnyArguments {
        &self.arguments
    }
}

#[async_trait]
impl<D: DataSource> AnyDataSource<D::Client> for TypedDataSource<D> {
    fn permissions(&self) -> Permissions {
        self.data_source.permissions()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.arguments.check(config, |config, diagnostics| {
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
        let doing = self.arguments.gerund("reading");
        let result =
            run::interruptible(&doing, &stopped, async move { data_source.read(&client, model).await })
                .await??;
        let result = keep_spelling(&config, &respelled, result.encode());
        Ok((conform(result, self.cty_type()), config))
    }
}
