//! `landform schema`.

use std::process::ExitCode;

use crate::failure::Failure;
use crate::output::print;

/// Prints the JSON Schema of a spec. Needs no network and no spec.
#[allow(clippy::unnecessary_wraps, reason = "commands have one signature")]
pub(crate) fn schema() -> Result<ExitCode, Failure> {
    print(&format!("{:#}", landform_generator::spec::schema::schema()));
    Ok(ExitCode::SUCCESS)
}
