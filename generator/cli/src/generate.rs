//! `landform generate`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use landform_generator::tree::{RETIRED, TreePath, UnitIndex};
use landform_generator::write::{self, Difference, Report, WriteError};
use serde_json::{Value, json};

use crate::arguments::{Form, Generate};
use crate::failure::{DIFFERENCES, Failure, USERS_PROBLEM, list};
use crate::findings::{self, Finding};
use crate::known::Known;
use crate::output::print;
use crate::spec_file::SpecFile;

/// Writes the tree, or compares it.
pub(crate) fn generate(arguments: &Generate) -> Result<ExitCode, Failure> {
    let form = arguments.spec.form();
    let known = Known::new(arguments);
    if known.is_clean(arguments)? {
        if arguments.check {
            return Ok(tell_differences(arguments, &BTreeMap::new()));
        }
        tell_report(arguments, &Report::default());
        return Ok(ExitCode::SUCCESS);
    }
    let spec = SpecFile::read(arguments.spec.spec.as_deref(), form)?;
    let ledger = write::read_ledger(&arguments.out)?;
    let before = write::read_units(&arguments.out)?;
    let layout =
        arguments.layout.map(Into::into).or(before.as_ref().map(|index| index.layout)).unwrap_or_default();
    let rendered = landform_generator::generate(&spec.estate, layout, &ledger)
        .map_err(|error| spec.failure(error, form))?;
    if arguments.check {
        let differences = write::compare(&arguments.out, &rendered)?;
        if differences.is_empty() {
            known.keep(arguments, &spec)?;
        }
        return Ok(tell_differences(arguments, &differences));
    }
    let report = match write::write(&arguments.out, &rendered) {
        Err(WriteError::Refused(files)) if form == Form::Json => {
            print(&json!({ "status": "refused", "differences": as_values(&files) }).to_string());
            return Ok(ExitCode::from(USERS_PROBLEM));
        }
        other => other?,
    };
    known.keep(arguments, &spec)?;
    tell_report(arguments, &report);
    if let Some(before) = before {
        tell_retired_units(arguments, &before)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn tell_differences(arguments: &Generate, differences: &BTreeMap<TreePath, Difference>) -> ExitCode {
    let out = arguments.out.display();
    let is_clean = differences.is_empty();
    let form = arguments.spec.form();
    if form == Form::Json {
        let status = if is_clean { "clean" } else { "differences" };
        print(&json!({ "status": status, "differences": as_values(differences) }).to_string());
    } else if matches!(form, Form::Sarif | Form::Github) {
        let findings: Vec<Finding> = differences.iter().map(|found| finding(arguments, found)).collect();
        match form {
            Form::Sarif => print(&findings::sarif(&findings)),
            _ if is_clean => {}
            _ => print(&findings::github(&findings)),
        }
    } else if is_clean {
        print(&format!("{out} is what the spec says"));
    } else {
        print(&format!(
            "{out} differs from the spec in {} file(s):\n{}",
            differences.len(),
            list(differences)
        ));
    }
    if is_clean { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENCES) }
}

fn finding(arguments: &Generate, (path, difference): (&TreePath, &Difference)) -> Finding {
    Finding {
        rule: difference.as_str(),
        message: format!("this file is {difference}"),
        hint: Some(difference.fix().to_owned()),
        file: arguments.out.join(path.as_str()).display().to_string().trim_start_matches("./").to_owned(),
        position: None,
    }
}

fn as_values(differences: &BTreeMap<TreePath, Difference>) -> Vec<Value> {
    let value = |(path, difference): (&TreePath, &Difference)| json!({ "path": path.as_str(), "difference": difference.as_str(), "fix": difference.fix() });
    differences.iter().map(value).collect()
}

fn tell_report(arguments: &Generate, report: &Report) {
    if arguments.spec.form() == Form::Json {
        let names = |paths: &[TreePath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        let status = if report.is_empty() { "clean" } else { "changed" };
        let (created, updated, removed) =
            (names(&report.created), names(&report.updated), names(&report.removed));
        print(
            &json!({ "status": status, "created": created, "updated": updated, "removed": removed })
                .to_string(),
        );
    } else if report.is_empty() {
        print(&format!("{} was already what the spec says", arguments.out.display()));
    } else {
        for (sign, paths) in [("+", &report.created), ("~", &report.updated), ("-", &report.removed)] {
            for path in paths {
                print(&format!("  {sign} {path}"));
            }
        }
        let (created, updated, removed) = (report.created.len(), report.updated.len(), report.removed.len());
        let out = arguments.out.display();
        print(&format!("{out}: {created} created, {updated} updated, {removed} removed"));
    }
}

/// A unit that left the spec is in AWS until it is applied once more.
fn tell_retired_units(arguments: &Generate, before: &UnitIndex) -> Result<(), Failure> {
    let Some(after) = write::read_units(&arguments.out)? else { return Ok(()) };
    let was_retired = |id: &str| before.units.iter().any(|unit| unit.id == id && unit.kind == RETIRED);
    for unit in after.units.iter().filter(|unit| unit.kind == RETIRED && !was_retired(&unit.id)) {
        anstream::eprintln!(
            "warning: the unit `{}` left the spec; the next apply of {} destroys what it made",
            unit.id,
            unit.path
        );
        anstream::eprintln!(
            "  help: to keep it under another name, write it into `moved`; else apply it, then run `landform prune`"
        );
    }
    Ok(())
}
