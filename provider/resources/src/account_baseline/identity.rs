//! What finds a baseline: its account.

use super::model::AccountBaseline;
use super::{AccountBaselineResource, Call, import};
use landform_framework::{Diagnostic, Diagnostics, Identity, Model, Text, Value};
use landform_model::AccountId;
use std::collections::BTreeSet;

/// What finds the baseline of an account.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct AccountBaselineIdentity {
    /// The account.
    #[attribute(required)]
    pub(crate) account_id: Value<Text<AccountId>>,
}

#[async_trait::async_trait]
impl Identity for AccountBaselineIdentity {
    type Resource = AccountBaselineResource;

    fn of(baseline: &AccountBaseline) -> Self {
        Self { account_id: baseline.account_id.clone() }
    }

    async fn import(self, _: &AccountBaselineResource, cx: &Call) -> Result<AccountBaseline, Diagnostics> {
        let account = self.account_id.into_known().ok_or_else(|| {
            Diagnostic::error("No account", "The identity of a baseline is its `account_id`.")
        })?;
        import::of(cx.client(), account.0, BTreeSet::new()).await
    }

    fn example() -> Self {
        Self { account_id: "111122223333".parse().ok().map(Text).into() }
    }
}
