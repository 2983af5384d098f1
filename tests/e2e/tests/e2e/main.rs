//! Real Terraform with the real provider against the emulator. One process, one emulator, one account per test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod baseline;
mod bootstrap;
mod budgets;
mod comes_back;
mod commands;
mod demo;
mod drift;
mod examples;
mod failed_create;
mod faults;
mod interrupted;
mod landing_zone;
mod opentofu;
mod orphan;
mod permissions;
mod query;
mod scenario_kit;
mod secrets;
mod steps;
mod tree;

use landform_test_support::Scenario;
use std::path::{Path, PathBuf};

/// A configuration below `scenarios/`.
fn configuration(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn three_zones() -> Scenario {
    Scenario::new(configuration("three-zones"))
}

/// The network in state, and whether it is tainted.
fn network_in_state(scenario: &Scenario) -> Option<(serde_json::Value, bool)> {
    let state = scenario.state();
    let resources = state["values"]["root_module"]["resources"].as_array()?.clone();
    let network = resources.into_iter().find(|it| it["type"] == "landform_vpc" && it["mode"] == "managed")?;
    Some((network["values"].clone(), network["tainted"] == true))
}

/// `kind id` of everything that Terraform made.
fn ids(scenario: &Scenario) -> Vec<String> {
    let made = scenario.inventory().made();
    let kinds = landform_sandbox::aws::Kind::all();
    kinds
        .flat_map(|kind| {
            made.of(kind).iter().map(move |object| format!("{kind:?} {}", object.id)).collect::<Vec<_>>()
        })
        .collect()
}
