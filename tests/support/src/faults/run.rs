//! Runs a case from the foreign objects to the destruction, and looks at every invariant.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use landform_sandbox::aws::Kind;
use landform_sandbox::{Error, Output};

use super::inject::Injected;
use super::reference::{self, Reference};
use super::{Case, Fault, Outcome, Phase, Stage};
use crate::fault_proxy::Calls;
use crate::invariants::{Census, Deletions, Secrets, rebuilt};

/// How many times the calls of a run without fault a run with one may make, the apply that heals it included.
const MOST_CALLS: usize = 3;

/// What an apply prints that had nothing to do.
const NOTHING_DONE: &str = "0 added, 0 changed, 0 destroyed";

/// Runs several cases at once and hands each on when it is done; the outcomes come in the order of the cases.
pub fn run_all(cases: &[Case], workers: usize, done: &(dyn Fn(&Outcome) + Sync)) -> Vec<Outcome> {
    // Those that mostly wait begin first.
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|number| !waits(cases[*number].fault));
    let next = AtomicUsize::new(0);
    let outcomes: Vec<Mutex<Option<Outcome>>> = cases.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for _ in 0..workers.max(1) {
            scope.spawn(|| {
                while let Some(number) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = run(&cases[*number]);
                    done(&outcome);
                    *outcomes[*number].lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
                }
            });
        }
    });
    let found = outcomes.into_iter().filter_map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner));
    found.collect()
}

fn waits(fault: Fault) -> bool {
    matches!(fault, Fault::LateAnswer | Fault::LateWork | Fault::Throttled)
}

/// Runs one case. It never panics: what stops it is one of the outcome's problems.
pub fn run(case: &Case) -> Outcome {
    let begin = Instant::now();
    let mut outcome = Outcome::new(*case);
    let (reference, refresh) = match (reference::of(case.phase), reference::of(Phase::Refresh)) {
        (Ok(reference), Ok(refresh)) => (reference, refresh),
        (Err(error), _) | (_, Err(error)) => {
            outcome.problems.push(error);
            return outcome;
        }
    };
    let result = catch_unwind(AssertUnwindSafe(|| {
        let stage = Stage::before(case.phase)?;
        let mut life = Life { case: *case, reference, refresh, stage: &stage, outcome: &mut outcome };
        let result = life.pass();
        if !life.outcome.is_clean() || result.is_err() {
            let folder = stage.into_scenario().keep();
            outcome.problems.push(format!("see {}", folder.display()));
        }
        result
    }));
    match result {
        Ok(Ok(())) => {}
        Ok(Err(error)) => outcome.problems.push(words(&error)),
        Err(panic) => outcome.problems.push(said(panic.as_ref())),
    }
    outcome.took = begin.elapsed();
    outcome
}

/// A case on its way.
struct Life<'a> {
    case: Case,
    reference: &'a Reference,
    refresh: &'a Reference,
    stage: &'a Stage,
    outcome: &'a mut Outcome,
}

