//! `landform parity`.

use std::process::ExitCode;

use landform_generator::GenerateError;
use landform_generator::check::{self, ledger::Ledger};
use serde_json::{Value, json};

use crate::arguments::{Form, Parity};
use crate::failure::{DIFFERENCES, Failure};
use crate::findings::{self, Finding};
use crate::output::print;
use crate::spec_file::SpecFile;

/// Compares environments by the rules of the spec.
pub(crate) fn parity(arguments: &Parity) -> Result<ExitCode, Failure> {
    let form = arguments.spec.form();
    let spec = SpecFile::read(arguments.spec.spec.as_deref(), form)?;
    check::check(&spec.estate, &Ledger::default())
        .map_err(|problems| spec.failure(GenerateError::Problems(problems), form))?;
    let problems = check::parity::parity(&spec.estate);
    let findings: Vec<Finding> = problems
        .iter()
        .map(|problem| Finding { rule: "parity", ..Finding::of(&spec.source, problem) })
        .collect();
    match form {
        Form::Json => {
            let status = if findings.is_empty() { "clean" } else { "differences" };
            let differences: Vec<Value> = findings.iter().map(Finding::as_value).collect();
            print(&json!({ "status": status, "differences": differences }).to_string());
        }
        Form::Sarif => print(&findings::sarif(&findings)),
        Form::Github if findings.is_empty() => {}
        Form::Github => print(&findings::github(&findings)),
        Form::Text => {
            for problem in &problems {
                print(&format!("{}\n", spec.source.report(problem)));
            }
            let count = spec.estate.parity.len();
            print(&format!("{}: {} difference(s) by {count} rule(s)", spec.name(), problems.len()));
        }
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENCES) })
}
