//! What finds a state backend: the name of its bucket, and where that is.

use super::model::StateBackend;
use super::{Call, StateBackendResource, import};
use landform_framework::{Diagnostic, Diagnostics, Identity, Model, Text, Value};
use landform_model::{AccountId, BucketName, Region};

/// What finds a state backend.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct StateBackendIdentity {
    /// The name of the bucket.
    #[attribute(required)]
    pub(crate) bucket: Value<Text<BucketName>>,
    /// The account it is in. Default: the account of the provider's credentials.
    #[attribute(optional)]
    pub(crate) account_id: Value<Text<AccountId>>,
    /// The region it is in. Default: the provider's.
    #[attribute(optional)]
    pub(crate) region: Value<Text<Region>>,
}

#[async_trait::async_trait]
impl Identity for StateBackendIdentity {
    type Resource = StateBackendResource;

    fn of(backend: &StateBackend) -> Self {
        Self {
            bucket: backend.bucket.clone(),
            account_id: backend.account_id.clone(),
            region: backend.region.clone(),
        }
    }

    async fn import(self, _: &StateBackendResource, cx: &Call) -> Result<StateBackend, Diagnostics> {
        let Some(Text(bucket)) = self.bucket.into_known() else {
            return Err(Diagnostic::error(
                "Invalid import identity",
                "The identity needs the name of a bucket.",
            )
            .into());
        };
        let account = self.account_id.into_known().map(|it| it.0);
        let region = self.region.into_known().map(|it| it.0);
        import::by_name(cx.client(), cx.client().target(account, region).await?, bucket).await
    }

    fn example() -> Self {
        Self {
            bucket: "landform-state-111122223333-us-east-1".parse().ok().map(Text).into(),
            account_id: "111122223333".parse().ok().map(Text).into(),
            region: "us-east-1".parse().ok().map(Text).into(),
        }
    }
}
