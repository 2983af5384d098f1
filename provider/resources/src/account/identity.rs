//! What finds an account: its id.

use super::model::Account;
use super::{AccountResource, Call, import};
use landform_framework::{Diagnostics, Identity, Model, Text, Value};
use landform_model::AccountId;

/// What finds an account.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct AccountIdentity {
    /// The id of the account.
    #[attribute(required)]
    pub(crate) id: Value<Text<AccountId>>,
}

#[async_trait::async_trait]
impl Identity for AccountIdentity {
    type Resource = AccountResource;

    fn of(account: &Account) -> Self {
        Self { id: account.id.clone() }
    }

    async fn import(self, _: &AccountResource, cx: &Call) -> Result<Account, Diagnostics> {
        let id = self.id.known().map(|id| id.0.to_string()).unwrap_or_default();
        import::by_id(cx.client(), &id).await
    }

    fn example() -> Self {
        Self { id: "111122223333".parse().ok().map(Text).into() }
    }
}
