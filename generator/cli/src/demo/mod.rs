//! `landform demo`: the whole way of an estate on an AWS that runs on this machine.
//!
//! The story is in [`story`]; the other modules are what it is told with.

mod breakage;
mod estate;
mod failure;
mod landing_zone;
mod look;
mod report;
mod stop;
mod story;
mod unit;

use std::process::ExitCode;

pub(crate) use failure::Failure;

use crate::arguments::Demo;
use crate::source_tree;
use crate::spec_file::SpecFile;

/// Builds the estate, looks at it, breaks and heals it, takes it down again and proves that nothing is left.
///
/// # Errors
/// At the first step that does not hold. What was started is stopped before this returns.
pub(crate) fn run(arguments: &Demo) -> Result<ExitCode, crate::failure::Failure> {
    let workspace = source_tree::find().ok_or(Failure::NoSource)?;
    let small = workspace.join("examples/estates/small.yaml");
    let spec = SpecFile::read(Some(arguments.spec.as_deref().unwrap_or(&small)), false)?;
    story::tell(&workspace, spec.estate, arguments.keep)?;
    Ok(ExitCode::SUCCESS)
}
