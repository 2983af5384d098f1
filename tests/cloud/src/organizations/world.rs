//! The objects of the organization, and how AWS behaves about them.

use super::*;
use crate::account_management::AccountSettings;
use crate::part::Part;
use std::collections::{BTreeMap, BTreeSet};

/// Objects on one page of a list.
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
pub const PAGE: usize = 20;

/// What exists. Tests may look at it and change it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationWorld {
    /// The account that the credentials belong to.
    pub caller: AccountId,
    /// The organization, if there is one.
    pub organization: Option<Organization>,
    /// The root of its tree.
    pub root: Option<Root>,
    /// Its organizational units.
    pub units: Vec<PlacedUnit>,
    /// Its accounts, that of the management among them; all have their parent.
    pub accounts: Vec<Account>,
    /// Requests to make accounts.
    pub requests: Vec<Request>,
    /// Policies of people. AWS's own are always there.
    pub policies: Vec<Document>,
    /// What is attached to what, AWS's own policies included.
    pub attachments: BTreeSet<(PolicyId, TargetId)>,
    /// Services that may work in all accounts.
    pub trusted_services: BTreeSet<ServicePrincipal>,
    /// Delegated administrators.
    pub delegated: BTreeSet<(AccountId, ServicePrincipal)>,
    /// What is on of central root access.
    pub root_access: RootAccess,
    /// Tags by the id of what carries them.
    pub tags: BTreeMap<String, Tags>,
    /// Policies that come together to something invalid.
    pub invalid_policies: Vec<(AccountId, PolicyType, InvalidPolicy)>,

    /// What Account Management has set for accounts.
    pub settings: AccountSettings,

    /// E-mail addresses of accounts that are not in this organization.
    pub taken_emails: BTreeSet<String>,
    /// How many looks a new account is in progress.
    pub account_looks: u32,
    /// Makes the next account that comes up fail, with this reason.
    pub account_failure: Option<String>,
    /// How many calls to a new account it refuses as not ready.
    pub ready_after: u32,
    /// How many accounts there may be, closed ones included; as many as anybody likes where there is no number.
    pub account_quota: Option<usize>,
    /// How many accounts may be closed; as many as anybody likes where there is no number.
    pub closing_quota: Option<usize>,
    /// Whether lists of accounts leave out what each is below.
    pub parents_hidden: bool,
    /// How many accounts are refused because the organization is new. Set it before the organization is made.
    pub finalizing_calls: u32,
    /// How many looks a kind of policy is about to be on or off.
    pub policy_type_looks: u32,

    pub(super) closing: BTreeMap<AccountId, Vec<AccountState>>,
    pub(super) closed: usize,
    pub(super) not_ready: BTreeMap<AccountId, u32>,
    pub(super) pending_types: BTreeMap<PolicyType, u32>,
    pub(super) next_object_fails: bool,
    pub(super) next: u64,
}

/// An organizational unit and what it is directly below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedUnit {
    /// The unit.
    pub unit: OrganizationalUnit,
    /// Its parent.
    pub parent: ParentId,
}

/// A request to make an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// As AWS answers it.
    pub request: AccountRequest,
    /// What was asked for.
    pub account: NewAccount,
    /// How many looks it is still in progress.
    pub looks: u32,
}

/// A policy with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The policy.
    pub policy: Policy,
    /// Its text.
    pub content: String,
}

impl OrganizationWorld {
    /// An account without an organization.
    pub(crate) fn new(caller: AccountId) -> Self {
        Self {
            caller,
            organization: None,
            root: None,
            units: Vec::new(),
            accounts: Vec::new(),
            requests: Vec::new(),
            policies: Vec::new(),
            attachments: BTreeSet::new(),
            trusted_services: BTreeSet::new(),
            delegated: BTreeSet::new(),
            root_access: RootAccess::new(),
            tags: BTreeMap::new(),
            invalid_policies: Vec::new(),
            settings: AccountSettings::default(),
            taken_emails: BTreeSet::new(),
            account_looks: 1,
            account_failure: None,
            ready_after: 0,
            account_quota: None,
            closing_quota: None,
            parents_hidden: false,
            finalizing_calls: 0,
            policy_type_looks: 1,
            closing: BTreeMap::new(),
            closed: 0,
            not_ready: BTreeMap::new(),
            pending_types: BTreeMap::new(),
            next_object_fails: false,
            next: 0,
        }
    }

    /// The next number of an id.
    pub(super) fn count(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The ARN of something in the organization.
    pub(super) fn arn(&self, resource: &str) -> landform_model::Arn {
        let id = self.organization.as_ref().map_or("o-none", |it| it.id.as_str());
        let (kind, rest) = resource.split_once('/').unwrap_or((resource, ""));
        let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
        parsed(&format!("arn:aws:organizations::{}:{kind}/{id}{rest}", self.caller))
    }

    /// Counts one call to an account; whether the account answers it.
    pub(crate) fn look_whether_ready(&mut self, account: &AccountId) -> bool {
        match self.not_ready.get_mut(account) {
            Some(0) | None => true,
            Some(left) => {
                *left -= 1;
                false
            }
        }
    }

    /// Whether a kind of policy can be attached.
    pub(super) fn is_enabled(&self, policy_type: PolicyType) -> bool {
        let types = self.root.as_ref().map(|it| &it.policy_types);
        types.and_then(|it| it.get(&policy_type)) == Some(&PolicyTypeStatus::Enabled)
    }

    /// Whether something is there that can carry tags and policies.
    pub(super) fn is_parent(&self, parent: &ParentId) -> bool {
        match parent {
            ParentId::Root(id) => self.root.as_ref().is_some_and(|it| it.id == *id),
            ParentId::Unit(id) => self.units.iter().any(|it| it.unit.id == *id),
        }
    }

    /// Whether a policy can be attached to it.
    pub(super) fn is_target(&self, target: &TargetId) -> bool {
        match target {
            TargetId::Root(id) => self.is_parent(&ParentId::Root(id.clone())),
            TargetId::Unit(id) => self.is_parent(&ParentId::Unit(id.clone())),
            TargetId::Account(id) => self.accounts.iter().any(|it| it.id == *id),
        }
    }
}

impl Part for OrganizationWorld {
    fn let_next_object_fail(&mut self, fails: bool) {
        self.next_object_fails = fails;
    }
}

/// An id or ARN that this cloud makes itself.
pub(super) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}
