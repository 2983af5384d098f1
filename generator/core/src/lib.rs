//! From a spec to a tree of environments: read, check, plan, render, write.
//!
//! The pipeline, one module per step:
//!
//! 1. [`source`] reads YAML into an [`spec::Estate`] and remembers where each value stands; an estate can as well
//!    be built in Rust.
//! 2. [`check`] finds all problems of an estate at once, or gives the resolved [`check::Landscape`].
//! 3. [`tree`] maps each path of the emitted tree to a document with its provenance.
//! 4. [`render`] turns documents into bytes.
//! 5. [`mod@write`] compares the bytes with a folder and changes it. Nothing else here touches a file.
//!
//! [`mod@affected`] tells which units differ between two trees.
//! [`units`] has the kinds of unit, [`contract`] what their modules take and give, and [`import`] turns a tree that was
//! there before into a spec.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod affected;
pub mod check;
pub mod contract;
pub mod import;
pub mod problem;
pub mod render;
pub mod source;
pub mod spec;
pub mod tree;
pub mod units;
pub mod write;

use check::ledger::Ledger;
use problem::Problem;
use render::{RenderError, Rendered};
use tree::Layout;

/// Everything between the spec and the folder, in memory: check, tree, render.
///
/// `ledger` is what [`write::read_ledger`] found in the folder; the one to keep is part of the result.
///
/// # Errors
/// All problems of the estate, or a document that cannot be rendered, which is a fault of this crate.
pub fn generate(estate: &spec::Estate, layout: Layout, ledger: &Ledger) -> Result<Rendered, GenerateError> {
    let landscape = check::check(estate, ledger).map_err(GenerateError::Problems)?;
    Ok(render::render(&tree::plan(&landscape, layout))?)
}

/// Why there is no tree.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The estate has these problems.
    #[error("the spec has {} problem(s)", .0.len())]
    Problems(Vec<Problem>),
    /// A fault of the generator.
    #[error(transparent)]
    Render(#[from] RenderError),
}
