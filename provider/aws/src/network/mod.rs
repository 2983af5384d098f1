//! The network port over EC2. One file per noun; here is only who does what.

mod addresses;
mod dhcp_options;
mod endpoints;
mod flow_logs;
mod gateways;
mod interface_endpoints;
mod nat_gateways;
mod network_acls;
mod network_interfaces;
mod owned;
mod route_tables;
mod routes;
mod security_groups;
mod subnets;
mod tags;
mod vpcs;
mod zones;

use aws_config::SdkConfig;
use aws_sdk_ec2::Client;
use landform_cloud::id::*;
use landform_cloud::network::*;
use landform_cloud::{Result, Tags};
use landform_model::ownership::Owner;
use landform_model::{AvailabilityZoneId, Cidr, PolicyJson, StackName};
use std::collections::BTreeMap;

/// EC2 in one account and region.
#[derive(Debug)]
pub(crate) struct Ec2Network {
    client: Client,
}

impl Ec2Network {
    /// Over the region and the credentials of `config`.
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }
}

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

    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>> {
        zones::list(&self.client).await
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        network_interfaces::list(&self.client, vpc).await
    }
}

#[async_trait::async_trait]
impl Network for Ec2Network {
    async fn create_vpc(&self, cidr: &Cidr, ipam_pool: Option<&str>, tags: &Tags) -> Result<Vpc> {
        vpcs::create(&self.client, cidr, ipam_pool, tags).await
    }

    async fn associate_cidr(&self, vpc: &VpcId, cidr: &Cidr) -> Result<CidrBlock> {
        vpcs::associate_cidr(&self.client, vpc, cidr).await
    }

    async fn disassociate_cidr(&self, block: &CidrAssociationId) -> Result<()> {
        vpcs::disassociate_cidr(&self.client, block).await
    }

    async fn set_dns_attribute(&self, vpc: &VpcId, attribute: DnsAttribute, enabled: bool) -> Result<()> {
        vpcs::set_dns_attribute(&self.client, vpc, attribute, enabled).await
    }

    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()> {
        vpcs::delete(&self.client, vpc).await
    }

    async fn create_subnet(
        &self,
        vpc: &VpcId,
        cidr: &Cidr,
        zone: &AvailabilityZoneId,
        tags: &Tags,
    ) -> Result<Subnet> {
        subnets::create(&self.client, vpc, cidr, zone, tags).await
    }

