//! Who does each change.

use super::*;

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

    async fn associate_ipv6_block(&self, vpc: &VpcId, ipam_pool: Option<&str>) -> Result<()> {
        ipv6::associate_with_vpc(&self.client, vpc, ipam_pool).await
    }

    async fn associate_subnet_ipv6_block(
        &self,
        subnet: &SubnetId,
        cidr: &Ipv6Cidr,
    ) -> Result<SubnetIpv6Block> {
        ipv6::associate_with_subnet(&self.client, subnet, cidr).await
    }

    async fn disassociate_subnet_ipv6_block(&self, block: &SubnetCidrAssociationId) -> Result<()> {
        ipv6::disassociate_from_subnet(&self.client, block).await
    }

    async fn set_ipv6_address_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        ipv6::set_address_on_launch(&self.client, subnet, enabled).await
    }

    async fn set_dns64(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        ipv6::set_dns64(&self.client, subnet, enabled).await
    }

    async fn create_egress_only_internet_gateway(
        &self,
        vpc: &VpcId,
        tags: &Tags,
        token: &str,
    ) -> Result<EgressOnlyInternetGateway> {
        egress_only::create(&self.client, vpc, tags, token).await
    }

    async fn delete_egress_only_internet_gateway(&self, gateway: &EgressOnlyInternetGatewayId) -> Result<()> {
        egress_only::delete(&self.client, gateway).await
    }

    async fn create_subnet(
        &self,
        vpc: &VpcId,
        cidr: &Cidr,
        ipv6: Option<&Ipv6Cidr>,
        zone: &AvailabilityZoneId,
        tags: &Tags,
    ) -> Result<Subnet> {
        subnets::create(&self.client, vpc, cidr, ipv6, zone, tags).await
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
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()> {
        routes::create(&self.client, table, destination, target).await
    }

    async fn replace_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()> {
        routes::replace(&self.client, table, destination, target).await
    }

    async fn delete_route(&self, table: &RouteTableId, destination: &RouteDestination) -> Result<()> {
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

    async fn create_network_acl(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<NetworkAcl> {
        network_acls::create(&self.client, vpc, tags, token).await
    }

    async fn replace_network_acl_association(
        &self,
        association: &NetworkAclAssociationId,
        acl: &NetworkAclId,
    ) -> Result<NetworkAclAssociationId> {
        network_acls::replace_association(&self.client, association, acl).await
    }

    async fn delete_network_acl(&self, acl: &NetworkAclId) -> Result<()> {
        network_acls::delete(&self.client, acl).await
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

    async fn create_exclusion(
        &self,
        vpc: &VpcId,
        mode: BlockPublicAccessExclusion,
        tags: &Tags,
    ) -> Result<Exclusion> {
        block_public_access::create(&self.client, vpc, mode, tags).await
    }

    async fn modify_exclusion(
        &self,
        exclusion: &BlockPublicAccessExclusionId,
        mode: BlockPublicAccessExclusion,
    ) -> Result<()> {
        block_public_access::modify(&self.client, exclusion, mode).await
    }

    async fn delete_exclusion(&self, exclusion: &BlockPublicAccessExclusionId) -> Result<()> {
        block_public_access::delete(&self.client, exclusion).await
    }

    async fn create_encryption_control(&self, vpc: &VpcId, tags: &Tags) -> Result<EncryptionControl> {
        encryption_controls::create(&self.client, vpc, tags).await
    }

    async fn modify_encryption_control(
        &self,
        control: &EncryptionControlId,
        settings: &EncryptionSettings,
    ) -> Result<()> {
        encryption_controls::modify(&self.client, control, settings).await
    }

    async fn delete_encryption_control(&self, control: &EncryptionControlId) -> Result<()> {
        encryption_controls::delete(&self.client, control).await
    }

    async fn delete_network_interface(&self, interface: &str) -> Result<()> {
        network_interfaces::delete(&self.client, interface).await
    }

    async fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()> {
        tags::set(&self.client, ids, tags).await
    }

    async fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()> {
        tags::remove(&self.client, ids, keys).await
    }
}
