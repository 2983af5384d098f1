//! `landform explain`.

use std::process::ExitCode;

use landform_generator::source::{Explained, Origin};
use landform_generator::units::{self, UnitId};
use serde_json::{Value, json};

use crate::arguments::{Explain, Form};
use crate::failure::Failure;
use crate::output::print;
use crate::spec_file::SpecFile;

/// The parts of a unit's id.
const PARTS: usize = 4;

/// Prints each value of a unit with where it is from.
pub(crate) fn explain(arguments: &Explain) -> Result<ExitCode, Failure> {
    let form = arguments.spec.form();
    let spec = SpecFile::read(arguments.spec.spec.as_deref(), form)?;
    let parts: Vec<&str> = arguments.path.trim_end_matches('/').splitn(PARTS + 1, '/').collect();
    let (id, field) = (parts.iter().take(PARTS).copied().collect::<Vec<_>>().join("/"), parts.get(PARTS));
    let explained = spec.source.explain(&spec.estate, &id).ok_or_else(|| Failure::NoUnit {
        given: format!("`{id}`"),
        units: units::all(&spec.estate).map(|(_, unit)| UnitId::of(unit).to_string()).collect(),
    })?;
    let fields: Vec<String> = explained.iter().map(|value| value.field.clone()).collect();
    let is_asked = |value: &Explained| {
        let is_of = |field: &&str| {
            value.field.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        field.is_none_or(is_of)
    };
    let shown: Vec<Explained> = explained.into_iter().filter(is_asked).collect();
    if shown.is_empty() {
        return Err(Failure::NoField { field: field.copied().unwrap_or_default().to_owned(), fields });
    }
    if form == Form::Json {
        print(&format!(
            "{:#}",
            Value::Array(shown.iter().map(|value| as_value(value, spec.name())).collect())
        ));
    } else {
        shown.iter().for_each(|value| tell(value, spec.name()));
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(explained: &Explained, file: &str) {
    print(&format!("{} = {}", explained.field, explained.value));
    if explained.origins.is_empty() {
        print("  default");
    }
    for Origin { layer, operation, line, column } in &explained.origins {
        print(&format!("  {file}:{line}:{column}: {layer}: {operation}"));
    }
}

fn as_value(explained: &Explained, file: &str) -> Value {
    let origin = |origin: &Origin| json!({ "layer": origin.layer, "operation": origin.operation, "file": file, "line": origin.line, "column": origin.column });
    let origins: Vec<Value> = explained.origins.iter().map(origin).collect();
    json!({ "field": explained.field, "value": explained.value, "origins": origins })
}
