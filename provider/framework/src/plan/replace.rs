//! Values that cannot be changed in place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use tfplugin_proto::cty::{self, Value};

use super::transform::{attribute_of, transform};
use crate::schema::{Change, ObjectSchema};
use crate::{Diagnostic, Diagnostics, Path, show};

/// The attribute of a model that lists what may be replaced.
const ALLOW_REPLACE: &str = "allow_replace";

/// The differences between `prior` and `planned` that cannot be made in place: paths that replace the object, and
/// errors for those that `allow_replace` does not list. Both values are normalized, so a new spelling of an equal
/// value is no difference.
pub(super) fn replacements(
    schema: &ObjectSchema,
    object: &str,
    prior: &Value,
    planned: &Value,
    config: &Value,
) -> (BTreeSet<Path>, Diagnostics) {
    let (mut paths, mut diagnostics) = (BTreeSet::new(), Diagnostics::new());
    if prior.is_null() {
        return (paths, diagnostics);
    }
    let allowed = allowed(planned);
    transform(schema, planned.clone(), config, prior, &mut |here| {
        if here.planned == here.prior || here.schema.write_only || here.is_new {
            return None;
        }
        let unknown = !here.planned.is_wholly_known();
        let computed_later = unknown && here.config.is_null();
        match here.schema.change {
            _ if computed_later => {}
            Change::Update => {}
            Change::Replace => {
                paths.insert(here.path.clone());
            }
            Change::Immutable if allowed.iter().any(|name| names(name, here.path)) => {
                paths.insert(here.path.clone());
            }
            // Whether the value changes is seen when it is known: before apply Terraform plans once more.
            Change::Immutable if unknown => {}
            Change::Immutable => {
                let secret = here.schema.is_secret();
                let (old, new) = (show::value(here.prior, secret), show::value(here.planned, secret));
                let hint = schema.attributes.contains_key(ALLOW_REPLACE);
                diagnostics.push(refusal(object, here.path, &old, &new, hint));
            }
        }
        None
    });
    (paths, diagnostics)
}

fn refusal(object: &str, path: &Path, old: &str, new: &str, can_allow: bool) -> Diagnostic {
    let name = path.attribute_name();
    let shown = show::path(path);
    let what =
        format!("{shown} cannot be changed in place: it is {old}, and the configuration asks for {new}.");
    let (summary, hint) = if can_allow {
        (
            format!("Changing {shown} would replace {object}"),
            format!(
                "Everything in it would be destroyed and made again. To keep it, restore the old value; to replace \
                 it, set {ALLOW_REPLACE} = [\"{name}\"]."
            ),
        )
    } else {
        (
            format!("{shown} of {object} cannot be changed"),
            "Restore the old value; or destroy the object yourself, and let Terraform make another."
                .to_owned(),
        )
    };
    Diagnostic::error(summary, format!("{what}\n{hint}")).at(path.clone())
}

/// Whether an entry of `allow_replace` means the attribute at `path`: by its name or by its whole path.
fn names(entry: &str, path: &Path) -> bool {
    entry == path.attribute_name() || entry == path.to_string()
}

fn allowed(planned: &Value) -> Vec<&str> {
    match attribute_of(planned, ALLOW_REPLACE) {
        Value::List(names) | Value::Set(names) => names
            .iter()
            .filter_map(|name| match name {
                Value::String(name) => Some(name.as_str()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A digest of every known value in `object` that cannot be changed in place, by path.
pub(crate) fn digests(schema: &ObjectSchema, object: &Value) -> BTreeMap<String, String> {
    let mut digests = BTreeMap::new();
    // The object stands for its own configuration, so that the walk goes everywhere.
    transform(schema, object.clone(), object, object, &mut |here| {
        if here.schema.change != Change::Update && here.planned.is_wholly_known() {
            let json = cty::encode_json(here.planned, &here.schema.shape.cty_type()).unwrap_or_default();
            digests.insert(here.path.to_string(), hexadecimal(&Sha256::digest(json)));
        }
        None
    });
    digests
}

/// Whether `object` has the values that `planned` are the digests of. What only one of them has, such as a subnet
/// that was added since, is not compared: it is no change of a value.
pub(crate) fn same_immutables(
    schema: &ObjectSchema,
    object: &Value,
    planned: &BTreeMap<String, String>,
) -> bool {
    let digests = digests(schema, object);
    planned.iter().all(|(path, digest)| digests.get(path).is_none_or(|found| found == digest))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
