//! Acts: one step is one idempotent call, and the wait it needs. Decides nothing.

use super::child::{Child, Table};
use super::desired::{Desired, Exit};
use super::seen::Seen;
use super::steps::{Removal, Step};
use landform_cloud::id::{NatGatewayId, RouteTableAssociationId, RouteTableId, SubnetId, VpcId};
use landform_cloud::network::*;
use landform_cloud::once::create_once;
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, ErrorKind, Network, Result, Tags};
use landform_model::network::{Slot, Tier};
use landform_model::ownership::client_token;
use landform_model::{AvailabilityZoneId, Cidr};
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A NAT gateway takes one to three minutes each way; AWS's own waiter gives up after ten.
const NAT_GATEWAY: Schedule = Schedule {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(15 * 60),
};
/// A VPC and a subnet are there in seconds.
const SETTLE: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(8),
    deadline: Duration::from_secs(2 * 60),
};

/// Carries steps out on one network and keeps what exists up to date.
pub(crate) struct Act<'a> {
    network: &'a dyn Network,
    desired: &'a Desired,
    seen: Mutex<Seen>,
    stop: &'a CancellationToken,
    /// Told what exists after every step.
    checkpoint: &'a (dyn Fn(&Seen) + Sync),
}

impl<'a> Act<'a> {
    pub(crate) fn new(
        network: &'a dyn Network,
        desired: &'a Desired,
        seen: Seen,
        stop: &'a CancellationToken,
        checkpoint: &'a (dyn Fn(&Seen) + Sync),
    ) -> Self {
        Self { network, desired, seen: Mutex::new(seen), stop, checkpoint }
    }

