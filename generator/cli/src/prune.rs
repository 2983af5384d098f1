//! `landform prune`: units that left the spec, and whose states are empty, leave the tree.

use std::process::ExitCode;

use landform_generator::tree::{RETIRED, UnitPlace};
use landform_generator::write;

use crate::arguments::{Form, Prune};
use crate::failure::{DIFFERENCES, Failure};
use crate::output::print;
use crate::run::Program;
use crate::spec_file::SpecFile;

/// Looks at the state of each retired unit. Nothing in AWS and no state is changed.
pub(crate) fn prune(arguments: &Prune) -> Result<ExitCode, Failure> {
    let spec = SpecFile::read(arguments.spec.as_deref(), Form::Text)?;
    let index = write::read_units(&arguments.out)?.ok_or_else(|| Failure::NoTree(arguments.out.clone()))?;
    let mut ledger = write::read_ledger(&arguments.out)?;
    let retired: Vec<&UnitPlace> = index.units.iter().filter(|unit| unit.kind == RETIRED).collect();
    if retired.is_empty() {
        print("no unit is retired");
        return Ok(ExitCode::SUCCESS);
    }
    let program = Program::find(index.layout)?;
    let mut left = 0;
    for unit in retired {
        let count = objects(&program, arguments, unit)?;
        if count == 0 {
            ledger.prune(&unit.id);
            print(&format!("  - {}", unit.id));
        } else {
            left += 1;
            print(&format!(
                "  {}: {count} object(s) in its state; apply it first, which destroys them",
                unit.id
            ));
        }
    }
    let rendered = landform_generator::generate(&spec.estate, index.layout, &ledger)
        .map_err(|error| spec.failure(error, Form::Text))?;
    let report = write::write(&arguments.out, &rendered)?;
    print(&format!("{}: {} file(s) removed", arguments.out.display(), report.removed.len()));
    Ok(if left == 0 { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENCES) })
}

/// How many resources the state of the unit has. A unit that was never applied has no state, and so none.
fn objects(program: &Program, arguments: &Prune, unit: &UnitPlace) -> Result<usize, Failure> {
    let folder = arguments.out.join(&unit.path);
    let unreadable = || Failure::State { unit: unit.id.clone() };
    let state = program.state(&folder)?.ok_or_else(unreadable)?;
    if state.trim_ascii().is_empty() {
        return Ok(0);
    }
    let state: serde_json::Value = serde_json::from_slice(&state).map_err(|_| unreadable())?;
    state["resources"].as_array().map(Vec::len).ok_or_else(unreadable)
}
