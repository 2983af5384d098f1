//! What can be checked without AWS.

use super::model::OrganizationalUnits;
use landform_framework::{Diagnostics, Path, Value};
use landform_model::organization::{OrganizationalUnitPath, with_parents};
use std::collections::BTreeMap;

/// Checks a configuration; what is unknown is checked when it is known.
pub(super) fn validate(config: &OrganizationalUnits, diagnostics: &mut Diagnostics) {
    let root = Path::root;
    if let Some(tags) = config.tags.known() {
        crate::tags::validate(tags, &root().attribute("tags"), diagnostics);
    }
    let mut paths = Vec::new();
    for (key, unit) in config.units.known().into_iter().flatten() {
        let at = root().attribute("units").key(key);
        if let Some(tags) = unit.tags.known() {
            crate::tags::validate(tags, &at.clone().attribute("tags"), diagnostics);
        }
        match key.parse::<OrganizationalUnitPath>() {
            Ok(path) => paths.push(path),
            Err(error) => diagnostics.error_at(at, "Not a path", format!("{error}.")),
        }
    }
    let preset = config.preset.known().map(|preset| preset.0.paths()).unwrap_or_default();
    let all = with_parents(paths.iter().chain(&preset));
    let mut sources = BTreeMap::new();
    for (key, unit) in config.units.known().into_iter().flatten() {
        let (Ok(path), Value::Known(old)) = (key.parse::<OrganizationalUnitPath>(), &unit.renamed_from)
        else {
            continue;
        };
        let problem = if old.0 == path {
            Some("It is the path itself.".to_owned())
        } else if old.parent() != path.parent() {
            Some(format!(
                "AWS cannot move {} to another unit: only the last name of a path can change. Leave `renamed_from` out: {path} \
                 becomes a unit of its own.",
                old.0
            ))
        } else if all.contains(&old.0) {
            Some(format!("{} is still in the configuration.", old.0))
        } else {
            sources.insert(old.0.clone(), path.clone()).map(|other| format!("{other} has it, too."))
        };
        if let Some(problem) = problem {
            let at = root().attribute("units").key(key).attribute("renamed_from");
            diagnostics.error_at(at, "Not a path to rename", problem);
        }
    }
}
