//! Gives and takes what IPv6 needs.

use super::super::ipv6::{Ipv6Exit, Ipv6Step, block, subnet_block};
use super::*;
use landform_cloud::id::{EgressOnlyInternetGatewayId, SubnetCidrAssociationId};
use landform_model::Ipv6Cidr;

impl Act<'_> {
    pub(super) async fn perform_ipv6(&self, step: Ipv6Step) -> Result<()> {
        match step {
            Ipv6Step::AssociateBlock => self.associate_ipv6_block().await,
            Ipv6Step::AssociateSubnet(tier, slot) => self.associate_subnet_ipv6_block(tier, slot).await,
            Ipv6Step::SetAddressOnLaunch(tier, slot, enabled) => {
                let subnet = self.subnet_id(tier, slot)?;
                self.once_visible(|| self.network.set_ipv6_address_on_launch(&subnet, enabled)).await?;
                self.note_subnet(tier, slot, |subnet| subnet.ipv6_address_on_launch = enabled);
                Ok(())
            }
            Ipv6Step::SetDns64(tier, slot, enabled) => {
                let subnet = self.subnet_id(tier, slot)?;
                self.once_visible(|| self.network.set_dns64(&subnet, enabled)).await?;
                self.note_subnet(tier, slot, |subnet| subnet.dns64 = enabled);
                Ok(())
            }
            Ipv6Step::CreateEgressOnlyGateway => self.create_egress_only_gateway().await,
            Ipv6Step::SetRoute(table, to, exit, exists) => {
                let target = self.ipv6_target(exit);
                let target = target.ok_or_else(|| missing("CreateRoute", Child::RouteTable(table)))?;
                self.set_route(table, &to.into(), target, exists).await
            }
            Ipv6Step::RemoveRoute(table, to) => self.remove_route(table, &to.into()).await,
        }
    }

    /// The block that a subnet is made with.
    pub(super) fn ipv6_of_new_subnet(&self, tier: Tier, slot: Slot) -> Option<Ipv6Cidr> {
        let vpc = block(self.desired, &self.seen());
        subnet_block(self.desired, vpc, (tier, slot))
    }

    fn ipv6_target(&self, exit: Ipv6Exit) -> Option<RouteTarget> {
        let seen = self.seen();
        match exit {
            Ipv6Exit::Internet => {
                seen.internet_gateway.as_ref().map(|it| RouteTarget::InternetGateway(it.id.clone()))
            }
            Ipv6Exit::EgressOnly => {
                let gateway = seen.egress_only_gateway.as_ref();
                gateway.map(|it| RouteTarget::EgressOnlyInternetGateway(it.id.clone()))
            }
            Ipv6Exit::Nat(nat) => {
                seen.nat_gateways.get(&nat).map(|it| RouteTarget::NatGateway(it.id.clone()))
            }
        }
    }

    fn subnet_id(&self, tier: Tier, slot: Slot) -> Result<SubnetId> {
        let subnet = self.seen().subnets.get(&(tier, slot)).map(|subnet| subnet.id.clone());
        subnet.ok_or_else(|| missing("DescribeSubnets", Child::Subnet(tier, slot)))
    }

    fn note_subnet(&self, tier: Tier, slot: Slot, change: impl FnOnce(&mut Subnet)) {
        self.note(|seen| {
            if let Some(subnet) = seen.subnets.get_mut(&(tier, slot)) {
                change(subnet);
            }
        });
    }

    async fn associate_ipv6_block(&self) -> Result<()> {
        let vpc = self.vpc()?;
        let look = || async { Ok(self.network.vpc(&vpc).await?.and_then(|vpc| vpc.ipv6_block)) };
        // A block that an earlier run began to add is only waited for.
        let begun = self.seen().vpc.as_ref().is_some_and(|vpc| vpc.ipv6_block.is_some());
        if !begun {
            let pool = self.desired.ipv6.as_ref().and_then(|ipv6| ipv6.ipam_pool.as_deref());
            let ask = || async {
                self.once_visible(|| self.network.associate_ipv6_block(&vpc, pool)).await.map(|()| None)
            };
            create_once(ask, || async { Ok(look().await?.map(Some)) }).await?;
        }
        let what = format!("the IPv6 block of {vpc}");
        let block = wait_for("DescribeVpcs", &what, SETTLE, self.stop, || async {
            Ok(match look().await? {
                Some(block) if block.cidr.is_some() => Look::Ready(block),
                Some(_) => Look::Pending("associating".into()),
                None => Look::Pending("not visible yet".into()),
            })
        })
        .await?;
        self.note(|seen| {
            if let Some(vpc) = &mut seen.vpc {
                vpc.ipv6_block = Some(block);
            }
        });
        Ok(())
    }

    async fn associate_subnet_ipv6_block(&self, tier: Tier, slot: Slot) -> Result<()> {
        const OPERATION: &str = "AssociateSubnetCidrBlock";
        let (child, subnet) = (Child::Subnet(tier, slot), self.subnet_id(tier, slot)?);
        let cidr = self.ipv6_of_new_subnet(tier, slot).ok_or_else(|| {
            let text = "the IPv6 block of the VPC has no place for this subnet: it must be a /56 or larger";
            CloudError::new(ErrorKind::Invalid, OPERATION, text.to_owned())
        })?;
        let ours = self.desired.owner.tags(&child.key());
        let look = || async {
            let subnets = self.network.subnets(&ours).await?;
            Ok(subnets.into_iter().find(|it| it.id == subnet).and_then(|it| it.ipv6_block))
        };
        let ask = || self.once_visible(|| self.network.associate_subnet_ipv6_block(&subnet, &cidr));
        let block = create_once(ask, look).await?;
        self.note_subnet(tier, slot, |subnet| subnet.ipv6_block = Some(block));
        Ok(())
    }

    async fn create_egress_only_gateway(&self) -> Result<()> {
        let vpc = self.vpc()?;
        let child = Child::EgressOnlyGateway;
        let (tags, ours) = (self.desired.tags_of(child), self.desired.owner.tags(&child.key()));
        let mut incarnation = 0;
        let made = loop {
            let token = self.token(child, vpc.as_str(), incarnation);
            let make = || self.network.create_egress_only_internet_gateway(&vpc, &tags, &token);
            let made = self.until_answered(make).await?;
            let lives = || async {
                let all = self.network.egress_only_internet_gateways(&ours).await?;
                Ok(all.iter().any(|gateway| gateway.id == made.id))
            };
            if incarnation == 3 || self.lives(lives).await? {
                break made;
            }
            incarnation += 1;
        };
        self.note(|seen| seen.egress_only_gateway = Some(made));
        Ok(())
    }

    pub(super) async fn remove_subnet_ipv6_block(&self, block: &SubnetCidrAssociationId) -> Result<()> {
        self.until_free(|| self.network.disassociate_subnet_ipv6_block(block)).await
    }

    pub(super) async fn remove_egress_only_gateway(&self, id: &EgressOnlyInternetGatewayId) -> Result<()> {
        self.until_free(|| self.network.delete_egress_only_internet_gateway(id)).await
    }
}
