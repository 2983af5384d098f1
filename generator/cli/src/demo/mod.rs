//! `landform demo`: the whole way of an estate on an AWS that runs on this machine.
//!
//! The story is in [`story`]; the other modules are what it is told with.

mod breakage;
mod estate;
mod failure;
mod look;
mod report;
mod stop;
mod story;
mod table;
mod unit;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) use failure::Failure;

use crate::arguments::Demo;
use crate::spec_file::SpecFile;

/// Builds the estate, looks at it, breaks and heals it, takes it down again and proves that nothing is left.
///
/// # Errors
/// At the first step that does not hold. What was started is stopped before this returns.
pub(crate) fn run(arguments: &Demo) -> Result<ExitCode, crate::failure::Failure> {
    let workspace = workspace().ok_or(Failure::NoSource)?;
    let reference = workspace.join("examples/estates/reference.yaml");
    let spec = SpecFile::read(Some(arguments.spec.as_deref().unwrap_or(&reference)), false)?;
    story::tell(&workspace, spec.estate, arguments.keep)?;
    Ok(ExitCode::SUCCESS)
}

/// The source tree around the current folder, else the one that this program was built from.
fn workspace() -> Option<PathBuf> {
    let is_ours = |folder: &&Path| folder.join("provider/server/Cargo.toml").is_file();
    let current = env::current_dir().ok();
    let around = current.as_deref().into_iter().flat_map(Path::ancestors);
    around.chain(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors()).find(is_ours).map(Path::to_path_buf)
}
