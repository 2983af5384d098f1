//! Every invariant can fail: what a history left behind is spoilt, and the one that guards it objects.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_model::ownership::{CHILD_TAG, STACK_TAG};
use landform_simulation::invariants::{ALL, check};
use landform_simulation::{Action, Again, Evidence, Networks, Object, Outcome, Simulation, Subject, Wanted};
use landform_simulation::{History, Move, model_of};
use landform_test_cloud::Call;
use std::collections::BTreeSet;
use std::time::Duration;

/// What an apply of a network leaves behind where nothing goes wrong.
fn sound<'a>(networks: &'a Networks, objects: &[Vec<Object>], action: &'a Action) -> Evidence<'a> {
    let configuration = networks.configurations().iter().find(|it| it.name == "plain").unwrap();
    let state = serde_json::json!({ "id": "vpc-1", "status": "ready" });
    Evidence {
        subject: networks,
        action,
        wanted: Wanted::Exactly(configuration.attributes.clone()),
        before: objects[0].clone(),
        after: objects[0].clone(),
        calls: vec![Call { operation: "DescribeVpcs", subject: String::new() }],
        most_calls: 10,
        elapsed: Duration::from_secs(60),
        outcome: Outcome::Succeeded,
        recorded: (false, true),
        excused: false,
        again: Some(Again {
            recorded: Some(state.clone()),
            refreshed: Some(state),
            plan: "no change".to_owned(),
            deposed: 0,
            calls: Vec::new(),
        }),
        model: Some(model_of(networks, &objects[0])),
    }
}

