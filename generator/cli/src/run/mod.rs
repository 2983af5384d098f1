//! `landform run`: the units of a tree, one after the other.

mod filter;
mod program;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use landform_generator::tree::UnitPlace;
use landform_generator::write;

use crate::arguments::{Action, Run};
use crate::failure::{DIFFERENCES, Failure};
pub(crate) use program::Program;

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

    let (mut failed, mut changed) = (Vec::new(), Vec::new());
    for (done, unit) in units.iter().enumerate() {
        if is_interrupted.load(Ordering::SeqCst) {
            return Err(Failure::Interrupted { done, all: units.len() });
        }
        anstream::eprintln!("[{}/{}] {}: {}", done + 1, units.len(), unit.id, arguments.action.as_str());
        match steps(&program, arguments, unit)? {
            Outcome::Done => {}
            Outcome::Changes => changed.push(unit.id.clone()),
            Outcome::Failed => {
                anstream::eprintln!("[{}/{}] {}: failed", done + 1, units.len(), unit.id);
                failed.push(unit.id.clone());
                if arguments.action != Action::Plan {
                    break;
                }
            }
        }
    }
    if is_interrupted.load(Ordering::SeqCst) {
        return Err(Failure::Interrupted { done: units.len() - failed.len(), all: units.len() });
    }
    if !failed.is_empty() {
        return Err(Failure::Units { failed: failed.len(), all: units.len(), names: failed });
    }
    if !changed.is_empty() {
        anstream::eprintln!(
            "{} of {} unit(s) would change: {}",
            changed.len(),
            units.len(),
            changed.join(", ")
        );
        return Ok(ExitCode::from(DIFFERENCES));
    }
    anstream::eprintln!("{} unit(s): {} done", units.len(), arguments.action.as_str());
    Ok(ExitCode::SUCCESS)
}

/// What became of one unit.
enum Outcome {
    Done,
    /// The plan went well and has changes; only when that is asked for.
    Changes,
    Failed,
}

/// Terraform's exit code for a plan with changes, when it is asked to tell.
const HAS_CHANGES: i32 = 2;

/// `init`, then the action.
fn steps(program: &Program, arguments: &Run, unit: &UnitPlace) -> Result<Outcome, Failure> {
    let folder = arguments.tree.join(&unit.path);
    let mut action = vec![arguments.action.as_str()];
    match (arguments.action, arguments.auto_approve) {
        (Action::Plan, _) => action.push("-input=false"),
        (Action::Apply | Action::Destroy, true) => action.extend(["-input=false", "-auto-approve"]),
        // Terraform asks on the terminal; with `-input=false` it would refuse to.
        (Action::Apply | Action::Destroy, false) => {}
    }
    let tells_changes = arguments.action == Action::Plan && arguments.fail_on_changes;
    if tells_changes {
        action.push("-detailed-exitcode");
    }
    if program.run(&folder, &["init", "-input=false"])? != Some(0) {
        return Ok(Outcome::Failed);
    }
    Ok(match program.run(&folder, &action)? {
        Some(0) => Outcome::Done,
        Some(HAS_CHANGES) if tells_changes => Outcome::Changes,
        _ => Outcome::Failed,
    })
}
