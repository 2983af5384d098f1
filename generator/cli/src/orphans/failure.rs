//! Why orphans could not be listed or removed.

use std::io;
use std::path::PathBuf;

/// What ended the command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Nobody to ask.
    #[error("terraform-provider-landform, which lists what exists in AWS, is not found")]
    NoProvider,
    /// The provider does not start.
    #[error("starting {}", .program.display())]
    Start {
        /// Which binary.
        program: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The provider told the reason on stderr.
    #[error("{} could not answer what exists, and nothing was removed", .program.display())]
    Provider {
        /// Which binary.
        program: PathBuf,
    },
    /// Another version of the provider.
    #[error(
        "the provider answered `{line}`, which this landform does not understand: use both of one version"
    )]
    Answer {
        /// What it said.
        line: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A place that could not be read may have anything.
    #[error("{} of {all} place(s) in the accounts could not be read, and nothing was removed:\n  {}", .errors.len(), .errors.join("\n  "))]
    Unread {
        /// How many places there are.
        all: usize,
        /// What went wrong in each.
        errors: Vec<String>,
    },
    /// Nobody to ask whether the orphans may go.
    #[error("nobody can be asked here whether the orphans may be deleted")]
    NoTerminal,
    /// Told one by one already.
    #[error("{failed} of {all} orphan(s) could not be removed; what is left is removed by another run")]
    NotRemoved {
        /// How many are left.
        failed: usize,
        /// How many were to go.
        all: usize,
    },
}

impl Failure {
    /// What to do about it.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Failure::NoProvider => Some(
                "name its binary with `--provider BINARY` or in LANDFORM_PROVIDER, or put it on the PATH",
            ),
            Failure::NoTerminal => Some("say `--yes` with `--delete` to delete without being asked"),
            _ => None,
        }
    }
}
