//! `landform import-tree`: folders that were there before Landform, as a spec and the keys of their states.

mod read;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::process::ExitCode;

use landform_generator::import::{Answers, Imported, Note, NothingFound, import};
use landform_generator::render::{Rendered, sha256};
use landform_generator::tree::{LEDGER, TreePath, UNITS, UnitIndex};
use landform_generator::write;
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::ImportTree;
use crate::failure::{Failure, USERS_PROBLEM};
use crate::init::answer;
use crate::output::print;

/// The first line of the spec, by which editors find its schema.
const SCHEMA: &str = "# yaml-language-server: $schema=landform.schema.json\n";

/// Writes the spec to the top of the tree, where the paths of its modules begin, and the keys of all states into the
/// folder that is generated next. The folders themselves stay as they are.
///
/// # Errors
/// When there is a spec or a generated tree already, something is not said and nobody can be asked, or no folder was
/// understood. Nothing is written then.
pub(crate) fn import_tree(arguments: &ImportTree) -> Result<ExitCode, Failure> {
    let answers = Answers {
        organization: answer(arguments.organization.as_ref(), "--organization", "Name of the organization")?,
        management_account_id: answer(
            arguments.management_account.as_ref(),
            "--management-account",
            "Its management account",
        )?,
        account_ids: arguments.account.iter().cloned().map(|pair| (pair.name, pair.id)).collect(),
    };
    let files = read::files(&arguments.tree)?;
    match import(&files.texts, &answers) {
        Ok(mut imported) => {
            imported.notes.extend(files.notes);
            imported.notes.sort();
            write_down(arguments, &imported)?;
            tell(arguments, &imported)
        }
        Err(NothingFound::Units(mut notes)) => {
            notes.extend(files.notes);
            notes.sort();
            if arguments.json {
                print(&json!({ "status": "nothing", "notes": as_values(&notes) }).to_string());
                return Ok(ExitCode::from(USERS_PROBLEM));
            }
            warn(&notes);
            Err(Failure::NothingImported(arguments.tree.clone()))
        }
    }
}

/// The spec first: it is taken back when the tree cannot be begun, so there are both or none.
fn write_down(arguments: &ImportTree, imported: &Imported) -> Result<(), Failure> {
    let spec = arguments.spec();
    let failed = |source| Failure::Init { spec: spec.clone(), source };
    let text = serde_saphyr::to_string(&imported.estate).map_err(io::Error::other).map_err(failed)?;
    let text = format!("{SCHEMA}{text}");
    let [folder, _] = LEDGER;
    if fs::symlink_metadata(arguments.out.join(folder)).is_ok() {
        return Err(Failure::TreeIsThere(arguments.out.clone()));
    }
    let beginning = beginning(imported, &text).map_err(failed)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(&spec).map_err(failed)?;
    let written = file
        .write_all(text.as_bytes())
        .map_err(failed)
        .and_then(|()| Ok(write::write(&arguments.out, &beginning)?));
    if written.is_err() {
        // What went wrong is told; a spec that stays all the same is named by the next run.
        let _ = fs::remove_file(&spec);
    }
    written.map(drop)
}

/// A tree without units: the first `landform generate` finds every key and the layout in it, and owns its files.
fn beginning(imported: &Imported, spec: &str) -> io::Result<Rendered> {
    let units = UnitIndex { layout: imported.layout, units: Vec::new() };
    let path = |parts: [&str; 2]| TreePath::try_from(parts.join("/")).map_err(io::Error::other);
    let files = BTreeMap::from([(path(LEDGER)?, pretty(&imported.ledger)?), (path(UNITS)?, pretty(&units)?)]);
    Ok(Rendered { layout: imported.layout, files, spec_digest: sha256(spec.as_bytes()) })
}

fn pretty(value: &impl Serialize) -> io::Result<Vec<u8>> {
    Ok((serde_json::to_string_pretty(value)? + "\n").into_bytes())
}

fn tell(arguments: &ImportTree, imported: &Imported) -> Result<ExitCode, Failure> {
    let spec = arguments.spec();
    let units = imported.ledger.units.iter().map(|(id, entry)| {
        let folder = imported.folders.get(id).map(String::as_str).unwrap_or_default();
        let state = entry.state.as_ref().unwrap_or(&imported.estate.organization.state);
        (id.as_str(), folder, state.bucket.to_string(), entry.key.as_str())
    });
    if arguments.json {
        let units: Vec<Value> = units
            .map(|(id, folder, bucket, key)| json!({ "id": id, "folder": folder, "bucket": bucket, "key": key }))
            .collect();
        let report = json!({
            "status": "imported",
            "spec": spec.display().to_string(),
            "out": arguments.out.display().to_string(),
            "layout": imported.layout.as_str(),
            "units": units,
            "notes": as_values(&imported.notes),
        });
        print(&report.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    warn(&imported.notes);
    for (id, folder, bucket, key) in units {
        print(&format!("  {folder} is {id}, with its state at s3://{bucket}/{key}"));
    }
    print(&format!(
        "wrote {} with {} unit(s), and their state keys into {}; {} thing(s) were not understood",
        spec.display(),
        imported.ledger.units.len(),
        arguments.out.display(),
        imported.notes.len()
    ));
    print(&format!(
        "read the spec, then run `landform generate --spec {} --out {}`",
        spec.display(),
        arguments.out.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn warn(notes: &[Note]) {
    for Note { path, what } in notes {
        anstream::eprintln!("warning: {path}: {what}");
    }
}

fn as_values(notes: &[Note]) -> Vec<Value> {
    notes.iter().map(|Note { path, what }| json!({ "path": path, "what": what })).collect()
}
