//! The command line of `landform provider`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the provider and put it where Terraform and OpenTofu on this machine find it by themselves
    Install(Install),
    /// Make the files that a registry wants of a release: archive, manifest, bill of materials, checksums
    ///
    /// The same sources give the same bytes, on any machine: paths are taken out of the binary, and every date is
    /// SOURCE_DATE_EPOCH, else the date of the last commit.
    Package(Package),
}

#[derive(Debug, Args)]
pub(super) struct Install {
    /// Install this binary instead of building one; it must be of the version that `landform --version` names
    #[arg(long, value_name = "BINARY", conflicts_with = "dev")]
    pub(super) from: Option<PathBuf>,
    /// Build without optimization, to try a change of the provider
    ///
    /// What is installed stays and is run many times, so it is the release build by default, which takes about 15 minutes
    /// the first time. The build for development is ready sooner; it is larger and slower.
    #[arg(long)]
    pub(super) dev: bool,
    /// The filesystem mirror to install into [default: the one that Terraform and OpenTofu look into without any
    /// configuration, ~/.terraform.d/plugins]
    #[arg(long, value_name = "DIR")]
    pub(super) mirror: Option<PathBuf>,
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Package {
    /// The folder of the files; packages for several platforms may share one
    #[arg(long, value_name = "DIR")]
    pub(super) output: PathBuf,
    /// Package this binary instead of building one: for a platform that it was cross-compiled for, or a build of another
    /// machine. It must have been built from these sources
    #[arg(long, value_name = "BINARY")]
    pub(super) from: Option<PathBuf>,
    /// Build a second time, from a copy of the sources in another folder, and fail when the binaries differ
    #[arg(long, conflicts_with = "from")]
    pub(super) verify: bool,
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub(super) json: bool,
}
