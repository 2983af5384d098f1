//! Reads of a whole stack at once, shared by all resources of a plan.
//!
//! A plan reads every resource of a state, one after the other. What they ask is nearly the same: the subnets of this network,
//! the subnets of that one. So the first question is put for the whole stack, and its answer serves the others. A plan then
//! makes a number of calls that does not grow with the number of subnets, route tables or gateways, and hardly with the number
//! of networks.

use landform_cloud::id::{SubnetId, VpcId};
use landform_cloud::network::*;
use landform_cloud::{Network, NetworkReads, Result, Tags};
use landform_model::StackName;
use landform_model::ownership::{Owner, STACK_TAG};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::Instant;

/// How long answers serve. A plan is done by then, mostly; what happens in the cloud later, the next plan sees.
const LIFE: Duration = Duration::from_secs(30);

/// The reads of one account and region, each put once for the whole stack.
pub(crate) struct Snapshot {
    network: Arc<dyn Network>,
    stack: StackName,
    begun: Instant,
    listed: OnceCell<Vec<OwnedObject>>,
    vpcs: OnceCell<Vec<Vpc>>,
    subnets: OnceCell<Vec<Subnet>>,
    internet_gateways: OnceCell<Vec<InternetGateway>>,
    addresses: OnceCell<Vec<Address>>,
    nat_gateways: OnceCell<Vec<NatGateway>>,
    route_tables: OnceCell<Vec<RouteTable>>,
    vpc_endpoints: OnceCell<Vec<VpcEndpoint>>,
    flow_logs: OnceCell<Vec<FlowLog>>,
    security_groups: OnceCell<Vec<SecurityGroup>>,
    dhcp_options: OnceCell<Vec<DhcpOptions>>,
    egress_only_internet_gateways: OnceCell<Vec<EgressOnlyInternetGateway>>,
    network_acls: OnceCell<Vec<NetworkAcl>>,
    exclusions: OnceCell<Vec<Exclusion>>,
    encryption_controls: OnceCell<Vec<EncryptionControl>>,
    block_public_access: OnceCell<BlockPublicAccess>,
    default_security_groups: OnceCell<BTreeMap<VpcId, SecurityGroup>>,
    default_network_acls: OnceCell<BTreeMap<VpcId, NetworkAcl>>,
    zones: OnceCell<Vec<AvailabilityZone>>,
}

impl Snapshot {
    pub(crate) fn new(network: Arc<dyn Network>, stack: StackName) -> Self {
        Self {
            network,
            stack,
            begun: Instant::now(),
            listed: OnceCell::new(),
            vpcs: OnceCell::new(),
            subnets: OnceCell::new(),
            internet_gateways: OnceCell::new(),
            addresses: OnceCell::new(),
            nat_gateways: OnceCell::new(),
            route_tables: OnceCell::new(),
            vpc_endpoints: OnceCell::new(),
            flow_logs: OnceCell::new(),
            security_groups: OnceCell::new(),
            dhcp_options: OnceCell::new(),
            egress_only_internet_gateways: OnceCell::new(),
            network_acls: OnceCell::new(),
            exclusions: OnceCell::new(),
            encryption_controls: OnceCell::new(),
            block_public_access: OnceCell::new(),
            default_security_groups: OnceCell::new(),
            default_network_acls: OnceCell::new(),
            zones: OnceCell::new(),
        }
    }

    /// Whether its answers are too old to serve.
    pub(crate) fn is_old(&self) -> bool {
        self.begun.elapsed() > LIFE
    }

    /// The tags that all objects of the stack have; none when `wanted` is not about the stack.
    fn of_stack(&self, wanted: &Tags) -> Option<Tags> {
        let (key, value) = wanted.get_key_value(STACK_TAG)?;
        (*value == self.stack.to_string()).then(|| Tags::from([(key.clone(), value.clone())]))
    }

    /// All VPCs of the stack, and `wanted`.
    async fn with_neighbours(&self, wanted: &[VpcId]) -> Result<Vec<VpcId>> {
        let stack = Tags::from([(STACK_TAG.to_owned(), self.stack.to_string())]);
        let neighbours = self.vpcs.get_or_try_init(|| self.network.vpcs(&stack)).await?;
        let mut all: Vec<VpcId> =
            neighbours.iter().map(|vpc| vpc.id.clone()).chain(wanted.iter().cloned()).collect();
        all.sort();
        all.dedup();
        Ok(all)
    }
}

