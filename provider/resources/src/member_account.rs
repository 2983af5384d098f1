//! An account of the organization, as data sources show it.

use crate::account::state_word;
use crate::organization::Tree;
use landform_cloud::organizations::{Account, AccountState};
use landform_framework::{Model, Value, string_attribute};
use std::fmt;
use std::str::FromStr;

/// One account of the organization.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct MemberAccount {
    /// The name.
    #[attribute(computed)]
    pub name: Value<String>,
    /// The e-mail address of the root user.
    #[attribute(computed)]
    pub email: Value<String>,
    /// Where it is in its life: `ACTIVE`, `PENDING_ACTIVATION`, `SUSPENDED`, `PENDING_CLOSURE` or `CLOSED`.
    #[attribute(computed)]
    pub state: Value<StateWord>,
    /// The path of the organizational unit that it is directly in, such as `Workloads/Prod`; null for the root.
    #[attribute(computed)]
    pub ou: Value<String>,
}

impl MemberAccount {
    /// `account`, with its place in `tree`.
    pub(crate) fn of(account: &Account, tree: &Tree) -> Self {
        Self {
            name: account.name.clone().into(),
            email: account.email.clone().into(),
            state: StateWord(account.state).into(),
            ou: unit_of(account, tree).map(str::to_owned).into(),
        }
    }
}

/// The path of the unit that an account is directly in; none for the root.
pub(crate) fn unit_of<'a>(account: &Account, tree: &'a Tree) -> Option<&'a str> {
    let path = account.parent.as_ref().and_then(|parent| tree.path_of(parent));
    path.filter(|path| *path != Tree::ROOT)
}

/// Where an account is in its life, in AWS's words.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StateWord(pub AccountState);

/// Why a text is not a [`StateWord`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownState(String);

impl fmt::Display for UnknownState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = StateWord::ALL.map(|state| format!("`{state}`"));
        write!(f, "`{}` is not a state of an account: write one of {}", self.0, words.join(", "))
    }
}

impl std::error::Error for UnknownState {}

impl StateWord {
    const ALL: [StateWord; 5] = [
        StateWord(AccountState::Active),
        StateWord(AccountState::PendingActivation),
        StateWord(AccountState::Suspended),
        StateWord(AccountState::PendingClosure),
        StateWord(AccountState::Closed),
    ];
}

impl FromStr for StateWord {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<StateWord, UnknownState> {
        let state = StateWord::ALL.into_iter().find(|state| state_word(state.0) == text);
        state.ok_or_else(|| UnknownState(text.to_owned()))
    }
}

impl fmt::Display for StateWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(state_word(self.0))
    }
}

string_attribute!(StateWord);
