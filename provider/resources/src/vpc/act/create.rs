//! Makes parts: each exactly once, whatever answers are lost.

use super::*;

impl Act<'_> {
    pub(super) async fn create_vpc(&self, cidr: &Cidr) -> Result<()> {
        let tags = self.desired.tags_of(Child::Vpc);
        let ours = self.desired.owner.tags(&Child::Vpc.key());
        let vpc = create_once(
            || self.network.create_vpc(cidr, self.desired.ipam_pool.as_deref(), &tags),
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
        let ipv6 = self.ipv6_of_new_subnet(tier, slot);
        let subnet = create_once(
            || self.once_visible(|| self.network.create_subnet(&vpc, cidr, ipv6.as_ref(), zone, &tags)),
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

    pub(super) async fn create_route_table(&self, table: Table) -> Result<()> {
        let vpc = self.vpc()?;
        let child = Child::RouteTable(table);
        let parameters = vpc.to_string();
        let tags = self.desired.tags_of(child);
        let ours = self.desired.owner.tags(&child.key());
        let mut incarnation = 0;
        let made = loop {
            let token = self.token(child, &parameters, incarnation);
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
