//! What is written for those who plan and apply the tree, and for those who read about it.
//!
//! Everything is made of typed values. The names in commands are those that the model has checked, and constants.

mod atlantis;
mod estate_page;
mod github;
mod gitlab;
mod owners;
mod picture;

pub use estate_page::diagram;

use super::{Document, Layout, TreePath};
use crate::check::Landscape;

/// The documents besides those of the units.
pub(super) fn documents(landscape: &Landscape, layout: Layout) -> Vec<(TreePath, Document)> {
    let automation = &landscape.estate.automation;
    let mut documents = vec![estate_page::document(landscape), picture::document(landscape)];
    documents.extend(owners::document(&landscape.estate));
    if let Some(settings) = &automation.atlantis {
        documents.extend(atlantis::documents(landscape, layout, settings));
    }
    if let Some(pipelines) = &automation.github {
        documents.extend(github::documents(landscape, pipelines));
    }
    if let Some(pipelines) = &automation.gitlab {
        documents.push(gitlab::document(landscape, pipelines));
    }
    documents
}

/// What all of them say of their origin.
const PROVENANCE: &str = "the automation of the estate";

/// The command that fails unless the tree is what the spec says.
const CHECK: &str = "landform generate --check --out .";
/// The command that plans all units, four at once: the runners of both hosts have two to four processors.
const PLAN: &str = "landform run plan --tree . --parallelism 4";
/// The same command, which fails when a unit would change.
const DRIFT: &str = "landform run plan --tree . --fail-on-changes --parallelism 4";
/// The command that applies all units.
const APPLY: &str = "landform run apply --tree . --auto-approve --parallelism 4";
/// When drift is looked for: once a day, not on the hour, when everybody's schedules run.
const DAILY: &str = "17 5 * * *";
