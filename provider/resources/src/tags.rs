//! Rules for the user's tags.

use landform_framework::{Diagnostics, Path};
use landform_model::limits;
use landform_model::ownership::TAG_PREFIX;
use std::collections::BTreeMap;

/// Checks the user's tags: AWS's limits, and keys that belong to others.
/// <https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html>
pub(crate) fn validate(tags: &BTreeMap<String, String>, path: &Path, diagnostics: &mut Diagnostics) {
    for (key, value) in tags {
        let problem = if key.starts_with(TAG_PREFIX) {
            format!("Keys that start with `{TAG_PREFIX}` say whose the object is and are set by Landform.")
        } else if key.to_ascii_lowercase().starts_with("aws:") {
            "Keys that start with `aws:` belong to AWS.".to_owned()
        } else if key == "Name" {
            "Landform sets `Name` itself, from the name of the resource and of the part.".to_owned()
        } else if key.is_empty() || key.chars().count() > limits::TAG_KEY_CHARACTERS.value {
            format!("A key has 1 to {} characters.", limits::TAG_KEY_CHARACTERS.value)
        } else if value.chars().count() > limits::TAG_VALUE_CHARACTERS.value {
            format!("A value has at most {} characters.", limits::TAG_VALUE_CHARACTERS.value)
        } else {
            continue;
        };
        diagnostics.error_at(path.clone().key(key), format!("Tag \"{key}\" is not possible"), problem);
    }
}
