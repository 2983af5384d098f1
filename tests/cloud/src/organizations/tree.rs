//! The organization, its root and its organizational units.

use super::world::parsed;
use super::*;
use landform_model::limits::{ORGANIZATIONAL_UNIT_DEPTH, ORGANIZATIONAL_UNIT_NAME_CHARACTERS};

impl InProcessOrganizations {
    pub(super) fn organization(&self) -> Result<Option<Organization>> {
        self.call_without_organization("DescribeOrganization", "", |world| Ok(world.organization.clone()))
    }

    pub(super) fn create_organization(&self) -> Result<Organization> {
        const OPERATION: &str = "CreateOrganization";
        self.call_without_organization(OPERATION, "", |world| match world.organization {
            Some(_) => Err(exists(OPERATION, "AlreadyInOrganizationException", "An organization")),
            None => Ok(world.establish()),
        })
    }

    /// A look: kinds of policy that are about to be on or off come nearer to it.
    pub(super) fn root(&self) -> Result<Root> {
        self.call("ListRoots", "", |world| {
            let root = world.root.clone().ok_or_else(|| not_in_use("ListRoots"))?;
            world.settle_policy_types();
            Ok(root)
        })
    }

    pub(super) fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>> {
        const OPERATION: &str = "ListOrganizationalUnitsForParent";
        self.list(OPERATION, parent.as_str(), |world| match world.is_parent(parent) {
            false => Err(absent(OPERATION, "ParentNotFoundException", parent)),
            true => Ok(world.units_below(parent).cloned().collect()),
        })
    }

    pub(super) fn create_organizational_unit(
        &self,
        parent: &ParentId,
        name: &str,
        tags: &Tags,
    ) -> Result<OrganizationalUnit> {
        const OPERATION: &str = "CreateOrganizationalUnit";
        self.call(OPERATION, name, |world| {
            if !world.is_parent(parent) {
                return Err(absent(OPERATION, "ParentNotFoundException", parent));
            }
            world.free_name(OPERATION, parent, name)?;
            if world.depth(parent) >= ORGANIZATIONAL_UNIT_DEPTH.value {
                return Err(constraint(ErrorKind::Invalid, OPERATION, "OU_DEPTH_LIMIT_EXCEEDED"));
            }
            let unit = world.put_unit(parent, name);
            world.tags.insert(unit.id.to_string(), tags.clone());
            Ok(unit)
        })
    }

    pub(super) fn rename_organizational_unit(&self, unit: &OrganizationalUnitId, name: &str) -> Result<()> {
        const OPERATION: &str = "UpdateOrganizationalUnit";
        self.call(OPERATION, unit.as_str(), |world| {
            let known = world.units.iter().position(|it| it.unit.id == *unit);
            let at = known.ok_or_else(|| absent(OPERATION, "OrganizationalUnitNotFoundException", unit))?;
            if world.units[at].unit.name != name {
                let parent = world.units[at].parent.clone();
                world.free_name(OPERATION, &parent, name)?;
                world.units[at].unit.name = name.to_owned();
            }
            Ok(())
        })
    }

    /// An organizational unit must be empty before it can be deleted.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html>
    pub(super) fn delete_organizational_unit(&self, unit: &OrganizationalUnitId) -> Result<()> {
        const OPERATION: &str = "DeleteOrganizationalUnit";
        self.call(OPERATION, unit.as_str(), |world| {
            let itself = ParentId::Unit(unit.clone());
            let has_units = world.units_below(&itself).next().is_some();
            if has_units || world.accounts.iter().any(|it| it.parent.as_ref() == Some(&itself)) {
                let text = format!("{unit} is not empty.");
                return Err(refuse(ErrorKind::InUse, OPERATION, "OrganizationalUnitNotEmptyException", text));
            }
            world.units.retain(|it| it.unit.id != *unit);
            world.attachments.retain(|(_, target)| *target != TargetId::Unit(unit.clone()));
            world.tags.remove(unit.as_str());
            Ok(())
        })
    }
}

impl OrganizationWorld {
    fn units_below<'a>(&'a self, parent: &'a ParentId) -> impl Iterator<Item = &'a OrganizationalUnit> {
        self.units.iter().filter(move |it| it.parent == *parent).map(|it| &it.unit)
    }

    fn depth(&self, parent: &ParentId) -> usize {
        let ParentId::Unit(id) = parent else { return 0 };
        self.units.iter().find(|it| it.unit.id == *id).map_or(0, |it| 1 + self.depth(&it.parent))
    }

    fn free_name(&self, operation: &'static str, parent: &ParentId, name: &str) -> Result<()> {
        if name.is_empty() {
            return Err(invalid_input(operation, "MIN_LENGTH_EXCEEDED"));
        }
        if name.chars().count() > ORGANIZATIONAL_UNIT_NAME_CHARACTERS.value {
            return Err(invalid_input(operation, "MAX_LENGTH_EXCEEDED"));
        }
        match self.units_below(parent).any(|it| it.name == name) {
            true => Err(exists(operation, "DuplicateOrganizationalUnitException", format!("An OU {name}"))),
            false => Ok(()),
        }
    }

    /// A new organizational unit has what the root allows by default.
    pub(super) fn put_unit(&mut self, parent: &ParentId, name: &str) -> OrganizationalUnit {
        let id: OrganizationalUnitId = parsed(&format!("ou-ab12-{:08x}", self.count()));
        let unit = OrganizationalUnit { arn: self.arn(&format!("ou/{id}")), id, name: name.to_owned() };
        self.units.push(PlacedUnit { unit: unit.clone(), parent: parent.clone() });
        self.attach_defaults(&TargetId::Unit(unit.id.clone()));
        unit
    }
}
