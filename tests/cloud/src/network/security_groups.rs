//! Security groups that somebody made: one of a name in a VPC.

use super::*;

impl InProcessNetwork {
    pub(super) fn security_groups(&self, tags: &Tags) -> Result<Vec<SecurityGroup>> {
        self.call("DescribeSecurityGroups", child(tags), |world, _| {
            let groups = world.own_security_groups.values();
            Ok(groups.filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_security_group(
        &self,
        vpc: &VpcId,
        name: &str,
        tags: &Tags,
    ) -> Result<SecurityGroup> {
        const OPERATION: &str = "CreateSecurityGroup";
        self.call(OPERATION, child(tags), |world, new_id| {
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent(OPERATION, "InvalidVpcID.NotFound", vpc));
            }
            let key = format!("{vpc} {name}");
            if world.own_security_groups.contains_key(&key) {
                let text = format!("The security group '{name}' already exists for VPC '{vpc}'");
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, "InvalidGroup.Duplicate", text));
            }
            let group = SecurityGroup {
                id: id(&new_id("sg-")),
                vpc: vpc.clone(),
                tags: tags.clone(),
                ingress: vec![],
                egress: vec![vpcs::open_rule()],
            };
            world.own_security_groups.insert(key, group.clone());
            Ok(group)
        })
    }

    pub(super) fn authorize_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        let operation = match direction {
            Direction::Ingress => "AuthorizeSecurityGroupIngress",
            Direction::Egress => "AuthorizeSecurityGroupEgress",
        };
        self.call(operation, group.as_str(), |world, _| {
            let it = world.own_security_groups.values_mut().find(|it| it.id == *group);
            let it = it.ok_or_else(|| absent(operation, "InvalidGroup.NotFound", group))?;
            let all = match direction {
                Direction::Ingress => &mut it.ingress,
                Direction::Egress => &mut it.egress,
            };
            all.extend(rules.iter().filter(|rule| !all.contains(rule)).cloned().collect::<Vec<_>>());
            Ok(())
        })
    }

    pub(super) fn delete_security_group(&self, group: &SecurityGroupId) -> Result<()> {
        self.call("DeleteSecurityGroup", group.as_str(), |world, _| {
            if world.vpc_endpoints.iter().any(|it| it.security_groups.contains(group)) {
                return Err(in_use("DeleteSecurityGroup", group));
            }
            world.own_security_groups.retain(|_, it| it.id != *group);
            Ok(())
        })
    }
}
