//! Organizational units by where they are: `Workloads/Prod`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::limits::{ORGANIZATIONAL_UNIT_DEPTH, ORGANIZATIONAL_UNIT_NAME_CHARACTERS};

/// The place of an organizational unit below the root, such as `Workloads/Prod`: names with `/` between them.
///
/// At most [five levels](ORGANIZATIONAL_UNIT_DEPTH) of [128 characters](ORGANIZATIONAL_UNIT_NAME_CHARACTERS) each. AWS
/// takes nearly every character in a name. A path takes all but `/`, control characters, and blanks at the ends of a name,
/// which nobody sees. Small and capital letters differ, as they do for AWS.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html>
///
/// Sorted so that every unit comes after the one it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganizationalUnitPath {
    names: Vec<String>,
}

/// Why a text is not an [`OrganizationalUnitPath`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrganizationalUnitPathError {
    /// A name between two `/` is not one.
    #[error(
        "`{given}` is not a path of organizational units: {fault}. Write names with `/` between them, such as \
         `Workloads/Prod`; the root has no name"
    )]
    Name {
        /// The path as it was given.
        given: String,
        /// What is wrong.
        fault: String,
    },
    /// Too many levels.
    #[error(
        "`{given}` has {depth} levels, and AWS takes {} below the root ({})",
        ORGANIZATIONAL_UNIT_DEPTH.value, ORGANIZATIONAL_UNIT_DEPTH.source
    )]
    TooDeep {
        /// The path as it was given.
        given: String,
        /// How many levels it has.
        depth: usize,
    },
}

impl OrganizationalUnitPath {
    /// The unit's own name: `Prod` of `Workloads/Prod`.
    pub fn name(&self) -> &str {
        self.names.last().map(String::as_str).unwrap_or_default()
    }

    /// The unit that it is in; none for one directly below the root.
    pub fn parent(&self) -> Option<OrganizationalUnitPath> {
        let (_, names) = self.names.split_last()?;
        (!names.is_empty()).then(|| OrganizationalUnitPath { names: names.to_vec() })
    }

    /// How many levels it is below the root: 1 for `Workloads`.
    pub fn depth(&self) -> usize {
        self.names.len()
    }

    /// Whether it is `other` or somewhere in it: what holds for `other` holds for it.
    pub fn is_at_or_below(&self, other: &OrganizationalUnitPath) -> bool {
        self.names.starts_with(&other.names)
    }
}

/// The paths with all units that they are in, sorted: in this order they can be made, backwards they can be deleted.
pub fn with_parents<'a>(
    paths: impl IntoIterator<Item = &'a OrganizationalUnitPath>,
) -> BTreeSet<OrganizationalUnitPath> {
    let upwards = |path: &OrganizationalUnitPath| {
        std::iter::successors(Some(path.clone()), OrganizationalUnitPath::parent).collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(upwards).collect()
}

impl FromStr for OrganizationalUnitPath {
    type Err = OrganizationalUnitPathError;

    fn from_str(text: &str) -> Result<OrganizationalUnitPath, OrganizationalUnitPathError> {
        let names: Vec<String> = text.split('/').map(str::to_owned).collect();
        if let Some(fault) = names.iter().find_map(|name| name_fault(name)) {
            return Err(OrganizationalUnitPathError::Name { given: text.to_owned(), fault });
        }
        let depth = names.len();
        if depth > ORGANIZATIONAL_UNIT_DEPTH.value {
            return Err(OrganizationalUnitPathError::TooDeep { given: text.to_owned(), depth });
        }
        Ok(OrganizationalUnitPath { names })
    }
}

fn name_fault(name: &str) -> Option<String> {
    let characters = name.chars().count();
    if name.is_empty() {
        Some("it has an empty name".to_owned())
    } else if characters > ORGANIZATIONAL_UNIT_NAME_CHARACTERS.value {
        Some(format!(
            "a name has {characters} characters, and AWS takes {}",
            ORGANIZATIONAL_UNIT_NAME_CHARACTERS.value
        ))
    } else if name.trim() != name {
        Some(format!("the name `{name}` begins or ends with a blank"))
    } else if name.chars().any(char::is_control) {
        Some("a name has a control character".to_owned())
    } else {
        None
    }
}

impl fmt::Display for OrganizationalUnitPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.names.join("/"))
    }
}

impl TryFrom<String> for OrganizationalUnitPath {
    type Error = OrganizationalUnitPathError;

    fn try_from(text: String) -> Result<OrganizationalUnitPath, OrganizationalUnitPathError> {
        text.parse()
    }
}

impl From<OrganizationalUnitPath> for String {
    fn from(path: OrganizationalUnitPath) -> String {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OrganizationalUnitPath {
        text.parse().unwrap()
    }

    #[test]
    fn a_path_knows_where_it_is() {
        let prod = path("Workloads/Prod");
        assert_eq!((prod.name(), prod.depth(), prod.to_string().as_str()), ("Prod", 2, "Workloads/Prod"));
        assert_eq!(prod.parent(), Some(path("Workloads")));
        assert_eq!(path("Workloads").parent(), None);
        assert!(prod.is_at_or_below(&path("Workloads")) && prod.is_at_or_below(&prod));
        assert!(!path("Workloads").is_at_or_below(&prod));
        assert!(!path("Workloads/Production").is_at_or_below(&prod));
        assert!(path("Individual Business Users/(old) R&D").depth() == 2);
    }

    #[test]
    fn parents_are_implied_and_come_first() {
        let all = with_parents(&[path("B/C/D"), path("A-1"), path("A/Z")]);
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(all, ["A", "A/Z", "A-1", "B", "B/C", "B/C/D"]);
    }

    #[test]
    fn what_is_no_path_is_refused_with_the_rule() {
        for (text, words) in [
            ("", "empty name"),
            ("/", "the root has no name"),
            ("/Workloads", "empty name"),
            ("Workloads/", "empty name"),
            ("Workloads//Prod", "empty name"),
            ("Workloads/ Prod", "begins or ends with a blank"),
            ("Work\nloads", "control character"),
            ("a/b/c/d/e/f", "6 levels, and AWS takes 5"),
            (&"x".repeat(129), "129 characters, and AWS takes 128"),
        ] {
            let message = text.parse::<OrganizationalUnitPath>().unwrap_err().to_string();
            assert!(message.contains(words), "{text}: {message}");
        }
        assert!("a/b/c/d/e".parse::<OrganizationalUnitPath>().is_ok());
        assert!("é".repeat(128).parse::<OrganizationalUnitPath>().is_ok());
    }
}
