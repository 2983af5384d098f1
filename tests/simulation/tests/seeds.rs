//! Random histories. `LANDFORM_SEED=1234` plays one of them, `LANDFORM_SEEDS=10000` many.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_simulation::{History, Networks, Simulation, play_all, seeds};

#[test]
fn whatever_happens_a_network_comes_to_what_is_declared_and_to_nothing_else() {
    let networks = Networks::new();
    let simulation = Simulation::new(&networks);
    let replay = |seed: &u64| format!("LANDFORM_SEED={seed} cargo test -p landform-simulation --test seeds");
    play_all(&simulation, &seeds(500), |seed| History::of_seed(&networks, *seed), replay);
}
