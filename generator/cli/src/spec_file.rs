//! The spec from its file, and its problems back to its lines.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use landform_generator::GenerateError;
use landform_generator::problem::Problem;
use landform_generator::source::{LONGEST, Source};
use landform_generator::spec::Estate;
use serde_json::{Value, json};

use crate::failure::Failure;

/// Where a spec is looked for when none is named: the user's own, else, in a checkout, the reference estate.
const PLACES: [&str; 5] =
    ["landform.yaml", "landform.toml", "landform.json", "landform.hcl", "examples/estates/reference.yaml"];

/// A spec that was read.
pub(crate) struct SpecFile {
    source: Source,
    /// What the spec says.
    pub(crate) estate: Estate,
}

impl SpecFile {
    /// Reads the spec that is named, or the one that is found.
    ///
    /// `as_json` decides the form of the report when the spec is bad.
    pub(crate) fn read(named: Option<&Path>, as_json: bool) -> Result<Self, Failure> {
        let found = || PLACES.iter().map(PathBuf::from).find(|place| place.is_file());
        let path = named.map(Path::to_owned).or_else(found).ok_or(Failure::NoSpec)?;
        let text = read_text(&path).map_err(|source| Failure::ReadSpec { path: path.clone(), source })?;
        let source = Source::parse(path.display().to_string(), text).map_err(|error| {
            let (line, column) = error.position.unzip();
            let problem =
                json!({ "message": error.message, "file": error.file, "line": line, "column": column });
            let as_value = || json!({ "status": "invalid", "problems": [problem] });
            Failure::BadSpec {
                report: if as_json { as_value().to_string() } else { error.to_string() },
                as_json,
            }
        })?;
        match source.estate() {
            Ok(estate) => Ok(Self { source, estate }),
            Err(problems) => Err(bad_spec(&source, &problems, as_json)),
        }
    }

    /// The name of the file.
    pub(crate) fn name(&self) -> &str {
        self.source.name()
    }

    /// The failure with each problem at its line.
    pub(crate) fn failure(&self, error: GenerateError, as_json: bool) -> Failure {
        match error {
            GenerateError::Problems(problems) => bad_spec(&self.source, &problems, as_json),
            GenerateError::Render(error) => Failure::Render(error),
        }
    }
}

/// The text, or as much of it as shows that it is too long.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(path)?.take(LONGEST as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

fn bad_spec(source: &Source, problems: &[Problem], as_json: bool) -> Failure {
    if as_json {
        let problems: Vec<Value> = problems.iter().map(|problem| as_value(source, problem)).collect();
        return Failure::BadSpec {
            report: json!({ "status": "invalid", "problems": problems }).to_string(),
            as_json,
        };
    }
    let mut report: Vec<String> = problems.iter().map(|problem| source.report(problem)).collect();
    report.push(format!("{} problem(s) in {}", problems.len(), source.name()));
    Failure::BadSpec { report: report.join("\n\n"), as_json }
}

fn as_value(source: &Source, problem: &Problem) -> Value {
    let (line, column) = source.position(problem);
    json!({
        "message": problem.message,
        "at": problem.at.to_string(),
        "file": source.name(),
        "line": line,
        "column": column,
        "hint": problem.hint,
    })
}
