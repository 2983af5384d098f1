//! The port to AWS Organizations: the tree, the accounts in it, and the policies on both.
//!
//! <https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html>

mod objects;
mod policies;

pub use objects::*;
pub use policies::*;

use crate::id::*;
use crate::{Result, Tags};
use landform_model::guardrails::PolicyType;
use landform_model::{AccountId, EmailAddress};

/// Reads an organization. Whoever has only this can change nothing.
///
/// Reads answer all pages. A list read answers an empty list where AWS has nothing.
#[async_trait::async_trait]
pub trait OrganizationsReads: Send + Sync {
    /// The organization that the caller's account is in; none when it is in none.
    async fn organization(&self) -> Result<Option<Organization>>;
    /// The root of the tree. An organization has exactly one.
    async fn root(&self) -> Result<Root>;
    /// The organizational units directly below `parent`.
    async fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>>;
    /// Every account, with the parent of each where AWS says it: one call for 20 accounts.
    async fn accounts(&self) -> Result<Vec<Account>>;
    /// The accounts directly below `parent`, for where [`Self::accounts`] does not say it.
    async fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>>;
    /// One account; none when it is not in the organization.
    async fn account(&self, account: &AccountId) -> Result<Option<Account>>;
    /// Every request to make an account of the last 90 days.
    async fn account_requests(&self) -> Result<Vec<AccountRequest>>;
    /// One request to make an account; none when AWS does not know it.
    async fn account_request(&self, request: &CreateAccountRequestId) -> Result<Option<AccountRequest>>;
    /// The tags of a root, an organizational unit, an account or a policy, by its id.
    async fn tags(&self, resource: &str) -> Result<Tags>;

    /// The policies of a kind, those of AWS among them; without their content.
    async fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>>;
    /// The text of a policy; none when the policy does not exist.
    async fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>>;
    /// What a policy is attached to.
    async fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>>;
    /// The policies of a kind that are attached to `target` itself; what it inherits is not among them.
    async fn policies_on(&self, target: &TargetId, policy_type: PolicyType) -> Result<Vec<Policy>>;
    /// The accounts in which the policies of a kind come together to something invalid, so that AWS enforces an older state.
    /// Management policies only.
    async fn accounts_with_invalid_policy(&self, policy_type: PolicyType) -> Result<Vec<AccountId>>;
    /// Why they are invalid in one account.
    async fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>>;

    /// The services that may work in all accounts, by principal such as `sso.amazonaws.com`.
    async fn trusted_services(&self) -> Result<Vec<ServicePrincipal>>;
    /// The accounts that are delegated administrators of any service.
    async fn delegated_administrators(&self) -> Result<Vec<AccountId>>;
    /// The services that an account is the delegated administrator of.
    async fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>>;
    /// What is on of central root access. Nothing where IAM is no trusted service.
    async fn root_access(&self) -> Result<RootAccess>;
}

/// Changes an organization.
///
/// Every write is one AWS call; AWS takes no client token for any of them. Implementations send one write at a time, because AWS
/// refuses a second one that comes meanwhile (`ConcurrentModificationException`, `TooManyRequestsException`), and send creates
/// once: a lost answer must be followed by a look ([`crate::once::create_once`]).
#[async_trait::async_trait]
pub trait Organizations: OrganizationsReads {
    /// Makes the organization, with all features, around the caller's account.
    async fn create_organization(&self) -> Result<Organization>;

    /// Makes an organizational unit. No token; its name is its natural key below `parent`.
    async fn create_organizational_unit(
        &self,
        parent: &ParentId,
        name: &str,
        tags: &Tags,
    ) -> Result<OrganizationalUnit>;
    /// Gives an organizational unit another name.
    async fn rename_organizational_unit(&self, unit: &OrganizationalUnitId, name: &str) -> Result<()>;
    /// Deletes an organizational unit, which must be empty. Gone already counts as done.
    async fn delete_organizational_unit(&self, unit: &OrganizationalUnitId) -> Result<()>;

    /// Starts to make an account, in the root; answers at once. No token: a second request makes a second account, unless the
    /// e-mail address is taken, and then only fails later. Look at [`OrganizationsReads::account_requests`] after a lost answer.
    async fn create_account(&self, account: &NewAccount) -> Result<AccountRequest>;
    /// Moves an account. In `to` already counts as done.
    async fn move_account(&self, account: &AccountId, from: &ParentId, to: &ParentId) -> Result<()>;
    /// Starts to close an account. Closed already counts as done. It cannot be undone without AWS's support.
    async fn close_account(&self, account: &AccountId) -> Result<()>;

    /// Lets a kind of policy be attached; answers before it can. On already counts as done.
    async fn enable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()>;
    /// Takes all policies of a kind out of force. Off already counts as done.
    async fn disable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()>;
    /// Makes a policy, attached to nothing. No token; its name is its natural key among all policies.
    async fn create_policy(&self, policy: &NewPolicy) -> Result<Policy>;
    /// Gives a policy another name, description or content.
    async fn update_policy(&self, policy: &PolicyId, change: &PolicyChange) -> Result<()>;
    /// Deletes a policy, which must be attached to nothing. Gone already counts as done.
    async fn delete_policy(&self, policy: &PolicyId) -> Result<()>;
    /// Attaches a policy. Attached already counts as done.
    async fn attach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()>;
    /// Detaches a policy. Not attached counts as done.
    async fn detach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()>;

    /// Lets a service work in all accounts. It may already counts as done.
    async fn enable_service_access(&self, service: &ServicePrincipal) -> Result<()>;
    /// Takes that away.
    async fn disable_service_access(&self, service: &ServicePrincipal) -> Result<()>;
    /// Makes an account the delegated administrator of a service. It is already counts as done.
    async fn register_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()>;
    /// Takes that away. It is none counts as done.
    async fn deregister_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()>;
    /// Switches a part of central root access. So already counts as done.
    async fn set_root_access(&self, feature: RootAccessFeature, enabled: bool) -> Result<()>;

    /// Adds tags to a root, an organizational unit, an account or a policy, or gives existing keys new values.
    async fn set_tags(&self, resource: &str, tags: &Tags) -> Result<()>;
    /// Removes tags by key.
    async fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<()>;
}
