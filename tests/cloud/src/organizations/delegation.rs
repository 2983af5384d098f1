//! Trusted services and delegated administrators.

use super::policy_types::service_of;
use super::*;

impl InProcessOrganizations {
    pub(super) fn trusted_services(&self) -> Result<Vec<ServicePrincipal>> {
        self.list("ListAWSServiceAccessForOrganization", "", |world| {
            Ok(world.trusted_services.iter().cloned().collect())
        })
    }

    pub(super) fn delegated_administrators(&self) -> Result<Vec<AccountId>> {
        self.list("ListDelegatedAdministrators", "", |world| {
            let mut found: Vec<AccountId> = world.delegated.iter().map(|(id, _)| id.clone()).collect();
            found.dedup();
            Ok(found)
        })
    }

    pub(super) fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>> {
        const OPERATION: &str = "ListDelegatedServicesForAccount";
        self.list(OPERATION, account.as_str(), |world| {
            let of_account = world.delegated.iter().filter(|(id, _)| id == account);
            Ok(of_account.map(|(_, service)| service.clone()).collect())
        })
    }

    pub(super) fn enable_service_access(&self, service: &str) -> Result<()> {
        self.call("EnableAWSServiceAccess", service, |world| {
            world.trusted_services.insert(service.to_owned());
            Ok(())
        })
    }

    /// A kind of policy that needs the service must be off first.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html>
    pub(super) fn disable_service_access(&self, service: &str) -> Result<()> {
        const OPERATION: &str = "DisableAWSServiceAccess";
        self.call(OPERATION, service, |world| {
            let on = world.root.iter().flat_map(|it| it.policy_types.keys());
            if on.into_iter().any(|policy_type| service_of(*policy_type) == Some(service)) {
                let reason = "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE";
                return Err(constraint(ErrorKind::Invalid, OPERATION, reason));
            }
            world.trusted_services.remove(service);
            if service == "iam.amazonaws.com" {
                world.root_access.clear();
            }
            Ok(())
        })
    }

    /// The service must be trusted, and the account an active member.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html>
    pub(super) fn register_delegated_administrator(&self, account: &AccountId, service: &str) -> Result<()> {
        const OPERATION: &str = "RegisterDelegatedAdministrator";
        self.call(OPERATION, format!("{account} {service}"), |world| {
            let violated = |reason| Err(constraint(ErrorKind::Invalid, OPERATION, reason));
            if !world.trusted_services.contains(service) {
                return violated("SERVICE_ACCESS_NOT_ENABLED");
            }
            if *account == world.caller {
                return violated("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR");
            }
            match world.accounts.iter().find(|it| it.id == *account).map(|it| it.state) {
                None => return Err(absent(OPERATION, "AccountNotFoundException", account)),
                Some(AccountState::Active) => {}
                Some(_) => return violated("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"),
            }
            world.delegated.insert((account.clone(), service.to_owned()));
            Ok(())
        })
    }

    pub(super) fn deregister_delegated_administrator(
        &self,
        account: &AccountId,
        service: &str,
    ) -> Result<()> {
        self.call("DeregisterDelegatedAdministrator", format!("{account} {service}"), |world| {
            world.delegated.remove(&(account.clone(), service.to_owned()));
            Ok(())
        })
    }
}
