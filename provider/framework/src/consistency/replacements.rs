use tfplugin_proto::cty::Value;

use super::bug;
use crate::{Diagnostics, Path, Step};

/// Whether Terraform replaces the object for each of `paths`, which the resource asks for: there must be something, and it must change.
pub(crate) fn replacements_valid<'a>(
    type_name: &str,
    prior: &Value,
    planned: &Value,
    paths: impl Iterator<Item = &'a Path>,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    for path in paths {
        let what = match (at(prior, path.steps()), at(planned, path.steps())) {
            (None, None) => "the plan replaces the object because of this, and there is no such attribute.",
            (before, after) if before == after => {
                "the plan replaces the object because of this, and it does not change."
            }
            _ => continue,
        };
        found.push(bug(format!("The plan of {type_name} is not valid"), what, path));
    }
    found
}

/// The value at the end of `steps`; of a set, the set as a whole.
fn at<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    let Some((step, rest)) = steps.split_first() else { return Some(value) };
    let inner = match (step, value) {
        (Step::Element, set) => return Some(set),
        (_, Value::Unknown(_)) => return Some(value),
        (Step::Attribute(name), Value::Object(fields)) => fields.get(name),
        (Step::Key(key), Value::Map(elements)) => elements.get(key),
        (Step::Index(index), Value::List(elements)) => elements.get(*index),
        (_, Value::Dynamic(_, inner)) => return at(inner, steps),
        _ => None,
    };
    at(inner?, rest)
}
