//! Network ACLs: every subnet is under exactly one, that of its VPC at first, and one with subnets cannot be deleted.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>

use super::guards::words;
use super::*;

impl InProcessNetwork {
    pub(super) fn default_network_acls(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>> {
        self.call("DescribeNetworkAcls", words(vpcs), |world, _| {
            let acl = |vpc: &VpcId| Some((vpc.clone(), world.network_acls.get(vpc.as_str())?.clone()));
            Ok(vpcs.iter().filter_map(acl).collect())
        })
    }

    pub(super) fn network_acls(&self, tags: &Tags) -> Result<Vec<NetworkAcl>> {
        self.call("DescribeNetworkAcls", child(tags), |world, _| {
            Ok(all(world).filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn network_acl_of(&self, subnet: &SubnetId) -> Result<Option<NetworkAclAssociation>> {
        self.call("DescribeNetworkAcls", subnet.as_str(), |world, _| {
            Ok(all(world).flat_map(|it| &it.associations).find(|it| it.subnet == *subnet).cloned())
        })
    }

    pub(super) fn create_network_acl(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<NetworkAcl> {
        const OPERATION: &str = "CreateNetworkAcl";
        self.call(OPERATION, child(tags), |world, new_id| {
            let parameters = format!("{vpc} {tags:?}");
            if let Some(known) = world.tokens.answered(OPERATION, token, &parameters)? {
                // Also when it has been deleted since.
                let acl = all(world).find(|it| it.id.as_str() == known).cloned();
                return Ok(acl.unwrap_or_else(|| new_acl(&known, vpc, tags)));
            }
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent(OPERATION, "InvalidVpcID.NotFound", vpc));
            }
            let acl = new_acl(&new_id("acl-"), vpc, tags);
            world.tokens.remember(OPERATION, token, parameters, &acl.id);
            world.own_network_acls.push(acl.clone());
            Ok(acl)
        })
    }

    pub(super) fn replace_network_acl_association(
        &self,
        association: &NetworkAclAssociationId,
        acl: &NetworkAclId,
    ) -> Result<NetworkAclAssociationId> {
        const OPERATION: &str = "ReplaceNetworkAclAssociation";
        self.call(OPERATION, association.as_str(), |world, new_id| {
            if !all(world).any(|it| it.id == *acl) {
                return Err(absent(OPERATION, "InvalidNetworkAclID.NotFound", acl));
            }
            let mut moved = None;
            for it in all_mut(world) {
                if let Some(at) = it.associations.iter().position(|it| it.id == *association) {
                    moved = Some(it.associations.remove(at));
                }
            }
            let moved =
                moved.ok_or_else(|| absent(OPERATION, "InvalidAssociationID.NotFound", association))?;
            let id: NetworkAclAssociationId = id(&new_id("aclassoc-"));
            for it in all_mut(world).filter(|it| it.id == *acl) {
                let subnet = moved.subnet.clone();
                it.associations.push(NetworkAclAssociation { id: id.clone(), acl: acl.clone(), subnet });
            }
            Ok(id)
        })
    }

    pub(super) fn delete_network_acl(&self, acl: &NetworkAclId) -> Result<()> {
        self.call("DeleteNetworkAcl", acl.as_str(), |world, _| {
            if world.own_network_acls.iter().any(|it| it.id == *acl && !it.associations.is_empty()) {
                return Err(in_use("DeleteNetworkAcl", acl));
            }
            world.own_network_acls.retain(|it| it.id != *acl);
            Ok(())
        })
    }

    pub(super) fn create_network_acl_entry(&self, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()> {
        const OPERATION: &str = "CreateNetworkAclEntry";
        self.call(OPERATION, acl.as_str(), |world, _| {
            let it = all_mut(world).find(|it| it.id == *acl);
            let it = it.ok_or_else(|| absent(OPERATION, "InvalidNetworkAclID.NotFound", acl))?;
            if it.entries.iter().any(|it| (it.direction, it.number) == (entry.direction, entry.number)) {
                let text = format!("The network acl entry identified by {} already exists", entry.number);
                let code = "NetworkAclEntryAlreadyExists";
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, code, text));
            }
            it.entries.push(entry.clone());
            Ok(())
        })
    }

    pub(super) fn delete_network_acl_entry(
        &self,
        acl: &NetworkAclId,
        direction: Direction,
        number: i32,
    ) -> Result<()> {
        self.call("DeleteNetworkAclEntry", acl.as_str(), |world, _| {
            for it in all_mut(world).filter(|it| it.id == *acl) {
                it.entries.retain(|entry| (entry.direction, entry.number) != (direction, number));
            }
            Ok(())
        })
    }
}

fn new_acl(text: &str, vpc: &VpcId, tags: &Tags) -> NetworkAcl {
    NetworkAcl { id: id(text), vpc: vpc.clone(), entries: vec![], associations: vec![], tags: tags.clone() }
}

/// Puts a new subnet under the ACL of its VPC.
pub(super) fn adopt(world: &mut World, vpc: &VpcId, subnet: &SubnetId, new_id: NewId<'_>) {
    if let Some(acl) = world.network_acls.get_mut(vpc.as_str()) {
        let (id, acl_id) = (id(&new_id("aclassoc-")), acl.id.clone());
        acl.associations.push(NetworkAclAssociation { id, acl: acl_id, subnet: subnet.clone() });
    }
}

/// Takes a subnet that is deleted from its ACL.
pub(super) fn leave(world: &mut World, subnet: &SubnetId) {
    for acl in all_mut(world) {
        acl.associations.retain(|it| it.subnet != *subnet);
    }
}

fn all(world: &World) -> impl Iterator<Item = &NetworkAcl> {
    world.network_acls.values().chain(&world.own_network_acls)
}

fn all_mut(world: &mut World) -> impl Iterator<Item = &mut NetworkAcl> {
    world.network_acls.values_mut().chain(&mut world.own_network_acls)
}
