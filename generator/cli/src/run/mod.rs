//! `landform run`: the units of a tree, one after the other.

mod filter;
mod program;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use landform_generator::tree::UnitPlace;
use landform_generator::write;

use crate::arguments::{Action, Run};
use crate::failure::Failure;
use program::Program;

/// Runs the action on each unit that is asked for.
///
/// A plan that fails does not keep the others from being planned; an apply or destroy that fails ends the run. An
/// interrupt reaches Terraform, which ends in good order; no further unit is started.
pub(crate) fn run(arguments: &Run) -> Result<ExitCode, Failure> {
    let index = write::read_units(&arguments.tree)?.ok_or_else(|| Failure::NoTree(arguments.tree.clone()))?;
    let mut units = filter::select(&index.units, &arguments.filter)?;
    if arguments.action == Action::Destroy {
        units.reverse();
    }
    let program = Program::find(index.layout)?;
    let is_interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))?;

    let mut failed = Vec::new();
    for (done, unit) in units.iter().enumerate() {
        if is_interrupted.load(Ordering::SeqCst) {
            return Err(Failure::Interrupted { done, all: units.len() });
        }
        anstream::eprintln!("[{}/{}] {}: {}", done + 1, units.len(), unit.id, arguments.action.as_str());
        if !steps(&program, arguments, unit)? {
            anstream::eprintln!("[{}/{}] {}: failed", done + 1, units.len(), unit.id);
            failed.push(unit.id.clone());
            if arguments.action != Action::Plan {
                break;
            }
        }
    }
    if is_interrupted.load(Ordering::SeqCst) {
        return Err(Failure::Interrupted { done: units.len() - failed.len(), all: units.len() });
    }
    if !failed.is_empty() {
        return Err(Failure::Units { failed: failed.len(), all: units.len(), names: failed });
    }
    anstream::eprintln!("{} unit(s): {} done", units.len(), arguments.action.as_str());
    Ok(ExitCode::SUCCESS)
}

/// `init`, then the action. Whether both went well.
fn steps(program: &Program, arguments: &Run, unit: &UnitPlace) -> Result<bool, Failure> {
    let folder = arguments.tree.join(&unit.path);
    let mut action = vec![arguments.action.as_str()];
    match (arguments.action, arguments.auto_approve) {
        (Action::Plan, _) => action.push("-input=false"),
        (Action::Apply | Action::Destroy, true) => action.extend(["-input=false", "-auto-approve"]),
        // Terraform asks on the terminal; with `-input=false` it would refuse to.
        (Action::Apply | Action::Destroy, false) => {}
    }
    Ok(program.run(&folder, &["init", "-input=false"])? && program.run(&folder, &action)?)
}
