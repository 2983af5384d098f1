//! Tables of decisions.

use super::super::decide::decide;
use super::super::desired::Desired;
use super::super::document::{Document, DocumentKey};
use super::super::seen::{Foreign, Seen, SeenPolicy};
use super::super::target::PolicyTarget;
use landform_cloud::organizations::{Policy, PolicyTypeStatus, TargetId};
use landform_model::guardrails::PolicyType;
use landform_model::ownership::{Owner, ResourceKind};
use std::collections::{BTreeMap, BTreeSet};

const SCP: PolicyType = PolicyType::ServiceControlPolicy;

fn key(number: usize) -> DocumentKey {
    DocumentKey { policy_type: SCP, number }
}

/// Documents by number, each with its guardrails; the guardrails are the text.
fn desired(documents: &[(usize, &[&str])], targets: &[&str], slots: usize) -> Desired {
    let document = |ids: &[&str]| Document {
        guardrails: ids.iter().map(|id| (*id).to_owned()).collect(),
        content: format!("{ids:?}"),
    };
    Desired {
        owner: Owner {
            stack: "test".parse().unwrap(),
            kind: ResourceKind::GUARDRAILS,
            name: "set".parse().unwrap(),
        },
        tags: BTreeMap::new(),
        retired_tags: BTreeSet::new(),
        documents: documents.iter().map(|(number, ids)| (key(*number), document(ids))).collect(),
        targets: targets.iter().map(|target| target.parse().unwrap()).collect(),
        exclusive: false,
        slots: BTreeMap::from([(SCP, slots)]),
        before: BTreeMap::new(),
    }
}

fn place(target: &PolicyTarget) -> TargetId {
    match target {
        PolicyTarget::Root => "r-ab12".parse().unwrap(),
        PolicyTarget::Account(id) => TargetId::Account(id.clone()),
        PolicyTarget::Unit(path) => format!("ou-ab12-{}", path.to_string().to_lowercase()).parse().unwrap(),
    }
}

/// The organization after `was` was applied, with so many policies of others on each target besides AWS's own.
fn seen(was: &Desired, targets: &[&str], others: usize) -> Seen {
    let all: Vec<PolicyTarget> = targets.iter().map(|target| target.parse().unwrap()).collect();
    let attached: BTreeSet<TargetId> = was.targets.iter().map(place).collect();
    let policy = |key: &DocumentKey, document: &Document| SeenPolicy {
        policy: Policy {
            id: format!("p-{}", key.number).parse().unwrap(),
            name: was.policy_name(*key),
            description: was.description(),
            policy_type: SCP,
            aws_managed: false,
        },
        content: document.content.clone(),
        tags: was.tags_of(*key),
        targets: attached.clone(),
    };
    let foreign = |_: &PolicyTarget| -> Vec<Foreign> {
        let full =
            Foreign { name: "FullAWSAccess".into(), id: "p-FullAWSAccess".parse().unwrap(), stays: true };
        let others = (0..others).map(|number| Foreign {
            name: format!("other-{number}"),
            id: format!("p-other{number}").parse().unwrap(),
            stays: true,
        });
        std::iter::once(full).chain(others).collect()
    };
    Seen {
        targets: all.iter().map(|target| (target.clone(), place(target))).collect(),
        paths: BTreeMap::new(),
        policies: was.documents.iter().map(|(key, document)| (*key, policy(key, document))).collect(),
        foreign: all.iter().map(|target| ((SCP, place(target)), foreign(target))).collect(),
        namesakes: Vec::new(),
        policy_types: BTreeMap::from([(SCP, PolicyTypeStatus::Enabled)]),
    }
}

