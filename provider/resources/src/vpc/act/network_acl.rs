//! Makes the network ACL of tiers for data, its entries, and moves subnets.

use super::super::ipv6;
use super::super::network_acl::{free_number, ipv6_entries};
use super::*;
use landform_cloud::id::NetworkAclId;

impl Act<'_> {
    pub(super) async fn create_network_acl(&self) -> Result<()> {
        let child = Child::NetworkAcl;
        let (vpc, tags) = (self.vpc()?, self.desired.tags_of(child));
        let mut incarnation = 0;
        let acl = loop {
            let token = self.token(child, vpc.as_str(), incarnation);
            let acl = self.once_visible(|| self.network.create_network_acl(&vpc, &tags, &token)).await?;
            let ours = self.desired.owner.tags(&child.key());
            let lives =
                || async { Ok(self.network.network_acls(&ours).await?.iter().any(|it| it.id == acl.id)) };
            if incarnation == 3 || self.lives(lives).await? {
                break acl;
            }
            incarnation += 1;
        };
        self.note(|seen| seen.network_acl = Some(acl));
        Ok(())
    }

    pub(super) async fn allow_in_network_acl(&self, entry: &NetworkAclEntry) -> Result<()> {
        let acl = self.network_acl()?;
        match self.until_answered(|| self.network.create_network_acl_entry(&acl, entry)).await {
            // An earlier call was executed and its answer lost: the number was free.
            Err(error) if error.kind == ErrorKind::AlreadyExists => {}
            other => other?,
        }
        self.note(|seen| {
            if let Some(acl) = &mut seen.network_acl {
                acl.entries.push(entry.clone());
            }
        });
        Ok(())
    }

    pub(super) async fn allow_ipv6_in_network_acl(&self) -> Result<()> {
        let block = ipv6::block(self.desired, &self.seen());
        let block = block.ok_or_else(|| missing("DescribeVpcs", Child::Vpc))?;
        for entry in ipv6_entries(block) {
            let entries =
                self.seen().network_acl.iter().flat_map(|acl| acl.entries.clone()).collect::<Vec<_>>();
            let taken = entries.iter().map(|it| (it.direction, it.number)).collect();
            let number = free_number(&taken, entry.direction);
            self.allow_in_network_acl(&NetworkAclEntry { number, ..entry }).await?;
        }
        Ok(())
    }

    pub(super) async fn forget_in_network_acl(&self, direction: Direction, number: i32) -> Result<()> {
        let acl = self.network_acl()?;
        self.network.delete_network_acl_entry(&acl, direction, number).await?;
        self.note(|seen| {
            if let Some(acl) = &mut seen.network_acl {
                acl.entries.retain(|entry| (entry.direction, entry.number) != (direction, number));
            }
        });
        Ok(())
    }

    /// Moves a subnet to the ACL for data, or back to the VPC's own. The association has another id after each move, so it is
    /// asked for before each attempt.
    pub(super) async fn move_to_network_acl(&self, tier: Tier, slot: Slot, to_ours: bool) -> Result<()> {
        let subnet = self.seen().subnets.get(&(tier, slot)).map(|subnet| subnet.id.clone());
        let subnet = subnet.ok_or_else(|| missing("DescribeSubnets", Child::Subnet(tier, slot)))?;
        let acl = match to_ours {
            true => self.network_acl()?,
            false => self.default_network_acl()?,
        };
        let id = self
            .until_answered(|| async {
                let now = self.network.network_acl_of(&subnet).await?;
                let now = now.ok_or_else(|| missing("DescribeNetworkAcls", Child::Subnet(tier, slot)))?;
                match now.acl == acl {
                    true => Ok(now.id),
                    false => self.network.replace_network_acl_association(&now.id, &acl).await,
                }
            })
            .await?;
        self.note(|seen| {
            if let Some(ours) = &mut seen.network_acl {
                ours.associations.retain(|it| it.subnet != subnet);
                if to_ours {
                    ours.associations.push(NetworkAclAssociation { id, acl, subnet });
                }
            }
        });
        Ok(())
    }

    fn network_acl(&self) -> Result<NetworkAclId> {
        let id = self.seen().network_acl.as_ref().map(|acl| acl.id.clone());
        id.ok_or_else(|| missing("DescribeNetworkAcls", Child::NetworkAcl))
    }

    fn default_network_acl(&self) -> Result<NetworkAclId> {
        let id = self.seen().default_network_acl.as_ref().map(|acl| acl.id.clone());
        id.ok_or_else(|| missing("DescribeNetworkAcls", Child::Vpc))
    }
}
