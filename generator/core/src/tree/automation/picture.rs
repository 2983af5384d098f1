//! `docs/estate.svg`: accounts as boxes, their units in them by region and environment, an arrow from each unit to those
//! that come after it. The same graph as the one in Mermaid, for pages that do not draw Mermaid.

use std::collections::BTreeMap;

use super::super::documents::{Content, Picture, Shape};
use super::super::{Document, TreePath};
use crate::check::{Landscape, Unit};
use crate::units::UnitId;

const MARGIN: usize = 24;
const ACCOUNT_WIDTH: usize = 320;
const HEAD: usize = 56;
const UNIT_HEIGHT: usize = 40;
const UNIT_GAP: usize = 12;
const ACCOUNT_GAP: usize = 64;
/// Accounts beside each other.
const COLUMNS: usize = 4;

pub(super) fn document(landscape: &Landscape) -> (TreePath, Document) {
    let title = format!("Estate {}", landscape.estate.organization.name);
    (
        TreePath::of(["docs", "estate.svg"]),
        Document::new("all units", Content::Picture(picture(landscape, title))),
    )
}

/// Where the box of a unit is: its left upper corner.
type Corner = (usize, usize);

fn picture(landscape: &Landscape, title: String) -> Picture {
    let mut units: BTreeMap<&str, Vec<&Unit>> =
        landscape.estate.accounts.keys().map(|name| (name.as_str(), Vec::new())).collect();
    for unit in &landscape.units {
        units.entry(unit.id.account.as_str()).or_default().push(unit);
    }
    units.values_mut().for_each(|units| units.sort_by_key(|unit| &unit.id));
    let mut shapes = Vec::new();
    let mut corners: BTreeMap<&UnitId, Corner> = BTreeMap::new();
    let accounts: Vec<(&str, Vec<&Unit>)> = units.into_iter().collect();
    let mut top = MARGIN;
    for row in accounts.chunks(COLUMNS) {
        let height = row.iter().map(|(_, units)| account_height(units.len())).max().unwrap_or_default();
        for (column, (name, units)) in row.iter().enumerate() {
            let left = MARGIN + column * (ACCOUNT_WIDTH + ACCOUNT_GAP);
            account(landscape, name, units, (left, top), &mut shapes, &mut corners);
        }
        top += height + ACCOUNT_GAP;
    }
    for unit in &landscape.units {
        for other in &unit.after {
            if let (Some(from), Some(to)) = (corners.get(other), corners.get(&unit.id)) {
                let width = ACCOUNT_WIDTH - 2 * UNIT_GAP;
                let from = (from.0 + width, from.1 + UNIT_HEIGHT / 2);
                shapes.push(Shape::Arrow { from, to: (to.0, to.1 + UNIT_HEIGHT / 2) });
            }
        }
    }
    let columns = accounts.len().clamp(1, COLUMNS);
    let width = 2 * MARGIN + columns * ACCOUNT_WIDTH + (columns - 1) * ACCOUNT_GAP;
    Picture { title, width, height: (top + MARGIN).saturating_sub(ACCOUNT_GAP).max(2 * MARGIN), shapes }
}

fn account_height(units: usize) -> usize {
    HEAD + units * (UNIT_HEIGHT + UNIT_GAP) + UNIT_GAP
}

fn account<'a>(
    landscape: &Landscape,
    name: &str,
    units: &[&'a Unit],
    (left, top): Corner,
    shapes: &mut Vec<Shape>,
    corners: &mut BTreeMap<&'a UnitId, Corner>,
) {
    let id = landscape.estate.accounts.iter().find(|(other, _)| other.as_str() == name);
    let id = id.map(|(_, account)| account.id.to_string()).unwrap_or_default();
    let height = account_height(units.len());
    shapes.push(Shape::Box { class: "account", at: (left, top), size: (ACCOUNT_WIDTH, height) });
    shapes.push(Shape::Words { class: "name", at: (left + 16, top + 24), words: name.to_owned() });
    shapes.push(Shape::Words { class: "more", at: (left + 16, top + 42), words: id });
    for (position, unit) in units.iter().enumerate() {
        let corner = (left + UNIT_GAP, top + HEAD + position * (UNIT_HEIGHT + UNIT_GAP));
        let size = (ACCOUNT_WIDTH - 2 * UNIT_GAP, UNIT_HEIGHT);
        shapes.push(Shape::Box { class: "unit", at: corner, size });
        let words = format!("{} {} {}", unit.id.region, unit.id.environment, unit.id.name);
        shapes.push(Shape::Words { class: "words", at: (corner.0 + 10, corner.1 + 17), words });
        let block = unit.inputs.get("cidr").and_then(hcl::Value::as_str).unwrap_or_default();
        let more = format!("{} {block}", unit.kind.name).trim_end().to_owned();
        shapes.push(Shape::Words { class: "more", at: (corner.0 + 10, corner.1 + 32), words: more });
        corners.insert(&unit.id, corner);
    }
}
