//! The spec from its file, and its problems back to its lines.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use landform_generator::GenerateError;
use landform_generator::problem::Problem;
use landform_generator::source::{LONGEST, Source, SyntaxError};
use landform_generator::spec::Estate;
use landform_generator::write;
use serde_json::{Value, json};

use crate::arguments::Form;
use crate::failure::Failure;
use crate::findings::{self, Finding};

/// Where a spec is looked for when none is named: the user's own, else, in a checkout, the reference estate.
const PLACES: [&str; 5] =
    ["landform.yaml", "landform.toml", "landform.json", "landform.hcl", "examples/estates/reference.yaml"];

/// A spec that was read.
pub(crate) struct SpecFile {
    /// Where each value of it stands.
    pub(crate) source: Source,
    /// What the spec says.
    pub(crate) estate: Estate,
}

impl SpecFile {
    /// Reads the spec that is named, or the one that is found.
    ///
    /// `form` decides the form of the report when the spec is bad.
    pub(crate) fn read(named: Option<&Path>, form: impl Into<Form>) -> Result<Self, Failure> {
        let form = form.into();
        let (path, text) = Self::text(named)?;
        let source = Source::parse(path.display().to_string(), text)
            .map_err(|error| not_of_its_format(&error, form))?;
        match source.estate() {
            Ok(mut estate) => {
                estate.module_files = write::read_modules(folder_of(&path), &estate)?;
                Ok(Self { source, estate })
            }
            Err(problems) => Err(bad_spec(&source, &problems, form)),
        }
    }

    /// The file that is named, or the one that is found, and what it says.
    pub(crate) fn text(named: Option<&Path>) -> Result<(PathBuf, String), Failure> {
        let found = || PLACES.iter().map(PathBuf::from).find(|place| place.is_file());
        let path = named.map(Path::to_owned).or_else(found).ok_or(Failure::NoSpec)?;
        let text = read_text(&path).map_err(|source| Failure::ReadSpec { path: path.clone(), source })?;
        Ok((path, text))
    }

    /// The name of the file.
    pub(crate) fn name(&self) -> &str {
        self.source.name()
    }

    /// The failure with each problem at its line.
    pub(crate) fn failure(&self, error: GenerateError, form: Form) -> Failure {
        match error {
            GenerateError::Problems(problems) => bad_spec(&self.source, &problems, form),
            GenerateError::Render(error) => Failure::Render(error),
        }
    }
}

/// The folder that a spec is in, beside which its modules are.
pub(crate) fn folder_of(spec: &Path) -> &Path {
    spec.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The text, or as much of it as shows that it is too long.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(path)?.take(LONGEST as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

fn not_of_its_format(error: &SyntaxError, form: Form) -> Failure {
    let finding = Finding {
        rule: "spec",
        message: error.message.clone(),
        hint: None,
        file: error.file.clone(),
        position: error.position,
    };
    told(&[finding], error.to_string(), form)
}

fn bad_spec(source: &Source, problems: &[Problem], form: Form) -> Failure {
    let findings: Vec<Finding> = problems.iter().map(|problem| Finding::of(source, problem)).collect();
    let mut text: Vec<String> = problems.iter().map(|problem| source.report(problem)).collect();
    text.push(format!("{} problem(s) in {}", problems.len(), source.name()));
    let paths = problems.iter().map(|problem| problem.at.to_string());
    if form == Form::Json {
        let problems: Vec<Value> = findings
            .iter()
            .zip(paths)
            .map(|(finding, at)| {
                let mut value = finding.as_value();
                value["at"] = at.into();
                value
            })
            .collect();
        let report = json!({ "status": "invalid", "problems": problems }).to_string();
        return Failure::BadSpec { report, on_stdout: true };
    }
    told(&findings, text.join("\n\n"), form)
}

fn told(findings: &[Finding], text: String, form: Form) -> Failure {
    let (report, on_stdout) = match form {
        Form::Text => (text, false),
        Form::Json => {
            let problems: Vec<Value> = findings.iter().map(Finding::as_value).collect();
            (json!({ "status": "invalid", "problems": problems }).to_string(), true)
        }
        Form::Sarif => (findings::sarif(findings), true),
        Form::Github => (findings::github(findings), true),
    };
    Failure::BadSpec { report, on_stdout }
}