/// The steps from one set to another.
fn steps(was: &Desired, mut now: Desired, seen: &Seen) -> String {
    now.before = was.documents.iter().map(|(key, document)| (*key, document.guardrails.clone())).collect();
    decide(&now, seen).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_as_it_must_be_needs_no_step() {
    let set = desired(&[(1, &["a"]), (2, &["b"])], &["Root", "Workloads"], 10);
    assert_eq!(steps(&set, set.clone(), &seen(&set, &["Root", "Workloads"], 3)), "");
}

#[test]
fn from_nothing_and_back() {
    let nothing = desired(&[], &[], 10);
    let set = desired(&[(1, &["a"])], &["Workloads", "Sandbox"], 10);
    let targets = ["Workloads", "Sandbox"];
    insta::assert_snapshot!(steps(&nothing, set.clone(), &seen(&nothing, &targets, 0)), @r"
    create policy set-scp-1
    attach policy set-scp-1 to Sandbox
    attach policy set-scp-1 to Workloads
    ");
    insta::assert_snapshot!(steps(&set, set.clone().gone(), &seen(&set, &targets, 0)), @r"
    detach policy set-scp-1 from Sandbox
    detach policy set-scp-1 from Workloads
    delete policy set-scp-1
    ");
}

/// A guardrail is never in no document: the one that takes it up changes first, whichever number it has.
#[test]
fn a_guardrail_that_moves_is_taken_up_before_it_is_given_up() {
    let was = desired(&[(1, &["a", "b"]), (2, &["c"])], &["Workloads"], 10);
    let seen = seen(&was, &["Workloads"], 0);
    let moved = desired(&[(1, &["a"]), (2, &["b", "c"])], &["Workloads"], 10);
    insta::assert_snapshot!(steps(&was, moved, &seen), @r"
    update the text of policy set-scp-2
    update the text of policy set-scp-1
    ");
    let split = desired(&[(1, &["a"]), (2, &["c"]), (3, &["b"])], &["Workloads"], 10);
    insta::assert_snapshot!(steps(&was, split, &seen), @r"
    create policy set-scp-3
    attach policy set-scp-3 to Workloads
    update the text of policy set-scp-1
    ");
    let joined = desired(&[(1, &["a", "b", "c"])], &["Workloads"], 10);
    insta::assert_snapshot!(steps(&was, joined, &seen), @r"
    update the text of policy set-scp-1
    detach policy set-scp-2 from Workloads
    delete policy set-scp-2
    ");
    let swapped = desired(&[(1, &["c"]), (2, &["a", "b"])], &["Workloads"], 10);
    insta::assert_snapshot!(steps(&was, swapped, &seen), @r"
    update the text of policy set-scp-1
    update the text of policy set-scp-2
    ");
}

/// A policy has its new text before it is attached anywhere else: what is taken off must not hold there for a moment.
#[test]
fn a_text_changes_before_it_comes_to_another_target() {
    let was = desired(&[(1, &["a"])], &["Workloads"], 10);
    let now = desired(&[(1, &["b"])], &["Sandbox"], 10);
    insta::assert_snapshot!(steps(&was, now, &seen(&was, &["Workloads", "Sandbox"], 0)), @r"
    update the text of policy set-scp-1
    attach policy set-scp-1 to Sandbox
    detach policy set-scp-1 from Workloads
    ");
}

#[test]
fn on_a_full_target_something_goes_before_something_comes() {
    let was = desired(&[(1, &["a"])], &["Workloads"], 4);
    let now = desired(&[(2, &["a"])], &["Workloads"], 4);
    insta::assert_snapshot!(steps(&was, now.clone(), &seen(&was, &["Workloads"], 2)), @r"
    create policy set-scp-2
    detach policy set-scp-1 from Workloads
    attach policy set-scp-2 to Workloads
    delete policy set-scp-1
    ");
    insta::assert_snapshot!(steps(&was, now, &seen(&was, &["Workloads"], 1)), @r"
    create policy set-scp-2
    attach policy set-scp-2 to Workloads
    detach policy set-scp-1 from Workloads
    delete policy set-scp-1
    ");
}

#[test]
fn a_target_keeps_one_service_control_policy() {
    let was = desired(&[(1, &["a"])], &["Workloads"], 5);
    let mut alone = seen(&was, &["Workloads"], 0);
    alone.foreign.values_mut().for_each(Vec::clear);
    insta::assert_snapshot!(steps(&was, was.clone().gone(), &alone), @r"
    attach policy FullAWSAccess to Workloads
    detach policy set-scp-1 from Workloads
    delete policy set-scp-1
    ");
    insta::assert_snapshot!(steps(&was, desired(&[(2, &["a"])], &["Workloads"], 1), &alone), @r"
    create policy set-scp-2
    attach policy set-scp-2 to Workloads
    detach policy set-scp-1 from Workloads
    delete policy set-scp-1
    ");
}

/// Policies of others that must go are marked by the look; they go after ours have come, and only from targets of the set.
#[test]
fn others_go_where_the_set_is_to_be_alone() {
    let nothing = desired(&[], &[], 10);
    let set = desired(&[(1, &["a"])], &["Workloads"], 10);
    let to_go = |was: &Desired| {
        let mut seen = seen(was, &["Workloads"], 2);
        let others = seen.foreign.values_mut().flatten();
        others.for_each(|policy| policy.stays = policy.name == "FullAWSAccess");
        seen
    };
    insta::assert_snapshot!(steps(&nothing, set.clone(), &to_go(&nothing)), @r"
    create policy set-scp-1
    attach policy set-scp-1 to Workloads
    detach policy other-0 from Workloads
    detach policy other-1 from Workloads
    ");
    let mut gone = set.clone().gone();
    gone.exclusive = true;
    insta::assert_snapshot!(steps(&set, gone, &to_go(&set)), @r"
    detach policy set-scp-1 from Workloads
    delete policy set-scp-1
    ");
}

#[test]
fn tags_names_and_descriptions_are_put_right_and_tags_of_others_stay() {
    let mut set = desired(&[(1, &["a"])], &["Workloads"], 10);
    let mut seen = seen(&set, &["Workloads"], 0);
    let policy = seen.policies.get_mut(&key(1)).unwrap();
    policy.policy.name = "renamed".into();
    policy.policy.description = String::new();
    policy.tags.extend([
        ("team".into(), "old".into()),
        ("theirs".into(), "x".into()),
        ("gone".into(), "x".into()),
    ]);
    set.tags.insert("team".into(), "core".into());
    set.retired_tags.insert("gone".into());
    insta::assert_snapshot!(steps(&set, set.clone(), &seen), @r"
    tag policy set-scp-1
    remove the tags gone from policy set-scp-1
    update the name and description of policy set-scp-1
    ");
}
