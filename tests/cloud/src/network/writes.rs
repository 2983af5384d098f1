//! The half of the port that changes things.

use super::*;

#[async_trait::async_trait]
impl Network for InProcessNetwork {
    async fn create_vpc(&self, cidr: &Cidr, _ipam_pool: Option<&str>, tags: &Tags) -> Result<Vpc> {
        self.create_vpc(cidr, tags)
    }

    async fn associate_cidr(&self, vpc: &VpcId, cidr: &Cidr) -> Result<CidrBlock> {
        self.associate_cidr(vpc, cidr)
    }

    async fn disassociate_cidr(&self, block: &CidrAssociationId) -> Result<()> {
        self.disassociate_cidr(block)
    }

    async fn set_dns_attribute(&self, vpc: &VpcId, attribute: DnsAttribute, enabled: bool) -> Result<()> {
        self.set_dns_attribute(vpc, attribute, enabled)
    }

    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()> {
        self.delete_vpc(vpc)
    }

    async fn associate_ipv6_block(&self, vpc: &VpcId, _ipam_pool: Option<&str>) -> Result<()> {
        self.associate_ipv6_block(vpc)
    }

    async fn associate_subnet_ipv6_block(
        &self,
        subnet: &SubnetId,
        cidr: &Ipv6Cidr,
    ) -> Result<SubnetIpv6Block> {
        self.associate_subnet_ipv6_block(subnet, cidr)
    }

    async fn disassociate_subnet_ipv6_block(&self, block: &SubnetCidrAssociationId) -> Result<()> {
        self.disassociate_subnet_ipv6_block(block)
    }

