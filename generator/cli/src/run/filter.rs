//! Which units are asked for.

use landform_generator::tree::UnitPlace;

use crate::failure::Failure;

/// The units that match one of the patterns, in their order; all without a pattern.
pub(super) fn select<'a>(units: &'a [UnitPlace], patterns: &[String]) -> Result<Vec<&'a UnitPlace>, Failure> {
    if let Some(useless) =
        patterns.iter().find(|pattern| !units.iter().any(|unit| matches(&unit.id, pattern)))
    {
        let units = units.iter().map(|unit| unit.id.clone()).collect();
        return Err(Failure::NoUnit { given: format!("`{useless}`"), units });
    }
    let is_asked_for =
        |unit: &&UnitPlace| patterns.is_empty() || patterns.iter().any(|pattern| matches(&unit.id, pattern));
    Ok(units.iter().filter(is_asked_for).collect())
}

/// Whether each part of the pattern is `*` or the part of the id in the same place.
fn matches(id: &str, pattern: &str) -> bool {
    let mut parts = id.split('/');
    pattern
        .trim_end_matches('/')
        .split('/')
        .all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_the_first_parts_of_an_id() {
        let id = "prod/us-east-1/prod/main";
        for good in ["prod", "prod/", "prod/us-east-1", "*/us-east-1", "*/*/*/main", id, "*"] {
            assert!(matches(id, good), "{good}");
        }
        for bad in ["", "pro", "us-east-1", "prod/us", "*/main", "prod/us-east-1/prod/main/x"] {
            assert!(!matches(id, bad), "{bad}");
        }
    }
}
