//! Where the picture has each account and each unit: accounts from left to right in the order in which they wait for each
//! other, and in an account its units from top to bottom.

use std::collections::{BTreeMap, BTreeSet};

use landform_model::{Region, ResourceName};

use crate::check::{Landscape, Unit};
use crate::units::UnitId;

const MARGIN: usize = 24;
const ACCOUNT_WIDTH: usize = 320;
const ACCOUNT_GAP: usize = 24;
/// Between columns, for arrows.
const COLUMN_GAP: usize = 72;
const ACCOUNT_HEAD: usize = 52;
const SECTION_HEAD: usize = 26;
/// Left of the units of an account, for the arrows between them.
const GUTTER: usize = 36;
const UNIT_HEIGHT: usize = 40;
const UNIT_GAP: usize = 8;
/// An estate without an order is about as wide as this many accounts.
const COLUMNS: usize = 4;
/// Accounts whose units wait for each other back and forth have no order: after so many looks it is as it is.
const LOOKS: usize = 16;

/// Left and top, in pixels.
pub(super) type Corner = (usize, usize);

/// What is where.
pub(super) struct Layout<'a> {
    pub(super) accounts: Vec<AccountBox<'a>>,
    pub(super) units: BTreeMap<&'a UnitId, (&'a Unit, Corner)>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// The box of an account.
pub(super) struct AccountBox<'a> {
    pub(super) name: &'a ResourceName,
    pub(super) at: Corner,
    pub(super) size: (usize, usize),
    pub(super) sections: Vec<Section<'a>>,
}

/// The heading of the units of an account in one region and environment.
pub(super) struct Section<'a> {
    pub(super) region: &'a Region,
    pub(super) environment: &'a ResourceName,
    /// The left end of the line of its heading.
    pub(super) at: Corner,
}

/// The size of the box of a unit.
pub(super) const UNIT_SIZE: (usize, usize) = (ACCOUNT_WIDTH - GUTTER - 12, UNIT_HEIGHT);

pub(super) fn layout(landscape: &Landscape) -> Layout<'_> {
    let mut sections = sections(landscape);
    let heights: BTreeMap<&ResourceName, usize> =
        sections.iter().map(|(account, sections)| (*account, account_height(sections))).collect();
    let mut layout = Layout { accounts: Vec::new(), units: BTreeMap::new(), width: 0, height: 0 };
    let columns = columns(landscape, &heights);
    for (column, accounts) in columns.iter().enumerate() {
        let left = MARGIN + column * (ACCOUNT_WIDTH + COLUMN_GAP);
        let mut top = MARGIN;
        for account in accounts {
            let size = (ACCOUNT_WIDTH, heights.get(account).copied().unwrap_or_default());
            layout.place(account, (left, top), size, sections.remove(account).unwrap_or_default());
            top += size.1 + ACCOUNT_GAP;
        }
        layout.height = layout.height.max((top + MARGIN).saturating_sub(ACCOUNT_GAP));
    }
    layout.width = 2 * MARGIN + columns.len() * (ACCOUNT_WIDTH + COLUMN_GAP) - COLUMN_GAP;
    layout
}

impl<'a> Layout<'a> {
    fn place(
        &mut self,
        name: &'a ResourceName,
        at: Corner,
        size: (usize, usize),
        sections: Vec<Vec<&'a Unit>>,
    ) {
        let (left, mut top) = (at.0 + GUTTER, at.1 + ACCOUNT_HEAD);
        let mut placed = Vec::new();
        for units in sections {
            let Some(first) = units.first() else { continue };
            let heading = (left, top + SECTION_HEAD - 10);
            placed.push(Section {
                region: &first.id.region,
                environment: &first.id.environment,
                at: heading,
            });
            top += SECTION_HEAD;
            for unit in units {
                self.units.insert(&unit.id, (unit, (left, top)));
                top += UNIT_HEIGHT + UNIT_GAP;
            }
        }
        self.accounts.push(AccountBox { name, at, size, sections: placed });
    }
}

/// The units of each account by place, the places and the units in the order in which they are applied.
fn sections(landscape: &Landscape) -> BTreeMap<&ResourceName, Vec<Vec<&Unit>>> {
    let mut accounts: BTreeMap<&ResourceName, BTreeMap<_, Vec<&Unit>>> =
        landscape.estate.accounts.keys().map(|account| (account, BTreeMap::new())).collect();
    for unit in &landscape.units {
        let places = accounts.entry(&unit.id.account).or_default();
        places.entry((&unit.id.region, &unit.id.environment)).or_default().push(unit);
    }
    accounts
        .into_iter()
        .map(|(account, places)| (account, in_order(places.into_values().collect())))
        .collect()
}

fn in_order(mut sections: Vec<Vec<&Unit>>) -> Vec<Vec<&Unit>> {
    sections.iter_mut().for_each(|units| units.sort_by_key(|unit| (unit.group, &unit.id.name)));
    sections.sort_by_key(|units| units.first().map(|unit| unit.group));
    sections
}

fn account_height(sections: &[Vec<&Unit>]) -> usize {
    let units: usize = sections.iter().map(Vec::len).sum();
    ACCOUNT_HEAD + sections.len() * SECTION_HEAD + units * (UNIT_HEIGHT + UNIT_GAP) + 6
}

/// The accounts of each column. Those that wait for the same number of others in a row share columns, which are about as high
/// as the highest account, or as a fourth of all.
fn columns<'a>(
    landscape: &'a Landscape,
    heights: &BTreeMap<&'a ResourceName, usize>,
) -> Vec<Vec<&'a ResourceName>> {
    let ranks = ranks(landscape);
    let all: usize = heights.values().map(|height| height + ACCOUNT_GAP).sum();
    let most = heights.values().copied().max().unwrap_or_default().max(all / COLUMNS);
    let layers: BTreeSet<usize> = ranks.values().copied().collect();
    let mut columns: Vec<Vec<&ResourceName>> = Vec::new();
    for layer in layers {
        let mut used = usize::MAX;
        for (account, _) in ranks.iter().filter(|(_, rank)| **rank == layer) {
            let height = heights.get(account).copied().unwrap_or_default();
            match columns.last_mut().filter(|_| used.saturating_add(height) <= most) {
                Some(column) => column.push(account),
                None => {
                    columns.push(vec![account]);
                    used = 0;
                }
            }
            used += height + ACCOUNT_GAP;
        }
    }
    columns
}

/// How many accounts are before each one, in the longest row of accounts that wait for one another.
fn ranks(landscape: &Landscape) -> BTreeMap<&ResourceName, usize> {
    let mut ranks: BTreeMap<&ResourceName, usize> =
        landscape.estate.accounts.keys().map(|account| (account, 0)).collect();
    let waits: BTreeSet<(&ResourceName, &ResourceName)> = landscape
        .units
        .iter()
        .flat_map(|unit| unit.after.iter().map(|other| (&unit.id.account, &other.account)))
        .filter(|(account, other)| account != other)
        .collect();
    for _ in 0..LOOKS {
        let before = ranks.clone();
        for (account, other) in &waits {
            let least = before.get(other).map_or(0, |rank| rank + 1);
            ranks.entry(account).and_modify(|rank| *rank = least.max(*rank));
        }
        if ranks == before {
            break;
        }
    }
    ranks
}
