//! Acts: one step is one idempotent call, and the wait it needs. Decides nothing.

mod blocks;
mod connect;
mod controls;
mod create;
mod dhcp_options;
mod egress;
mod endpoints;
mod flow_logs;
mod guard;
mod interface_endpoints;
mod ipv6;
mod network_acl;
mod remove;

use super::child::{Child, Table};
use super::desired::{Desired, Exit};
use super::egress::{Nat, Outlet, allocation};
use super::seen::Seen;
use super::steps::{Removal, Step};
use landform_cloud::id::{
    AddressAssociationId, AllocationId, CidrAssociationId, NatGatewayId, RouteTableAssociationId,
    RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId,
};
use landform_cloud::network::*;
use landform_cloud::once::create_once;
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, ErrorKind, Network, Result, Tags};
use landform_model::network::{GatewayService, InterfaceService, RouteDestination, Slot, Tier};
use landform_model::ownership::client_token;
use landform_model::{AvailabilityZoneId, Cidr, PolicyJson};
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
/// A gateway endpoint goes in seconds, an interface endpoint in one to three minutes.
const ENDPOINT: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(10),
    deadline: Duration::from_secs(10 * 60),
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
    /// Whether the VPC was there before: then parts may have been made, and deleted, by earlier runs.
    existed: bool,
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
        let existed = seen.vpc.is_some();
        Self { network, desired, seen: Mutex::new(seen), existed, stop, checkpoint }
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
            Step::AssociateCidr(cidr) => self.associate_cidr(cidr).await,
            Step::SetDns(attribute, enabled) => self.set_dns(*attribute, *enabled).await,
            Step::LockDefaultSecurityGroup(known) => self.lock_default_security_group(known.clone()).await,
            Step::RemoveNetworkAclEntry(direction, number) => {
                self.remove_acl_entry(*direction, *number).await
            }
            Step::AddNetworkAclEntry(entry) => self.add_acl_entry(entry).await,
            Step::CreateInternetGateway => self.create_internet_gateway().await,
            Step::AttachInternetGateway => self.attach_internet_gateway().await,
            Step::CreateSubnet(tier, slot, cidr, zone) => self.create_subnet(*tier, *slot, cidr, zone).await,
            Step::SetPublicIpOnLaunch(tier, slot, enabled) => {
                self.set_public_ip_on_launch(*tier, *slot, *enabled).await
            }
            Step::AllocateAddress(outlet) => self.allocate_address(*outlet).await,
            Step::CreateNatGateway(nat) => self.create_nat_gateway(*nat).await,
            Step::AwaitNatGateway(nat) => self.await_nat_gateway(*nat).await,
            Step::AssociateAddress(slot) => self.associate_address(*slot).await,
            Step::CreateRouteTable(table) => self.create_route_table(*table).await,
            Step::SetDefaultRoute(table, exit, exists) => {
                self.set_default_route(*table, *exit, *exists).await
            }
            Step::RemoveDefaultRoute(table) => self.remove_route(*table, &RouteDestination::ALL_IPV4).await,
            Step::SetRoute(table, to, via, exists) => {
                let target = RouteTarget::Other(via.to_string());
                self.set_route(*table, to, target, *exists).await
            }
            Step::RemoveRoute(table, to) => self.remove_route(*table, to).await,
            Step::Associate(tier, slot, existing) => self.associate(*tier, *slot, existing.as_ref()).await,
            Step::CreateGatewayEndpoint(service) => self.create_gateway_endpoint(*service).await,
            Step::ModifyGatewayEndpoint(service, policy, add, remove) => {
                self.modify_gateway_endpoint(*service, policy.as_ref(), add, remove).await
            }
            Step::CreateEndpointsGroup => self.create_endpoints_group().await,
            Step::SetEndpointsGroupRules => self.set_endpoints_group_rules().await,
            Step::CreateInterfaceEndpoint(service) => self.create_interface_endpoint(*service).await,
            Step::AwaitInterfaceEndpoint(service) => self.await_interface_endpoint(*service).await,
            Step::ModifyInterfaceEndpoint(service, change) => {
                self.modify_interface_endpoint(*service, change).await
            }
            Step::CreateDhcpOptions => self.create_dhcp_options().await,
            Step::AssociateDhcpOptions(wanted) => self.associate_dhcp_options(*wanted).await,
            Step::CreateFlowLog => self.create_flow_log().await,
            Step::CreateNetworkAcl => self.create_network_acl().await,
            Step::AllowInNetworkAcl(entry) => self.allow_in_network_acl(entry).await,
            Step::AllowIpv6InNetworkAcl => self.allow_ipv6_in_network_acl().await,
            Step::ForgetInNetworkAcl(direction, number) => {
                self.forget_in_network_acl(*direction, *number).await
            }
            Step::MoveToNetworkAcl(tier, slot, to_ours) => {
                self.move_to_network_acl(*tier, *slot, *to_ours).await
            }
            Step::Exclude(mode) => self.exclude(*mode).await,
            Step::ControlEncryption(settings) => self.control_encryption(settings).await,
            Step::Ipv6(step) => self.perform_ipv6(*step).await,
            Step::SetTags(_, id, tags) => self.set_tags(id, tags).await,
            Step::RemoveTags(_, id, keys) => self.remove_tags(id, keys).await,
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

    fn vpc(&self) -> Result<VpcId> {
        self.seen().vpc.as_ref().map(|vpc| vpc.id.clone()).ok_or_else(|| missing("DescribeVpcs", Child::Vpc))
    }

    fn table(&self, table: Table) -> Result<RouteTableId> {
        let id = self.seen().route_tables.get(&table).map(|it| it.id.clone());
        id.ok_or_else(|| missing("DescribeRouteTables", Child::RouteTable(table)))
    }

    /// Calls again for as long as AWS does not see an object that was just made.
    async fn once_visible<T, F, Fut>(&self, call: F) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.again(call, |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotReady), 7).await
    }

    /// As [`Self::once_visible`], and again after a lost answer: for calls that have a natural key, so that the second one
    /// either does the work or says that it is done ([`ErrorKind::AlreadyExists`]).
    async fn until_answered<T, F, Fut>(&self, call: F) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        use ErrorKind::{Ambiguous, NotFound, NotReady, Throttled};
        // The port sends such calls once only, so a throttled one is nobody else's to repeat.
        let worth = |kind| matches!(kind, NotFound | NotReady | Ambiguous | Throttled);
        self.again(call, worth, 7).await
    }

    /// Calls again for a little while as AWS lets go of what used the object; then the blocker is the user's to know.
    async fn until_free<T, F, Fut>(&self, call: F) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        self.again(call, |kind| matches!(kind, ErrorKind::InUse | ErrorKind::NotReady), 6).await
    }

    /// Calls again, with growing pauses, what fails with an error that is `worth` it. A throttled call is so only where the port
    /// has not sent it again already.
    async fn again<T, F, Fut>(&self, call: F, worth: fn(ErrorKind) -> bool, times: u32) -> Result<T>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        let mut pause = Duration::from_millis(500);
        for _ in 1..times {
            match call().await {
                Err(error) if worth(error.kind) && !self.stop.is_cancelled() => {
                    tracing::debug!(%error, "trying again");
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

    /// Whether what a create with a token answered is there.
    ///
    /// AWS answers a token again for a day, also when its object has been deleted since. In a network that exists, a part
    /// may be missing because someone deleted it; so there, and only there, the answer is checked.
    /// <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>
    async fn lives<F, Fut>(&self, look: F) -> Result<bool>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<bool>>,
    {
        if !self.existed {
            return Ok(true);
        }
        let mut pause = Duration::from_millis(500);
        for _ in 1..5 {
            if look().await? || self.stop.is_cancelled() {
                return Ok(true);
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        look().await
    }

    /// The client token of a create. AWS refuses a token that comes with other parameters than before, and tags are parameters.
    /// A part that is made again, because the one that state holds is gone, gets another token than that one had.
    fn token(&self, child: Child, parameters: &str, incarnation: u32) -> String {
        let digest = format!("{parameters} {:?} {}", self.desired.tags_of(child), self.recorded(child));
        client_token(&self.desired.owner, &child.key(), &digest, incarnation)
    }

    fn recorded(&self, child: Child) -> &str {
        self.desired.recorded.get(&child).map_or("", String::as_str)
    }
}

/// A part that must exist by now does not: someone removed it meanwhile.
fn missing(operation: &'static str, child: Child) -> CloudError {
    CloudError::new(ErrorKind::NotFound, operation, format!("the {child} is not there any more"))
}
