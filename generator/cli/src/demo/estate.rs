//! The tree that is written for the estate.

use std::path::Path;

use landform_generator::check::{Landscape, check};
use landform_generator::spec::Estate;
use landform_generator::tree::Layout;
use landform_generator::{render, tree, write};

use super::Failure;
use super::unit::Unit;

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
