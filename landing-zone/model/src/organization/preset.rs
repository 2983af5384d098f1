//! Trees of organizational units to begin with.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::path::{OrganizationalUnitPath, with_parents};
use crate::text::word_type;

/// A tree that is good to begin with. Units can be added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Preset {
    /// Five units for a small company: Security, Infrastructure, Workloads, Sandbox, and Suspended for accounts that wait
    /// to be closed.
    Small,
    /// The units of [AWS's recommendation](https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/recommended-ous-and-accounts.html),
    /// with production apart from the rest, and a unit to try policies on.
    AwsRecommended,
}

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 2] = [Preset::Small, Preset::AwsRecommended];

    /// The word for it: `small` or `aws-recommended`.
    pub fn as_str(self) -> &'static str {
        match self {
            Preset::Small => "small",
            Preset::AwsRecommended => "aws-recommended",
        }
    }

    /// The units, each after the one it is in.
    pub fn paths(self) -> BTreeSet<OrganizationalUnitPath> {
        let texts: &[&str] = match self {
            Preset::Small => &["Security", "Infrastructure", "Workloads", "Sandbox", "Suspended"],
            Preset::AwsRecommended => &[
                "Security",
                "Infrastructure",
                "Workloads/Prod",
                "Workloads/NonProd",
                "Sandbox",
                "PolicyStaging",
                "Exceptions",
                "Transitional",
                "Suspended",
            ],
        };
        let paths: Vec<OrganizationalUnitPath> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        with_parents(&paths)
    }
}

word_type!(Preset, "a preset of organizational units", "it is `small` or `aws-recommended`");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_trees() {
        let texts =
            |preset: Preset| preset.paths().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        insta::assert_snapshot!(texts(Preset::Small), @"Infrastructure Sandbox Security Suspended Workloads");
        insta::assert_snapshot!(texts(Preset::AwsRecommended), @"Exceptions Infrastructure PolicyStaging Sandbox Security Suspended Transitional Workloads Workloads/NonProd Workloads/Prod");
        for preset in Preset::ALL {
            assert_eq!(preset.to_string().parse(), Ok(preset));
        }
        assert!("large".parse::<Preset>().unwrap_err().to_string().contains("`small` or `aws-recommended`"));
    }
}
