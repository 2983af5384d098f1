use async_trait::async_trait;

use crate::docs::Permissions;
use crate::{Diagnostics, Model};

/// A kind of object that Terraform reads and does not manage.
#[async_trait]
pub trait DataSource: Send + Sync + 'static {
    /// What the provider's configuration is turned into.
    type Client: Send + Sync + 'static;
    /// The arguments and the results.
    type Model: Model;

    /// The type name without the provider's name: `vpc` becomes `landform_vpc`.
    fn name(&self) -> &'static str;

    /// Checks the arguments, without any calls; values may be unknown.
    fn validate(&self, config: &Self::Model, diagnostics: &mut Diagnostics) {
        let _ = (config, diagnostics);
    }

    /// Fills in the computed attributes. Defaults are set already and everything is known.
    async fn read(&self, client: &Self::Client, config: Self::Model) -> Result<Self::Model, Diagnostics>;

    /// The group of pages the data source is listed under in the registry.
    fn subcategory(&self) -> &'static str {
        ""
    }

    /// What AWS must allow for the read, for the reference page.
    fn permissions(&self) -> Permissions {
        Permissions::default()
    }
}
