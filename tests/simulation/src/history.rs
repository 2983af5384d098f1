//! A history: what Terraform and people do one after the other, and what goes wrong meanwhile.

use landform_cloud::ErrorKind;
use landform_framework::testing::Replacement;
use landform_test_cloud::{Weather, When};
use std::fmt;

/// What happens, from an empty account on.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Whether `create_before_destroy` is set.
    pub replacement: Replacement,
    /// One after the other. Then people take back what stands in the way, and nothing goes wrong any more.
    pub moves: Vec<Move>,
    /// What is applied in the end, before all is destroyed; none to destroy at once.
    pub settles: Option<&'static str>,
}

/// One move of a history.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// What is done.
    pub action: Action,
    /// What goes wrong meanwhile.
    pub troubles: Vec<Trouble>,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `terraform apply` of the configuration with this name.
    Apply(&'static str),
    /// `terraform plan` of it.
    Plan(&'static str),
    /// `terraform destroy`.
    Destroy,
    /// A person changes something behind Terraform's back; the number says what of.
    Change(&'static str, usize),
    /// The state file is lost.
    LoseState,
    /// Faults are over and people take back what stands in the way.
    Calm,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// `kill -9` of Terraform and provider at this write, counted from 1, before or after AWS executes it: nothing is saved.
    Kill(u32, When),
    /// Calls fail.
    Strike {
        /// Which calls; none for any write.
        operation: Option<&'static str>,
        /// Which of them is the first to fail, from 1.
        nth: u32,
        /// How many in a row fail.
        times: u32,
        /// Whether they are executed.
        when: When,
        /// How they fail.
        kind: ErrorKind,
    },
    /// Faults by chance, and reads that lag behind writes.
    Weather(Weather),
    /// Quotas are used up; the number says which.
    Scarce(usize),
    /// What AWS makes in its own time ends as failed, once.
    FailsLater,
    /// What AWS makes in its own time is not ready before so many looks.
    Slow(u32),
}

impl History {
    /// A history of these moves that ends with `settles` and a destroy.
    pub fn of(moves: Vec<Move>, settles: Option<&'static str>) -> History {
        History { replacement: Replacement::default(), moves, settles }
    }

    /// All moves, those at the end too.
    pub fn all_moves(&self) -> Vec<Move> {
        let end = [Action::Calm].into_iter().chain(self.settles.map(Action::Apply)).chain([Action::Destroy]);
        self.moves.iter().cloned().chain(end.map(Move::calm)).collect()
    }
}

impl Move {
    /// A move in which nothing goes wrong.
    pub fn calm(action: Action) -> Move {
        Move { action, troubles: Vec::new() }
    }

    /// Whether the processes are killed.
    pub fn is_killed(&self) -> bool {
        self.troubles.iter().any(|trouble| matches!(trouble, Trouble::Kill(..)))
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.replacement == Replacement::CreateThenDestroy {
            writeln!(f, "   (create_before_destroy)")?;
        }
        for (index, step) in self.all_moves().iter().enumerate() {
            writeln!(f, "{:2} {step}", index + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.action.fmt(f)?;
        let mut separator = ": ";
        for trouble in &self.troubles {
            write!(f, "{separator}{trouble}")?;
            separator = "; ";
        }
        Ok(())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Apply(configuration) => write!(f, "apply {configuration}"),
            Self::Plan(configuration) => write!(f, "plan {configuration}"),
            Self::Destroy => f.write_str("destroy"),
            Self::Change(name, pick) => write!(f, "somebody {name} ({pick})"),
            Self::LoseState => f.write_str("the state is lost"),
            Self::Calm => f.write_str("people take back what stands in the way"),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kill(nth, when) => write!(f, "kill -9 at write {nth}, {}", executed(*when)),
            Self::Strike { operation, nth, times, when, kind } => {
                let which = operation.unwrap_or("write");
                let last = nth + times - 1;
                match times {
                    1 => write!(f, "{which} {nth}")?,
                    _ => write!(f, "{which} {nth} to {last}")?,
                }
                write!(f, " fails, {}: {kind:?}", executed(*when))
            }
            Self::Weather(weather) => write!(f, "{weather:?}"),
            Self::Scarce(which) => write!(f, "quotas are used up ({which})"),
            Self::FailsLater => f.write_str("what takes time fails in the end"),
            Self::Slow(looks) => write!(f, "what takes time takes {looks} looks"),
        }
    }
}

fn executed(when: When) -> &'static str {
    match when {
        When::Before => "not executed",
        When::After => "executed",
    }
}
