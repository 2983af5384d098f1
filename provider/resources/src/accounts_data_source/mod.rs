//! `data.landform_accounts`: the accounts of the organization that a configuration goes through with `for_each`.

mod chosen;
#[cfg(test)]
mod tests;

use crate::account::Place;
use crate::client::{Landform, failure};
use crate::member_account::{MemberAccount, StateWord};
use crate::organization::Tree;
use chosen::Filters;
use landform_cloud::CloudError;
use landform_cloud::organizations::AccountState;
use landform_framework::docs::Permissions;
use landform_framework::{DataSource, Diagnostic, Diagnostics, Model, Path, Text, Value};
use landform_model::organization::OrganizationalUnitPath;
use landform_model::{AccountId, nearest_first};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts of the organization, whoever made them, chosen by place, state and name. Needs credentials of the management account or of
/// a delegated administrator.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct AccountsLookup {
    /// Only accounts in this organizational unit, by its path such as `Workloads/Prod`, or in `Root`. Default: anywhere.
    #[attribute(optional)]
    pub ou: Value<Place>,
    /// Whether accounts in the units below `ou` count too. Default: `true`.
    #[attribute(default = true)]
    pub recursive: Value<bool>,
    /// Only accounts in one of these states: `ACTIVE`, `PENDING_ACTIVATION`, `SUSPENDED`, `PENDING_CLOSURE` or `CLOSED`.
    /// Default: `["ACTIVE"]`.
    #[attribute(default = BTreeSet::from([StateWord(AccountState::Active)]))]
    pub states: Value<BTreeSet<StateWord>>,
    /// Only accounts whose name begins so; small and capital letters differ. Default: any name.
    #[attribute(optional)]
    pub name_prefix: Value<String>,
    /// The ids of the accounts, sorted.
    #[attribute(computed)]
    pub ids: Value<Vec<Text<AccountId>>>,
    /// The accounts by id, for `for_each`.
    #[attribute(computed)]
    pub accounts: Value<BTreeMap<String, MemberAccount>>,
}

/// The data source `landform_accounts`.
pub struct AccountsDataSource;

/// See [actions of Organizations](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html).
const READ: [&str; 4] = [
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
];

#[async_trait::async_trait]
impl DataSource for AccountsDataSource {
    type Client = Landform;
    type Model = AccountsLookup;

    fn name(&self) -> &'static str {
        "accounts"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    fn permissions(&self) -> Permissions {
        Permissions { read: READ.map(str::to_owned).into(), ..Permissions::default() }
    }

    fn validate(&self, config: &AccountsLookup, diagnostics: &mut Diagnostics) {
        if config.states.known().is_some_and(BTreeSet::is_empty) {
            let detail = "`states` is empty, and every account is in a state. Name one, such as `ACTIVE`, or leave it out.";
            diagnostics.push(Diagnostic::error("No state", detail).at(Path::root().attribute("states")));
        }
    }

    async fn read(&self, client: &Landform, config: AccountsLookup) -> Result<AccountsLookup, Diagnostics> {
        let failed = |error: CloudError| failure("Reading the accounts of the organization", &error, "");
        let snapshot = client.organizations().await.map_err(failed)?;
        let tree = snapshot.tree().await.map_err(failed)?;
        if let Some(unit) = config.ou.known().and_then(Place::unit)
            && !tree.units().contains_key(unit)
        {
            return Err(unknown_unit(unit, tree));
        }
        let accounts = snapshot.placed_accounts().await.map_err(failed)?;
        let chosen = Filters::of(&config).choose(accounts, tree);
        let ids = chosen.keys().cloned().map(Text).collect();
        let accounts = chosen.into_iter().map(|(id, account)| (id.to_string(), account)).collect();
        Ok(AccountsLookup { ids: Value::Known(ids), accounts: Value::Known(accounts), ..config })
    }
}

/// How many paths a message shows.
const SHOWN: usize = 3;

/// A path that is misspelled must not be an empty list, for which `for_each` would destroy everything.
fn unknown_unit(unit: &OrganizationalUnitPath, tree: &Tree) -> Diagnostics {
    let paths: Vec<String> = tree.units().keys().map(ToString::to_string).collect();
    let near = nearest_first(&unit.to_string(), paths.iter().map(String::as_str));
    let near: Vec<String> = near.into_iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
    let detail = match near.is_empty() {
        true => "The organization has no organizational units. Write `Root`, or leave `ou` out.".to_owned(),
        false => format!("The nearest paths are {}.", near.join(", ")),
    };
    let summary = format!("There is no organizational unit {unit}");
    Diagnostic::error(summary, detail).at(Path::root().attribute("ou")).into()
}
