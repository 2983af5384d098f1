//! VPC endpoints, as the network port speaks of them.

use crate::Tags;
use crate::id::{RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId};
use landform_model::PolicyJson;

/// A VPC endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VpcEndpoint {
    /// Its id.
    pub id: VpcEndpointId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// AWS's name of the service, such as `com.amazonaws.us-east-1.s3`.
    pub service: String,
    /// Its state.
    pub state: VpcEndpointState,
    /// Who may do what through it.
    pub policy: Option<PolicyJson>,
    /// The route tables that lead to it, of a gateway endpoint.
    pub route_tables: Vec<RouteTableId>,
    /// The subnets that it has a network interface in, of an interface endpoint.
    pub subnets: Vec<SubnetId>,
    /// The security groups of its network interfaces.
    pub security_groups: Vec<SecurityGroupId>,
    /// Whether the service's own DNS name leads to it in the VPC.
    pub private_dns: bool,
    /// Its tags.
    pub tags: Tags,
}

/// The states of a VPC endpoint.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VpcEndpointState {
    /// Being made or changed.
    Pending,
    /// Waiting for the owner of the service to accept it.
    PendingAcceptance,
    /// Working.
    Available,
    /// It will not work: it failed, was rejected or has expired.
    Failed,
    /// Being deleted.
    Deleting,
}

/// What an interface endpoint is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterfaceEndpointSettings {
    /// The subnets, one in a zone at most.
    pub subnets: Vec<SubnetId>,
    /// The security groups of its network interfaces.
    pub security_groups: Vec<SecurityGroupId>,
    /// Who may do what through it; none: AWS's default, which is everybody everything. Not every service takes a policy.
    pub policy: Option<PolicyJson>,
    /// Whether the service's own DNS name shall lead to it in the VPC.
    pub private_dns: bool,
}

/// What to change of an interface endpoint, in one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InterfaceEndpointChange {
    /// Another policy, or AWS's default.
    pub policy: Option<PolicyChange>,
    /// Subnets that it shall have a network interface in.
    pub add_subnets: Vec<SubnetId>,
    /// Subnets that it shall not have one in any longer.
    pub remove_subnets: Vec<SubnetId>,
    /// Security groups for its network interfaces.
    pub add_security_groups: Vec<SecurityGroupId>,
    /// Security groups that they shall not have any longer.
    pub remove_security_groups: Vec<SecurityGroupId>,
    /// Whether the service's own DNS name shall lead to it.
    pub private_dns: Option<bool>,
}

/// A change of the policy of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyChange {
    /// This policy.
    Set(PolicyJson),
    /// AWS's default: everybody everything.
    Reset,
}

/// What to change of a gateway endpoint, in one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatewayEndpointChange {
    /// The new policy.
    pub policy: Option<PolicyJson>,
    /// Route tables that shall lead to it.
    pub add_route_tables: Vec<RouteTableId>,
    /// Route tables that shall not any longer.
    pub remove_route_tables: Vec<RouteTableId>,
}
