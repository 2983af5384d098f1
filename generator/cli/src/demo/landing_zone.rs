//! The landing zone under the estate: the organization, its accounts and what holds in them, in one root module.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use landform_generator::spec::Estate;
use landform_model::Region;
use landform_sandbox::Emulator;
use landform_sandbox::aws::Client;
use serde_json::{Value, json};

use super::Failure;
use super::report::Progress;
use super::unit::{Runner, Unit};
use crate::table::table;

const VARIABLES: &str = "demo.auto.tfvars.json";

/// Copies the reference landing zone and sets its variables for this estate.
pub(super) fn write(workspace: &Path, estate: &Estate, folder: &Path) -> Result<Unit, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    let reference = workspace.join("landing-zone/reference");
    for entry in fs::read_dir(&reference).map_err(Failure::file("read", &reference))? {
        let from = entry.map_err(Failure::file("read", &reference))?.path();
        if from.extension().is_some_and(|extension| extension == "tf")
            && let Some(name) = from.file_name()
        {
            fs::copy(&from, folder.join(name)).map_err(Failure::file("copy", &from))?;
        }
    }
    set(estate, folder, true)?;
    let region = estate.organization.regions.first().map(Region::to_string).unwrap_or_default();
    Ok(Unit {
        id: "the landing zone".to_owned(),
        folder: folder.to_owned(),
        account: Emulator::MANAGEMENT_ACCOUNT.to_owned(),
        region,
        protected: true,
    })
}

/// Writes the variables; `protected` keeps accounts from being destroyed.
pub(super) fn set(estate: &Estate, folder: &Path, protected: bool) -> Result<(), Failure> {
    let regions: Vec<&str> = estate.organization.regions.iter().map(Region::as_str).collect();
    let names: Vec<String> = estate.accounts.keys().map(ToString::to_string).collect();
    let variables = json!({
        "organization": estate.organization.name.to_string(),
        "regions": regions,
        "more_workloads": names,
        "deletion_protection": protected,
    });
    let path = folder.join(VARIABLES);
    fs::write(&path, format!("{variables:#}\n")).map_err(Failure::file("write", path))
}

/// Gives the accounts of the estate the ids that the landing zone's have: AWS picks ids, and so does the emulator. Makes the
/// bucket for the states of the estate.
pub(super) fn settle(
    estate: &mut Estate,
    zone: &Unit,
    runner: &Runner,
    client: &Client,
    progress: &Progress,
) -> Result<(), Failure> {
    let ids = runner.output(zone, "account_ids", progress)?;
    let bad = |id: &str| Failure::Broken(format!("the landing zone has no account with the id {id:?}"));
    let management = Emulator::MANAGEMENT_ACCOUNT;
    estate.organization.management_account_id = management.parse().map_err(|_| bad(management))?;
    for (name, account) in &mut estate.accounts {
        let id = ids[name.as_str()].as_str().unwrap_or_default();
        account.id = id.parse().map_err(|_| bad(id))?;
        progress.note(&format!("{name} is {id}"));
    }
    let state = &estate.organization.state;
    client.create_bucket(management, state.region.as_str(), state.bucket.as_str())?;
    Ok(())
}

/// A table of the documents that guardrails are packed into.
pub(super) fn packing(zone: &Unit, runner: &Runner, progress: &Progress) -> Result<String, Failure> {
    let sets = runner.output(zone, "guardrails", progress)?;
    let sets: BTreeMap<String, Value> =
        sets.as_object().map(|sets| sets.clone().into_iter().collect()).unwrap_or_default();
    let heading = ["guardrails", "as written", "packed", "documents"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for (name, set) in sets {
        let documents: BTreeSet<&str> =
            set["documents"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let bytes = |name: &str| format!("{} bytes", set[name]);
        let documents: Vec<&str> = documents.into_iter().collect();
        rows.push(vec![name, bytes("bytes_before"), bytes("bytes_after"), documents.join(", ")]);
    }
    Ok(table(&rows, 1))
}
