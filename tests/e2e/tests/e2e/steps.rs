//! Every folder with steps below `scenarios/`: apply, an empty plan, the next step, destroy, nothing left.

use super::configuration;
use landform_test_support::Scenario;
use std::path::PathBuf;

#[test]
fn every_scenario_runs_its_steps() {
    let mut scenarios: Vec<PathBuf> =
        std::fs::read_dir(configuration("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    scenarios.retain(|path| path.join("step1").is_dir());
    scenarios.sort();
    assert!(scenarios.len() >= 2);
    for path in scenarios {
        let scenario = Scenario::new(path.join("step1"));
        for number in 1.. {
            let step = path.join(format!("step{number}"));
            if !step.is_dir() {
                break;
            }
            scenario.use_configuration(&step);
            let output = scenario.apply();
            assert!(!output.text().contains("must be replaced"), "{}", output.text());
            scenario.plan_is_empty();
        }
        scenario.destroy();
        scenario.nothing_left();
    }
}

#[test]
fn adding_zones_and_tiers_keeps_every_object_and_outputs_agree() {
    let scenario = Scenario::new(configuration("network/step1"));
    scenario.apply();
    assert_eq!(scenario.output("private"), scenario.output("found"));
    let before = super::ids(&scenario);
    scenario.use_configuration(configuration("network/step2"));
    scenario.apply();
    let after = super::ids(&scenario);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?}\n{after:?}");
}
