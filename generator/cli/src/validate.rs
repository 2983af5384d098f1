//! `landform validate`.

use std::process::ExitCode;

use landform_generator::GenerateError;
use landform_generator::check::{self, ledger::Ledger};
use serde_json::json;

use crate::arguments::{Form, Validate};
use crate::failure::Failure;
use crate::output::print;
use crate::spec_file::SpecFile;

/// Finds all problems of a spec by itself; what only the tree's ledger can tell is found by `generate --check`.
pub(crate) fn validate(arguments: &Validate) -> Result<ExitCode, Failure> {
    let form = arguments.spec.form();
    let spec = SpecFile::read(arguments.spec.spec.as_deref(), form)?;
    let landscape = check::check(&spec.estate, &Ledger::default())
        .map_err(|problems| spec.failure(GenerateError::Problems(problems), form))?;
    if form == Form::Json {
        let units: Vec<String> = landscape.units.iter().map(|unit| unit.id.to_string()).collect();
        print(&json!({ "status": "clean", "units": units }).to_string());
    } else {
        print(&format!("{}: {} unit(s), no problem", spec.name(), landscape.units.len()));
    }
    Ok(ExitCode::SUCCESS)
}
