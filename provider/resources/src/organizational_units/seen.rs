//! What exists: every unit of the organization, and the tags and accounts of those that it matters for.

use crate::organization::{OrganizationSnapshot, Tree};
use landform_cloud::id::{OrganizationId, OrganizationalUnitId, RootId};
use landform_cloud::organizations::{Account, AccountState, OrganizationalUnit, ParentId};
use landform_cloud::{OrganizationsReads, Result, Tags};
use landform_model::organization::OrganizationalUnitPath;
use std::collections::BTreeMap;

/// The tree as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) organization: OrganizationId,
    pub(super) root: RootId,
    pub(super) tree: Tree,
    /// The tags that were read.
    pub(super) tags: BTreeMap<OrganizationalUnitId, Tags>,
    /// The accounts directly in each unit, where they were read.
    pub(super) accounts: BTreeMap<OrganizationalUnitId, Vec<String>>,
}

impl Seen {
    /// The unit at a path.
    pub(super) fn at(&self, path: &OrganizationalUnitPath) -> Option<&OrganizationalUnit> {
        self.tree.units().get(path)
    }

    /// Whether a unit exists, wherever it is.
    pub(super) fn exists(&self, id: &OrganizationalUnitId) -> bool {
        self.tree.path_of(&ParentId::Unit(id.clone())).is_some()
    }

    /// The name of a unit.
    pub(super) fn name(&self, id: &OrganizationalUnitId) -> Option<&str> {
        let unit = self.tree.units().values().find(|unit| unit.id == *id);
        let path = || self.tree.path_of(&ParentId::Unit(id.clone()));
        unit.map(|unit| unit.name.as_str()).or_else(path)
    }

    /// Every unit below another one, as id and path in words.
    pub(super) fn below(&self, id: &OrganizationalUnitId) -> Vec<(OrganizationalUnitId, &str)> {
        let Some(above) = self.tree.path_of(&ParentId::Unit(id.clone())) else { return Vec::new() };
        let inside = |parent: ParentId| match &parent {
            ParentId::Root(_) => None,
            ParentId::Unit(unit) => {
                let path = self.tree.path_of(&parent)?;
                path.strip_prefix(above)?.starts_with('/').then(|| (unit.clone(), path))
            }
        };
        self.tree.parents().filter_map(inside).collect()
    }
}

/// The tree that all resources read in this process. None without an organization.
pub(super) async fn look(organizations: &OrganizationSnapshot) -> Result<Option<Seen>> {
    let Some(organization) = organizations.organization().await? else { return Ok(None) };
    Ok(Some(seen(organization.id, organizations.root().await?.id, organizations.tree().await?.clone())))
}

/// The tree as it is now. None without an organization.
pub(super) async fn look_anew(organizations: &dyn OrganizationsReads) -> Result<Option<Seen>> {
    let Some(organization) = organizations.organization().await? else { return Ok(None) };
    Ok(Some(seen(organization.id, organizations.root().await?.id, Tree::read(organizations).await?)))
}

fn seen(organization: OrganizationId, root: RootId, tree: Tree) -> Seen {
    Seen { organization, root, tree, tags: BTreeMap::new(), accounts: BTreeMap::new() }
}

/// Reads the tags of some units.
pub(super) async fn look_at_tags<'a>(
    organizations: &dyn OrganizationsReads,
    seen: &mut Seen,
    units: impl IntoIterator<Item = &'a OrganizationalUnitId>,
) -> Result<()> {
    for unit in units {
        seen.tags.insert(unit.clone(), organizations.tags(unit.as_str()).await?);
    }
    Ok(())
}

/// Reads which accounts are in some units.
pub(super) async fn look_at_accounts<'a>(
    organizations: &dyn OrganizationsReads,
    seen: &mut Seen,
    units: impl IntoIterator<Item = &'a OrganizationalUnitId>,
) -> Result<()> {
    for unit in units {
        let inside = organizations.accounts_in(&ParentId::Unit(unit.clone())).await?;
        seen.accounts.insert(unit.clone(), inside.iter().map(described).collect());
    }
    Ok(())
}

fn described(account: &Account) -> String {
    let state = match account.state {
        AccountState::Closed => ", closed",
        AccountState::PendingClosure => ", closing",
        _ => "",
    };
    format!("account {} ({}{state})", account.id, account.name)
}
