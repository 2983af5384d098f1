//! Organizational units by path.

use futures_util::stream::{self, StreamExt, TryStreamExt};
use landform_cloud::id::{OrganizationalUnitId, RootId};
use landform_cloud::organizations::{OrganizationalUnit, ParentId};
use landform_cloud::{OrganizationsReads, Result};
use landform_model::organization::OrganizationalUnitPath;
use std::collections::BTreeMap;

/// Lists that are asked for at once. AWS counts calls per organization, so more gains nothing.
const IN_FLIGHT: usize = 4;

/// The tree of organizational units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    root: RootId,
    units: BTreeMap<OrganizationalUnitPath, OrganizationalUnit>,
    /// In words, also of units whose names cannot stand in a path.
    paths: BTreeMap<OrganizationalUnitId, String>,
}

impl Tree {
    /// The path of the root, in words.
    pub const ROOT: &str = "/";

    /// Reads the tree: one call for each unit, and one for the root.
    pub async fn read(reads: &dyn OrganizationsReads) -> Result<Tree> {
        let root = reads.root().await?.id;
        let mut tree = Tree { root: root.clone(), units: BTreeMap::new(), paths: BTreeMap::new() };
        let mut level = vec![(String::new(), ParentId::Root(root))];
        while !level.is_empty() {
            let asked = level
                .into_iter()
                .map(|(path, parent)| async move { Ok((path, reads.organizational_units(&parent).await?)) });
            let lists: Vec<(String, Vec<OrganizationalUnit>)> =
                stream::iter(asked).buffered(IN_FLIGHT).try_collect().await?;
            level = Vec::new();
            for (above, units) in lists {
                for unit in units {
                    let path = match above.as_str() {
                        "" => unit.name.clone(),
                        above => format!("{above}/{}", unit.name),
                    };
                    level.push((path.clone(), ParentId::Unit(unit.id.clone())));
                    tree.paths.insert(unit.id.clone(), path.clone());
                    // A name with a `/` in it is nobody's path.
                    if let Some(path) = path.parse().ok().filter(|_| !unit.name.contains('/')) {
                        tree.units.insert(path, unit);
                    }
                }
            }
        }
        Ok(tree)
    }

    /// The units that have a path, each after the one it is in.
    pub fn units(&self) -> &BTreeMap<OrganizationalUnitPath, OrganizationalUnit> {
        &self.units
    }

    /// Every parent that there is, the root first.
    pub fn parents(&self) -> impl Iterator<Item = ParentId> + '_ {
        let units = self.paths.keys().cloned().map(ParentId::Unit);
        std::iter::once(ParentId::Root(self.root.clone())).chain(units)
    }

    /// The unit at a path, or the root for none.
    pub fn parent_at(&self, path: Option<&OrganizationalUnitPath>) -> Option<ParentId> {
        match path {
            None => Some(ParentId::Root(self.root.clone())),
            Some(path) => self.units.get(path).map(|unit| ParentId::Unit(unit.id.clone())),
        }
    }

    /// Where a parent is, in words: `/`, or a path such as `Workloads/Prod`. None for one that is not in the tree.
    pub fn path_of(&self, parent: &ParentId) -> Option<&str> {
        match parent {
            ParentId::Root(root) => (*root == self.root).then_some(Tree::ROOT),
            ParentId::Unit(unit) => self.paths.get(unit).map(String::as_str),
        }
    }
}
