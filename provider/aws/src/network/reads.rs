//! Who answers each read.

use super::*;

#[async_trait::async_trait]
impl NetworkReads for Ec2Network {
    async fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>> {
        owned::list(&self.client, owner).await
    }

    async fn in_stack(&self, stack: &StackName) -> Result<Vec<OwnedObject>> {
        owned::in_stack(&self.client, stack).await
    }

    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        owned::all(&self.client).await
    }

    async fn vpcs(&self, tags: &Tags) -> Result<Vec<Vpc>> {
        vpcs::list(&self.client, tags).await
    }

    async fn vpc(&self, id: &VpcId) -> Result<Option<Vpc>> {
        vpcs::by_id(&self.client, id).await
    }

    async fn dns_attributes(&self, vpc: &VpcId) -> Result<DnsAttributes> {
        vpcs::dns_attributes(&self.client, vpc).await
    }

    async fn subnets(&self, tags: &Tags) -> Result<Vec<Subnet>> {
        subnets::list(&self.client, tags).await
    }

    async fn internet_gateways(&self, tags: &Tags) -> Result<Vec<InternetGateway>> {
        gateways::list(&self.client, tags).await
    }

    async fn egress_only_internet_gateways(&self, tags: &Tags) -> Result<Vec<EgressOnlyInternetGateway>> {
        egress_only::list(&self.client, tags).await
    }

    async fn addresses(&self, tags: &Tags) -> Result<Vec<Address>> {
        addresses::list(&self.client, tags).await
    }

    async fn nat_gateways(&self, tags: &Tags) -> Result<Vec<NatGateway>> {
        nat_gateways::list(&self.client, tags).await
    }

    async fn route_tables(&self, tags: &Tags) -> Result<Vec<RouteTable>> {
        route_tables::list(&self.client, tags).await
    }

    async fn vpc_endpoints(&self, tags: &Tags) -> Result<Vec<VpcEndpoint>> {
        endpoints::list(&self.client, tags).await
    }

    async fn flow_logs(&self, tags: &Tags) -> Result<Vec<FlowLog>> {
        flow_logs::list(&self.client, tags).await
    }

    async fn dhcp_options(&self, tags: &Tags) -> Result<Vec<DhcpOptions>> {
        dhcp_options::list(&self.client, tags).await
    }

    async fn security_groups(&self, tags: &Tags) -> Result<Vec<SecurityGroup>> {
        security_groups::list(&self.client, tags).await
    }

    async fn default_security_groups(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>> {
        security_groups::defaults_of(&self.client, vpcs).await
    }

    async fn default_network_acls(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>> {
        network_acls::defaults_of(&self.client, vpcs).await
    }

    async fn network_acls(&self, tags: &Tags) -> Result<Vec<NetworkAcl>> {
        network_acls::list(&self.client, tags).await
    }

    async fn network_acl_of(&self, subnet: &SubnetId) -> Result<Option<NetworkAclAssociation>> {
        network_acls::of_subnet(&self.client, subnet).await
    }

    async fn block_public_access(&self) -> Result<BlockPublicAccess> {
        block_public_access::of_region(&self.client).await
    }

    async fn exclusions(&self, tags: &Tags) -> Result<Vec<Exclusion>> {
        block_public_access::list(&self.client, tags).await
    }

    async fn encryption_controls(&self, tags: &Tags) -> Result<Vec<EncryptionControl>> {
        encryption_controls::list(&self.client, tags).await
    }

    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>> {
        zones::list(&self.client).await
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        network_interfaces::list(&self.client, vpc).await
    }
}
