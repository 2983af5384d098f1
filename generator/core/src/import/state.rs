//! Where the states are.

use std::collections::BTreeMap;

use hcl_edit::expr::Expression;

use super::Found;
use super::evaluate::Scope;
use crate::contract::Argument;
use crate::spec::State;

/// Bucket and key of an `s3` backend, from its arguments.
pub(super) fn of<'a>(
    scope: &Scope<'_>,
    argument: impl Fn(&str) -> Option<&'a Expression>,
) -> Result<(State, String), String> {
    let text = |name: &str| -> Result<String, String> {
        let expression = argument(name).ok_or_else(|| format!("its backend has no `{name}`"))?;
        match scope.evaluate(expression) {
            Some(Argument::Text(text)) => Ok(text),
            _ => Err(format!(
                "`{name}` of its backend is not known from the files: `{}`",
                expression.to_string().trim()
            )),
        }
    };
    let bucket = text("bucket")?.parse().map_err(|error| format!("its backend: {error}"))?;
    let region = text("region")?.parse().map_err(|error| format!("its backend: {error}"))?;
    Ok((State { bucket, region }, text("key")?))
}

/// The bucket that most states are in.
pub(super) fn usual(found: &[Found]) -> Option<State> {
    let mut counts: BTreeMap<(String, String), (usize, &State)> = BTreeMap::new();
    for unit in found {
        let key = (unit.state.bucket.to_string(), unit.state.region.to_string());
        counts.entry(key).or_insert((0, &unit.state)).0 += 1;
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, state)| state.clone())
}
