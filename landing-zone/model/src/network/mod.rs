//! The shape of a VPC: profile, tiers, slots, egress, and where each subnet lies.

mod block_public_access;
mod egress;
mod eks_zone;
mod encryption_control;
mod flow_log;
mod gateway_service;
mod interface_service;
mod ipv6;
mod layout;
mod network_acl;
mod profile;
mod route_destination;
mod route_target;
mod slot;
mod tier;
mod way_out;

pub use block_public_access::BlockPublicAccessExclusion;
pub use egress::EgressMode;
pub use eks_zone::takes_eks_control_plane;
pub use encryption_control::{EncryptionExclusion, EncryptionMode};
pub use flow_log::{DEFAULT_FLOW_LOG_FORMAT, FLOW_LOG_AGGREGATION_SECONDS, FlowLogTraffic};
pub use gateway_service::GatewayService;
pub use interface_service::InterfaceService;
pub use ipv6::{IPV6_SUBNET_PREFIX, IPV6_VPC_PREFIXES, ipv6_place, ipv6_subnet};
pub use layout::{Capacity, Layout, LayoutError, pods_subnet};
pub use network_acl::NetworkAclPreset;
pub use profile::Profile;
pub use route_destination::{PrefixListId, RouteDestination, RouteDestinationError};
pub use route_target::RouteTargetId;
pub use slot::Slot;
pub use tier::{AnyTier, Area, Tier, TierName};
pub use way_out::WayOut;
