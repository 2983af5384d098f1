//! Terraform's own checks of a provider's answers, made before it sees them, so that the message can name the
//! attribute and show both values. A failed check is a bug in the provider.
//!
//! The rules are those of
//! [resource instance change lifecycle](https://github.com/hashicorp/terraform/blob/main/docs/resource-instance-change-lifecycle.md).

mod applied;
mod planned;
mod promises;
mod replacements;
mod sets;
#[cfg(test)]
mod tests;

pub(crate) use applied::{known, object_compatible};
pub(crate) use planned::plan_valid;
pub(crate) use promises::plan_keeps_promises;
pub(crate) use replacements::replacements_valid;

use crate::{Diagnostic, Path, show};

const BUG: &str = "This is a bug in the provider, which should be reported to its developers.";

/// A failed check of the value at `path`.
fn bug(summary: String, what: &str, path: &Path) -> Diagnostic {
    Diagnostic::error(summary, format!("{}: {what}\n{BUG}", show::path(path))).at(path.clone())
}
