//! `docs/estate.md`: what there is, for people.

use std::collections::BTreeMap;

use super::super::documents::{Content, Part};
use super::super::{Document, RETIRED, TreePath, folder};
use crate::check::{Landscape, Unit};
use crate::units::UnitId;

pub(super) fn document(landscape: &Landscape) -> (TreePath, Document) {
    let parts = vec![
        Part::Heading(1, format!("Estate {}", landscape.estate.organization.name)),
        Part::Heading(2, "Units".to_owned()),
        units(landscape),
        Part::Heading(2, "Addresses".to_owned()),
        addresses(landscape),
        Part::Heading(2, "Accounts and roles".to_owned()),
        accounts(landscape),
        Part::Heading(2, "Diagram".to_owned()),
        Part::Code("mermaid", diagram(landscape)),
    ];
    (TreePath::of(["docs", "estate.md"]), Document::new("all units", Content::Page(parts)))
}

fn units(landscape: &Landscape) -> Part {
    let row = |unit: &Unit| {
        vec![
            unit.id.to_string(),
            unit.kind.name.clone(),
            unit.group.to_string(),
            folder(&unit.id).to_string(),
            unit.state.key.clone(),
        ]
    };
    let retired = landscape.retired.iter().map(|unit| {
        let folder = folder(&unit.id).to_string();
        vec![unit.id.to_string(), RETIRED.to_owned(), "first".to_owned(), folder, unit.state.key.clone()]
    });
    table(&["unit", "kind", "group", "folder", "state key"], retired.chain(landscape.units.iter().map(row)))
}

/// By address, so that what is free can be seen.
fn addresses(landscape: &Landscape) -> Part {
    let mut rows: Vec<(landform_model::Cidr, &Unit)> = landscape
        .units
        .iter()
        .filter_map(|unit| Some((unit.inputs.get("cidr")?.as_str()?.parse().ok()?, unit)))
        .collect();
    rows.sort_by(|one, other| (one.0, &one.1.id).cmp(&(other.0, &other.1.id)));
    let row = |(cidr, unit): (landform_model::Cidr, &Unit)| {
        vec![cidr.to_string(), cidr.addresses().to_string(), unit.id.to_string()]
    };
    table(&["block", "addresses", "network"], rows.into_iter().map(row))
}

fn accounts(landscape: &Landscape) -> Part {
    let estate = &landscape.estate;
    let rows = estate.accounts.iter().map(|(name, account)| {
        let is_management = account.id == estate.organization.management_account_id;
        let role =
            if is_management { "that of the caller".to_owned() } else { estate.roles.deploy.to_string() };
        let count = landscape.units.iter().filter(|unit| unit.id.account == *name).count();
        vec![name.to_string(), account.id.to_string(), role, count.to_string()]
    });
    table(&["account", "ID", "role that plans and applies", "units"], rows)
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Part {
    Part::Table(header.iter().map(|cell| (*cell).to_owned()).collect(), rows.collect())
}

/// The units in Mermaid: accounts as boxes, an arrow from each unit to those that come after it.
pub fn diagram(landscape: &Landscape) -> Vec<String> {
    let index: BTreeMap<&UnitId, usize> =
        landscape.units.iter().enumerate().map(|(at, unit)| (&unit.id, at)).collect();
    let mut lines = vec!["flowchart LR".to_owned()];
    for (number, name) in landscape.estate.accounts.keys().enumerate() {
        lines.push(format!("  subgraph account{number}[\"{name}\"]"));
        for (at, unit) in landscape.units.iter().enumerate().filter(|(_, unit)| unit.id.account == *name) {
            let words = format!("{} {} {}", unit.id.region, unit.id.environment, unit.id.name);
            lines.push(format!("    unit{at}[\"{words}\"]"));
        }
        lines.push("  end".to_owned());
    }
    for (at, unit) in landscape.units.iter().enumerate() {
        for other in unit.after.iter().filter_map(|other| index.get(other)) {
            lines.push(format!("  unit{other} --> unit{at}"));
        }
    }
    lines
}
