//! Why the demo ended before its end.

use std::io;
use std::path::PathBuf;

/// A step that did not hold.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Not in a source tree: there is no provider to build.
    #[error("the demo builds the provider from source: run it in a copy of the repository")]
    NoSource,
    /// Another process is at it.
    #[error("another demo is running in this source tree")]
    Busy,
    /// Ctrl-C.
    #[error("stopped; the emulator and everything in it are gone")]
    Stopped,
    /// The handler for Ctrl-C could not be set.
    #[error("cannot watch for Ctrl-C")]
    Signals(#[source] ctrlc::Error),
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
    /// The tree was not written.
    #[error("the tree cannot be written")]
    Write(#[from] landform_generator::write::WriteError),
    /// Terraform, the provider's build or the emulator.
    #[error(transparent)]
    Sandbox(#[from] landform_sandbox::Error),
    /// Everything ran and the outcome is not the promised one.
    #[error("{0}")]
    Broken(String),
}

impl Failure {
    /// For `map_err`: a failure about one file.
    pub(crate) fn file(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.into();
        move |source| Failure::File { doing, path, source }
    }
}
