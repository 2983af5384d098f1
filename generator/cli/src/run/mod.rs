//! `landform run`: the units of a tree in their order, one or several at once.

mod filter;
mod program;
mod schedule;

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use landform_generator::tree::UnitPlace;
use landform_generator::write;

use crate::arguments::{Action, Run};
use crate::failure::{DIFFERENCES, Failure};
pub(crate) use program::Program;
use schedule::Schedule;

/// Runs the action on each unit that is asked for.
///
/// A plan that fails does not keep the others from being planned; after an apply or destroy that fails no further one is
/// started. An interrupt reaches Terraform, which ends in good order; no further unit is started.
pub(crate) fn run(arguments: &Run) -> Result<ExitCode, Failure> {
    let index = write::read_units(&arguments.tree)?.ok_or_else(|| Failure::NoTree(arguments.tree.clone()))?;
    let mut units = filter::select(&index.units, &arguments.filter)?;
    if arguments.action == Action::Destroy {
        units.reverse();
    }
    if !arguments.is_alone() && arguments.action != Action::Plan && !arguments.auto_approve {
        return Err(Failure::CannotAsk);
    }
    let program = Program::find(index.layout)?;
    let is_interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))?;

    let ended = go_through(&program, arguments, &units, &is_interrupted)?;
    ended.report(arguments, units.len(), is_interrupted.load(Ordering::SeqCst))
}

/// Starts units as long as it may, and waits for those that it has started.
fn go_through(
    program: &Program,
    arguments: &Run,
    units: &[&UnitPlace],
    is_interrupted: &AtomicBool,
) -> Result<Ended, Failure> {
    let mut schedule = Schedule::new(arguments.action, units);
    let (mut ended, mut running, mut broken) = (Ended::default(), 0, None);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        loop {
            while running < arguments.parallelism.get()
                && broken.is_none()
                && !ended.stops(arguments.action)
                && !is_interrupted.load(Ordering::SeqCst)
                && let Some(position) = schedule.start()
                && let Some(unit) = units.get(position)
            {
                if arguments.is_alone() {
                    tell(ended.all() + 1, units, unit, arguments.action.as_str());
                }
                running += 1;
                let sender = sender.clone();
                scope.spawn(move || {
                    // The receiver is there until all have ended.
                    let _ = sender.send((position, *unit, steps(program, arguments, unit)));
                });
            }
            if running == 0 {
                return;
            }
            let Ok((position, unit, outcome)) = receiver.recv() else { return };
            running -= 1;
            match outcome {
                Err(failure) => broken = broken.take().or(Some(failure)),
                Ok((outcome, said)) => {
                    ended.add(unit, &outcome);
                    if !arguments.is_alone() {
                        tell(ended.all(), units, unit, arguments.action.as_str());
                        anstream::print!("{}", String::from_utf8_lossy(&said));
                    }
                    match outcome {
                        Outcome::Failed => tell(ended.all(), units, unit, "failed"),
                        Outcome::Done | Outcome::Changes => schedule.end(position),
                    }
                }
            }
        }
    });
    broken.map_or(Ok(ended), Err)
}

fn tell(number: usize, units: &[&UnitPlace], unit: &UnitPlace, what: &str) {
    anstream::eprintln!("[{number}/{}] {}: {what}", units.len(), unit.id);
}

/// What became of the units that have ended.
#[derive(Default)]
struct Ended {
    done: usize,
    changed: Vec<String>,
    failed: Vec<String>,
}

impl Ended {
    fn add(&mut self, unit: &UnitPlace, outcome: &Outcome) {
        match outcome {
            Outcome::Done => self.done += 1,
            Outcome::Changes => self.changed.push(unit.id.clone()),
            Outcome::Failed => self.failed.push(unit.id.clone()),
        }
    }

    fn all(&self) -> usize {
        self.done + self.changed.len() + self.failed.len()
    }

    /// Whether no further unit is started.
    fn stops(&self, action: Action) -> bool {
        action != Action::Plan && !self.failed.is_empty()
    }

    fn report(self, arguments: &Run, all: usize, is_interrupted: bool) -> Result<ExitCode, Failure> {
        if is_interrupted {
            return Err(Failure::Interrupted { done: self.done + self.changed.len(), all });
        }
        if !self.failed.is_empty() {
            return Err(Failure::Units { failed: self.failed.len(), all, names: self.failed });
        }
        if !self.changed.is_empty() {
            let (changed, names) = (self.changed.len(), self.changed.join(", "));
            anstream::eprintln!("{changed} of {all} unit(s) would change: {names}");
            return Ok(ExitCode::from(DIFFERENCES));
        }
        anstream::eprintln!("{all} unit(s): {} done", arguments.action.as_str());
        Ok(ExitCode::SUCCESS)
    }
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

/// `init`, then the action; and what the program has said, when it is not alone on the terminal.
fn steps(program: &Program, arguments: &Run, unit: &UnitPlace) -> Result<(Outcome, Vec<u8>), Failure> {
    let folder = arguments.tree.join(&unit.path);
    let mut said = Vec::new();
    let mut run = |words: &[&str]| match arguments.is_alone() {
        true => program.run(&folder, words),
        false => program.run_beside(&folder, words, &mut said),
    };
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
    let outcome = match run(&["init", "-input=false"])? {
        Some(0) => match run(&action)? {
            Some(0) => Outcome::Done,
            Some(HAS_CHANGES) if tells_changes => Outcome::Changes,
            _ => Outcome::Failed,
        },
        _ => Outcome::Failed,
    };
    Ok((outcome, said))
}
