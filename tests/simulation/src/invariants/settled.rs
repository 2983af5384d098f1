//! What another Terraform sees when all is settled.

use crate::evidence::{Evidence, Wanted};
use crate::shape::{difference, shape};

/// A refresh in a new process finds what state says.
pub(super) fn refresh_changes_nothing(evidence: &Evidence<'_>) -> Result<(), String> {
    let Some(again) = &evidence.again else { return Ok(()) };
    if again.recorded == again.refreshed {
        return Ok(());
    }
    let (Some(recorded), Some(refreshed)) = (&again.recorded, &again.refreshed) else {
        return Err(format!("from {:?} to {:?}", again.recorded, again.refreshed));
    };
    let fields = recorded.as_object().into_iter().flatten();
    let changed = fields.filter(|(name, value)| refreshed.get(name) != Some(value));
    let changed = changed.map(|(name, value)| format!("{name}: {value} -> {}", refreshed[name]));
    Err(changed.collect::<Vec<_>>().join(", "))
}

/// A plan in a new process has nothing to do, and no object is still to be destroyed.
pub(super) fn plan_is_empty(evidence: &Evidence<'_>) -> Result<(), String> {
    match &evidence.again {
        Some(again) if again.plan != "no change" => Err(again.plan.clone()),
        Some(again) if again.deposed > 0 => Err(format!("{} deposed objects are left", again.deposed)),
        _ => Ok(()),
    }
}

/// What is there is set up as by a history in which nothing went wrong: attributes, routes, associations, tags.
pub(super) fn set_up_alike(evidence: &Evidence<'_>) -> Result<(), String> {
    let (Some(model), Wanted::Exactly(_)) = (&evidence.model, &evidence.wanted) else { return Ok(()) };
    let difference = difference(&shape(&evidence.subject.owner(), &evidence.after), model);
    if difference.is_empty() { Ok(()) } else { Err(difference.join("\n")) }
}
