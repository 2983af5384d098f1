//! What becomes of units and accounts that leave a configuration, and of accounts that were there before it.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// What becomes of an organizational unit that leaves the configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum OnRemove {
    /// It is deleted; one that is not empty is an error.
    #[default]
    FailIfNotEmpty,
    /// It stays, without the tags that say whose it is.
    Retain,
}

impl OnRemove {
    /// All of them.
    pub const ALL: [OnRemove; 2] = [OnRemove::FailIfNotEmpty, OnRemove::Retain];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            OnRemove::FailIfNotEmpty => "fail_if_not_empty",
            OnRemove::Retain => "retain",
        }
    }
}

word_type!(OnRemove, "what becomes of a unit that is removed", "it is `fail_if_not_empty` or `retain`");

/// What becomes of an account that is destroyed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum OnDestroy {
    /// It is moved to the unit for accounts that wait to be closed.
    #[default]
    Quarantine,
    /// It stays as it is and where it is.
    Forget,
    /// It is closed.
    Close,
}

impl OnDestroy {
    /// All of them.
    pub const ALL: [OnDestroy; 3] = [OnDestroy::Quarantine, OnDestroy::Forget, OnDestroy::Close];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            OnDestroy::Quarantine => "quarantine",
            OnDestroy::Forget => "forget",
            OnDestroy::Close => "close",
        }
    }
}

word_type!(
    OnDestroy,
    "what becomes of an account that is destroyed",
    "it is `quarantine`, `forget` or `close`"
);

/// Whether an account of the organization that has the wanted e-mail address is taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Adopt {
    /// It is, unless it belongs to another stack.
    #[default]
    IfEmailMatches,
    /// It is not, unless an earlier apply of this stack made it.
    Never,
}

impl Adopt {
    /// All of them.
    pub const ALL: [Adopt; 2] = [Adopt::IfEmailMatches, Adopt::Never];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Adopt::IfEmailMatches => "if_email_matches",
            Adopt::Never => "never",
        }
    }
}

word_type!(Adopt, "when an account is taken in", "it is `if_email_matches` or `never`");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_it_is_written() {
        for word in OnRemove::ALL {
            assert_eq!(word.to_string().parse(), Ok(word));
        }
        for word in OnDestroy::ALL {
            assert_eq!(word.to_string().parse(), Ok(word));
        }
        for word in Adopt::ALL {
            assert_eq!(word.to_string().parse(), Ok(word));
        }
        assert!(
            "delete"
                .parse::<OnDestroy>()
                .unwrap_err()
                .to_string()
                .contains("`quarantine`, `forget` or `close`")
        );
    }
}
