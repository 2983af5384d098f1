//! The shape of a VPC: profile, tiers, slots, egress, and where each subnet lies.

mod egress;
mod flow_log;
mod gateway_service;
mod interface_service;
mod layout;
mod profile;
mod route_target;
mod slot;
mod tier;
mod way_out;

pub use egress::EgressMode;
pub use flow_log::{DEFAULT_FLOW_LOG_FORMAT, FLOW_LOG_AGGREGATION_SECONDS, FlowLogTraffic};
pub use gateway_service::GatewayService;
pub use interface_service::InterfaceService;
pub use layout::{Capacity, Layout, LayoutError, pods_subnet};
pub use profile::Profile;
pub use route_target::RouteTargetId;
pub use slot::Slot;
pub use tier::{AnyTier, Area, Tier, TierName};
pub use way_out::WayOut;