    async fn set_ipv6_address_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        self.set_ipv6_address_on_launch(subnet, enabled)
    }

    async fn set_dns64(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        self.set_dns64(subnet, enabled)
    }

    async fn create_egress_only_internet_gateway(
        &self,
        vpc: &VpcId,
        tags: &Tags,
        token: &str,
    ) -> Result<EgressOnlyInternetGateway> {
        self.create_egress_only_internet_gateway(vpc, tags, token)
    }

    async fn delete_egress_only_internet_gateway(&self, gateway: &EgressOnlyInternetGatewayId) -> Result<()> {
        self.delete_egress_only_internet_gateway(gateway)
    }

    async fn create_subnet(
        &self,
        vpc: &VpcId,
        cidr: &Cidr,
        ipv6: Option<&Ipv6Cidr>,
        zone: &AvailabilityZoneId,
        tags: &Tags,
    ) -> Result<Subnet> {
        self.create_subnet(vpc, cidr, ipv6, zone, tags)
    }

    async fn set_public_ip_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        self.set_public_ip_on_launch(subnet, enabled)
    }

    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()> {
        self.delete_subnet(subnet)
    }

    async fn create_internet_gateway(&self, tags: &Tags) -> Result<InternetGateway> {
        self.create_internet_gateway(tags)
    }

    async fn attach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.attach_internet_gateway(gateway, vpc)
    }

    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.detach_internet_gateway(gateway, vpc)
    }

    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()> {
        self.delete_internet_gateway(gateway)
    }

    async fn allocate_address(&self, tags: &Tags) -> Result<Address> {
        self.allocate_address(tags)
    }

    async fn release_address(&self, allocation: &AllocationId) -> Result<()> {
        self.release_address(allocation)
    }

    async fn create_nat_gateway(
        &self,
        subnet: &SubnetId,
        allocation: &AllocationId,
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        self.create_nat_gateway(subnet, allocation, tags, token)
    }

    async fn create_regional_nat_gateway(
        &self,
        vpc: &VpcId,
        zones: &[(AvailabilityZoneId, AllocationId)],
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        self.create_regional_nat_gateway(vpc, zones, tags, token)
    }

    async fn associate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        zone: &AvailabilityZoneId,
        allocation: &AllocationId,
    ) -> Result<()> {
        self.associate_nat_gateway_address(gateway, zone, allocation)
    }

    async fn disassociate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        association: &AddressAssociationId,
    ) -> Result<()> {
        self.disassociate_nat_gateway_address(gateway, association)
    }

    async fn delete_nat_gateway(&self, gateway: &NatGatewayId) -> Result<()> {
        self.delete_nat_gateway(gateway)
    }

    async fn create_route_table(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<RouteTable> {
        self.create_route_table(vpc, tags, token)
    }

    async fn delete_route_table(&self, table: &RouteTableId) -> Result<()> {
        self.delete_route_table(table)
    }

    async fn create_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()> {
        self.create_route(table, destination, target)
    }

    async fn replace_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()> {
        self.replace_route(table, destination, target)
    }

    async fn delete_route(&self, table: &RouteTableId, destination: &RouteDestination) -> Result<()> {
        self.delete_route(table, destination)
    }

    async fn associate_route_table(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<RouteTableAssociationId> {
        self.associate_route_table(table, subnet)
    }

    async fn replace_route_table_association(
        &self,
        association: &RouteTableAssociationId,
        table: &RouteTableId,
    ) -> Result<RouteTableAssociationId> {
        self.replace_route_table_association(association, table)
    }

    async fn disassociate_route_table(&self, association: &RouteTableAssociationId) -> Result<()> {
        self.disassociate_route_table(association)
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
        self.create_gateway_endpoint(vpc, service, route_tables, policy, tags, token)
    }

    async fn modify_gateway_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &GatewayEndpointChange,
    ) -> Result<()> {
        self.modify_gateway_endpoint(endpoint, change)
    }

    async fn create_interface_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        settings: &InterfaceEndpointSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint> {
        self.create_interface_endpoint(vpc, service, settings, tags, token)
    }

    async fn modify_interface_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &InterfaceEndpointChange,
    ) -> Result<()> {
        self.modify_interface_endpoint(endpoint, change)
    }

    async fn delete_vpc_endpoint(&self, endpoint: &VpcEndpointId) -> Result<()> {
        self.delete_vpc_endpoint(endpoint)
    }

    async fn create_flow_log(
        &self,
        vpc: &VpcId,
        settings: &FlowLogSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<FlowLogId> {
        self.create_flow_log(vpc, settings, tags, token)
    }

    async fn delete_flow_log(&self, log: &FlowLogId) -> Result<()> {
        self.delete_flow_log(log)
    }

    async fn create_dhcp_options(&self, settings: &DhcpSettings, tags: &Tags) -> Result<DhcpOptions> {
        self.create_dhcp_options(settings, tags)
    }

    async fn associate_dhcp_options(&self, vpc: &VpcId, options: Option<&DhcpOptionsId>) -> Result<()> {
        self.associate_dhcp_options(vpc, options)
    }

    async fn delete_dhcp_options(&self, options: &DhcpOptionsId) -> Result<()> {
        self.delete_dhcp_options(options)
    }

    async fn create_security_group(
        &self,
        vpc: &VpcId,
        name: &str,
        _description: &str,
        tags: &Tags,
    ) -> Result<SecurityGroup> {
        self.create_security_group(vpc, name, tags)
    }

    async fn authorize_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        self.authorize_rules(group, direction, rules)
    }

    async fn delete_security_group(&self, group: &SecurityGroupId) -> Result<()> {
        self.delete_security_group(group)
    }

    async fn revoke_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        self.revoke_rules(group, direction, rules)
    }

    async fn create_network_acl(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<NetworkAcl> {
        self.create_network_acl(vpc, tags, token)
    }

    async fn replace_network_acl_association(
        &self,
        association: &NetworkAclAssociationId,
        acl: &NetworkAclId,
    ) -> Result<NetworkAclAssociationId> {
        self.replace_network_acl_association(association, acl)
    }

    async fn delete_network_acl(&self, acl: &NetworkAclId) -> Result<()> {
        self.delete_network_acl(acl)
    }

    async fn create_network_acl_entry(&self, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()> {
        self.create_network_acl_entry(acl, entry)
    }

    async fn delete_network_acl_entry(
        &self,
        acl: &NetworkAclId,
        direction: Direction,
        number: i32,
    ) -> Result<()> {
        self.delete_network_acl_entry(acl, direction, number)
    }

    async fn create_exclusion(
        &self,
        vpc: &VpcId,
        mode: BlockPublicAccessExclusion,
        tags: &Tags,
    ) -> Result<Exclusion> {
        self.create_exclusion(vpc, mode, tags)
    }

    async fn modify_exclusion(
        &self,
        exclusion: &BlockPublicAccessExclusionId,
        mode: BlockPublicAccessExclusion,
    ) -> Result<()> {
        self.modify_exclusion(exclusion, mode)
    }

    async fn delete_exclusion(&self, exclusion: &BlockPublicAccessExclusionId) -> Result<()> {
        self.delete_exclusion(exclusion)
    }

    async fn create_encryption_control(&self, vpc: &VpcId, tags: &Tags) -> Result<EncryptionControl> {
        self.create_encryption_control(vpc, tags)
    }

    async fn modify_encryption_control(
        &self,
        control: &EncryptionControlId,
        settings: &EncryptionSettings,
    ) -> Result<()> {
        self.modify_encryption_control(control, settings)
    }

    async fn delete_encryption_control(&self, control: &EncryptionControlId) -> Result<()> {
        self.delete_encryption_control(control)
    }

    async fn delete_network_interface(&self, interface: &str) -> Result<()> {
        self.delete_network_interface(interface)
    }

    async fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()> {
        self.set_tags(ids, tags)
    }

    async fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()> {
        self.remove_tags(ids, keys)
    }
}
