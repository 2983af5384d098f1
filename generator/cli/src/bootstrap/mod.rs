//! `landform bootstrap`: the bucket for states, whose own state moves into it.
//!
//! Each step finds out by itself whether it is done, so that the command can be run again whatever ended it: the provider finds
//! what it made by its tags, `backend.tf` is written whole or not at all, and Terraform moves a state only where it is not yet.

mod arguments;
mod failure;
mod folder;

use std::fs;
use std::process::ExitCode;

use landform_generator::tree::Layout;
use serde::Deserialize;

pub(crate) use arguments::Arguments;
pub(crate) use failure::Failure;

use crate::failure::Failure as Ended;
use crate::output::print;
use crate::run::Program;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Ended> {
    let bootstrap = Bootstrap { program: Program::find(Layout::Terraform)?, arguments };
    let folder = &arguments.folder;
    folder::write_once(&folder.join("main.tf"), &folder::configuration(arguments))?;
    let backend = folder::backend(folder);
    if !backend.exists() {
        bootstrap.make()?;
        folder::write_once(&backend, &bootstrap.read_backend()?)?;
    }
    bootstrap.nothing_else_is_there()?;
    // Nobody else knows this state yet, and a lock that an earlier attempt left must not be in the way.
    let migrate = ["init", "-input=false", "-migrate-state", "-force-copy", "-lock=false"];
    bootstrap.terraform(&migrate, "moving the state into the bucket")?;
    bootstrap.terraform(&["plan", "-input=false", "-lock=false", "-detailed-exitcode"], "the last plan")?;
    let (stack, backend) = (&arguments.stack, backend.display());
    print(&format!("the state of {stack} is in its bucket; {backend} points Terraform there"));
    Ok(ExitCode::SUCCESS)
}

struct Bootstrap<'a> {
    program: Program,
    arguments: &'a Arguments,
}

/// What counts of a state.
#[derive(Deserialize)]
struct State {
    lineage: String,
    resources: Vec<serde_json::Value>,
}

impl Bootstrap<'_> {
    /// Makes the bucket, with a state in the folder.
    fn make(&self) -> Result<(), Ended> {
        self.terraform(&["init", "-input=false"], "init")?;
        let mut apply = vec!["apply"];
        if self.arguments.auto_approve {
            apply.extend(["-input=false", "-auto-approve"]);
        }
        self.terraform(&apply, "apply")
    }

    /// The block that points Terraform at the bucket.
    fn read_backend(&self) -> Result<String, Ended> {
        let said = self.program.read(&self.arguments.folder, &["output", "-raw", "backend_hcl"])?;
        let said = said.ok_or(Failure::Terraform { what: "reading the backend" })?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    /// Terraform overwrites what is in the bucket when it moves a state there. Only an older version of the same may be.
    ///
    /// It is looked at from an empty folder: from one with a state, Terraform would move that.
    fn nothing_else_is_there(&self) -> Result<(), Ended> {
        let here = fs::read(self.arguments.folder.join("terraform.tfstate")).unwrap_or_default();
        let Some(here) = state(&here, "the state in the folder")? else { return Ok(()) };
        let empty = folder::with_backend(&self.arguments.folder)?;
        let there = self.program.state(empty.path())?;
        let there = there.ok_or(Failure::Terraform { what: "looking into the bucket" })?;
        match state(&there, "the state in the bucket")? {
            Some(there) if here.lineage != there.lineage && !there.resources.is_empty() => {
                Err(Failure::OtherState { resources: there.resources.len() }.into())
            }
            _ => Ok(()),
        }
    }

    fn terraform(&self, arguments: &[&str], what: &'static str) -> Result<(), Ended> {
        match self.program.run(&self.arguments.folder, arguments)? {
            Some(0) => Ok(()),
            _ => Err(Failure::Terraform { what }.into()),
        }
    }
}

/// None where there is no state, or one that has moved away.
fn state(text: &[u8], what: &'static str) -> Result<Option<State>, Ended> {
    if text.trim_ascii().is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(text).map(Some).map_err(|source| Failure::Unread { what, source }.into())
}