    /// What exists now.
    pub(crate) fn into_seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries one step out.
    pub(crate) async fn perform(&self, step: &Step) -> Result<()> {
        tracing::info!(network = %self.desired.owner.name, "{step}");
        match step {
            Step::CreateVpc(cidr) => self.create_vpc(cidr).await,
            Step::SetDns(attribute, enabled) => self.set_dns(*attribute, *enabled).await,
            Step::LockDefaultSecurityGroup(known) => self.lock_default_security_group(known.clone()).await,
            Step::RemoveNetworkAclEntry(direction, number) => {
                self.remove_acl_entry(*direction, *number).await
            }
            Step::AddNetworkAclEntry(entry) => self.add_acl_entry(entry).await,
            Step::CreateInternetGateway => self.create_internet_gateway().await,
            Step::AttachInternetGateway => self.attach_internet_gateway().await,
            Step::CreateSubnet(tier, slot, cidr, zone) => self.create_subnet(*tier, *slot, cidr, zone).await,
            Step::AllocateAddress(slot) => self.allocate_address(*slot).await,
            Step::CreateNatGateway(slot) => self.create_nat_gateway(*slot).await,
            Step::AwaitNatGateway(slot) => self.await_nat_gateway(*slot).await,
            Step::CreateRouteTable(table) => self.create_route_table(*table).await,
            Step::SetDefaultRoute(table, exit, exists) => {
                self.set_default_route(*table, *exit, *exists).await
            }
            Step::RemoveDefaultRoute(table) => self.remove_default_route(*table).await,
            Step::Associate(tier, slot, existing) => self.associate(*tier, *slot, existing.as_ref()).await,
            Step::SetTags(child, id, tags) => self.set_tags(*child, id, tags).await,
            Step::RemoveTags(child, id, keys) => self.remove_tags(*child, id, keys).await,
            Step::Remove(removal) => self.remove(removal).await,
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what a call changed, and tells it on.
    fn note(&self, change: impl FnOnce(&mut Seen)) {
        let mut seen = self.seen();
        change(&mut seen);
        (self.checkpoint)(&seen);
    }

    async fn create_vpc(&self, cidr: &Cidr) -> Result<()> {
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

    fn vpc(&self) -> Result<VpcId> {
        self.seen().vpc.as_ref().map(|vpc| vpc.id.clone()).ok_or_else(|| missing("DescribeVpcs", Child::Vpc))
    }

    async fn set_dns(&self, attribute: DnsAttribute, enabled: bool) -> Result<()> {
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

    async fn lock_default_security_group(&self, known: Option<SecurityGroup>) -> Result<()> {
        let group = match known {
            Some(group) => group,
            None => {
                let vpc = self.vpc()?;
                self.once_visible(|| self.network.default_security_group(&vpc)).await?
            }
        };
        for (direction, rules) in [(Direction::Ingress, &group.ingress), (Direction::Egress, &group.egress)] {
            if !rules.is_empty() {
                self.network.revoke_rules(&group.id, direction, rules).await?;
            }
        }
        let id = group.id.clone();
        self.note(|seen| {
            seen.default_security_group = Some(SecurityGroup { id, ingress: vec![], egress: vec![] })
        });
        Ok(())
    }

    async fn remove_acl_entry(&self, direction: Direction, number: i32) -> Result<()> {
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

    async fn add_acl_entry(&self, entry: &NetworkAclEntry) -> Result<()> {
        let acl = self.seen().default_network_acl.as_ref().map(|acl| acl.id.clone());
        let acl = acl.ok_or_else(|| missing("DescribeNetworkAcls", Child::Vpc))?;
        self.network.create_network_acl_entry(&acl, entry).await?;
        self.note(|seen| {
            if let Some(acl) = &mut seen.default_network_acl {
                acl.entries.push(entry.clone());
            }
        });
        Ok(())
    }

    async fn create_subnet(
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
        self.note(|seen| drop(seen.subnets.insert((tier, slot), subnet)));
        Ok(())
    }

    async fn create_internet_gateway(&self) -> Result<()> {
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

    async fn attach_internet_gateway(&self) -> Result<()> {
        let vpc = self.vpc()?;
        let gateway = self.seen().internet_gateway.as_ref().map(|gateway| gateway.id.clone());
        let gateway = gateway.ok_or_else(|| missing("DescribeInternetGateways", Child::InternetGateway))?;
        self.once_visible(|| self.network.attach_internet_gateway(&gateway, &vpc)).await?;
        self.note(|seen| {
            if let Some(gateway) = &mut seen.internet_gateway {
                gateway.vpc = Some(vpc);
            }
        });
        Ok(())
    }

    async fn allocate_address(&self, slot: Slot) -> Result<()> {
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

    async fn create_nat_gateway(&self, slot: Slot) -> Result<()> {
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

    async fn nat_gateway(&self, slot: Slot) -> Result<Option<NatGateway>> {
        let tags = self.desired.owner.tags(&Child::NatGateway(slot).key());
        Ok(self.network.nat_gateways(&tags).await?.into_iter().next())
    }

    async fn await_nat_gateway(&self, slot: Slot) -> Result<()> {
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

    async fn create_route_table(&self, table: Table) -> Result<()> {
        let vpc = self.vpc()?;
        let child = Child::RouteTable(table);
        let token =
            client_token(&self.desired.owner, &child.key(), &format!("{vpc} {}", self.recorded(child)), 0);
        let tags = self.desired.tags_of(child);
        let made = self.once_visible(|| self.network.create_route_table(&vpc, &tags, &token)).await?;
        self.note(|seen| drop(seen.route_tables.insert(table, made)));
        Ok(())
    }

    fn table(&self, table: Table) -> Result<RouteTableId> {
        let id = self.seen().route_tables.get(&table).map(|it| it.id.clone());
        id.ok_or_else(|| missing("DescribeRouteTables", Child::RouteTable(table)))
    }

    async fn set_default_route(&self, table: Table, exit: Exit, exists: bool) -> Result<()> {
        let id = self.table(table)?;
        let target = {
            let seen = self.seen();
            match exit {
                Exit::Internet => seen
                    .internet_gateway
                    .as_ref()
                    .map(|gateway| RouteTarget::InternetGateway(gateway.id.clone())),
                Exit::Nat(slot) => {
                    seen.nat_gateways.get(&slot).map(|gateway| RouteTarget::NatGateway(gateway.id.clone()))
                }
            }
        };
        let target = target.ok_or_else(|| missing("CreateRoute", Child::RouteTable(table)))?;
        let result = if exists {
            self.network.replace_route(&id, &Cidr::ANYWHERE, &target).await
        } else {
            self.once_visible(|| self.network.create_route(&id, &Cidr::ANYWHERE, &target)).await
        };
        match result {
            Err(error) if error.kind == ErrorKind::AlreadyExists => {
                self.network.replace_route(&id, &Cidr::ANYWHERE, &target).await?;
            }
            other => other?,
        }
        self.note(|seen| {
            if let Some(table) = seen.route_tables.get_mut(&table) {
                table.routes.retain(|route| route.destination != Cidr::ANYWHERE);
                table.routes.push(Route { destination: Cidr::ANYWHERE, target, active: true });
            }
        });
        Ok(())
    }

    async fn remove_default_route(&self, table: Table) -> Result<()> {
        let id = self.table(table)?;
        self.network.delete_route(&id, &Cidr::ANYWHERE).await?;
        self.note(|seen| {
            if let Some(table) = seen.route_tables.get_mut(&table) {
                table.routes.retain(|route| route.destination != Cidr::ANYWHERE);
            }
        });
        Ok(())
    }

    async fn associate(
        &self,
        tier: Tier,
        slot: Slot,
        existing: Option<&RouteTableAssociationId>,
    ) -> Result<()> {
        let table = Table::of(tier, slot);
        let id = self.table(table)?;
        let subnet = self.seen().subnets.get(&(tier, slot)).map(|subnet| subnet.id.clone());
        let subnet = subnet.ok_or_else(|| missing("AssociateRouteTable", Child::Subnet(tier, slot)))?;
        let association = match existing {
            Some(existing) => self.network.replace_route_table_association(existing, &id).await?,
            None => match self.once_visible(|| self.network.associate_route_table(&id, &subnet)).await {
                // An earlier call was executed and its answer lost.
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    self.association(&id, &subnet).await?.ok_or(error)?
                }
                other => other?,
            },
        };
        self.note(|seen| {
            for other in seen.route_tables.values_mut() {
                other.associations.retain(|association| association.subnet != subnet);
            }
            if let Some(table) = seen.route_tables.get_mut(&table) {
                table.associations.push(RouteTableAssociation { id: association, subnet });
            }
        });
        Ok(())
    }

    async fn association(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<Option<RouteTableAssociationId>> {
        let tables = self.network.route_tables(&self.desired.owner.selector()).await?;
        let table = tables.into_iter().find(|it| it.id == *table);
        let association = table.and_then(|it| it.associations.into_iter().find(|it| it.subnet == *subnet));
        Ok(association.map(|it| it.id))
    }

    async fn set_tags(&self, _child: Child, id: &str, tags: &Tags) -> Result<()> {
        self.network.set_tags(&[id.to_owned()], tags).await
    }

    async fn remove_tags(&self, _child: Child, id: &str, keys: &[String]) -> Result<()> {
        self.network.remove_tags(&[id.to_owned()], keys).await
    }

    async fn remove(&self, removal: &Removal) -> Result<()> {
        match removal {
            Removal::Association(id, ..) => self.network.disassociate_route_table(id).await?,
            Removal::NatGateway(id, _) => self.remove_nat_gateway(id).await?,
            Removal::Address(id) => self.until_free(|| self.network.release_address(id)).await?,
            Removal::Attachment(gateway, vpc) => {
                self.until_free(|| self.network.detach_internet_gateway(gateway, vpc)).await?;
            }
            Removal::InternetGateway(id) => self.network.delete_internet_gateway(id).await?,
            Removal::Subnet(id) => self.until_free(|| self.network.delete_subnet(id)).await?,
            Removal::RouteTable(id) => self.network.delete_route_table(id).await?,
            Removal::Vpc(id) => self.until_free(|| self.network.delete_vpc(id)).await?,
        }
        self.note(|seen| forget(seen, removal));
        Ok(())
    }

    async fn remove_nat_gateway(&self, id: &NatGatewayId) -> Result<()> {
        self.network.delete_nat_gateway(id).await?;
        let tags = self.desired.owner.selector();
        wait_for("DescribeNatGateways", &format!("the deletion of {id}"), NAT_GATEWAY, self.stop, || async {
            let still = self.network.nat_gateways(&tags).await?.into_iter().any(|gateway| gateway.id == *id);
            Ok(if still { Look::Pending("deleting".into()) } else { Look::Ready(()) })
        })
        .await
    }

    /// Calls again for as long as AWS does not see an object that was just made.
    async fn once_visible<T, F, Fut>(&self, call: F) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.again(
            call,
            |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotReady | ErrorKind::Throttled),
            7,
        )
        .await
    }

    /// Calls again for a little while as AWS lets go of what used the object; then the blocker is the user's to know.
    async fn until_free<T, F, Fut>(&self, call: F) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.again(
            call,
            |kind| matches!(kind, ErrorKind::InUse | ErrorKind::NotReady | ErrorKind::Throttled),
            6,
        )
        .await
    }

    async fn again<T, F, Fut>(&self, call: F, worth: fn(ErrorKind) -> bool, times: u32) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        let mut pause = Duration::from_millis(500);
        for _ in 1..times {
            match call().await {
                Err(error) if worth(error.kind) && !self.stop.is_cancelled() => {
                    tracing::debug!(%error, "trying again")
                }
                other => return other,
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.stop.cancelled() => {}
            }
            pause *= 2;
        }
        call().await
    }

    fn recorded(&self, child: Child) -> &str {
        self.desired.recorded.get(&child).map_or("", String::as_str)
    }
}

/// A part that must exist by now does not: someone removed it meanwhile.
fn missing(operation: &'static str, child: Child) -> CloudError {
    CloudError::new(ErrorKind::NotFound, operation, format!("the {child} is not there any more"))
}

fn forget(seen: &mut Seen, removal: &Removal) {
    match removal {
        Removal::Association(id, ..) => {
            for table in seen.route_tables.values_mut() {
                table.associations.retain(|association| association.id != *id);
            }
        }
        Removal::NatGateway(id, _) => seen.nat_gateways.retain(|_, gateway| gateway.id != *id),
        Removal::Address(id) => seen.addresses.retain(|_, address| address.id != *id),
        Removal::Attachment(..) => {
            if let Some(gateway) = &mut seen.internet_gateway {
                gateway.vpc = None;
            }
        }
        Removal::InternetGateway(id) => drop(seen.internet_gateway.take_if(|gateway| gateway.id == *id)),
        Removal::Subnet(id) => seen.subnets.retain(|_, subnet| subnet.id != *id),
        Removal::RouteTable(id) => seen.route_tables.retain(|_, table| table.id != *id),
        Removal::Vpc(id) => drop(seen.vpc.take_if(|vpc| vpc.id == *id)),
    }
}
