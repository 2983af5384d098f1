//! Makes parts: each exactly once, whatever answers are lost.

use super::*;

impl Act<'_> {
    pub(super) async fn create_vpc(&self, cidr: &Cidr) -> Result<()> {
        let tags = self.desired.tags_of(Child::Vpc);
        let ours = self.desired.owner.tags(&Child::Vpc.key());
        let vpc = create_once(
            || self.network.create_vpc(cidr, &tags),
            || async { Ok(self.network.vpcs(&ours).await?.into_iter().next()) },
        )
        .await?;
        let id = vpc.id.clone();
        let available = vpc.available;
        self.note(|seen| seen.vpc = Some(vpc));
        if available {
            return Ok(());
        }
        let vpc = wait_for("DescribeVpcs", &format!("VPC {id}"), SETTLE, self.stop, || async {
            Ok(match self.network.vpc(&id).await? {
                Some(vpc) if vpc.available => Look::Ready(vpc),
                Some(_) => Look::Pending("pending".into()),
                None => Look::Pending("not visible yet".into()),
            })
        })
        .await?;
        self.note(|seen| seen.vpc = Some(vpc));
        Ok(())
    }

    pub(super) async fn create_subnet(
        &self,
        tier: Tier,
        slot: Slot,
        cidr: &Cidr,
        zone: &AvailabilityZoneId,
    ) -> Result<()> {
        let vpc = self.vpc()?;
        let child = Child::Subnet(tier, slot);
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let subnet = create_once(
            || self.once_visible(|| self.network.create_subnet(&vpc, cidr, zone, &tags)),
            || async { Ok(self.network.subnets(&ours).await?.into_iter().find(|subnet| subnet.vpc == vpc)) },
        )
        .await?;
        // AWS makes subnets without public addresses, emulators may make the first one as they make default subnets.
        let open = subnet.public_ip_on_launch;
        self.note(|seen| drop(seen.subnets.insert((tier, slot), subnet)));
        if open {
            self.set_public_ip_on_launch(tier, slot, false).await?;
        }
        Ok(())
    }

    pub(super) async fn create_internet_gateway(&self) -> Result<()> {
        let tags = self.desired.tags_of(Child::InternetGateway);
        let ours = self.desired.owner.tags(&Child::InternetGateway.key());
        let gateway = create_once(
            || self.network.create_internet_gateway(&tags),
            || async { Ok(self.network.internet_gateways(&ours).await?.into_iter().next()) },
        )
        .await?;
        self.note(|seen| seen.internet_gateway = Some(gateway));
        Ok(())
    }

    pub(super) async fn allocate_address(&self, slot: Slot) -> Result<()> {
        let child = Child::Address(slot);
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let address = create_once(
            || self.network.allocate_address(&tags),
            || async { Ok(self.network.addresses(&ours).await?.into_iter().next()) },
        )
        .await?;
        self.note(|seen| drop(seen.addresses.insert(slot, address)));
        Ok(())
    }

    pub(super) async fn create_nat_gateway(&self, slot: Slot) -> Result<()> {
        let child = Child::NatGateway(slot);
        let (subnet, allocation) = {
            let seen = self.seen();
            let subnet = seen.subnets.get(&(Tier::Public, slot)).map(|subnet| subnet.id.clone());
            let allocation = seen.addresses.get(&slot).map(|address| address.id.clone());
            (
                subnet.ok_or_else(|| missing("DescribeSubnets", Child::Subnet(Tier::Public, slot)))?,
                allocation.ok_or_else(|| missing("DescribeAddresses", Child::Address(slot)))?,
            )
        };
        let tags = self.desired.tags_of(child);
        let digest = format!("{subnet} {allocation} {}", self.recorded(child));
        // A token lives on after its object: the answer may be a gateway that someone has deleted since. Another incarnation
        // gets another token. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
        let mut incarnation = 0;
        let gateway = loop {
            let token = client_token(&self.desired.owner, &child.key(), &digest, incarnation);
            let made = self
                .once_visible(|| self.network.create_nat_gateway(&subnet, &allocation, &tags, &token))
                .await;
            let gateway = match made {
                Ok(gateway) => gateway,
                // The address is taken already: by the gateway of a create whose answer was lost, if it carries our tags.
                Err(error) if error.kind == ErrorKind::AlreadyExists => match self.nat_gateway(slot).await? {
                    Some(gateway) => gateway,
                    None => return Err(error),
                },
                Err(error) => return Err(error),
            };
            let dead = matches!(
                gateway.state,
                NatGatewayState::Deleting | NatGatewayState::Deleted | NatGatewayState::Failed
            );
            if !dead || incarnation == 3 {
                break gateway;
            }
            incarnation += 1;
        };
        self.note(|seen| drop(seen.nat_gateways.insert(slot, gateway)));
        self.await_nat_gateway(slot).await
    }

    pub(super) async fn nat_gateway(&self, slot: Slot) -> Result<Option<NatGateway>> {
        let tags = self.desired.owner.tags(&Child::NatGateway(slot).key());
        Ok(self.network.nat_gateways(&tags).await?.into_iter().next())
    }

    pub(super) async fn await_nat_gateway(&self, slot: Slot) -> Result<()> {
        let what = format!("NAT gateway {}/{slot}", self.desired.owner.name);
        let gateway = wait_for("DescribeNatGateways", &what, NAT_GATEWAY, self.stop, || async {
            let Some(gateway) = self.nat_gateway(slot).await? else {
                return Ok(Look::Pending("not visible yet".into()));
            };
            match gateway.state {
                NatGatewayState::Available => Ok(Look::Ready(gateway)),
                NatGatewayState::Pending => Ok(Look::Pending("pending".into())),
                NatGatewayState::Failed | NatGatewayState::Deleting | NatGatewayState::Deleted => {
                    let reason = gateway.failure.unwrap_or_else(|| "AWS gives no reason".into());
                    let text = format!("{} failed: {reason}; the next apply replaces it", gateway.id);
                    Err(CloudError::new(ErrorKind::Other, "CreateNatGateway", text))
                }
            }
        })
        .await?;
        self.note(|seen| drop(seen.nat_gateways.insert(slot, gateway)));
        Ok(())
    }

    pub(super) async fn create_route_table(&self, table: Table) -> Result<()> {
        let vpc = self.vpc()?;
        let child = Child::RouteTable(table);
        let digest = format!("{vpc} {}", self.recorded(child));
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let mut incarnation = 0;
        let made = loop {
            let token = client_token(&self.desired.owner, &child.key(), &digest, incarnation);
            let made = self.once_visible(|| self.network.create_route_table(&vpc, &tags, &token)).await?;
            let lives = || async {
                Ok(self.network.route_tables(&ours).await?.iter().any(|table| table.id == made.id))
            };
            if incarnation == 3 || self.lives(lives).await? {
                break made;
            }
            incarnation += 1;
        };
        self.note(|seen| drop(seen.route_tables.insert(table, made)));
        Ok(())
    }
}
