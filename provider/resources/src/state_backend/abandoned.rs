//! A state backend that no state knows: what carries its tags. It has no removal: it may hold every state there is.

use crate::client::Landform;
use crate::orphans::{Listed, Owned};
use landform_cloud::{Result, Target};

/// The backends of one account and region.
pub(crate) struct AbandonedBackends;

#[async_trait::async_trait]
impl Listed for AbandonedBackends {
    async fn list(&self, client: &Landform, place: &Target) -> Result<Vec<Owned>> {
        client.state_storage(place).await?.all_owned().await
    }
}
