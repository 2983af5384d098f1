//! Where an account is.

use landform_framework::string_attribute;
use landform_model::organization::{OrganizationalUnitPath, OrganizationalUnitPathError};
use std::fmt;
use std::str::FromStr;

/// The word for the root.
const ROOT: &str = "Root";

/// The root, or an organizational unit by its path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Directly below the root.
    Root,
    /// In a unit.
    Unit(OrganizationalUnitPath),
}

impl Place {
    /// The unit; none for the root.
    pub(crate) fn unit(&self) -> Option<&OrganizationalUnitPath> {
        match self {
            Place::Root => None,
            Place::Unit(path) => Some(path),
        }
    }

    /// The place that a tree has these words for; none where a name cannot stand in a path.
    pub(super) fn in_words(words: &str) -> Option<Place> {
        match words {
            "/" => Some(Place::Root),
            path => path.parse().ok().map(Place::Unit),
        }
    }
}

impl FromStr for Place {
    type Err = OrganizationalUnitPathError;

    fn from_str(text: &str) -> Result<Place, OrganizationalUnitPathError> {
        match text {
            ROOT => Ok(Place::Root),
            path => path.parse().map(Place::Unit),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root => f.write_str(ROOT),
            Place::Unit(path) => path.fmt(f),
        }
    }
}

string_attribute!(Place);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_has_a_word_and_units_have_paths() {
        assert_eq!("Root".parse(), Ok(Place::Root));
        assert_eq!(Place::in_words("/"), Some(Place::Root));
        let prod: Place = "Workloads/Prod".parse().unwrap();
        assert_eq!(prod.to_string(), "Workloads/Prod");
        assert_eq!(prod.unit().map(ToString::to_string), Some("Workloads/Prod".to_owned()));
        assert!("/".parse::<Place>().unwrap_err().to_string().contains("the root has no name"));
    }
}
