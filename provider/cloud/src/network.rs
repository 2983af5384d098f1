//! The port to the VPC part of EC2, for one account and region.

mod controls;
mod dhcp_options;
mod endpoints;
mod flow_logs;
mod ipv6;
mod objects;

pub use controls::*;
pub use dhcp_options::*;
pub use endpoints::*;
pub use flow_logs::*;
pub use ipv6::*;
pub use objects::*;

use crate::id::*;
use crate::{Result, Tags};
use landform_model::network::{BlockPublicAccessExclusion, RouteDestination};
use landform_model::ownership::Owner;
use landform_model::{AvailabilityZoneId, Cidr, Ipv6Cidr, PolicyJson, StackName};
use std::collections::BTreeMap;

/// Reads VPCs and what is in them. Whoever has only this can change nothing.
///
/// Reads answer all pages. A list read answers an empty list where AWS has nothing.
#[async_trait::async_trait]
pub trait NetworkReads: Send + Sync {
    /// Ids of everything that carries the resource tag of `owner`, whatever its kind: one cheap read (`DescribeTags`).
    ///
    /// The stack is compared too, so objects of a namesake in another stack are not listed.
    async fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>>;
    /// Ids of everything that carries the stack tag of `stack`, whatever its kind and resource: one read (`DescribeTags`). Objects
    /// that were deleted within the last hour may still be listed.
    async fn in_stack(&self, stack: &StackName) -> Result<Vec<OwnedObject>>;
    /// Everything that carries an ownership tag of Landform, whatever the stack, with those of its tags: one read
    /// (`DescribeTags`). Objects that were deleted within the last hour may still be listed.
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>>;

