//! Sets what AWS makes with a VPC, and tags.

use super::*;

impl Act<'_> {
    pub(super) async fn set_dns(&self, attribute: DnsAttribute, enabled: bool) -> Result<()> {
        let vpc = self.vpc()?;
        self.once_visible(|| self.network.set_dns_attribute(&vpc, attribute, enabled)).await?;
        self.note(|seen| {
            let dns = seen.dns.get_or_insert(DnsAttributes { support: true, hostnames: false });
            match attribute {
                DnsAttribute::Support => dns.support = enabled,
                DnsAttribute::Hostnames => dns.hostnames = enabled,
            }
        });
        Ok(())
    }

    pub(super) async fn lock_default_security_group(&self, known: Option<SecurityGroup>) -> Result<()> {
        let group = match known {
            Some(group) => group,
            None => {
                let vpc = self.vpc()?;
                self.once_visible(|| self.default_security_group(&vpc)).await?
            }
        };
        for (direction, rules) in [(Direction::Ingress, &group.ingress), (Direction::Egress, &group.egress)] {
            if !rules.is_empty() {
                self.network.revoke_rules(&group.id, direction, rules).await?;
            }
        }
        self.note(|seen| {
            seen.default_security_group = Some(SecurityGroup { ingress: vec![], egress: vec![], ..group });
        });
        Ok(())
    }

    async fn default_security_group(&self, vpc: &VpcId) -> Result<SecurityGroup> {
        let group = self.network.default_security_groups(std::slice::from_ref(vpc)).await?.remove(vpc);
        group.ok_or_else(|| {
            let text = format!("{vpc} has no default security group");
            CloudError::new(ErrorKind::NotFound, "DescribeSecurityGroups", text)
        })
    }

    pub(super) async fn remove_acl_entry(&self, direction: Direction, number: i32) -> Result<()> {
        let acl = self.seen().default_network_acl.as_ref().map(|acl| acl.id.clone());
        let acl = acl.ok_or_else(|| missing("DescribeNetworkAcls", Child::Vpc))?;
        self.network.delete_network_acl_entry(&acl, direction, number).await?;
        self.note(|seen| {
            if let Some(acl) = &mut seen.default_network_acl {
                acl.entries.retain(|entry| (entry.direction, entry.number) != (direction, number));
            }
        });
        Ok(())
    }

    pub(super) async fn add_acl_entry(&self, entry: &NetworkAclEntry) -> Result<()> {
        let acl = self.seen().default_network_acl.as_ref().map(|acl| acl.id.clone());
        let acl = acl.ok_or_else(|| missing("DescribeNetworkAcls", Child::Vpc))?;
        match self.until_answered(|| self.network.create_network_acl_entry(&acl, entry)).await {
            // An earlier call was executed and its answer lost: what stood there before has been removed.
            Err(error) if error.kind == ErrorKind::AlreadyExists => {}
            other => other?,
        }
        self.note(|seen| {
            if let Some(acl) = &mut seen.default_network_acl {
                acl.entries.push(entry.clone());
            }
        });
        Ok(())
    }

    pub(super) async fn set_public_ip_on_launch(&self, tier: Tier, slot: Slot, enabled: bool) -> Result<()> {
        let subnet = self.seen().subnets.get(&(tier, slot)).map(|subnet| subnet.id.clone());
        let subnet = subnet.ok_or_else(|| missing("ModifySubnetAttribute", Child::Subnet(tier, slot)))?;
        self.once_visible(|| self.network.set_public_ip_on_launch(&subnet, enabled)).await?;
        self.note(|seen| {
            if let Some(subnet) = seen.subnets.get_mut(&(tier, slot)) {
                subnet.public_ip_on_launch = enabled;
            }
        });
        Ok(())
    }

    pub(super) async fn set_tags(&self, id: &str, tags: &Tags) -> Result<()> {
        self.network.set_tags(&[id.to_owned()], tags).await
    }

    pub(super) async fn remove_tags(&self, id: &str, keys: &[String]) -> Result<()> {
        self.network.remove_tags(&[id.to_owned()], keys).await
    }
}
