//! Plays histories. A play is a pure function of its history: time is virtual, chance has a seed, ids are counted.

use crate::evidence::{Evidence, Outcome, Wanted};
use crate::history::{Action, History, Move, Trouble};
use crate::invariants::{self, Invariant};
use crate::shape::shape;
use crate::site::Site;
use crate::subject::{Object, Subject};
use landform_framework::Diagnostics;
use landform_framework::testing::Instance;
use landform_test_cloud::Call;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use tokio::time::Instant;

/// How many times the calls of a calm run are enough on a bad day.
const MOST: usize = 3;

/// How many calls one fault may cost: looks with growing pauses, and the call again.
const CALLS_PER_FAULT: usize = 10;

/// What is simulated, and what it looks like where nothing goes wrong.
pub struct Simulation<'a> {
    subject: &'a dyn Subject,
    models: BTreeMap<&'static str, Model>,
}

/// A configuration where nothing goes wrong.
struct Model {
    shape: Vec<String>,
    apply: Vec<Call>,
    destroy: Vec<Call>,
}

/// The calls of one move, and what each move left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Played {
    /// The calls of each move.
    pub calls: Vec<Vec<Call>>,
    /// What Terraform said in each move.
    pub outcomes: Vec<Outcome>,
    /// The objects after each move.
    pub objects: Vec<Vec<Object>>,
}

/// An invariant that did not hold.
pub struct Failure {
    /// The move after which it did not, from 0.
    pub index: usize,
    /// The invariant.
    pub invariant: Invariant,
    /// What contradicts it.
    pub contradiction: String,
    /// What Terraform had said.
    pub outcome: Outcome,
    /// The calls of that move.
    pub calls: Vec<Call>,
}

impl<'a> Simulation<'a> {
    /// A simulation of `subject`, after each of its configurations was applied and destroyed once without trouble.
    ///
    /// # Panics
    /// When an invariant does not hold there.
    pub fn new(subject: &'a dyn Subject) -> Self {
        let mut simulation = Simulation { subject, models: BTreeMap::new() };
        for configuration in subject.configurations() {
            let name = configuration.name;
            let history = History::of(vec![Move::calm(Action::Apply(name))], None);
            let played = match simulation.play(&history) {
                Ok(played) => played,
                Err(failure) => panic!("{name} without any trouble: {failure}"),
            };
            let [apply, _, destroy] = played.calls.as_slice() else { panic!("three moves") };
            let shape = shape(&subject.owner(), &played.objects[0]);
            let model = Model { shape, apply: apply.clone(), destroy: destroy.clone() };
            simulation.models.insert(name, model);
        }
        simulation
    }

