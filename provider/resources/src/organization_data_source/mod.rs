//! `data.landform_organization`: the organization with its tree and its accounts.

#[cfg(test)]
mod tests;

use crate::client::{Landform, failure};
use crate::member_account::MemberAccount;
use landform_cloud::id::{OrganizationId, OrganizationalUnitId, RootId};
use landform_cloud::organizations::PolicyTypeStatus;
use landform_cloud::{CloudError, OrganizationsReads};
use landform_framework::docs::Permissions;
use landform_framework::{DataSource, Diagnostic, Diagnostics, Model, Text, Value};
use landform_model::guardrails::PolicyType;
use landform_model::{AccountId, Arn};
use std::collections::{BTreeMap, BTreeSet};

/// The organization of the credentials, whoever made it: its tree by paths, its accounts by ids. Needs credentials of the management
/// account or of a delegated administrator.
///
/// Everything that a run asks about the organization is asked once for all resources and data sources: some sixty calls for 500
/// accounts.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct OrganizationLookup {
    /// The id of the organization, such as `o-a1b2c3d4e5`.
    #[attribute(computed)]
    pub id: Value<Text<OrganizationId>>,
    /// The ARN of the organization.
    #[attribute(computed)]
    pub arn: Value<Text<Arn>>,
    /// The id of the root of its tree.
    #[attribute(computed)]
    pub root_id: Value<Text<RootId>>,
    /// The id of the management account.
    #[attribute(computed)]
    pub management_account_id: Value<Text<AccountId>>,
    /// The organizational units: path, such as `Workloads/Prod`, to id. Units that no path can name, because of a `/` in a name, are
    /// not in it.
    #[attribute(computed)]
    pub organizational_units: Value<BTreeMap<String, Text<OrganizationalUnitId>>>,
    /// All accounts by id, closed ones that are not gone yet among them.
    #[attribute(computed)]
    pub accounts: Value<BTreeMap<String, MemberAccount>>,
    /// The kinds of policy that are on, by AWS's names.
    #[attribute(computed)]
    pub policy_types: Value<BTreeSet<Text<PolicyType>>>,
}

/// The data source `landform_organization`.
pub struct OrganizationDataSource;

/// See [actions of Organizations](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html).
const READ: [&str; 5] = [
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
];

#[async_trait::async_trait]
impl DataSource for OrganizationDataSource {
    type Client = Landform;
    type Model = OrganizationLookup;

    fn name(&self) -> &'static str {
        "organization"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    fn permissions(&self) -> Permissions {
        Permissions { read: READ.map(str::to_owned).into(), ..Permissions::default() }
    }

    async fn read(
        &self,
        client: &Landform,
        _: OrganizationLookup,
    ) -> Result<OrganizationLookup, Diagnostics> {
        let failed = |error: CloudError| failure("Reading the organization", &error, "");
        let snapshot = client.organizations().await.map_err(failed)?;
        let organization = snapshot.organization().await.map_err(failed)?.ok_or_else(absent)?;
        let root = snapshot.root().await.map_err(failed)?;
        let tree = snapshot.tree().await.map_err(failed)?;
        let accounts = snapshot.placed_accounts().await.map_err(failed)?;
        let units = tree.units().iter().map(|(path, unit)| (path.to_string(), Text(unit.id.clone())));
        let accounts =
            accounts.iter().map(|account| (account.id.to_string(), MemberAccount::of(account, tree)));
        let on = root.policy_types.iter().filter(|(_, status)| **status == PolicyTypeStatus::Enabled);
        Ok(OrganizationLookup {
            id: Text(organization.id).into(),
            arn: Text(organization.arn).into(),
            root_id: Text(root.id).into(),
            management_account_id: Text(organization.management_account).into(),
            organizational_units: Value::Known(units.collect()),
            accounts: Value::Known(accounts.collect()),
            policy_types: Value::Known(on.map(|(policy_type, _)| Text(*policy_type)).collect()),
        })
    }
}

fn absent() -> Diagnostics {
    let detail = "The account of the credentials is in no organization. The resource `landform_organization` makes one; are these the \
                  right credentials?";
    Diagnostic::error("There is no organization", detail).into()
}
