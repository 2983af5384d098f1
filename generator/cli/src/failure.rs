//! What can end a command, whose problem it is, and how it is told.

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use landform_generator::render::RenderError;
use landform_generator::tree::TreePath;
use landform_generator::write::{Difference, WriteError};

use crate::output::print;

/// The exit code for what the user can mend.
pub(crate) const USERS_PROBLEM: u8 = 1;
/// The exit code for what only a developer of landform can mend.
pub(crate) const BUG: u8 = 2;
/// The exit code for a check that found differences.
pub(crate) const DIFFERENCES: u8 = 3;

/// What ended a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Bootstrap(#[from] crate::bootstrap::Failure),
    #[error(transparent)]
    Demo(#[from] crate::demo::Failure),
    #[error(transparent)]
    Provider(#[from] crate::provider::Failure),
    #[error(transparent)]
    Orphans(#[from] crate::orphans::Failure),
    #[error("there is no spec here")]
    NoSpec,
    #[error("reading the spec {}", .path.display())]
    ReadSpec { path: PathBuf, source: io::Error },
    /// The whole report, made where the source is known.
    #[error("{report}")]
    BadSpec { report: String, on_stdout: bool },
    #[error(transparent)]
    Render(RenderError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("Git has nothing at the revision {revision}")]
    NoRevision { revision: String, why: String },
    #[error("the manifest of the tree at the revision {revision} is damaged")]
    OldManifest { revision: String, source: serde_json::Error },
    #[error("writing the spec {}", .spec.display())]
    Init { spec: PathBuf, source: io::Error },
    #[error("{0} is not given, and nobody can be asked here")]
    NotSaid(&'static str),
    #[error("nobody can be asked while several units run at once, and nothing was started")]
    CannotAsk,
    #[error("reading the tree: {}", .path.display())]
    ReadTree { path: PathBuf, source: io::Error },
    #[error("no folder below {} was understood as a unit, and nothing was written", .0.display())]
    NothingImported(PathBuf),
    #[error("{} is a generated tree already, and nothing was written", .0.display())]
    TreeIsThere(PathBuf),
    #[error("reading the plan {}", .plan.display())]
    ReadPlan { plan: PathBuf, source: io::Error },
    #[error("{} is no plan: it has no `format_version`", .0.display())]
    NoPlan(PathBuf),
    #[error("{} was made with stand-ins for outputs and must not be applied; they are at:\n  {}", .plan.display(), .places.join("\n  "))]
    Mocked { plan: PathBuf, places: Vec<String> },
    #[error("the plan in {} deletes or replaces what must stay:\n  {}", .plan.display(), .addresses.join("\n  "))]
    Kept { plan: PathBuf, addresses: Vec<String> },
    #[error("the plan in {} deletes or replaces {} resources, and at most {allowed} are allowed:\n  {}", .plan.display(), .addresses.len(), .addresses.join("\n  "))]
    Deletions { plan: PathBuf, allowed: usize, addresses: Vec<String> },
    #[error("writing manual pages into {}", .folder.display())]
    Manual { folder: PathBuf, source: io::Error },
    #[error("running git")]
    Git(#[source] io::Error),
    #[error("there is no tree in {}", .0.display())]
    NoTree(PathBuf),
    #[error("no unit matches {given}; the units are:\n  {}", .units.join("\n  "))]
    NoUnit { given: String, units: Vec<String> },
    #[error("there is no field `{field}`; the fields are {}", .fields.join(", "))]
    NoField { field: String, fields: Vec<String> },
    #[error("{program} is not on the PATH")]
    NoProgram { program: &'static str, hint: &'static str },
    #[error("starting {}", .program.display())]
    Start { program: PathBuf, source: io::Error },
    #[error("the state of the unit {unit} cannot be read, and nothing was changed")]
    State { unit: String },
    #[error("the tree {} has the unit {unit}, which its ledger does not know", .tree.display())]
    NotCurrent { tree: PathBuf, unit: String },
    #[error("listening for interrupts")]
    Interrupts(#[from] ctrlc::Error),
    /// Told unit by unit already.
    #[error("{failed} of {all} unit(s) failed: {}", .names.join(", "))]
    Units { failed: usize, all: usize, names: Vec<String> },
    #[error("interrupted after {done} of {all} unit(s)")]
    Interrupted { done: usize, all: usize },
}

impl Failure {
    /// Tells it on stderr, with each cause on a line of its own, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if let Failure::BadSpec { report, on_stdout } = self {
            if *on_stdout {
                print(report);
            } else {
                anstream::eprintln!("{report}");
            }
            return ExitCode::from(USERS_PROBLEM);
        }
        anstream::eprintln!("error: {self}");
        if let Failure::Write(WriteError::Refused(files)) = self {
            anstream::eprintln!("{}", list(files));
        }
        let mut source = self.source();
        while let Some(cause) = source {
            anstream::eprintln!("  caused by: {cause}");
            source = cause.source();
        }
        if let Failure::NoRevision { why, .. } = self {
            anstream::eprintln!("  git says: {}", why.trim());
        }
        if let Some(hint) = self.hint() {
            anstream::eprintln!("  help: {hint}");
        }
        ExitCode::from(if matches!(self, Failure::Render(_)) { BUG } else { USERS_PROBLEM })
    }

    fn hint(&self) -> Option<&'static str> {
        match self {
            Failure::NoSpec => Some("name one with `--spec FILE`, or write `landform.yaml`"),
            Failure::NoTree(_) => {
                Some("write one with `landform generate --out DIR`, or name another with `--tree DIR`")
            }
            Failure::NothingImported(_) => Some(
                "name the folder that holds accounts and modules; IDs that no `account.hcl` has are said with `--account NAME=ID`",
            ),
            Failure::TreeIsThere(_) => Some("name a new folder with `--out DIR`"),
            Failure::CannotAsk => Some("add `--auto-approve`, or leave out `--parallelism`"),
            Failure::NoProgram { hint, .. } => Some(hint),
            Failure::ReadPlan { .. } | Failure::NoPlan(_) => {
                Some("write one with `terraform plan -out=plan` and `terraform show -json plan > plan.json`")
            }
            Failure::Mocked { .. } => Some("apply the units that this one comes after, then plan it again"),
            Failure::Kept { .. } | Failure::Deletions { .. } => {
                Some("change the spec; where it is meant, those who run the server change the policy first")
            }
            Failure::NotCurrent { .. } => Some("write it anew with `landform generate`"),
            Failure::Bootstrap(failure) => failure.hint(),
            Failure::Orphans(failure) => failure.hint(),
            Failure::Render(_) => Some("this is a bug of landform: please report it with the spec"),
            _ => None,
        }
    }
}

/// One line per file: what it is, where it is, what to do.
pub(crate) fn list(files: &BTreeMap<TreePath, Difference>) -> String {
    let width = files.keys().map(|path| path.as_str().len()).max().unwrap_or_default();
    let line = |(path, difference): (&TreePath, &Difference)| {
        format!("  {difference:8}  {path:width$}  {}", difference.fix())
    };
    files.iter().map(line).collect::<Vec<_>>().join("\n")
}
