//! What the user is told about a call that did not end by itself in time.

use super::attribute::NAME;
use super::supervise::{GRACE, Interruption};
use super::{Limit, Operation, Timeout};
use crate::{Diagnostic, Path};

/// What a call left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The call gave no answer, even after it was asked to end.
    pub(crate) abandoned: bool,
    /// There is a checkpoint.
    pub(crate) checkpoint: bool,
}

/// Why a call that failed ended, how long it was, and what is in the state now; `None` when nobody asked it to end, or
/// when it did so after the user interrupted Terraform: then it says enough itself. Without an operation it was an
/// import.
pub(crate) fn message(
    doing: &str,
    operation: Option<Operation>,
    limit: Option<Limit>,
    interruption: Option<Interruption>,
    left: Left,
) -> Option<Diagnostic> {
    let mut lines = Vec::new();
    let overdue = operation.zip(limit).filter(|_| interruption == Some(Interruption::Overdue));
    let summary = match overdue {
        Some((operation, limit)) => {
            let (name, length) = (operation.name(), Timeout::from(limit.duration));
            let set = match (limit.is_default, operation) {
                (true, _) => "by default",
                (false, Operation::Create | Operation::Update) => "in the configuration",
                (false, Operation::Read | Operation::Delete) => "in the state",
            };
            lines.push(format!("The limit is \"{NAME}.{name}\", which is {length} {set}."));
            format!("{} took longer than {length}", capital(doing))
        }
        None if left.abandoned => format!("{} was interrupted", capital(doing)),
        None => return None,
    };
    if left.abandoned {
        let grace = Timeout::from(GRACE);
        lines.push(format!("It did not end within {grace} of being asked to, and was abandoned."));
    }
    lines.extend(operation.map(|operation| in_state(operation, left.checkpoint).to_owned()));
    if let Some((operation, limit)) = overdue {
        let (name, more) = (operation.name(), Timeout::from(limit.duration.saturating_mul(2)));
        let and = match operation {
            Operation::Create | Operation::Update => "",
            Operation::Read => " and apply that with -refresh=false",
            Operation::Delete => " and apply that first",
        };
        lines.push(format!("To give it more time, set {NAME} = {{ {name} = \"{more}\" }}{and}."));
        let path = Path::root().attribute(NAME).attribute(name);
        return Some(Diagnostic::error(summary, lines.join("\n")).at(path));
    }
    Some(Diagnostic::error(summary, lines.join("\n")))
}

fn in_state(operation: Operation, checkpoint: bool) -> &'static str {
    match (operation, checkpoint) {
        (Operation::Create, true) => "The state has what was made until then.",
        (Operation::Create, false) => {
            "The state has nothing of it, because nothing was made as far as the provider knows."
        }
        (Operation::Read, _) => "The state has the object as it was read before.",
        (Operation::Update | Operation::Delete, true) => {
            "The state has the object as far as the change came."
        }
        (Operation::Update | Operation::Delete, false) => "The state has the object as it was before.",
    }
}

fn capital(doing: &str) -> String {
    let mut letters = doing.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
