//! Which of the resources that exist belong to no state: pure.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use landform_model::AccountId;
use landform_model::inventory::{Object, Place, Resource, Scope};
use serde::Deserialize;
use serde_json::Value;

/// A resource that exists and that no state holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Orphan {
    pub(super) resource: Resource,
    pub(super) objects: Vec<Object>,
    pub(super) why: Why,
    /// Why it is never deleted; none where it may be.
    pub(super) kept: Option<String>,
}

/// A resource that exists: its objects, and why it is never deleted.
pub(super) type Existing = (Vec<Object>, Option<String>);

/// Why a resource is an orphan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The unit of its stack has a state, and the resource is not in it.
    NotInState(String),
    /// No unit of the tree has its stack.
    NoUnit,
    /// Somebody took off the tag that names its stack or its resource, so that it cannot be told whose it is.
    TagMissing,
}

impl Why {
    /// The word for programs.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Why::NotInState(_) => "not_in_state",
            Why::NoUnit => "no_unit",
            Why::TagMissing => "tag_missing",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::NotInState(unit) => write!(formatter, "not in the state of {unit}"),
            Why::NoUnit => formatter.write_str("no unit of the tree has this stack"),
            Why::TagMissing => formatter.write_str("a tag that says whose it is was taken off"),
        }
    }
}

/// What the tree knows of one stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// The unit.
    pub(super) unit: String,
    /// What its state holds.
    pub(super) holds: BTreeSet<Resource>,
}

/// The resources that no state holds, in their order. `known` is by stack.
///
/// The bucket `states`, which the spec names for the states themselves, is made before there is a tree: whoever has it is no
/// orphan because the tree has no unit for it.
pub(super) fn orphans(
    existing: BTreeMap<Resource, Existing>,
    known: &BTreeMap<String, Known>,
    states: &str,
) -> Vec<Orphan> {
    let why = |resource: &Resource| match known.get(&resource.stack) {
        _ if resource.stack.is_empty() || resource.resource.is_empty() => Some(Why::TagMissing),
        None => Some(Why::NoUnit),
        Some(known) => (!known.holds.contains(resource)).then(|| Why::NotInState(known.unit.clone())),
    };
    let orphan = |(resource, (objects, kept)): (Resource, Existing)| {
        let why = why(&resource)?;
        let named = |object: &Object| object.kind == "bucket" && object.id == states;
        if why == Why::NoUnit && objects.iter().any(named) {
            return None;
        }
        Some(Orphan { resource, objects, why, kept })
    };
    existing.into_iter().filter_map(orphan).collect()
}

/// Whether it may be deleted: what the tree does not know only when its stack is among those that were `named`.
pub(super) fn may_go(orphan: &Orphan, named: &[String]) -> bool {
    match orphan.why {
        _ if orphan.kept.is_some() => false,
        Why::NotInState(_) => named.is_empty() || named.contains(&orphan.resource.stack),
        Why::NoUnit => named.contains(&orphan.resource.stack),
        Why::TagMissing => false,
    }
}

/// What both looks saw alike, to the object. Something that is being made or removed meanwhile is not among it.
pub(super) fn settled(first: &[Orphan], second: &[Orphan]) -> Vec<Orphan> {
    first.iter().filter(|orphan| second.contains(orphan)).cloned().collect()
}

/// What a state holds, from the text of `terraform state pull`, which is empty for a unit that was never applied.
///
/// Where a resource is, its attributes tell: what names no region is there once for its account, and what names no account either
/// is the organization's, which is its `management` account's.
///
/// <https://developer.hashicorp.com/terraform/cli/commands/state/pull>
pub(super) fn held(
    stack: &str,
    management: &AccountId,
    state: &[u8],
) -> Result<BTreeSet<Resource>, serde_json::Error> {
    if state.trim_ascii().is_empty() {
        return Ok(BTreeSet::new());
    }
    let state: State = serde_json::from_slice(state)?;
    let ours = state.resources.into_iter().filter(|resource| resource.mode == "managed");
    let ours = ours.filter_map(|resource| {
        let kind = resource.kind.strip_prefix("landform_")?.to_owned();
        Some(resource.instances.into_iter().map(move |instance| (kind.clone(), instance.attributes)))
    });
    let resource = |(kind, attributes): (String, Value)| {
        let text = |name: &str| attributes[name].as_str();
        let place = match (text("account_id"), text("region")) {
            (Some(account), Some(region)) => {
                Place { account_id: account.parse().ok()?, scope: Scope::Region(region.parse().ok()?) }
            }
            (Some(account), None) => Place { account_id: account.parse().ok()?, scope: Scope::Account },
            (None, _) => Place { account_id: management.clone(), scope: Scope::Organization },
        };
        Some(Resource { place, stack: stack.to_owned(), resource: format!("{kind}/{}", text("name")?) })
    };
    Ok(ours.flatten().filter_map(resource).collect())
}

/// What is read of a state: the fourth version of its form, which Terraform and OpenTofu write.
#[derive(Deserialize)]
struct State {
    resources: Vec<StateResource>,
}

#[derive(Deserialize)]
struct StateResource {
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    instances: Vec<Instance>,
}

/// Deposed and tainted ones as well: they exist.
#[derive(Deserialize)]
struct Instance {
    attributes: Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(stack: &str, name: &str, region: &str) -> Resource {
        let place = landform_model::inventory::Place {
            account_id: "123456789012".parse().unwrap(),
            scope: match region {
                "global" => Scope::Account,
                "organization" => Scope::Organization,
                region => Scope::Region(region.parse().unwrap()),
            },
        };
        Resource { place, stack: stack.to_owned(), resource: name.to_owned() }
    }

