//! What exists in the emulator's AWS, and that nothing is left at the end.

use std::collections::BTreeSet;

use landform_generator::spec::Estate;
use landform_model::Region;
use landform_sandbox::aws::{Client, Kind};

use super::Failure;
use super::unit::Unit;
use crate::table::table;

/// A table with the counts of objects by account and region.
pub(super) fn what_exists(client: &Client, estate: &Estate, units: &[Unit]) -> Result<String, Failure> {
    let places: BTreeSet<(&str, &str)> = units.iter().map(|unit| (&*unit.account, &*unit.region)).collect();
    let mut found = Vec::new();
    for (account, region) in places {
        found.push((account, region, client.inventory(account, &[region])?.made()));
    }
    let kinds: Vec<Kind> = Kind::all()
        .filter(|kind| found.iter().any(|(_, _, inventory)| !inventory.of(*kind).is_empty()))
        .collect();
    let mut heading = ["account", "id", "region"].map(str::to_owned).to_vec();
    heading.extend(kinds.iter().map(ToString::to_string));
    let mut rows = vec![heading];
    for (account, region, inventory) in &found {
        let name = estate.accounts.iter().find(|(_, known)| known.id.as_str() == *account);
        let name = name.map(|(name, _)| name.to_string()).unwrap_or_default();
        let mut row = vec![name, (*account).to_owned(), (*region).to_owned()];
        row.extend(kinds.iter().map(|kind| inventory.of(*kind).len().to_string()));
        rows.push(row);
    }
    Ok(table(&rows, 3))
}

/// In every account and region of the estate, not only where units were.
pub(super) fn nothing_is_left(client: &Client, estate: &Estate) -> Result<(), Failure> {
    let organization = &estate.organization;
    let regions: Vec<&str> = organization.regions.iter().map(Region::as_str).collect();
    let mut left = String::new();
    for account in estate.accounts.values() {
        left += &client.inventory(account.id.as_str(), &regions)?.made().to_string();
    }
    let (state, management) = (&organization.state, organization.management_account_id.as_str());
    for key in client.list_objects(management, state.region.as_str(), state.bucket.as_str())? {
        if key.ends_with(".tflock") {
            left += &format!("the state lock {key}\n");
        }
    }
    if left.is_empty() { Ok(()) } else { Err(Failure::Broken(format!("something is left:\n{left}"))) }
}
