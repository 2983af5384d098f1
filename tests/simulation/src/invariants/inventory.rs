//! Which objects exist.

use crate::evidence::{Evidence, Outcome, Wanted};
use crate::history::Action;
use crate::subject::{Object, Part};
use std::collections::BTreeSet;

/// Each part that the configuration declares exists, and no other.
pub(super) fn exactly_declared(evidence: &Evidence<'_>) -> Result<(), String> {
    let expected = match &evidence.wanted {
        Wanted::Exactly(configuration) => evidence.subject.expected(configuration),
        Wanted::Nothing => BTreeSet::new(),
        Wanted::Unsettled => return Ok(()),
    };
    let exist: BTreeSet<Part> = evidence.ours(&evidence.after).into_keys().collect();
    let missing: Vec<&Part> = expected.difference(&exist).collect();
    let surplus: Vec<&Part> = exist.difference(&expected).collect();
    if missing.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    Err(format!("missing: {missing:?}, not declared: {surplus:?}"))
}

/// At most one object lives for each part; on the way, also one that is about to take the place of another.
pub(super) fn no_duplicates(evidence: &Evidence<'_>) -> Result<(), String> {
    for (part, objects) in evidence.ours(&evidence.after) {
        let replaced = |object: &&&Object| {
            evidence.wanted == Wanted::Unsettled
                && (evidence.subject.configurations().iter())
                    .any(|it| evidence.subject.replaceable(object, &it.attributes))
        };
        if objects.len() > 1 + objects.iter().filter(replaced).count().min(1) {
            let ids: Vec<&str> = objects.iter().map(|object| object.id.as_str()).collect();
            return Err(format!("{part:?} exists as {}", ids.join(" and ")));
        }
    }
    Ok(())
}

/// Whatever carries our tags is a part of some configuration, and after a destroy nothing does.
pub(super) fn no_orphans(evidence: &Evidence<'_>) -> Result<(), String> {
    let ours = evidence.ours(&evidence.after);
    let destroyed = *evidence.action == Action::Destroy && evidence.outcome == Outcome::Succeeded;
    if destroyed && evidence.wanted == Wanted::Nothing && !ours.is_empty() {
        return Err(format!("after the destroy there are {:?}", ours.keys()));
    }
    let known: BTreeSet<Part> = (evidence.subject.configurations().iter())
        .flat_map(|configuration| evidence.subject.expected(&configuration.attributes))
        .collect();
    match ours.into_keys().find(|part| !known.contains(part)) {
        Some(part) => Err(format!("{part:?} is part of no configuration")),
        None => Ok(()),
    }
}

/// An apply deletes nothing that its configuration wants, unless it was broken, a double, or cannot be changed.
pub(super) fn nothing_wanted_is_deleted(evidence: &Evidence<'_>) -> Result<(), String> {
    let Action::Apply(name) = evidence.action else { return Ok(()) };
    let configurations = evidence.subject.configurations();
    let Some(configuration) = configurations.iter().find(|it| it.name == *name) else { return Ok(()) };
    let wanted = evidence.subject.expected(&configuration.attributes);
    let after: BTreeSet<&str> = evidence.after.iter().map(|object| object.id.as_str()).collect();
    for (part, objects) in evidence.ours(&evidence.before) {
        let [object] = objects.as_slice() else { continue };
        let lives = after.contains(object.id.as_str());
        if wanted.contains(&part)
            && !lives
            && !evidence.subject.replaceable(object, &configuration.attributes)
        {
            return Err(format!("{part:?} ({}) was deleted", object.id));
        }
    }
    Ok(())
}
