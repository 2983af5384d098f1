//! Rules about several attributes of one object, which `#[derive(Model)]` generates calls of.

use crate::{Diagnostic, Diagnostics, Path, Value, show};

/// Whether a configuration sets an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// It leaves the attribute out.
    No,
    /// The value is known only after apply, and may be null then.
    Perhaps,
    /// It sets the attribute.
    Yes,
}

impl Given {
    /// Whether `value` is set.
    pub fn of<T>(value: &Value<T>) -> Given {
        match value {
            Value::Null => Given::No,
            Value::Unknown => Given::Perhaps,
            Value::Known(_) => Given::Yes,
        }
    }
}

/// An attribute of the object that is checked.
type Named<'a> = (&'a str, Given);

/// At most one of `a` and `b`, attributes of the object at `path`, may be set.
pub fn check_conflict(a: Named<'_>, b: Named<'_>, path: &Path, diagnostics: &mut Diagnostics) {
    if let (Given::Yes, Given::Yes) = (a.1, b.1) {
        let summary = format!("{} and {} exclude each other", shown(path, a.0), shown(path, b.0));
        diagnostics.error_at(path.attribute(a.0), summary, "Both are set. Leave one of them out.");
    }
}

/// When `a` is set, `b` must be set as well.
pub fn check_needed(a: Named<'_>, b: Named<'_>, path: &Path, diagnostics: &mut Diagnostics) {
    if let (Given::Yes, Given::No) = (a.1, b.1) {
        let (a_shown, b_shown) = (shown(path, a.0), shown(path, b.0));
        let detail =
            format!("{a_shown} is set, and {b_shown} is not. Set {b_shown} as well, or leave {a_shown} out.");
        diagnostics.error_at(path.attribute(a.0), format!("{a_shown} needs {b_shown}"), detail);
    }
}

/// How many of `members` may be set.
pub fn check_group(
    members: &[Named<'_>],
    at_least_one: bool,
    at_most_one: bool,
    path: &Path,
    diagnostics: &mut Diagnostics,
) {
    let names = |given: Given| -> Vec<&str> {
        members.iter().filter(|(_, found)| *found == given).map(|(name, _)| *name).collect()
    };
    let all: Vec<String> = members.iter().map(|(name, _)| shown(path, name)).collect();
    let set = names(Given::Yes);
    if at_least_one && set.is_empty() && names(Given::Perhaps).is_empty() {
        let count = if at_most_one { "one" } else { "at least one" };
        let summary = format!("{} is missing", all.join(" or "));
        let diagnostic = Diagnostic::error(summary, format!("Set {count} of them."));
        // The whole object has no place in the configuration to point at.
        diagnostics.push(match path.steps().is_empty() {
            true => diagnostic,
            false => diagnostic.at(path.clone()),
        });
    }
    if let (true, [_, second, ..]) = (at_most_one, set.as_slice()) {
        let set: Vec<String> = set.iter().map(|name| shown(path, name)).collect();
        let rule = if at_least_one { "Exactly one" } else { "At most one" };
        let detail = format!("{rule} of {} may be set. Leave out all but one.", all.join(", "));
        let summary = format!("{} exclude each other", set.join(" and "));
        diagnostics.error_at(path.attribute(*second), summary, detail);
    }
}

fn shown(path: &Path, name: &str) -> String {
    show::path(&path.attribute(name))
}