type Spoil = fn(&mut Evidence<'_>);

fn mine(evidence: &mut Evidence<'_>, kind: &str) -> usize {
    let owner = evidence.subject.owner();
    let mine = |object: &Object| object.kind == kind && object.part(&owner).is_some();
    evidence.after.iter().position(mine).unwrap()
}

fn write(operation: &'static str) -> Call {
    Call { operation, subject: String::new() }
}

/// Ways to spoil it, and the invariant that must object.
const SPOILT: &[(&str, Spoil)] = &[
    ("what exists is exactly what is declared", |evidence| {
        let subnet = mine(evidence, "subnet");
        evidence.after.remove(subnet);
        evidence.before = evidence.after.clone();
    }),
    ("what exists is exactly what is declared", |evidence| {
        let subnet = mine(evidence, "subnet");
        let mut more = evidence.after[subnet].clone();
        more.tags.insert(CHILD_TAG.into(), "subnet/intra/c".into());
        evidence.after.push(more);
    }),
    ("what exists is exactly what is declared", |evidence| evidence.wanted = Wanted::Nothing),
    ("no part exists twice", |evidence| {
        let address = mine(evidence, "elastic-ip");
        let mut double = evidence.after[address].clone();
        double.id = "eipalloc-0000d0b1".into();
        evidence.after.push(double);
    }),
    ("nothing of ours is left over", |evidence| {
        evidence.wanted = Wanted::Unsettled;
        let subnet = mine(evidence, "subnet");
        evidence.after[subnet].tags.insert(CHILD_TAG.into(), "subnet/attic/a".into());
        evidence.before = evidence.after.clone();
    }),
    ("a refresh changes nothing", |evidence| {
        let again = evidence.again.as_mut().unwrap();
        again.refreshed.as_mut().unwrap()["status"] = "drifted".into();
    }),
    ("a refresh changes nothing", |evidence| evidence.again.as_mut().unwrap().refreshed = None),
    ("the next plan is empty", |evidence| evidence.again.as_mut().unwrap().plan = "update".into()),
    ("the next plan is empty", |evidence| evidence.again.as_mut().unwrap().deposed = 1),
    ("objects of others stay as they are", |evidence| {
        let owner = evidence.subject.owner();
        let foreign = |object: &Object| object.part(&owner).is_none();
        let first = evidence.after.iter().position(foreign).unwrap();
        evidence.after.remove(first);
    }),
    ("objects of others stay as they are", |evidence| {
        let twin = |object: &Object| object.tags.get(STACK_TAG).is_some_and(|stack| stack == "other");
        let twin = evidence.after.iter().position(twin).unwrap();
        evidence.after[twin].text.push_str(" and changed");
    }),
    ("objects of others stay as they are", |evidence| {
        let mut made = evidence.after[0].clone();
        (made.id, made.tags) = ("vpc-00009999".into(), [].into());
        evidence.after.push(made);
    }),
    ("what is wanted is not deleted", |evidence| {
        evidence.wanted = Wanted::Unsettled;
        let subnet = mine(evidence, "subnet");
        evidence.after.remove(subnet);
    }),
    ("what is wanted is not deleted", |evidence| {
        // Deleted and made anew is deleted, too.
        evidence.wanted = Wanted::Unsettled;
        let address = mine(evidence, "elastic-ip");
        evidence.after[address].id = "eipalloc-0000d0b1".into();
    }),
    ("work is bounded", |evidence| evidence.most_calls = 0),
    ("work is bounded", |evidence| evidence.elapsed = Duration::from_secs(60 * 60)),
    ("all is set up as where nothing went wrong", |evidence| {
        let table = mine(evidence, "route-table");
        evidence.after[table].shape.retain(|line| !line.contains("Route {"));
    }),
    ("all is set up as where nothing went wrong", |evidence| {
        let vpc = mine(evidence, "vpc");
        evidence.after[vpc].shape.push("Name = other".into());
    }),
    ("an error has a reason", |evidence| {
        (evidence.outcome, evidence.wanted) = (Outcome::Failed("error: no".into()), Wanted::Unsettled);
    }),
    ("what exists stays in state", |evidence| {
        (evidence.outcome, evidence.wanted) = (Outcome::Failed("error: no".into()), Wanted::Unsettled);
        evidence.recorded = (true, false);
    }),
    ("a plan writes nothing", |evidence| {
        evidence.again.as_mut().unwrap().calls.push(write("CreateVpc"));
    }),
];

#[test]
fn every_invariant_objects_to_what_it_guards_against() {
    let networks = Networks::new();
    let simulation = Simulation::new(&networks);
    let history = History::of(vec![Move::calm(Action::Apply("plain"))], None);
    let played = simulation.play(&history).ok().unwrap();
    let action = Action::Apply("plain");
    let evidence = || sound(&networks, &played.objects, &action);
    assert!(check(&evidence()).is_ok(), "what is sound is objected to");
    for (name, spoil) in SPOILT {
        let mut spoilt = evidence();
        spoil(&mut spoilt);
        let objections: Vec<&str> =
            ALL.iter().filter(|it| (it.check)(&spoilt).is_err()).map(|it| it.name).collect();
        assert!(objections.contains(name), "{name} does not object; {objections:?} do");
    }
    let shown: BTreeSet<&str> = SPOILT.iter().map(|(name, _)| *name).collect();
    let all: BTreeSet<&str> = ALL.iter().map(|invariant| invariant.name).collect();
    assert_eq!(shown, all);
}

#[test]
fn a_destroy_that_leaves_something_and_a_plan_that_writes_are_objected_to() {
    let networks = Networks::new();
    let simulation = Simulation::new(&networks);
    let history = History::of(vec![Move::calm(Action::Apply("plain"))], None);
    let played = simulation.play(&history).ok().unwrap();
    let objections = |evidence: &Evidence<'_>| -> Vec<&str> {
        ALL.iter().filter(|it| (it.check)(evidence).is_err()).map(|it| it.name).collect()
    };
    let mut left = sound(&networks, &played.objects, &Action::Destroy);
    left.wanted = Wanted::Nothing;
    assert!(objections(&left).contains(&"nothing of ours is left over"), "{:?}", objections(&left));
    let action = Action::Plan("plain");
    let mut planned = sound(&networks, &played.objects, &action);
    planned.calls.push(write("CreateTags"));
    assert_eq!(objections(&planned), ["a plan writes nothing"]);
}
