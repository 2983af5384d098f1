//! What a process reads of the organization, each part once for all resources.
//!
//! One list of accounts says the state and the place of each, 20 accounts a call. So a plan of 500 accounts costs some sixty
//! calls, where asking for each account would cost a thousand and be refused for its rate.

use super::tree::Tree;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use landform_cloud::id::{CreateAccountRequestId, PolicyId};
use landform_cloud::organizations::*;
use landform_cloud::{Organizations, OrganizationsReads, Result, Tags};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::Instant;

/// How long answers serve. A plan is done by then, mostly; what happens in the cloud later, the next plan sees.
const LIFE: Duration = Duration::from_secs(5 * 60);

/// Lists that are asked for at once.
const IN_FLIGHT: usize = 4;

/// The snapshot that resources share at a time.
#[derive(Default)]
pub(crate) struct Snapshots(Mutex<Option<Arc<OrganizationSnapshot>>>);

impl Snapshots {
    /// The one there is, or a new one over `port`.
    pub(crate) fn current(&self, port: &Arc<dyn Organizations>) -> Arc<OrganizationSnapshot> {
        let mut held = self.lock();
        match held.as_ref().filter(|snapshot| snapshot.begun.elapsed() <= LIFE) {
            Some(snapshot) => Arc::clone(snapshot),
            None => Arc::clone(held.insert(Arc::new(OrganizationSnapshot::new(Arc::clone(port))))),
        }
    }

    /// Something has changed: whoever asks next is answered by AWS.
    pub(crate) fn drop_current(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<OrganizationSnapshot>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The organization as the first question about each part of it found it.
///
/// What AWS works on in its own time is asked for anew each time: [`OrganizationsReads::account`] and requests for accounts.
pub struct OrganizationSnapshot {
    port: Arc<dyn Organizations>,
    begun: Instant,
    organization: OnceCell<Option<Organization>>,
    root: OnceCell<Root>,
    tree: OnceCell<Tree>,
    accounts: OnceCell<Vec<Account>>,
    tags: Keyed<String, Tags>,
    policies: Keyed<PolicyType, Vec<Policy>>,
    contents: Keyed<PolicyId, Option<String>>,
    targets: Keyed<PolicyId, Vec<TargetId>>,
    on_targets: Keyed<(TargetId, PolicyType), Vec<Policy>>,
    invalid: Keyed<PolicyType, Vec<AccountId>>,
    trusted_services: OnceCell<Vec<ServicePrincipal>>,
    delegated_administrators: OnceCell<Vec<AccountId>>,
    delegated_services: Keyed<AccountId, Vec<ServicePrincipal>>,
    root_access: OnceCell<RootAccess>,
}

impl OrganizationSnapshot {
    fn new(port: Arc<dyn Organizations>) -> Self {
        Self {
            port,
            begun: Instant::now(),
            organization: OnceCell::new(),
            root: OnceCell::new(),
            tree: OnceCell::new(),
            accounts: OnceCell::new(),
            tags: Keyed::default(),
            policies: Keyed::default(),
            contents: Keyed::default(),
            targets: Keyed::default(),
            on_targets: Keyed::default(),
            invalid: Keyed::default(),
            trusted_services: OnceCell::new(),
            delegated_administrators: OnceCell::new(),
            delegated_services: Keyed::default(),
            root_access: OnceCell::new(),
        }
    }

    /// The tree of organizational units by path.
    pub async fn tree(&self) -> Result<&Tree> {
        self.tree.get_or_try_init(|| Tree::read(self)).await
    }

    /// Every account with what it is directly below, also where AWS does not say it in the list of all accounts.
    pub async fn placed_accounts(&self) -> Result<&[Account]> {
        let read = || async {
            let accounts = self.port.accounts().await?;
            match accounts.iter().all(|account| account.parent.is_some()) {
                true => Ok(accounts),
                false => self.ask_each_parent(accounts).await,
            }
        };
        Ok(self.accounts.get_or_try_init(read).await?)
    }

    async fn ask_each_parent(&self, mut accounts: Vec<Account>) -> Result<Vec<Account>> {
        let asked = self.tree().await?.parents().map(|parent| async move {
            let children = self.port.accounts_in(&parent).await?;
            Ok(children.into_iter().map(move |child| (child.id, parent.clone())).collect::<Vec<_>>())
        });
        let asked: Vec<_> = asked.collect();
        let lists: Vec<Vec<(AccountId, ParentId)>> =
            stream::iter(asked).buffered(IN_FLIGHT).try_collect().await?;
        let places: BTreeMap<AccountId, ParentId> = lists.into_iter().flatten().collect();
        for account in &mut accounts {
            if account.parent.is_none() {
                account.parent = places.get(&account.id).cloned();
            }
        }
        Ok(accounts)
    }
}

/// Answers by what was asked for; who asks for the same meanwhile waits for the first.
struct Keyed<K, V>(Mutex<BTreeMap<K, Arc<OnceCell<V>>>>);

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }
}

