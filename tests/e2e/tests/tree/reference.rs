//! Real Terragrunt on the reference estate: it resolves the inputs of every unit to what the spec says.

use crate::desk::{ran, terragrunt};
use landform_generator::check::ledger::Ledger;
use landform_generator::check::{Unit, check};
use landform_generator::source::Source;
use landform_generator::spec::{Estate, Step};
use landform_generator::tree::Layout;
use landform_generator::{generate, write};
use landform_test_support::scenario::TestBed;
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

pub(crate) fn estate() -> Estate {
    let folder = TestBed::workspace().join("examples/estates");
    let text = std::fs::read_to_string(folder.join("reference.yaml")).unwrap();
    let source = Source::parse("reference.yaml", text).unwrap();
    let mut estate = source.estate().unwrap_or_else(|problems| panic!("{}", source.report(&problems[0])));
    estate.module_files = write::read_modules(&folder, &estate).unwrap();
    estate
}

/// The inputs as the spec has them. What another unit gives is what stands in for it while that unit is not applied.
fn expected(unit: &Unit) -> Value {
    let mut inputs = serde_json::to_value(&unit.inputs).unwrap();
    for wire in &unit.wires {
        let output = &wire.kind.contract.outputs[&wire.output];
        let ways: Vec<&[Step]> = unit
            .wires
            .iter()
            .filter(|other| (&other.from, &other.output) == (&wire.from, &wire.output))
            .map(|other| other.path.as_slice())
            .collect();
        let mock = serde_json::to_value(output.mock(&ways)).unwrap();
        let given = wire.path.iter().fold(&mock, |value, step| match step {
            Step::Key(key) => &value[key],
            Step::Index(index) => &value[usize::try_from(*index).unwrap()],
        });
        assert!(!given.is_null(), "{}: {}", unit.id, wire.input);
        let place = wire.input.as_str().split('.').fold(&mut inputs, |value, name| &mut value[name]);
        *place = given.clone();
    }
    inputs
}

#[test]
fn every_unit_is_rendered_with_the_inputs_of_the_spec() {
    let (estate, ledger) = (estate(), Ledger::default());
    let folder = tempfile::tempdir().unwrap();
    write::write(folder.path(), &generate(&estate, Layout::Terragrunt, &ledger).unwrap()).unwrap();
    let landscape = check(&estate, &ledger).unwrap();

    // Nothing is applied: outputs are what stands in for them, and nobody is asked for a state.
    let mut render = Command::new(terragrunt());
    render
        .args(["render", "--all", "--json", "--no-dependency-outputs", "--non-interactive", "--no-color"])
        .env("TG_EXPERIMENT", "optional-dependency-outputs")
        .env("TG_TF_PATH", TestBed::toolchain().terraform())
        .current_dir(folder.path());
    let rendered = ran(&mut render).must();
    let units: BTreeMap<String, Value> = rendered
        .stdout
        .lines()
        .map(|line| {
            let unit: Value = serde_json::from_str(line).unwrap();
            (unit["remote_state"]["config"]["key"].as_str().unwrap().to_owned(), unit)
        })
        .collect();
    assert_eq!(units.len(), landscape.units.len(), "{}", rendered.stderr);

    let mut wires = 0;
    for unit in &landscape.units {
        let found = &units[&unit.state.key];
        assert_eq!(found["inputs"], expected(unit), "{}", unit.id);
        // Each unit that it takes something from is the one that it means.
        for (label, dependency) in found["dependency"].as_object().unwrap() {
            let mut at: Vec<&str> = vec![
                unit.id.account.as_str(),
                unit.id.region.as_str(),
                unit.id.environment.as_str(),
                unit.id.name.as_str(),
            ];
            for part in dependency["config_path"].as_str().unwrap().split('/') {
                if part == ".." { at.pop().map(drop).unwrap() } else { at.push(part) }
            }
            let meant = at.join("/");
            let found = unit.wires.iter().filter(|wire| wire.from.to_string() == meant).count();
            assert!(found > 0, "{}: {label} is {meant}", unit.id);
            wires += found;
        }
    }
    assert_eq!(wires, landscape.units.iter().map(|unit| unit.wires.len()).sum::<usize>());
    assert!(wires > 5 && landscape.kinds.len() > 2, "the estate has references and kinds");
}
