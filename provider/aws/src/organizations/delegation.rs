//! Trusted services and delegated administrators.

use super::*;
use aws_sdk_organizations::operation::list_aws_service_access_for_organization::ListAwsServiceAccessForOrganizationOutput;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html>
    pub(super) async fn trusted_services(&self) -> Result<Vec<ServicePrincipal>> {
        const OPERATION: &str = "ListAWSServiceAccessForOrganization";
        let pages = self.client.list_aws_service_access_for_organization().into_paginator().send();
        let pages = pages.try_collect().await.map_err(error::of(OPERATION))?;
        let all =
            pages.iter().flat_map(ListAwsServiceAccessForOrganizationOutput::enabled_service_principals);
        all.map(|it| Ok(required(OPERATION, "ServicePrincipal", it.service_principal())?.to_owned()))
            .collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html>
    pub(super) async fn delegated_administrators(&self) -> Result<Vec<AccountId>> {
        const OPERATION: &str = "ListDelegatedAdministrators";
        let pages = self.client.list_delegated_administrators().into_paginator().items().send();
        let all = pages.try_collect().await.map_err(error::of(OPERATION))?;
        all.iter().map(|it| parsed(OPERATION, "Id", it.id())).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedServicesForAccount.html>
    pub(super) async fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>> {
        const OPERATION: &str = "ListDelegatedServicesForAccount";
        let call = self.client.list_delegated_services_for_account().account_id(account.as_str());
        let pages = call.into_paginator().items().send().try_collect().await;
        // An account that is no delegated administrator has no services.
        let all = if_any(pages.map_err(error::of(OPERATION)))?.unwrap_or_default();
        all.iter()
            .map(|it| Ok(required(OPERATION, "ServicePrincipal", it.service_principal())?.to_owned()))
            .collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html>
    pub(super) async fn enable_service_access(&self, service: &str) -> Result<()> {
        let call = self.client.enable_aws_service_access().service_principal(service);
        let call = async { call.send().await.map(drop).map_err(error::of("EnableAWSServiceAccess")) };
        exists_is_done(self.write(call).await)
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html>
    pub(super) async fn disable_service_access(&self, service: &str) -> Result<()> {
        let call = self.client.disable_aws_service_access().service_principal(service);
        let call = async { call.send().await.map(drop).map_err(error::of("DisableAWSServiceAccess")) };
        gone_is_done(self.write(call).await)
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html>
    pub(super) async fn register_delegated_administrator(
        &self,
        account: &AccountId,
        service: &str,
    ) -> Result<()> {
        const OPERATION: &str = "RegisterDelegatedAdministrator";
        let call = self.client.register_delegated_administrator().account_id(account.as_str());
        let call = call.service_principal(service);
        let call = async { call.send().await.map(drop).map_err(error::of(OPERATION)) };
        exists_is_done(self.write(call).await)
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html>
    pub(super) async fn deregister_delegated_administrator(
        &self,
        account: &AccountId,
        service: &str,
    ) -> Result<()> {
        const OPERATION: &str = "DeregisterDelegatedAdministrator";
        let call = self.client.deregister_delegated_administrator().account_id(account.as_str());
        let call = call.service_principal(service);
        let call = async { call.send().await.map(drop).map_err(error::of(OPERATION)) };
        gone_is_done(self.write(call).await)
    }
}
