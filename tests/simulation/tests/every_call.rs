//! Every call of a create, of updates and of a destroy goes wrong, one at a time. `LANDFORM_EVERY_CALL=full` plays more ways.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_simulation::{Action, Extent, Networks, Simulation, one_call_goes_wrong, play_all};

fn play(before: Option<&'static str>, action: &Action, extent: Extent) {
    let networks = Networks::new();
    let simulation = Simulation::new(&networks);
    let histories = one_call_goes_wrong(&simulation, before, action, extent);
    assert!(histories.len() > 40, "only {} histories", histories.len());
    play_all(&simulation, &histories, Clone::clone, |_| {
        "LANDFORM_EVERY_CALL=full cargo test -p landform-simulation --test every_call".to_owned()
    });
}

#[test]
fn of_the_create_of_a_small_network() {
    play(None, &Action::Apply("small"), Extent::Full);
}

#[test]
fn of_the_create_of_a_network_with_everything() {
    play(None, &Action::Apply("everything"), Extent::from_environment());
}

#[test]
fn of_an_update_that_adds_everything() {
    play(Some("small"), &Action::Apply("everything"), Extent::from_environment());
}

#[test]
fn of_an_update_that_takes_everything_away() {
    play(Some("everything"), &Action::Apply("small"), Extent::from_environment());
}

#[test]
fn of_the_destroy_of_a_network_with_everything() {
    play(Some("everything"), &Action::Destroy, Extent::from_environment());
}