impl<K: Ord, V: Clone> Keyed<K, V> {
    async fn get<F: Future<Output = Result<V>>>(&self, key: K, ask: impl FnOnce() -> F) -> Result<V> {
        let cell = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        cell.get_or_try_init(ask).await.cloned()
    }
}

#[async_trait::async_trait]
impl OrganizationsReads for OrganizationSnapshot {
    async fn organization(&self) -> Result<Option<Organization>> {
        self.organization.get_or_try_init(|| self.port.organization()).await.cloned()
    }

    async fn root(&self) -> Result<Root> {
        self.root.get_or_try_init(|| self.port.root()).await.cloned()
    }

    async fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>> {
        self.port.organizational_units(parent).await
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        Ok(self.placed_accounts().await?.to_vec())
    }

    async fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>> {
        let all = self.placed_accounts().await?;
        Ok(all.iter().filter(|account| account.parent.as_ref() == Some(parent)).cloned().collect())
    }

    async fn account(&self, account: &AccountId) -> Result<Option<Account>> {
        self.port.account(account).await
    }

    async fn account_requests(&self) -> Result<Vec<AccountRequest>> {
        self.port.account_requests().await
    }

    async fn account_request(&self, request: &CreateAccountRequestId) -> Result<Option<AccountRequest>> {
        self.port.account_request(request).await
    }

    async fn tags(&self, resource: &str) -> Result<Tags> {
        self.tags.get(resource.to_owned(), || self.port.tags(resource)).await
    }

    async fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.policies.get(policy_type, || self.port.policies(policy_type)).await
    }

    async fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>> {
        self.contents.get(policy.clone(), || self.port.policy_content(policy)).await
    }

    async fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>> {
        self.targets.get(policy.clone(), || self.port.targets(policy)).await
    }

    async fn policies_on(&self, target: &TargetId, policy_type: PolicyType) -> Result<Vec<Policy>> {
        let key = (target.clone(), policy_type);
        self.on_targets.get(key, || self.port.policies_on(target, policy_type)).await
    }

    async fn accounts_with_invalid_policy(&self, policy_type: PolicyType) -> Result<Vec<AccountId>> {
        self.invalid.get(policy_type, || self.port.accounts_with_invalid_policy(policy_type)).await
    }

    async fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>> {
        self.port.invalid_policy_reasons(account, policy_type).await
    }

    async fn trusted_services(&self) -> Result<Vec<ServicePrincipal>> {
        self.trusted_services.get_or_try_init(|| self.port.trusted_services()).await.cloned()
    }

    async fn delegated_administrators(&self) -> Result<Vec<AccountId>> {
        self.delegated_administrators.get_or_try_init(|| self.port.delegated_administrators()).await.cloned()
    }

    async fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>> {
        self.delegated_services.get(account.clone(), || self.port.delegated_services(account)).await
    }

    async fn root_access(&self) -> Result<RootAccess> {
        self.root_access.get_or_try_init(|| self.port.root_access()).await.cloned()
    }
}
