//! What policies are attached to, as people write it.

use landform_cloud::id::{OrganizationalUnitId, RootId};
use landform_model::AccountId;
use landform_model::organization::OrganizationalUnitPath;
use std::fmt;
use std::str::FromStr;

/// The root of the organization, an organizational unit by its path, or an account by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicyTarget {
    /// The root: policies on it hold for every account.
    Root,
    /// An organizational unit: they hold for every account in it and below it.
    Unit(OrganizationalUnitPath),
    /// One account.
    Account(AccountId),
}

/// The path of the organizational unit in which policies are tried.
const STAGING: &str = "PolicyStaging";

impl PolicyTarget {
    /// The organizational unit in which policies are tried, where nobody says another one.
    pub(crate) fn staging() -> PolicyTarget {
        STAGING.parse().unwrap_or(PolicyTarget::Root)
    }
}

impl FromStr for PolicyTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "Root" || text == "/" {
            return Ok(PolicyTarget::Root);
        }
        if let Ok(account) = text.parse() {
            return Ok(PolicyTarget::Account(account));
        }
        if text.parse::<OrganizationalUnitId>().is_ok() || text.parse::<RootId>().is_ok() {
            let rule = "write the path of the unit, such as `Workloads/Prod`, or `Root`";
            return Err(format!("`{text}` is an id: {rule}"));
        }
        let path = text.parse::<OrganizationalUnitPath>();
        let path =
            path.map_err(|error| format!("{error}; `Root` and the 12 digits of an account are taken, too"))?;
        Ok(PolicyTarget::Unit(path))
    }
}

impl fmt::Display for PolicyTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PolicyTarget::Root => f.pad("Root"),
            PolicyTarget::Unit(path) => path.fmt(f),
            PolicyTarget::Account(id) => id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_the_root_a_path_or_an_account() {
        for (text, shown) in [
            ("/", "Root"),
            ("Root", "Root"),
            ("Workloads/Prod", "Workloads/Prod"),
            ("111122223333", "111122223333"),
        ] {
            assert_eq!(text.parse::<PolicyTarget>().unwrap().to_string(), shown);
        }
        assert!(matches!("111122223333".parse(), Ok(PolicyTarget::Account(_))));
    }

    #[test]
    fn ids_and_broken_paths_are_refused_with_what_to_write() {
        for (text, words) in [
            ("ou-ab12-cd34ef56", "write the path of the unit"),
            ("r-ab12", "write the path of the unit"),
            ("Workloads//Prod", "empty name"),
            ("", "`Root` and the 12 digits"),
        ] {
            let message = text.parse::<PolicyTarget>().unwrap_err();
            assert!(message.contains(words), "{text}: {message}");
        }
    }
}
