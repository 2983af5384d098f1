//! What can end a bootstrap.

use std::io;
use std::path::PathBuf;

/// What ended the command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file or folder.
    #[error("writing {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Terraform has told why.
    #[error("{what} failed; nothing that was made is lost")]
    Terraform { what: &'static str },
    /// Another state is in the bucket.
    #[error(
        "the bucket holds another state of this stack, with {resources} resource(s), and it was not overwritten"
    )]
    OtherState { resources: usize },
    /// Not JSON, or not a state.
    #[error("what Terraform says of {what} cannot be read")]
    Unread { what: &'static str, source: serde_json::Error },
}

impl Failure {
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Failure::Terraform { .. } => {
                Some("put right what it says, and run the same command again: it goes on from there")
            }
            Failure::OtherState { .. } => {
                Some("take the folder that this state belongs to, or name another `--stack`")
            }
            Failure::Write { .. } | Failure::Unread { .. } => None,
        }
    }
}