/// What of `kept` has all of `tags`; `kept` is filled with what the whole stack has.
macro_rules! list {
    ($self:ident, $kind:ident, $tags:ident) => {
        match $self.of_stack($tags) {
            None => $self.network.$kind($tags).await,
            Some(stack) => {
                let all = $self.$kind.get_or_try_init(|| $self.network.$kind(&stack)).await?;
                let carries = |tags: &Tags| $tags.iter().all(|(key, value)| tags.get(key) == Some(value));
                Ok(all.iter().filter(|it| carries(&it.tags)).cloned().collect())
            }
        }
    };
}

#[async_trait::async_trait]
impl NetworkReads for Snapshot {
    async fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>> {
        self.network.owned(owner).await
    }

    async fn in_stack(&self, stack: &StackName) -> Result<Vec<OwnedObject>> {
        match *stack == self.stack {
            true => Ok(self.listed.get_or_try_init(|| self.network.in_stack(stack)).await?.clone()),
            false => self.network.in_stack(stack).await,
        }
    }

    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.network.all_owned().await
    }

    async fn vpcs(&self, tags: &Tags) -> Result<Vec<Vpc>> {
        list!(self, vpcs, tags)
    }

    async fn vpc(&self, id: &VpcId) -> Result<Option<Vpc>> {
        self.network.vpc(id).await
    }

    async fn dns_attributes(&self, vpc: &VpcId) -> Result<DnsAttributes> {
        self.network.dns_attributes(vpc).await
    }

    async fn subnets(&self, tags: &Tags) -> Result<Vec<Subnet>> {
        list!(self, subnets, tags)
    }

    async fn internet_gateways(&self, tags: &Tags) -> Result<Vec<InternetGateway>> {
        list!(self, internet_gateways, tags)
    }

    async fn addresses(&self, tags: &Tags) -> Result<Vec<Address>> {
        list!(self, addresses, tags)
    }

    async fn nat_gateways(&self, tags: &Tags) -> Result<Vec<NatGateway>> {
        list!(self, nat_gateways, tags)
    }

    async fn route_tables(&self, tags: &Tags) -> Result<Vec<RouteTable>> {
        list!(self, route_tables, tags)
    }

    async fn vpc_endpoints(&self, tags: &Tags) -> Result<Vec<VpcEndpoint>> {
        list!(self, vpc_endpoints, tags)
    }

    async fn flow_logs(&self, tags: &Tags) -> Result<Vec<FlowLog>> {
        list!(self, flow_logs, tags)
    }

    async fn security_groups(&self, tags: &Tags) -> Result<Vec<SecurityGroup>> {
        list!(self, security_groups, tags)
    }

    async fn dhcp_options(&self, tags: &Tags) -> Result<Vec<DhcpOptions>> {
        list!(self, dhcp_options, tags)
    }

    async fn egress_only_internet_gateways(&self, tags: &Tags) -> Result<Vec<EgressOnlyInternetGateway>> {
        list!(self, egress_only_internet_gateways, tags)
    }

    async fn default_security_groups(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>> {
        let known = self
            .default_security_groups
            .get_or_try_init(|| async {
                self.network.default_security_groups(&self.with_neighbours(vpcs).await?).await
            })
            .await?;
        if vpcs.iter().any(|vpc| !known.contains_key(vpc)) {
            return self.network.default_security_groups(vpcs).await;
        }
        Ok(vpcs.iter().filter_map(|vpc| Some((vpc.clone(), known.get(vpc)?.clone()))).collect())
    }

    async fn default_network_acls(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>> {
        let known = self
            .default_network_acls
            .get_or_try_init(|| async {
                self.network.default_network_acls(&self.with_neighbours(vpcs).await?).await
            })
            .await?;
        if vpcs.iter().any(|vpc| !known.contains_key(vpc)) {
            return self.network.default_network_acls(vpcs).await;
        }
        Ok(vpcs.iter().filter_map(|vpc| Some((vpc.clone(), known.get(vpc)?.clone()))).collect())
    }

    async fn network_acls(&self, tags: &Tags) -> Result<Vec<NetworkAcl>> {
        list!(self, network_acls, tags)
    }

    async fn network_acl_of(&self, subnet: &SubnetId) -> Result<Option<NetworkAclAssociation>> {
        self.network.network_acl_of(subnet).await
    }

    async fn block_public_access(&self) -> Result<BlockPublicAccess> {
        self.block_public_access.get_or_try_init(|| self.network.block_public_access()).await.copied()
    }

    async fn exclusions(&self, tags: &Tags) -> Result<Vec<Exclusion>> {
        list!(self, exclusions, tags)
    }

    async fn encryption_controls(&self, tags: &Tags) -> Result<Vec<EncryptionControl>> {
        list!(self, encryption_controls, tags)
    }

    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>> {
        Ok(self.zones.get_or_try_init(|| self.network.availability_zones()).await?.clone())
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        self.network.network_interfaces(vpc).await
    }
}
