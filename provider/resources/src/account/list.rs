//! Finds the accounts of the organization, for `terraform query`.

use super::model::Account;
use super::place::Place;
use super::seen::is_closed;
use super::{AccountResource, import};
use crate::client::failure;
use landform_cloud::organizations::Account as Existing;
use landform_framework::{Diagnostic, Diagnostics, List, ListContext, Model, Text, Value};
use landform_model::organization::OrganizationalUnitPath;

/// Finds the accounts of the organization, whoever made them, but for those that are closed.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct AccountList {
    /// Only accounts in this organizational unit or below it, such as `Workloads`. Default: all.
    #[attribute(optional)]
    pub ou: Value<Text<OrganizationalUnitPath>>,
}

#[async_trait::async_trait]
impl List for AccountList {
    type Resource = AccountResource;

    async fn list(self, _: &AccountResource, cx: &ListContext<AccountResource>) -> Result<(), Diagnostics> {
        let failed = |error| failure("Listing the accounts of the organization", &error, "");
        let organizations = cx.client().organizations().await.map_err(failed)?;
        let tree = organizations.tree().await.map_err(failed)?;
        let mut accounts = organizations.placed_accounts().await.map_err(failed)?.to_vec();
        accounts.sort_by(|a, b| a.id.cmp(&b.id));
        let wanted = |account: &&Existing| {
            let Some(unit) = self.ou.known() else { return true };
            let place =
                account.parent.as_ref().and_then(|parent| tree.path_of(parent)).and_then(Place::in_words);
            place.as_ref().and_then(Place::unit).is_some_and(|place| place.is_at_or_below(&unit.0))
        };
        let open = accounts.iter().filter(|account| !is_closed(account.state)).filter(wanted);
        for account in open {
            let found = match cx.wants_objects() {
                true => import::by_id(cx.client(), account.id.as_str()).await,
                false => Ok(Account { id: Value::Known(Text(account.id.clone())), ..Account::default() }),
            };
            let name = format!("{} ({})", account.name, account.id);
            match found {
                Ok(found) => {
                    if cx.found(name, found).await.is_break() {
                        break;
                    }
                }
                Err(why) => {
                    let summary = format!("{name} was left out: it cannot be imported");
                    cx.warn(Diagnostic::warning(summary, why.to_string())).await;
                }
            }
        }
        Ok(())
    }
}
