//! Why a provider was not installed or packaged.

use std::io;
use std::path::{Path, PathBuf};

use super::date;

/// What ended the command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Not in a source tree.
    #[error(
        "the provider and its bill of materials are made from source: run this in a copy of the repository"
    )]
    NoSource,
    /// A program that was built from other sources.
    #[error(
        "the sources are version {sources} and this landform is {}: use theirs, with `cargo run -- provider package`",
        super::release::VERSION
    )]
    OtherVersion {
        /// The version of the provider in the sources.
        sources: String,
    },
    /// Neither HOME nor a folder.
    #[error("there is no home folder to install into: name a folder with `--mirror DIR`")]
    NoHome,
    /// Neither a variable nor a commit.
    #[error(
        "nothing says how old these sources are: commit them, or set {} to seconds since 1970",
        date::VARIABLE
    )]
    NoDate,
    /// The variable is no number.
    #[error("{} is `{_0}`: it must be a number of seconds since 1970", date::VARIABLE)]
    BadDate(String),
    /// A script, an object file, an executable of another system.
    #[error("{} is not an executable for Linux or macOS on amd64 or arm64", _0.display())]
    NotAProvider(PathBuf),
    /// A file could not be read or written.
    #[error("cannot {doing} {}", path.display())]
    File {
        /// "read", "write".
        doing: &'static str,
        /// Which one.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The archive could not be made.
    #[error("cannot make the archive")]
    Archive(#[from] zip::result::ZipError),
    /// The build for development or installation.
    #[error(transparent)]
    Build(#[from] landform_sandbox::Error),
    /// A program could not be started.
    #[error("cannot start {program}")]
    Start {
        /// Its name.
        program: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// A program ended with an error.
    #[error("`{command}` failed:\n{output}")]
    Program {
        /// The command line.
        command: String,
        /// What it said.
        output: String,
    },
    /// Cargo told of the error on the terminal.
    #[error("{package} does not build for release")]
    ReleaseBuild {
        /// Which package.
        package: String,
    },
    /// Cargo does not answer what the workspace is.
    #[error("cannot read what the workspace is made of")]
    Metadata(#[from] cargo_metadata::Error),
    /// A line of Cargo's that is not as it was.
    #[error("cargo printed a line that this landform does not understand: {0}")]
    Line(String),
    /// Not everything was remapped.
    #[error("{} names folders of this machine ({}), so another machine would build other bytes", binary.display(), paths.join(", "))]
    MachinePaths {
        /// The binary.
        binary: PathBuf,
        /// The folders.
        paths: Vec<String>,
    },
    /// The second build is another.
    #[error(
        "two builds of the same sources differ from byte {at} on; compare them with `diffoscope {} {}`",
        first.display(),
        second.display()
    )]
    Differs {
        /// Where.
        at: usize,
        /// Built in the workspace.
        first: PathBuf,
        /// Built from the copy.
        second: PathBuf,
    },
}

impl Failure {
    /// For `map_err`: a failure about one file.
    pub(super) fn file(doing: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.as_ref().to_path_buf();
        move |source| Failure::File { doing, path, source }
    }
}