impl Life<'_> {
    fn pass(&mut self) -> Result<(), Error> {
        let before = self.stage.census();
        let injected = Injected::new(self.case, self.stage)?;
        let output = injected.run()?;
        let calls = self.stage.scenario().proxy().take_calls();
        self.outcome.exit = output.code;
        self.outcome.said = if output.code == 0 { String::new() } else { errors_in(&output.text()) };
        self.outcome.calls_without_fault = self.reference.calls;
        self.outcome.met =
            calls.iter().filter(|call| call.fault.is_some()).map(|call| call.action.clone()).collect();
        self.fault_was_met(&injected, &output);
        let after = self.stage.census();

        injected.heal()?;
        let healed = self.heal(&output)?;
        let later = self.stage.scenario().proxy().take_calls();
        let wanted = &self.reference.census;
        self.count(&calls, &later);
        let calls: Calls = calls.iter().chain(later.iter()).cloned().collect();
        let now = self.stage.census();
        self.inventory(&now);
        self.deletions(&calls, [&before, &after], &now);
        self.outcome.converged = healed && now.missing(wanted) == 0;
        self.foreign("after the fault")?;
        self.destroy()?;
        self.secrets();
        if !self.outcome.converged {
            self.problem("it did not converge".to_owned());
        }
        Ok(())
    }

    /// A fault that never happened proves nothing, and an error has to say what happened.
    fn fault_was_met(&mut self, injected: &Injected<'_>, output: &Output) {
        if injected.hits() == Some(0) {
            self.problem("no call met the fault".to_owned());
        }
        if output.code != 0 {
            let text = unwrapped(&output.text());
            for word in injected.words() {
                if !text.contains(&word) {
                    self.problem(format!("{word:?} is not in: {text}"));
                }
            }
        }
        if let Fault::SecondApply = self.case.fault {
            match injected.second() {
                None => self.problem("the second apply did not run".to_owned()),
                Some(second) => {
                    let (code, text) = second.output.map_or_else(
                        |error| (-1, words(&error)),
                        |output| (output.code, errors_in(&output.text())),
                    );
                    if code != 1 || !text.contains("Error acquiring the state lock") {
                        self.problem(format!("the second apply ended with {code}: {text}"));
                    }
                    if second.changes > 0 {
                        self.problem(format!("the second apply changed {} things in AWS", second.changes));
                    }
                }
            }
        }
    }

    /// The next command without the fault, then an empty plan. Whether that came out as it must.
    fn heal(&mut self, faulted: &Output) -> Result<bool, Error> {
        if faulted.code == 0 && self.case.phase == Phase::Destroy {
            return Ok(true);
        }
        if faulted.code != 0 && self.case.phase != Phase::Refresh {
            // Terraform empties the file before it writes it anew, and a destroy knows only what is in state: the network is
            // found by an apply.
            if self.case.phase == Phase::Destroy && self.stage.has_lost_its_state() {
                let found = self.stage.run(&["apply", "-auto-approve"]);
                if found.code != 0 {
                    self.problem(format!("the lost network is not found: {}", errors_in(&found.text())));
                    return Ok(false);
                }
            }
            let again = match self.case.phase {
                Phase::Destroy => self.stage.run(&["destroy", "-auto-approve"]),
                _ => self.stage.run(&["apply", "-auto-approve"]),
            };
            if again.code != 0 {
                self.problem(format!("the next run ended with {}: {}", again.code, errors_in(&again.text())));
                return Ok(false);
            }
            // A process that was stopped may have been done already; a command that ended by itself tells the truth.
            if !stops_terraform(self.case.fault) && again.text().contains(NOTHING_DONE) {
                let said = self.outcome.said.clone();
                self.problem(format!("exit code {}, and everything was done: {said}", faulted.code));
            }
        }
        if self.case.phase == Phase::Destroy {
            return Ok(true);
        }
        let begin = self.stage.scenario().proxy().calls().len();
        let plan = self.stage.run(&["plan", "-detailed-exitcode"]);
        let changes = self.stage.scenario().proxy().calls();
        let changes = changes.iter().skip(begin).filter(|call| call.mutating).count();
        if changes > 0 {
            self.problem(format!("a plan changed {changes} things in AWS"));
        }
        if plan.code != 0 {
            self.problem(format!("the plan afterwards is not empty ({}): {}", plan.code, plan.text()));
        }
        Ok(plan.code == 0)
    }

    fn count(&mut self, faulted: &Calls, later: &Calls) {
        // The plan at the end only looks; what it costs is the cost of a refresh.
        let plan = if self.case.phase == Phase::Destroy { 0 } else { self.refresh.calls };
        self.outcome.calls = (faulted.len() + later.len()).saturating_sub(plan);
        if self.outcome.calls > MOST_CALLS * self.reference.calls {
            let calls = self.outcome.calls;
            self.problem(format!(
                "{calls} calls, more than {MOST_CALLS} times {}: {:?} {:?}",
                self.reference.calls,
                faulted.by_action(),
                later.by_action()
            ));
        }
    }

    fn inventory(&mut self, now: &Census) {
        let wanted = &self.reference.census;
        self.outcome.duplicates = now.duplicates(wanted);
        self.outcome.orphans = now.orphans(wanted);
        if now.missing(wanted) + self.outcome.duplicates + self.outcome.orphans > 0 {
            self.problem(format!("there is\n{now}instead of\n{wanted}"));
        }
    }

    fn deletions(&mut self, calls: &Calls, before: [&Census; 2], now: &Census) {
        let wanted = &self.reference.census;
        let may_change: &[Kind] =
            if self.case.fault == Fault::NatGatewayFails { &[Kind::NatGateway] } else { &[] };
        let mut sentences = Deletions::of(calls).needless(&now.ids_of(wanted), &self.reference.deletions);
        for census in before {
            sentences.extend(rebuilt(census, now, wanted, may_change));
        }
        self.outcome.needless_deletions = sentences.len();
        self.outcome.problems.extend(sentences);
    }

    fn foreign(&mut self, when: &str) -> Result<(), Error> {
        if let Some(change) = self.stage.canaries_changed()? {
            self.problem(format!("foreign objects changed {when}: {change}"));
        }
        Ok(())
    }

    /// Nothing is left but what is foreign.
    fn destroy(&mut self) -> Result<(), Error> {
        if self.case.phase != Phase::Destroy {
            let output = self.stage.run(&["destroy", "-auto-approve"]);
            if output.code != 0 {
                self.problem(format!(
                    "the destruction ended with {}: {}",
                    output.code,
                    errors_in(&output.text())
                ));
            }
        }
        let left = self.stage.made();
        if !left.is_empty() {
            self.outcome.orphans += left.len();
            self.problem(format!("left after the destruction:\n{left}"));
        }
        self.foreign("after the destruction")
    }

    fn secrets(&mut self) {
        let mut seen = Secrets::in_text("the output", &self.stage.printed());
        match Secrets::in_folder(self.stage.scenario().folder()) {
            Ok((found, _)) => seen.extend(found),
            Err(error) => seen.push(format!("the folder cannot be read: {error}")),
        }
        self.outcome.problems.extend(seen);
    }

    fn problem(&mut self, sentence: String) {
        self.outcome.problems.push(sentence);
    }
}

/// Faults that end Terraform itself, whatever the provider has done by then.
fn stops_terraform(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::KillBoth(..)
            | Fault::KillProvider(_)
            | Fault::KillTerraform
            | Fault::Interrupt
            | Fault::InterruptTwice
            | Fault::State(_)
    )
}

/// Terraform wraps and frames what it prints.
fn unwrapped(text: &str) -> String {
    text.replace(['│', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An error with its causes; of what Terraform printed, the errors.
pub(super) fn words(error: &Error) -> String {
    let mut text = errors_in(&error.to_string());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

/// What Terraform printed from its first error on: the plan before it is long.
fn errors_in(text: &str) -> String {
    text.find("\nError: ").map_or(text, |begin| &text[begin..]).trim().to_owned()
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
