//! The half of the port that changes nothing.

use super::*;

#[async_trait::async_trait]
impl NetworkReads for InProcessNetwork {
    async fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>> {
        self.owned(owner)
    }

    async fn in_stack(&self, stack: &StackName) -> Result<Vec<OwnedObject>> {
        self.in_stack(stack)
    }

    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.all_owned()
    }

    async fn vpcs(&self, tags: &Tags) -> Result<Vec<Vpc>> {
        self.vpcs(tags)
    }

    async fn vpc(&self, vpc: &VpcId) -> Result<Option<Vpc>> {
        self.vpc(vpc)
    }

    async fn dns_attributes(&self, vpc: &VpcId) -> Result<DnsAttributes> {
        self.dns_attributes(vpc)
    }

    async fn subnets(&self, tags: &Tags) -> Result<Vec<Subnet>> {
        self.subnets(tags)
    }

    async fn internet_gateways(&self, tags: &Tags) -> Result<Vec<InternetGateway>> {
        self.internet_gateways(tags)
    }

    async fn egress_only_internet_gateways(&self, tags: &Tags) -> Result<Vec<EgressOnlyInternetGateway>> {
        self.egress_only_internet_gateways(tags)
    }

    async fn addresses(&self, tags: &Tags) -> Result<Vec<Address>> {
        self.addresses(tags)
    }

    async fn nat_gateways(&self, tags: &Tags) -> Result<Vec<NatGateway>> {
        self.nat_gateways(tags)
    }

    async fn route_tables(&self, tags: &Tags) -> Result<Vec<RouteTable>> {
        self.route_tables(tags)
    }

    async fn vpc_endpoints(&self, tags: &Tags) -> Result<Vec<VpcEndpoint>> {
        self.vpc_endpoints(tags)
    }

    async fn flow_logs(&self, tags: &Tags) -> Result<Vec<FlowLog>> {
        self.flow_logs(tags)
    }

    async fn dhcp_options(&self, tags: &Tags) -> Result<Vec<DhcpOptions>> {
        self.dhcp_options(tags)
    }

    async fn security_groups(&self, tags: &Tags) -> Result<Vec<SecurityGroup>> {
        self.security_groups(tags)
    }

    async fn default_security_groups(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>> {
        self.default_security_groups(vpcs)
    }

    async fn default_network_acls(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>> {
        self.default_network_acls(vpcs)
    }

    async fn network_acls(&self, tags: &Tags) -> Result<Vec<NetworkAcl>> {
        self.network_acls(tags)
    }

    async fn network_acl_of(&self, subnet: &SubnetId) -> Result<Option<NetworkAclAssociation>> {
        self.network_acl_of(subnet)
    }

    async fn block_public_access(&self) -> Result<BlockPublicAccess> {
        self.block_public_access()
    }

    async fn exclusions(&self, tags: &Tags) -> Result<Vec<Exclusion>> {
        self.exclusions(tags)
    }

    async fn encryption_controls(&self, tags: &Tags) -> Result<Vec<EncryptionControl>> {
        self.encryption_controls(tags)
    }

    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>> {
        self.availability_zones()
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        self.network_interfaces(vpc)
    }
}