    fn objects(ids: &[&str]) -> Existing {
        (ids.iter().map(|id| Object { kind: "vpc".to_owned(), id: (*id).to_owned() }).collect(), None)
    }

    fn known() -> BTreeMap<String, Known> {
        let holds = BTreeSet::from([resource("a", "vpc/main", "us-east-1")]);
        BTreeMap::from([("a".to_owned(), Known { unit: "unit-a".to_owned(), holds })])
    }

    #[test]
    fn what_no_state_holds_is_an_orphan_and_says_why() {
        let not_in_state = Why::NotInState("unit-a".to_owned());
        for (stack, name, region, why, goes, goes_when_named) in [
            ("a", "vpc/main", "us-east-1", None, false, false),
            ("a", "vpc/main", "eu-west-1", Some(not_in_state.clone()), true, true),
            ("a", "vpc/other", "us-east-1", Some(not_in_state.clone()), true, true),
            ("a", "guardrails/all", "organization", Some(not_in_state), true, true),
            ("b", "vpc/main", "us-east-1", Some(Why::NoUnit), false, true),
            ("a", "", "us-east-1", Some(Why::TagMissing), false, false),
            ("", "vpc/main", "us-east-1", Some(Why::TagMissing), false, false),
        ] {
            let resource = resource(stack, name, region);
            let found = orphans(BTreeMap::from([(resource, objects(&["vpc-1"]))]), &known(), "states");
            assert_eq!(found.first().map(|orphan| orphan.why.clone()), why, "{stack} {name} {region}");
            let Some(orphan) = found.first() else { continue };
            assert_eq!(may_go(orphan, &[]), goes, "{stack} {name}");
            assert_eq!(may_go(orphan, &[stack.to_owned()]), goes_when_named, "{stack} {name}");
            assert!(!may_go(orphan, &["another".to_owned()]), "only what is named: {stack} {name}");
        }
    }

    #[test]
    fn what_is_kept_is_an_orphan_that_never_goes() {
        for (stack, why) in [("a", Why::NotInState("unit-a".to_owned())), ("b", Why::NoUnit)] {
            let resource = resource(stack, "state_backend/state", "us-east-1");
            let existing = (objects(&["bucket"]).0, Some("never".to_owned()));
            let [found] =
                <[_; 1]>::try_from(orphans(BTreeMap::from([(resource, existing)]), &known(), "states"))
                    .unwrap();
            assert_eq!((&found.why, found.kept.as_deref()), (&why, Some("never")));
            assert!(!may_go(&found, &[]) && !may_go(&found, &[stack.to_owned()]), "{stack}");
        }
    }

    #[test]
    fn the_bucket_of_the_states_is_no_orphan_for_being_made_before_the_tree() {
        for (stack, bucket, found) in
            [("bootstrap", "states", 0), ("bootstrap", "others", 1), ("a", "states", 1), ("", "states", 1)]
        {
            let resource = resource(stack, "state_backend/state", "us-east-1");
            let objects = vec![Object { kind: "bucket".to_owned(), id: bucket.to_owned() }];
            let existing = BTreeMap::from([(resource, (objects, None))]);
            assert_eq!(orphans(existing, &known(), "states").len(), found, "{stack} {bucket}");
        }
    }

    #[test]
    fn only_what_stayed_as_it_was_is_settled() {
        let look = |ids: &[&str]| {
            let existing = BTreeMap::from([
                (resource("b", "vpc/growing", "us-east-1"), objects(ids)),
                (resource("b", "vpc/still", "us-east-1"), objects(&["vpc-2"])),
            ]);
            orphans(existing, &known(), "states")
        };
        let settled = settled(&look(&["vpc-1"]), &look(&["vpc-1", "vpc-3"]));
        let names: Vec<&str> = settled.iter().map(|orphan| orphan.resource.resource.as_str()).collect();
        assert_eq!(names, ["vpc/still"]);
        assert!(super::settled(&look(&["vpc-1"]), &[]).is_empty());
    }

    #[test]
    fn a_state_holds_its_managed_resources_of_ours() {
        let state = r#"{ "version": 4, "resources": [
            { "mode": "managed", "type": "landform_vpc", "name": "this", "instances": [
                { "attributes": { "name": "main", "account_id": "123456789012", "region": "us-east-1", "id": "vpc-1" } },
                { "deposed": "1", "attributes": { "name": "old", "account_id": "123456789012", "region": "us-east-1" } }] },
            { "mode": "data", "type": "landform_vpc", "name": "hub", "instances": [
                { "attributes": { "name": "hub", "account_id": "123456789012", "region": "us-east-1" } }] },
            { "mode": "managed", "type": "landform_deploy_roles", "name": "this", "instances": [
                { "attributes": { "name": "deploy", "account_id": "123456789012" } }] },
            { "mode": "managed", "type": "landform_guardrails", "name": "this", "instances": [
                { "attributes": { "name": "all", "targets": ["Root"] } }] },
            { "mode": "managed", "type": "terraform_data", "name": "x", "instances": [{ "attributes": { "name": 1 } }] }
        ] }"#;
        let management = "123456789012".parse().unwrap();
        let expected = [
            ("deploy_roles/deploy", "global"),
            ("guardrails/all", "organization"),
            ("vpc/main", "us-east-1"),
            ("vpc/old", "us-east-1"),
        ];
        let expected = expected.map(|(name, region)| resource("a", name, region));
        assert_eq!(held("a", &management, state.as_bytes()).unwrap(), BTreeSet::from(expected));
        assert_eq!(held("a", &management, b" \n").unwrap(), BTreeSet::new());
        assert!(held("a", &management, b"no state").is_err());
    }
}
