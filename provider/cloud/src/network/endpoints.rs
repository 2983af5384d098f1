//! VPC endpoints, as the network port speaks of them.

use crate::Tags;
use crate::id::{RouteTableId, VpcEndpointId, VpcId};
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
    /// Its tags.
    pub tags: Tags,
}

/// The states of a VPC endpoint.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VpcEndpointState {
    /// Being made, or waiting for the owner of the service to accept it.
    Pending,
    /// Working.
    Available,
    /// It will not work: it failed, was rejected or has expired.
    Failed,
    /// Being deleted.
    Deleting,
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
