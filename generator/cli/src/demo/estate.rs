//! The estate in the emulator's AWS: its accounts, and the tree that is written for them.

use std::path::Path;

use landform_generator::check::{Landscape, check};
use landform_generator::spec::Estate;
use landform_generator::tree::Layout;
use landform_generator::{render, tree, write};
use landform_sandbox::Emulator;
use landform_sandbox::aws::Client;

use super::Failure;
use super::unit::Unit;

/// Makes the organization and its accounts in the emulator. AWS picks account ids, and so does the emulator: the estate gets
/// the ids of its new accounts in place of those in the spec.
pub(super) fn found(estate: &mut Estate, client: &Client) -> Result<(), Failure> {
    let bad = |id: &str| Failure::Broken(format!("the emulator made an account with the id {id}"));
    let management = Emulator::MANAGEMENT_ACCOUNT;
    estate.organization.management_account_id = management.parse().map_err(|_| bad(management))?;
    client.create_organization(management)?;
    for (name, account) in &mut estate.accounts {
        let email =
            account.email.as_ref().map_or_else(|| format!("aws+{name}@example.com"), ToString::to_string);
        let id = client.create_account(management, name.as_str(), &email)?;
        account.id = id.parse().map_err(|_| bad(&id))?;
    }
    let state = &estate.organization.state;
    client.create_bucket(management, state.region.as_str(), state.bucket.as_str())?;
    Ok(())
}

/// Writes the tree into `folder`, which may hold an earlier one, and returns its units in their order.
pub(super) fn generate(estate: &Estate, folder: &Path) -> Result<(write::Report, Vec<Unit>), Failure> {
    let ledger = write::read_ledger(folder)?;
    let landscape: Landscape = check(estate, &ledger).map_err(|problems| {
        let messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        Failure::Broken(messages.join("\n"))
    })?;
    let rendered = render::render(&tree::plan(&landscape, Layout::Terraform))
        .map_err(|error| Failure::Broken(format!("the tree cannot be rendered: {error}")))?;
    let report = write::write(folder, &rendered)?;
    let places = write::read_units(folder)?.map(|index| index.units).unwrap_or_default();
    let units = landscape.units.iter().filter_map(|unit| {
        let id = unit.id.to_string();
        let place = places.iter().find(|place| place.id == id)?;
        Some(Unit {
            folder: folder.join(&place.path),
            account: unit.provider.account_id.to_string(),
            region: unit.provider.region.to_string(),
            protected: unit
                .inputs
                .get("deletion_protection")
                .is_some_and(|value| value.as_bool() == Some(true)),
            id,
        })
    });
    Ok((report, units.collect()))
}
