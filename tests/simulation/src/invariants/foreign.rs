//! What belongs to others.

use crate::evidence::Evidence;

/// Objects without exactly our tags are neither changed nor deleted, and none is made.
pub(super) fn others_stay_as_they_are(evidence: &Evidence<'_>) -> Result<(), String> {
    let (before, after) = (evidence.foreign(&evidence.before), evidence.foreign(&evidence.after));
    for (id, object) in &before {
        match after.get(id) {
            None => return Err(format!("{} {id} is gone, or carries our tags now", object.kind)),
            Some(now) if now.text != object.text => {
                return Err(format!("{id} was changed from {} to {}", object.text, now.text));
            }
            Some(_) => {}
        }
    }
    match after.into_iter().find(|(id, _)| !before.contains_key(id)) {
        Some((id, object)) => Err(format!("{id} was made without our tags: {}", object.text)),
        None => Ok(()),
    }
}