    async fn set_public_ip_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        subnets::set_public_ip_on_launch(&self.client, subnet, enabled).await
    }

    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()> {
        subnets::delete(&self.client, subnet).await
    }

    async fn create_internet_gateway(&self, tags: &Tags) -> Result<InternetGateway> {
        gateways::create(&self.client, tags).await
    }

    async fn attach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        gateways::attach(&self.client, gateway, vpc).await
    }

    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        gateways::detach(&self.client, gateway, vpc).await
    }

    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()> {
        gateways::delete(&self.client, gateway).await
    }

    async fn allocate_address(&self, tags: &Tags) -> Result<Address> {
        addresses::allocate(&self.client, tags).await
    }

    async fn release_address(&self, allocation: &AllocationId) -> Result<()> {
        addresses::release(&self.client, allocation).await
    }

    async fn create_nat_gateway(
        &self,
        subnet: &SubnetId,
        allocation: &AllocationId,
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        nat_gateways::create(&self.client, subnet, allocation, tags, token).await
    }

    async fn create_regional_nat_gateway(
        &self,
        vpc: &VpcId,
        zones: &[(AvailabilityZoneId, AllocationId)],
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        nat_gateways::create_regional(&self.client, vpc, zones, tags, token).await
    }

    async fn associate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        zone: &AvailabilityZoneId,
        allocation: &AllocationId,
    ) -> Result<()> {
        nat_gateways::associate(&self.client, gateway, zone, allocation).await
    }

    async fn disassociate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        association: &AddressAssociationId,
    ) -> Result<()> {
        nat_gateways::disassociate(&self.client, gateway, association).await
    }

    async fn delete_nat_gateway(&self, gateway: &NatGatewayId) -> Result<()> {
        nat_gateways::delete(&self.client, gateway).await
    }

    async fn create_route_table(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<RouteTable> {
        route_tables::create(&self.client, vpc, tags, token).await
    }

    async fn delete_route_table(&self, table: &RouteTableId) -> Result<()> {
        route_tables::delete(&self.client, table).await
    }

    async fn create_route(
        &self,
        table: &RouteTableId,
        destination: &Cidr,
        target: &RouteTarget,
    ) -> Result<()> {
        routes::create(&self.client, table, destination, target).await
    }

    async fn replace_route(
        &self,
        table: &RouteTableId,
        destination: &Cidr,
        target: &RouteTarget,
    ) -> Result<()> {
        routes::replace(&self.client, table, destination, target).await
    }

    async fn delete_route(&self, table: &RouteTableId, destination: &Cidr) -> Result<()> {
        routes::delete(&self.client, table, destination).await
    }

    async fn associate_route_table(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<RouteTableAssociationId> {
        route_tables::associate(&self.client, table, subnet).await
    }

    async fn replace_route_table_association(
        &self,
        association: &RouteTableAssociationId,
        table: &RouteTableId,
    ) -> Result<RouteTableAssociationId> {
        route_tables::replace_association(&self.client, association, table).await
    }

    async fn disassociate_route_table(&self, association: &RouteTableAssociationId) -> Result<()> {
        route_tables::disassociate(&self.client, association).await
    }

    async fn create_gateway_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        route_tables: &[RouteTableId],
        policy: &PolicyJson,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint> {
        endpoints::create_gateway(&self.client, vpc, service, route_tables, policy, tags, token).await
    }

    async fn modify_gateway_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &GatewayEndpointChange,
    ) -> Result<()> {
        endpoints::modify_gateway(&self.client, endpoint, change).await
    }

    async fn create_interface_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        settings: &InterfaceEndpointSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint> {
        interface_endpoints::create(&self.client, vpc, service, settings, tags, token).await
    }

    async fn modify_interface_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &InterfaceEndpointChange,
    ) -> Result<()> {
        interface_endpoints::modify(&self.client, endpoint, change).await
    }

    async fn delete_vpc_endpoint(&self, endpoint: &VpcEndpointId) -> Result<()> {
        endpoints::delete(&self.client, endpoint).await
    }

    async fn create_flow_log(
        &self,
        vpc: &VpcId,
        settings: &FlowLogSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<FlowLogId> {
        flow_logs::create(&self.client, vpc, settings, tags, token).await
    }

    async fn delete_flow_log(&self, log: &FlowLogId) -> Result<()> {
        flow_logs::delete(&self.client, log).await
    }

    async fn create_dhcp_options(&self, settings: &DhcpSettings, tags: &Tags) -> Result<DhcpOptions> {
        dhcp_options::create(&self.client, settings, tags).await
    }

    async fn associate_dhcp_options(&self, vpc: &VpcId, options: Option<&DhcpOptionsId>) -> Result<()> {
        dhcp_options::associate(&self.client, vpc, options).await
    }

    async fn delete_dhcp_options(&self, options: &DhcpOptionsId) -> Result<()> {
        dhcp_options::delete(&self.client, options).await
    }

    async fn create_security_group(
        &self,
        vpc: &VpcId,
        name: &str,
        description: &str,
        tags: &Tags,
    ) -> Result<SecurityGroup> {
        security_groups::create(&self.client, vpc, name, description, tags).await
    }

    async fn authorize_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        security_groups::authorize(&self.client, group, direction, rules).await
    }

    async fn delete_security_group(&self, group: &SecurityGroupId) -> Result<()> {
        security_groups::delete(&self.client, group).await
    }

    async fn revoke_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        security_groups::revoke(&self.client, group, direction, rules).await
    }

    async fn create_network_acl_entry(&self, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()> {
        network_acls::create_entry(&self.client, acl, entry).await
    }

    async fn delete_network_acl_entry(
        &self,
        acl: &NetworkAclId,
        direction: Direction,
        number: i32,
    ) -> Result<()> {
        network_acls::delete_entry(&self.client, acl, direction, number).await
    }

    async fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()> {
        tags::set(&self.client, ids, tags).await
    }

    async fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()> {
        tags::remove(&self.client, ids, keys).await
    }
}

/// Whether a delete has nothing left to do: the object is gone already.
fn gone_is_done(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.is_not_found() => {
            tracing::debug!(%error, "nothing to delete");
            Ok(())
        }
        result => result,
    }
}

#[cfg(test)]
mod tests;