    /// What is simulated.
    pub fn subject(&self) -> &'a dyn Subject {
        self.subject
    }

    /// Plays a history.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn play(&self, history: &History) -> Result<Played, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        match runtime {
            Ok(runtime) => runtime.block_on(self.play_moves(history)),
            Err(error) => panic!("there is no runtime: {error}"),
        }
    }

    async fn play_moves(&self, history: &History) -> Result<Played, Failure> {
        let mut site = Site::new(self.subject);
        site.instance.replacement = history.replacement;
        let mut traces = Traces::default();
        let mut played = Played::default();
        let mut objects = site.objects();
        for (index, step) in history.all_moves().iter().enumerate() {
            let (calls, outcome) = match &step.action {
                Action::Change(name, pick) => {
                    let changed = self.subject.change(&site.cloud, name, *pick).await;
                    site.undo.extend(changed.undo);
                    if site.loses_the_record().await {
                        traces.state_lost();
                    }
                    site.cloud.take_calls();
                    objects = site.objects();
                    (Vec::new(), Outcome::Succeeded)
                }
                Action::LoseState => {
                    let replacement = site.instance.replacement;
                    site.instance = Instance { replacement, ..Instance::new(self.subject.type_name()) };
                    traces.state_lost();
                    (Vec::new(), Outcome::Succeeded)
                }
                Action::Calm => {
                    let undo = std::mem::take(&mut site.undo);
                    site.cloud.world(&self.subject.target(), |world| {
                        undo.into_iter().rev().for_each(|undo| undo(world));
                    });
                    objects = site.objects();
                    (Vec::new(), Outcome::Succeeded)
                }
                _ => {
                    let evidence = self.terraform(&mut site, step, objects, &mut traces).await;
                    if let Err((invariant, contradiction)) = invariants::check(&evidence) {
                        let Evidence { outcome, calls, .. } = evidence;
                        return Err(Failure { index, invariant, contradiction, outcome, calls });
                    }
                    objects = evidence.after;
                    (evidence.calls, evidence.outcome)
                }
            };
            played.calls.push(calls);
            played.outcomes.push(outcome);
            played.objects.push(objects.clone());
        }
        Ok(played)
    }

    /// Lets Terraform do its part, and looks at what it left behind.
    async fn terraform<'e>(
        &'e self,
        site: &mut Site<'_>,
        step: &'e Move,
        before: Vec<Object>,
        traces: &mut Traces,
    ) -> Evidence<'e> {
        let instance = site.instance.clone();
        step.troubles.iter().for_each(|trouble| site.trouble(trouble));
        let began = Instant::now();
        let diagnostics = match &step.action {
            Action::Apply(name) => site.apply(self.configuration(name)).await,
            Action::Plan(name) => site.plan(self.configuration(name)).await,
            _ => site.destroy().await,
        };
        let elapsed = began.elapsed();
        let killed = site.calm();
        let knew = instance.state.is_some();
        if killed {
            site.instance = instance;
        }
        let outcome = if killed { Outcome::Killed } else { outcome(&diagnostics) };
        let calls = site.cloud.take_calls();
        let wanted = self.wanted(step, &outcome, site, knew);
        traces.note(step, &outcome, wanted == Wanted::Nothing);
        let (again, model) = match (&step.action, &wanted) {
            (Action::Apply(name), Wanted::Exactly(configuration)) => {
                let model = traces.only(name).then(|| self.models.get(name)).flatten();
                (Some(site.again(configuration).await), model.map(|model| model.shape.clone()))
            }
            _ => (None, None),
        };
        Evidence {
            subject: self.subject,
            action: &step.action,
            wanted,
            before,
            after: site.objects(),
            most_calls: self.most_calls(step),
            calls,
            elapsed,
            excused: !step.troubles.is_empty() || !site.undo.is_empty(),
            outcome,
            recorded: (knew, site.instance.state.is_some()),
            again,
            model,
        }
    }

    fn wanted(&self, step: &Move, outcome: &Outcome, site: &Site<'_>, knows: bool) -> Wanted {
        match (&step.action, outcome) {
            (Action::Apply(name), Outcome::Succeeded) if site.undo.is_empty() => {
                Wanted::Exactly(self.configuration(name).clone())
            }
            // A destroy without a state knows of nothing that could be destroyed.
            (Action::Destroy, Outcome::Succeeded) if site.undo.is_empty() && knows => Wanted::Nothing,
            _ => Wanted::Unsettled,
        }
    }

    fn configuration(&self, name: &str) -> &Json {
        match self.subject.configurations().iter().find(|it| it.name == name) {
            Some(configuration) => &configuration.attributes,
            None => panic!("there is no configuration {name}"),
        }
    }

    fn most_calls(&self, step: &Move) -> usize {
        let most = |calls: fn(&Model) -> &Vec<Call>| self.models.values().map(|it| calls(it).len()).max();
        let (Some(apply), Some(destroy)) = (most(|it| &it.apply), most(|it| &it.destroy)) else {
            return usize::MAX;
        };
        let faults: usize = step
            .troubles
            .iter()
            .map(|trouble| match trouble {
                Trouble::Strike { times, .. } => *times as usize,
                Trouble::Slow(looks) => *looks as usize,
                _ => 1,
            })
            .sum();
        MOST * (apply + destroy) + CALLS_PER_FAULT * faults
    }
}

fn outcome(diagnostics: &Diagnostics) -> Outcome {
    if diagnostics.has_errors() { Outcome::Failed(diagnostics.to_string()) } else { Outcome::Succeeded }
}

/// Configurations that may have left something that no state says: routes and tags, which nobody can tell from those of others.
#[derive(Default)]
struct Traces {
    applied: BTreeSet<&'static str>,
    unrecorded: BTreeSet<&'static str>,
}

impl Traces {
    fn note(&mut self, step: &Move, outcome: &Outcome, nothing_is_left: bool) {
        match (&step.action, outcome) {
            (Action::Apply(name), Outcome::Killed) => drop(self.unrecorded.insert(name)),
            (Action::Apply(name), _) => drop(self.applied.insert(name)),
            (Action::Destroy, _) if nothing_is_left => *self = Traces::default(),
            _ => {}
        }
    }

    fn state_lost(&mut self) {
        self.unrecorded.append(&mut self.applied);
    }

    /// Whether no other configuration than this one can have left something.
    fn only(&self, name: &str) -> bool {
        self.unrecorded.iter().all(|it| *it == name)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { index, invariant, contradiction, outcome, calls } = self;
        writeln!(f, "after move {}: {} ({})", index + 1, invariant.name, invariant.number)?;
        writeln!(f, "does not hold: {contradiction}")?;
        match outcome {
            Outcome::Failed(errors) => writeln!(f, "Terraform had said: {errors}")?,
            Outcome::Succeeded => writeln!(f, "Terraform had said that all is well.")?,
            Outcome::Killed => writeln!(f, "Terraform had been killed.")?,
        }
        writeln!(f, "The calls of that move:")?;
        calls.iter().try_for_each(|call| writeln!(f, "   {call}"))
    }
}
