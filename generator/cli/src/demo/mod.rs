//! `landform demo`: the whole way of an estate on an AWS that runs on this machine.
//!
//! The story is in [`story`]; the other modules are what it is told with.

mod breakage;
mod estate;
mod failure;
mod report;
mod stop;
mod story;
mod table;
mod unit;

use std::env;
use std::path::{Path, PathBuf};

pub(crate) use failure::Failure;

/// Options of `landform demo`.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    /// The estate to build; the reference estate unless given
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,

    /// Keep the networks and the emulator at the end, until Ctrl-C, and say how to use Terraform by hand
    #[arg(long)]
    keep: bool,
}

/// Builds the estate, looks at it, breaks and heals it, takes it down again and proves that nothing is left.
///
/// # Errors
/// At the first step that does not hold. What was started is stopped before this returns.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let workspace = workspace().ok_or(Failure::NoSource)?;
    story::tell(&workspace, arguments.spec.as_deref(), arguments.keep)
}

/// The source tree around the current folder, else the one that this program was built from.
fn workspace() -> Option<PathBuf> {
    let is_ours = |folder: &&Path| folder.join("provider/server/Cargo.toml").is_file();
    let current = env::current_dir().ok();
    let around = current.as_deref().into_iter().flat_map(Path::ancestors);
    around.chain(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors()).find(is_ours).map(Path::to_path_buf)
}
