//! A play is a pure function of its history, and a history of its seed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_cloud::Target;
use landform_framework::testing::Replacement;
use landform_model::ownership::Owner;
use landform_simulation::{Action, Changed, Configuration, History, Move, Networks, Object, Part, Played};
use landform_simulation::{Simulation, Subject, Trouble, shrink};
use landform_test_cloud::{InProcessCloud, When, World};
use serde_json::Value as Json;
use std::collections::BTreeSet;

#[test]
fn a_seed_plays_the_same_history_again() {
    let networks = Networks::new();
    let simulation = Simulation::new(&networks);
    for seed in 0..12 {
        let play = || -> Result<Played, String> {
            let history = History::of_seed(&networks, seed);
            simulation.play(&history).map_err(|failure| failure.to_string())
        };
        assert_eq!(play(), play(), "seed {seed}");
    }
}

#[test]
fn seeds_differ_and_every_action_and_trouble_comes_up() {
    let networks = Networks::new();
    let histories: Vec<String> = (0..500).map(|seed| History::of_seed(&networks, seed).to_string()).collect();
    for words in [
        "apply everything",
        "plan ",
        "destroy",
        "somebody strips the tag",
        "the state is lost",
        "kill -9 at write",
        "fails, executed: Ambiguous",
        "fails, not executed: Denied",
        "Weather",
        "quotas are used up",
        "fails in the end",
        "looks",
        "create_before_destroy",
    ] {
        assert!(histories.iter().any(|history| history.contains(words)), "no history has {words}");
    }
    assert_ne!(histories[0], histories[1]);
}

/// Networks in which nobody takes back what stands in the way: an apply that it stops has no excuse.
struct Stubborn(Networks);

#[async_trait::async_trait]
impl Subject for Stubborn {
    fn type_name(&self) -> &'static str {
        self.0.type_name()
    }
    fn target(&self) -> Target {
        self.0.target()
    }
    fn owner(&self) -> Owner {
        self.0.owner()
    }
    fn configurations(&self) -> &[Configuration] {
        self.0.configurations()
    }
    fn expected(&self, configuration: &Json) -> BTreeSet<Part> {
        self.0.expected(configuration)
    }
    fn objects(&self, world: &World) -> Vec<Object> {
        self.0.objects(world)
    }
    fn replaceable(&self, object: &Object, configuration: &Json) -> bool {
        self.0.replaceable(object, configuration)
    }
    fn make_scarce(&self, world: &mut World, which: usize) {
        self.0.make_scarce(world, which);
    }
    fn fail_later(&self, world: &mut World) {
        self.0.fail_later(world);
    }
    fn slow_down(&self, world: &mut World, looks: u32) {
        self.0.slow_down(world, looks);
    }
    fn calm(&self, world: &mut World) {
        self.0.calm(world);
    }
    fn empty_world(&self) -> World {
        self.0.empty_world()
    }
    fn changes(&self) -> &'static [&'static str] {
        self.0.changes()
    }
    async fn change(&self, cloud: &InProcessCloud, name: &str, pick: usize) -> Changed {
        Changed { undo: None, ..self.0.change(cloud, name, pick).await }
    }
}

#[test]
fn what_fails_is_told_in_its_shortest_form() {
    let stubborn = Stubborn(Networks::new());
    let simulation = Simulation::new(&stubborn);
    let troubles = vec![Trouble::Slow(2), Trouble::Kill(3, When::After)];
    let moves = vec![
        Move::calm(Action::Plan("small")),
        Move { action: Action::Apply("plain"), troubles },
        Move::calm(Action::Apply("plain")),
        Move::calm(Action::Change("adds a tag", 3)),
        // The ninth of the objects is a subnet.
        Move::calm(Action::Change("strips the tag of the stack", 8)),
        Move::calm(Action::Plan("plain")),
    ];
    let history = History { replacement: Replacement::CreateThenDestroy, moves, settles: Some("plain") };
    let failure = simulation.play(&history).err().unwrap();
    let (short, failure) = shrink(&simulation, &history, failure);
    insta::assert_snapshot!(short, @r"
    1 apply plain
    2 somebody strips the tag of the stack (8)
    3 people take back what stands in the way
    4 apply plain
    5 destroy
    ");
    let text = failure.to_string();
    assert!(
        text.contains("an error has a reason (I11)") && text.contains("InvalidSubnet.Conflict"),
        "{text}"
    );
}