    /// VPCs with all of `tags`.
    async fn vpcs(&self, tags: &Tags) -> Result<Vec<Vpc>>;
    /// One VPC by id; none when it does not exist.
    async fn vpc(&self, id: &VpcId) -> Result<Option<Vpc>>;
    /// Both DNS flags of a VPC (two calls: AWS answers one attribute a call).
    async fn dns_attributes(&self, vpc: &VpcId) -> Result<DnsAttributes>;
    /// Subnets with all of `tags`.
    async fn subnets(&self, tags: &Tags) -> Result<Vec<Subnet>>;
    /// Internet gateways with all of `tags`.
    async fn internet_gateways(&self, tags: &Tags) -> Result<Vec<InternetGateway>>;
    /// Egress-only internet gateways with all of `tags`.
    async fn egress_only_internet_gateways(&self, tags: &Tags) -> Result<Vec<EgressOnlyInternetGateway>>;
    /// Elastic IP addresses with all of `tags`.
    async fn addresses(&self, tags: &Tags) -> Result<Vec<Address>>;
    /// NAT gateways with all of `tags`, in any state but `deleted`.
    async fn nat_gateways(&self, tags: &Tags) -> Result<Vec<NatGateway>>;
    /// Route tables with all of `tags`.
    async fn route_tables(&self, tags: &Tags) -> Result<Vec<RouteTable>>;
    /// VPC endpoints with all of `tags`, but deleted ones.
    async fn vpc_endpoints(&self, tags: &Tags) -> Result<Vec<VpcEndpoint>>;
    /// Flow logs with all of `tags`.
    async fn flow_logs(&self, tags: &Tags) -> Result<Vec<FlowLog>>;
    /// Sets of DHCP options with all of `tags`.
    async fn dhcp_options(&self, tags: &Tags) -> Result<Vec<DhcpOptions>>;
    /// Security groups with all of `tags`.
    async fn security_groups(&self, tags: &Tags) -> Result<Vec<SecurityGroup>>;
    /// The security groups that AWS made with these VPCs. A VPC that does not exist has none.
    async fn default_security_groups(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>>;
    /// The network ACLs that AWS made with these VPCs. A VPC that does not exist has none.
    async fn default_network_acls(&self, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>>;
    /// Network ACLs with all of `tags`.
    async fn network_acls(&self, tags: &Tags) -> Result<Vec<NetworkAcl>>;
    /// The ACL that a subnet is under; none while AWS does not show the subnet.
    async fn network_acl_of(&self, subnet: &SubnetId) -> Result<Option<NetworkAclAssociation>>;
    /// What the region blocks between VPCs and the internet.
    async fn block_public_access(&self) -> Result<BlockPublicAccess>;
    /// Exclusions of VPCs from that with all of `tags`, but deleted ones.
    async fn exclusions(&self, tags: &Tags) -> Result<Vec<Exclusion>>;
    /// Encryption controls with all of `tags`, but deleted ones.
    async fn encryption_controls(&self, tags: &Tags) -> Result<Vec<EncryptionControl>>;
    /// Availability zones of the region that this account can use.
    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>>;
    /// Network interfaces in the VPC: who still uses it.
    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>>;
}

/// Changes VPCs and what is in them.
///
/// Every write is one AWS call. A create carries its tags in the same call, so that no object ever exists without its owner.
/// Creates that AWS has a `ClientToken` for take one and may be sent again; the others must go through
/// [`crate::once::create_once`], because a lost answer would otherwise leave two objects.
#[async_trait::async_trait]
pub trait Network: NetworkReads {
    /// Makes a VPC, with its block from an IPAM pool where one is named. No token: use [`crate::once::create_once`].
    async fn create_vpc(&self, cidr: &Cidr, ipam_pool: Option<&str>, tags: &Tags) -> Result<Vpc>;
    /// Adds a further IPv4 block to a VPC; answers before subnets can lie in it. No token; the block is its natural key.
    async fn associate_cidr(&self, vpc: &VpcId, cidr: &Cidr) -> Result<CidrBlock>;
    /// Gives a VPC an IPv6 block: a `/56` of Amazon's, or of an IPAM pool. Answers before it can be used and which it is. No
    /// token; a VPC has one block of Amazon's.
    async fn associate_ipv6_block(&self, vpc: &VpcId, ipam_pool: Option<&str>) -> Result<()>;
    /// Takes a further block or the IPv6 block away, which no subnet may lie in.
    async fn disassociate_cidr(&self, block: &CidrAssociationId) -> Result<()>;
    /// Switches one DNS flag of a VPC.
    async fn set_dns_attribute(&self, vpc: &VpcId, attribute: DnsAttribute, enabled: bool) -> Result<()>;
    /// Deletes a VPC.
    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()>;

    /// Sets whether what is launched into a subnet gets a public address.
    async fn set_public_ip_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()>;
    /// Gives a subnet an IPv6 block of its VPC's. No token; the block is its natural key.
    async fn associate_subnet_ipv6_block(
        &self,
        subnet: &SubnetId,
        cidr: &Ipv6Cidr,
    ) -> Result<SubnetIpv6Block>;
    /// Takes the IPv6 block of a subnet away.
    async fn disassociate_subnet_ipv6_block(&self, block: &SubnetCidrAssociationId) -> Result<()>;
    /// Sets whether what is launched into a subnet gets an IPv6 address.
    async fn set_ipv6_address_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()>;
    /// Sets whether names without IPv6 addresses are answered with addresses for NAT gateways.
    async fn set_dns64(&self, subnet: &SubnetId, enabled: bool) -> Result<()>;
    /// Makes a subnet, with an IPv6 block where one is given. No token; its CIDR is its natural key.
    async fn create_subnet(
        &self,
        vpc: &VpcId,
        cidr: &Cidr,
        ipv6: Option<&Ipv6Cidr>,
        zone: &AvailabilityZoneId,
        tags: &Tags,
    ) -> Result<Subnet>;
    /// Deletes a subnet.
    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()>;

    /// Makes an egress-only internet gateway, attached.
    async fn create_egress_only_internet_gateway(
        &self,
        vpc: &VpcId,
        tags: &Tags,
        token: &str,
    ) -> Result<EgressOnlyInternetGateway>;
    /// Deletes an egress-only internet gateway.
    async fn delete_egress_only_internet_gateway(&self, gateway: &EgressOnlyInternetGatewayId) -> Result<()>;

    /// Makes an internet gateway, not attached. No token.
    async fn create_internet_gateway(&self, tags: &Tags) -> Result<InternetGateway>;
    /// Attaches an internet gateway. Attached to this VPC already counts as done.
    async fn attach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()>;
    /// Detaches an internet gateway. Not attached counts as done.
    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()>;
    /// Deletes an internet gateway.
    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()>;

    /// Allocates an Elastic IP address. No token.
    async fn allocate_address(&self, tags: &Tags) -> Result<Address>;
    /// Gives an Elastic IP address back.
    async fn release_address(&self, allocation: &AllocationId) -> Result<()>;

    /// Makes a public NAT gateway; answers before it is available.
    async fn create_nat_gateway(
        &self,
        subnet: &SubnetId,
        allocation: &AllocationId,
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway>;
    /// Makes a regional NAT gateway with an Elastic IP address in each of these zones; answers before it is available.
    async fn create_regional_nat_gateway(
        &self,
        vpc: &VpcId,
        zones: &[(AvailabilityZoneId, AllocationId)],
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway>;
    /// Lets a regional NAT gateway serve a zone by an Elastic IP address; answers before it does. No token.
    async fn associate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        zone: &AvailabilityZoneId,
        allocation: &AllocationId,
    ) -> Result<()>;
    /// Starts to take an address from a regional NAT gateway.
    async fn disassociate_nat_gateway_address(
        &self,
        gateway: &NatGatewayId,
        association: &AddressAssociationId,
    ) -> Result<()>;
    /// Starts the deletion of a NAT gateway.
    async fn delete_nat_gateway(&self, gateway: &NatGatewayId) -> Result<()>;

    /// Makes a route table.
    async fn create_route_table(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<RouteTable>;
    /// Deletes a route table.
    async fn delete_route_table(&self, table: &RouteTableId) -> Result<()>;
    /// Adds a route.
    async fn create_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()>;
    /// Points an existing route elsewhere.
    async fn replace_route(
        &self,
        table: &RouteTableId,
        destination: &RouteDestination,
        target: &RouteTarget,
    ) -> Result<()>;
    /// Removes a route.
    async fn delete_route(&self, table: &RouteTableId, destination: &RouteDestination) -> Result<()>;
    /// Puts a subnet under a route table.
    async fn associate_route_table(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<RouteTableAssociationId>;
    /// Moves an existing association to another route table in one call, so that the subnet is never without its routes.
    async fn replace_route_table_association(
        &self,
        association: &RouteTableAssociationId,
        table: &RouteTableId,
    ) -> Result<RouteTableAssociationId>;
    /// Takes a subnet away from a route table.
    async fn disassociate_route_table(&self, association: &RouteTableAssociationId) -> Result<()>;

    /// Makes a gateway endpoint to `service` (`com.amazonaws.us-east-1.s3`) for these route tables.
    async fn create_gateway_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        route_tables: &[RouteTableId],
        policy: &PolicyJson,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint>;
    /// Changes a gateway endpoint. What is so already counts as done.
    async fn modify_gateway_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &GatewayEndpointChange,
    ) -> Result<()>;
    /// Makes an interface endpoint to `service` (`com.amazonaws.us-east-1.ssm`); answers before it is available.
    async fn create_interface_endpoint(
        &self,
        vpc: &VpcId,
        service: &str,
        settings: &InterfaceEndpointSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<VpcEndpoint>;
    /// Changes an interface endpoint; answers before it is done. What is so already counts as done.
    async fn modify_interface_endpoint(
        &self,
        endpoint: &VpcEndpointId,
        change: &InterfaceEndpointChange,
    ) -> Result<()>;
    /// Starts the deletion of a VPC endpoint.
    async fn delete_vpc_endpoint(&self, endpoint: &VpcEndpointId) -> Result<()>;

    /// Makes a flow log of a VPC; answers its id, which is all that AWS says.
    async fn create_flow_log(
        &self,
        vpc: &VpcId,
        settings: &FlowLogSettings,
        tags: &Tags,
        token: &str,
    ) -> Result<FlowLogId>;
    /// Deletes a flow log. What it has written stays.
    async fn delete_flow_log(&self, log: &FlowLogId) -> Result<()>;

    /// Makes a set of DHCP options. No token: use [`crate::once::create_once`].
    async fn create_dhcp_options(&self, settings: &DhcpSettings, tags: &Tags) -> Result<DhcpOptions>;
    /// Gives a VPC a set of DHCP options; none: no options at all.
    async fn associate_dhcp_options(&self, vpc: &VpcId, options: Option<&DhcpOptionsId>) -> Result<()>;
    /// Deletes a set of DHCP options.
    async fn delete_dhcp_options(&self, options: &DhcpOptionsId) -> Result<()>;

    /// Makes a security group, which lets everything out and nothing in. No token; its name is its natural key in the VPC.
    async fn create_security_group(
        &self,
        vpc: &VpcId,
        name: &str,
        description: &str,
        tags: &Tags,
    ) -> Result<SecurityGroup>;
    /// Puts rules into a security group. What is in already counts as done.
    async fn authorize_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()>;
    /// Deletes a security group.
    async fn delete_security_group(&self, group: &SecurityGroupId) -> Result<()>;
    /// Takes rules out of a security group.
    async fn revoke_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()>;
    /// Makes a network ACL, which lets nothing through.
    async fn create_network_acl(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<NetworkAcl>;
    /// Moves a subnet to another network ACL in one call, so that it is never without one.
    async fn replace_network_acl_association(
        &self,
        association: &NetworkAclAssociationId,
        acl: &NetworkAclId,
    ) -> Result<NetworkAclAssociationId>;
    /// Deletes a network ACL.
    async fn delete_network_acl(&self, acl: &NetworkAclId) -> Result<()>;
    /// Adds an entry to a network ACL.
    async fn create_network_acl_entry(&self, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()>;
    /// Removes an entry from a network ACL.
    async fn delete_network_acl_entry(
        &self,
        acl: &NetworkAclId,
        direction: Direction,
        number: i32,
    ) -> Result<()>;

    /// Excludes a VPC from what its region blocks; answers before that is in force. No token; a VPC has one at most.
    async fn create_exclusion(
        &self,
        vpc: &VpcId,
        mode: BlockPublicAccessExclusion,
        tags: &Tags,
    ) -> Result<Exclusion>;
    /// Changes what an exclusion allows; answers before that is in force.
    async fn modify_exclusion(
        &self,
        exclusion: &BlockPublicAccessExclusionId,
        mode: BlockPublicAccessExclusion,
    ) -> Result<()>;
    /// Starts the deletion of an exclusion.
    async fn delete_exclusion(&self, exclusion: &BlockPublicAccessExclusionId) -> Result<()>;

    /// Makes the encryption control of a VPC, which monitors; answers before it does. No token; a VPC has one at most.
    async fn create_encryption_control(&self, vpc: &VpcId, tags: &Tags) -> Result<EncryptionControl>;
    /// Changes what an encryption control does; answers before it does.
    async fn modify_encryption_control(
        &self,
        control: &EncryptionControlId,
        settings: &EncryptionSettings,
    ) -> Result<()>;
    /// Starts the deletion of an encryption control.
    async fn delete_encryption_control(&self, control: &EncryptionControlId) -> Result<()>;

    /// Deletes a network interface that nothing uses. Gone already counts as done.
    async fn delete_network_interface(&self, interface: &str) -> Result<()>;

    /// Adds tags to objects, or gives existing keys new values.
    async fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()>;
    /// Removes tags by key.
    async fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()>;
}
