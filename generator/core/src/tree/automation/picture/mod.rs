//! `docs/estate.svg`: accounts as boxes, their units in them, an arrow from each unit to those that come after it. The same
//! graph as the one in Mermaid, for pages that do not draw Mermaid.

mod layout;

use std::collections::BTreeSet;

use super::super::documents::{Content, Picture, Shape};
use super::super::{Document, TreePath};
use crate::check::{Landscape, Unit};
use crate::units::UnitId;
use layout::{AccountBox, Corner, Layout, UNIT_SIZE, layout};

/// The longest line of a box, in letters of the size that names have.
const LONGEST: usize = 34;

pub(super) fn document(landscape: &Landscape) -> (TreePath, Document) {
    let title = format!("Estate {}", landscape.estate.organization.name);
    (
        TreePath::of(["docs", "estate.svg"]),
        Document::new("all units", Content::Picture(picture(landscape, title))),
    )
}

/// Arrows are over accounts and under units: where one has to pass a unit, the unit stays legible.
fn picture(landscape: &Landscape, title: String) -> Picture {
    let layout = layout(landscape);
    let mut shapes: Vec<Shape> = layout
        .accounts
        .iter()
        .map(|account| Shape::Box { class: "account", at: account.at, size: account.size })
        .collect();
    shapes.extend(landscape.units.iter().flat_map(|unit| arrows(&layout, unit)));
    layout.accounts.iter().for_each(|account| words(landscape, account, &mut shapes));
    layout.units.values().for_each(|(unit, at)| unit_box(unit, *at, &mut shapes));
    Picture { title, width: layout.width, height: layout.height, shapes }
}

/// From each unit that comes before, unless another one of them comes after it.
fn arrows(layout: &Layout<'_>, unit: &Unit) -> Vec<Shape> {
    let place = |id: &UnitId| layout.units.get(id).copied();
    let implied: BTreeSet<&UnitId> =
        unit.after.iter().filter_map(|id| layout.units.get(id)).flat_map(|(unit, _)| &unit.after).collect();
    let middle = |(left, top): Corner| (left, top + UNIT_SIZE.1 / 2);
    let arrow = |other: &UnitId| {
        let ((_, from), (_, to)) = (place(other)?, place(&unit.id)?);
        Some(match other.account == unit.id.account {
            true => Shape::Arc { from: middle(from), to: middle(to) },
            false => Shape::Arrow { from: middle((from.0 + UNIT_SIZE.0, from.1)), to: middle(to) },
        })
    };
    unit.after.iter().filter(|other| !implied.contains(other)).filter_map(arrow).collect()
}

fn words(landscape: &Landscape, account: &AccountBox<'_>, shapes: &mut Vec<Shape>) {
    let (left, top) = (account.at.0 + 16, account.at.1);
    let id = landscape.estate.accounts.get(account.name).map(|account| account.id.to_string());
    let name = fitted(account.name.as_str());
    shapes.push(Shape::Words { class: "name", at: (left, top + 24), words: name });
    shapes.push(Shape::Words { class: "more", at: (left, top + 42), words: id.unwrap_or_default() });
    shapes.extend(account.sections.iter().map(|section| Shape::Words {
        class: "place",
        at: section.at,
        words: fitted(&format!("{} · {}", section.region, section.environment)),
    }));
}

fn unit_box(unit: &Unit, at: Corner, shapes: &mut Vec<Shape>) {
    let left = at.0 + 10;
    let block = unit.inputs.get("cidr").and_then(hcl::Value::as_str).unwrap_or_default();
    let more = format!("{} {block}", unit.kind.name);
    shapes.push(Shape::Box { class: "unit", at, size: UNIT_SIZE });
    shapes.push(Shape::Words { class: "words", at: (left, at.1 + 17), words: fitted(unit.id.name.as_str()) });
    shapes.push(Shape::Words { class: "more", at: (left, at.1 + 32), words: fitted(more.trim_end()) });
}

/// The text, or its beginning where it is longer than a box.
fn fitted(text: &str) -> String {
    match text.chars().count() > LONGEST {
        true => text.chars().take(LONGEST - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
