//! `landform graph`.

use std::process::ExitCode;

use landform_generator::GenerateError;
use landform_generator::check::{self, Landscape, ledger::Ledger};
use landform_generator::tree;
use serde_json::{Value, json};

use crate::arguments::{Form, Graph, GraphForm};
use crate::failure::Failure;
use crate::output::print;
use crate::spec_file::SpecFile;

/// Prints the units of a spec and their order.
pub(crate) fn graph(arguments: &Graph) -> Result<ExitCode, Failure> {
    let spec = SpecFile::read(arguments.spec.as_deref(), Form::Text)?;
    let landscape = check::check(&spec.estate, &Ledger::default())
        .map_err(|problems| spec.failure(GenerateError::Problems(problems), Form::Text))?;
    match arguments.format {
        GraphForm::Mermaid => tree::diagram(&landscape).iter().for_each(|line| print(line)),
        GraphForm::Dot => print(&dot(&landscape)),
        GraphForm::Json => {
            print(&format!("{:#}", Value::Array(landscape.units.iter().map(as_value).collect())));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn as_value(unit: &check::Unit) -> Value {
    let after: Vec<String> = unit.after.iter().map(ToString::to_string).collect();
    json!({ "unit": unit.id.to_string(), "kind": unit.kind.name, "group": unit.group, "after": after })
}

/// Ids have letters, digits, `/` and `-` only, so they need quotes and nothing else.
fn dot(landscape: &Landscape) -> String {
    let nodes = landscape.units.iter().map(|unit| format!("  \"{}\";", unit.id));
    let edges = landscape
        .units
        .iter()
        .flat_map(|unit| unit.after.iter().map(move |other| format!("  \"{other}\" -> \"{}\";", unit.id)));
    let lines: Vec<String> = nodes.chain(edges).collect();
    format!("digraph estate {{\n  rankdir = LR;\n{}\n}}", lines.join("\n"))
}
