//! The organization, its root and its organizational units.

use super::tags::tag_list;
use super::*;
use aws_sdk_organizations::operation::list_organizational_units_for_parent::ListOrganizationalUnitsForParentOutput;
use aws_sdk_organizations::operation::list_roots::ListRootsOutput;
use aws_sdk_organizations::types;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html>
    pub(super) async fn organization(&self) -> Result<Option<Organization>> {
        const OPERATION: &str = "DescribeOrganization";
        let answer = self.client.describe_organization().send().await.map_err(error::of(OPERATION));
        let answer = if_any(answer)?.map(|it| organization(OPERATION, it.organization()));
        answer.transpose()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    pub(super) async fn create_organization(&self) -> Result<Organization> {
        const OPERATION: &str = "CreateOrganization";
        let call = self.client.create_organization().feature_set(types::OrganizationFeatureSet::All);
        let call = call.customize().config_override(no_resend()).send();
        let answer = self.write(async { call.await.map_err(error::of(OPERATION)) }).await?;
        organization(OPERATION, answer.organization())
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html>
    pub(super) async fn root(&self) -> Result<Root> {
        const OPERATION: &str = "ListRoots";
        let pages = self.client.list_roots().into_paginator().send().try_collect().await;
        let pages = pages.map_err(error::of(OPERATION))?;
        let root = required(OPERATION, "Roots", pages.iter().flat_map(ListRootsOutput::roots).next())?;
        let types = root.policy_types().iter().filter_map(|it| {
            // Kinds that there is no word for are nobody's here.
            let policy_type = it.r#type()?.as_str().parse().ok()?;
            let status = match it.status()? {
                types::PolicyTypeStatus::Enabled => PolicyTypeStatus::Enabled,
                types::PolicyTypeStatus::PendingEnable => PolicyTypeStatus::PendingEnable,
                types::PolicyTypeStatus::PendingDisable => PolicyTypeStatus::PendingDisable,
                _ => return None,
            };
            Some((policy_type, status))
        });
        Ok(Root {
            id: parsed(OPERATION, "Id", root.id())?,
            arn: parsed(OPERATION, "Arn", root.arn())?,
            policy_types: types.collect(),
        })
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html>
    pub(super) async fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>> {
        const OPERATION: &str = "ListOrganizationalUnitsForParent";
        let call = self.client.list_organizational_units_for_parent().parent_id(parent.as_str());
        let pages = call.into_paginator().send().try_collect().await.map_err(error::of(OPERATION))?;
        let all = pages.iter().flat_map(ListOrganizationalUnitsForParentOutput::organizational_units);
        all.map(|it| unit(OPERATION, Some(it))).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html>
    pub(super) async fn create_organizational_unit(
        &self,
        parent: &ParentId,
        name: &str,
        tags: &Tags,
    ) -> Result<OrganizationalUnit> {
        const OPERATION: &str = "CreateOrganizationalUnit";
        let call = self.client.create_organizational_unit().parent_id(parent.as_str()).name(name);
        let call = call.set_tags(Some(tag_list(OPERATION, tags)?));
        let call = call.customize().config_override(no_resend()).send();
        let answer = self.write(async { call.await.map_err(error::of(OPERATION)) }).await?;
        unit(OPERATION, answer.organizational_unit())
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html>
    pub(super) async fn rename_organizational_unit(
        &self,
        unit: &OrganizationalUnitId,
        name: &str,
    ) -> Result<()> {
        let call = self.client.update_organizational_unit().organizational_unit_id(unit.as_str()).name(name);
        self.write(async { call.send().await.map(drop).map_err(error::of("UpdateOrganizationalUnit")) }).await
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html>
    pub(super) async fn delete_organizational_unit(&self, unit: &OrganizationalUnitId) -> Result<()> {
        let call = self.client.delete_organizational_unit().organizational_unit_id(unit.as_str());
        let call = async { call.send().await.map(drop).map_err(error::of("DeleteOrganizationalUnit")) };
        gone_is_done(self.write(call).await)
    }
}

fn organization(operation: &'static str, given: Option<&types::Organization>) -> Result<Organization> {
    let given = required(operation, "Organization", given)?;
    Ok(Organization {
        id: parsed(operation, "Id", given.id())?,
        arn: parsed(operation, "Arn", given.arn())?,
        management_account: parsed(operation, "MasterAccountId", given.master_account_id())?,
        all_features: given.feature_set() == Some(&types::OrganizationFeatureSet::All),
    })
}

fn unit(operation: &'static str, given: Option<&types::OrganizationalUnit>) -> Result<OrganizationalUnit> {
    let given = required(operation, "OrganizationalUnit", given)?;
    Ok(OrganizationalUnit {
        id: parsed(operation, "Id", given.id())?,
        arn: parsed(operation, "Arn", given.arn())?,
        name: required(operation, "Name", given.name())?.to_owned(),
    })
}
