//! A guardrail is tried on a few accounts before it holds for all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::guardrails::merge::merge;
use crate::guardrails::pack::Contents;
use crate::organization::OrganizationalUnitPath;

/// How far a set of guardrails has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is attached to the organizational unit for tests only.
    Staging,
    /// It is attached to its targets.
    Enforced,
}

/// Where a set is attached: to its targets, or to `staging` instead of them.
pub fn attached_to(
    stage: Stage,
    targets: &BTreeSet<OrganizationalUnitPath>,
    staging: &OrganizationalUnitPath,
) -> BTreeSet<OrganizationalUnitPath> {
    match stage {
        Stage::Staging => BTreeSet::from([staging.clone()]),
        Stage::Enforced => targets.clone(),
    }
}

/// What a guardrail says with its parameters, as 16 hexadecimal digits: two that deny the same in the same words have the
/// same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest(String);

impl Digest {
    /// The digest of each guardrail.
    pub fn of(contents: &Contents) -> BTreeMap<String, Digest> {
        let digest = |text: String| {
            let hash = Sha256::digest(text.as_bytes());
            Digest(hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
        };
        contents.iter().map(|(id, document)| (id.clone(), digest(merge([document]).to_string()))).collect()
    }
}

/// Which guardrails are attached where, and what they say.
pub type Attached = BTreeMap<OrganizationalUnitPath, BTreeMap<String, Digest>>;

/// A guardrail that would hold for a target without having been tried.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unstaged {
    /// The guardrail.
    pub guardrail: String,
    /// The target.
    pub target: OrganizationalUnitPath,
    /// Whether something else of the same name was tried.
    pub changed: bool,
}

impl fmt::Display for Unstaged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unstaged { guardrail, target, changed } = self;
        let what = if *changed { "has changed since it was tried" } else { "was not tried anywhere" };
        write!(
            formatter,
            "{guardrail} {what} and would hold for {target} at once: apply it in stage `staging` first"
        )
    }
}

/// The guardrails that come to a target with this change, and were not on `staging`, or on a target above or at it, with
/// the same words before. A warning: whoever is in a hurry may know why.
pub fn unstaged(before: &Attached, after: &Attached, staging: &OrganizationalUnitPath) -> Vec<Unstaged> {
    let tried = before.get(staging);
    let mut found = Vec::new();
    for (target, guardrails) in after.iter().filter(|(target, _)| !target.is_at_or_below(staging)) {
        for (id, digest) in guardrails {
            let held = before.iter().any(|(place, there)| {
                target.is_at_or_below(place) && there.get(id).is_some_and(|known| known == digest)
            });
            let on_staging = tried.and_then(|guardrails| guardrails.get(id));
            if !held && on_staging != Some(digest) {
                let (guardrail, changed) = (id.clone(), on_staging.is_some());
                found.push(Unstaged { guardrail, target: target.clone(), changed });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guardrails::{PolicyType, choose, pack};

    fn path(text: &str) -> OrganizationalUnitPath {
        text.parse().unwrap()
    }

    fn attached(places: &[(&str, &[(&str, &str)])]) -> Attached {
        let said = |(id, digest): &(&str, &str)| ((*id).to_owned(), Digest((*digest).to_owned()));
        places
            .iter()
            .map(|(place, said_there)| (path(place), said_there.iter().map(said).collect()))
            .collect()
    }

    fn warnings(before: &Attached, after: &Attached) -> String {
        let found = unstaged(before, after, &path("PolicyStaging"));
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_was_not_tried_is_told() {
        let after =
            attached(&[("PolicyStaging", &[("a", "1")]), ("Workloads/Prod", &[("a", "1"), ("b", "1")])]);
        insta::assert_snapshot!(warnings(&Attached::new(), &after), @r#"
        a was not tried anywhere and would hold for Workloads/Prod at once: apply it in stage `staging` first
        b was not tried anywhere and would hold for Workloads/Prod at once: apply it in stage `staging` first
        "#);
        let other = attached(&[("PolicyStaging", &[("a", "0"), ("b", "1")])]);
        insta::assert_snapshot!(warnings(&other, &after), @"a has changed since it was tried and would hold for Workloads/Prod at once: apply it in stage `staging` first");
    }

    #[test]
    fn what_was_tried_or_held_above_is_not() {
        let tried = attached(&[("PolicyStaging", &[("a", "1"), ("b", "1")])]);
        let after = attached(&[("PolicyStaging", &[("c", "1")]), ("Workloads", &[("a", "1"), ("b", "1")])]);
        assert_eq!(warnings(&tried, &after), "");
        let lower = attached(&[("Workloads/Prod", &[("a", "1")])]);
        assert_eq!(warnings(&after, &lower), "");
        let wider = attached(&[("Workloads", &[("a", "1")])]);
        insta::assert_snapshot!(warnings(&lower, &wider), @"a was not tried anywhere and would hold for Workloads at once: apply it in stage `staging` first");
    }

    #[test]
    fn digests_follow_what_is_denied_and_not_how_it_is_written() {
        let statement = |action: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"A","Effect":"Deny","Action":{action},"Resource":"*"}}]}}"#
            )
        };
        let of = |action: &str| {
            Digest::of(&Contents::from([("a".to_owned(), statement(action).parse().unwrap())]))
        };
        assert_eq!(of(r#"["s3:*","s3:GetObject"]"#), of(r#""s3:*""#));
        assert_ne!(of(r#""s3:*""#), of(r#""s3:Get*""#));
        let ids = BTreeSet::from(["deny-leave-organization".to_owned()]);
        let filled = choose(&ids, &crate::guardrails::Parameters::new()).unwrap();
        let digests = Digest::of(&pack::contents(&filled, PolicyType::ServiceControlPolicy));
        assert_eq!(digests.len(), 1);
    }

    #[test]
    fn a_set_in_staging_is_attached_to_the_unit_for_tests_only() {
        let targets = BTreeSet::from([path("Workloads"), path("Sandbox")]);
        let staging = path("PolicyStaging");
        assert_eq!(attached_to(Stage::Staging, &targets, &staging), BTreeSet::from([staging.clone()]));
        assert_eq!(attached_to(Stage::Enforced, &targets, &staging), targets);
    }
}
