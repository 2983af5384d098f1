//! Default security groups.

use super::*;

impl InProcessNetwork {
    pub(super) fn default_security_groups(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>> {
        self.call("DescribeSecurityGroups", words(vpcs), |world, _| {
            let group = |vpc: &VpcId| Some((vpc.clone(), world.security_groups.get(vpc.as_str())?.clone()));
            Ok(vpcs.iter().filter_map(group).collect())
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
}

pub(super) fn words(vpcs: &[VpcId]) -> String {
    vpcs.iter().map(VpcId::as_str).collect::<Vec<_>>().join(" ")
}
