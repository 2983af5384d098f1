//! What exists of an account.

use super::desired::Recorded;
use super::place::Place;
use crate::client::Landform;
use crate::organization::{OrganizationSnapshot, Tree};
use landform_cloud::account_management::{AlternateContact, ContactType, RegionStatus};
use landform_cloud::organizations::{Account, AccountState, JoinedMethod, ParentId};
use landform_cloud::{CloudError, ErrorKind, OrganizationsReads, Result, Tags};
use landform_model::{AccountId, Region};
use std::collections::{BTreeMap, BTreeSet};

/// The account as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) account: Account,
    pub(super) parent: ParentId,
    pub(super) tree: Tree,
    pub(super) tags: Tags,
    /// The contacts that were asked for, where there are any.
    pub(super) contacts: BTreeMap<ContactType, AlternateContact>,
    /// The regions that were asked for.
    pub(super) regions: BTreeMap<Region, RegionStatus>,
}

impl Seen {
    /// Where it is; none where a name on the way to it cannot stand in a path.
    pub(super) fn place(&self) -> Option<Place> {
        Place::in_words(self.tree.path_of(&self.parent)?)
    }
}

/// What is asked for besides the account itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    pub(super) contacts: BTreeSet<ContactType>,
    pub(super) regions: BTreeSet<Region>,
    /// Tags that are taken for its own without asking; none: AWS is asked for them. It tells those of one account per call, which
    /// a refresh of hundreds cannot afford.
    pub(super) believed_tags: Option<Tags>,
}

impl Wanted {
    /// What matters for a wish and for what state has.
    pub(super) fn new(
        contacts: &BTreeMap<ContactType, AlternateContact>,
        regions: &BTreeSet<Region>,
        recorded: &Recorded,
    ) -> Wanted {
        let contacts = contacts.keys().copied().chain(recorded.contacts.iter().copied()).collect();
        Wanted { contacts, regions: regions.clone(), believed_tags: None }
    }
}

/// The account as all resources read it in this process; none when it is not in the organization.
pub(super) async fn look(client: &Landform, id: &AccountId, wanted: &Wanted) -> Result<Option<Seen>> {
    let organizations = client.organizations().await?;
    if organizations.organization().await?.is_none() {
        return Ok(None);
    }
    let Some(account) = placed(&organizations, id).await? else { return Ok(None) };
    closely(client, &organizations, account, wanted).await.map(Some)
}

/// The account with its state as `port` tells it now.
pub(super) async fn look_anew(
    client: &Landform,
    port: &dyn OrganizationsReads,
    id: &AccountId,
    wanted: &Wanted,
) -> Result<Option<Seen>> {
    let Some(now) = port.account(id).await? else { return Ok(None) };
    let organizations = client.organizations().await?;
    let mut parent = now.parent.clone();
    if parent.is_none() {
        parent = placed(&organizations, id).await?.and_then(|account| account.parent);
    }
    // Others may have listed the accounts before this one was made; then it is in the root, which comes first.
    for unit in organizations.tree().await?.parents() {
        if parent.is_some() {
            break;
        }
        let is_there = port.accounts_in(&unit).await?.iter().any(|account| account.id == *id);
        parent = is_there.then_some(unit);
    }
    closely(client, &organizations, Account { parent, ..now }, wanted).await.map(Some)
}

async fn placed(organizations: &OrganizationSnapshot, id: &AccountId) -> Result<Option<Account>> {
    Ok(organizations.placed_accounts().await?.iter().find(|account| account.id == *id).cloned())
}

async fn closely(
    client: &Landform,
    organizations: &OrganizationSnapshot,
    account: Account,
    wanted: &Wanted,
) -> Result<Seen> {
    let parent = account.parent.clone().ok_or_else(|| {
        let text = format!("AWS does not say where account {} is", account.id);
        CloudError::new(ErrorKind::NotReady, "ListAccountsForParent", text)
    })?;
    let tags = match &wanted.believed_tags {
        Some(tags) => tags.clone(),
        None => organizations.tags(account.id.as_str()).await?,
    };
    let (mut contacts, mut regions) = (BTreeMap::new(), BTreeMap::new());
    if !wanted.contacts.is_empty() || !wanted.regions.is_empty() {
        let management = client.account_management().await?;
        for kind in &wanted.contacts {
            let contact = management.alternate_contact(&account.id, *kind).await?;
            contacts.extend(contact.map(|contact| (*kind, contact)));
        }
        if !wanted.regions.is_empty() {
            regions = management.regions(&account.id).await?;
            regions.retain(|region, _| wanted.regions.contains(region));
        }
    }
    let tree = organizations.tree().await?.clone();
    Ok(Seen { parent, account, tree, tags, contacts, regions })
}

/// AWS's word for a state.
pub(crate) fn state_word(state: AccountState) -> &'static str {
    match state {
        AccountState::PendingActivation => "PENDING_ACTIVATION",
        AccountState::Active => "ACTIVE",
        AccountState::Suspended => "SUSPENDED",
        AccountState::PendingClosure => "PENDING_CLOSURE",
        AccountState::Closed => "CLOSED",
    }
}

/// AWS's word for how an account joined.
pub(super) fn joined_word(joined: JoinedMethod) -> &'static str {
    match joined {
        JoinedMethod::Created => "CREATED",
        JoinedMethod::Invited => "INVITED",
    }
}

/// Whether an account is closed, or is being closed.
pub(super) fn is_closed(state: AccountState) -> bool {
    matches!(state, AccountState::PendingClosure | AccountState::Closed)
}
