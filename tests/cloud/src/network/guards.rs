//! Default security groups and network ACLs.

use super::*;

impl InProcessNetwork {
    pub(super) fn default_security_groups(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>> {
        self.call("DescribeSecurityGroups", words(vpcs), |world, _| {
            let group = |vpc: &VpcId| Some((vpc.clone(), world.security_groups.get(vpc.as_str())?.clone()));
            Ok(vpcs.iter().filter_map(group).collect())
        })
    }

    pub(super) fn default_network_acls(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>> {
        self.call("DescribeNetworkAcls", words(vpcs), |world, _| {
            let acl = |vpc: &VpcId| Some((vpc.clone(), world.network_acls.get(vpc.as_str())?.clone()));
            Ok(vpcs.iter().filter_map(acl).collect())
        })
    }

    pub(super) fn revoke_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        let operation = match direction {
            Direction::Ingress => "RevokeSecurityGroupIngress",
            Direction::Egress => "RevokeSecurityGroupEgress",
        };
        self.call(operation, group.as_str(), |world, _| {
            let all = world.security_groups.values_mut().chain(world.own_security_groups.values_mut());
            for it in all.filter(|it| it.id == *group) {
                match direction {
                    Direction::Ingress => it.ingress.retain(|rule| !rules.contains(rule)),
                    Direction::Egress => it.egress.retain(|rule| !rules.contains(rule)),
                }
            }
            Ok(())
        })
    }

    pub(super) fn create_network_acl_entry(&self, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()> {
        self.call("CreateNetworkAclEntry", acl.as_str(), |world, _| {
            for it in world.network_acls.values_mut().filter(|it| it.id == *acl) {
                it.entries.push(entry.clone());
            }
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
            for it in world.network_acls.values_mut().filter(|it| it.id == *acl) {
                it.entries.retain(|entry| (entry.direction, entry.number) != (direction, number));
            }
            Ok(())
        })
    }
}

fn words(vpcs: &[VpcId]) -> String {
    vpcs.iter().map(VpcId::as_str).collect::<Vec<_>>().join(" ")
}
