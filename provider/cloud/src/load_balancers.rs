//! The port to Elastic Load Balancing, for one account and region: what controllers of Kubernetes leave in a VPC.

use crate::id::VpcId;
use crate::{Result, Tags};

/// Finds and deletes load balancers.
#[async_trait::async_trait]
pub trait LoadBalancers: Send + Sync {
    /// The application, network and gateway load balancers in a VPC, with their tags.
    async fn in_vpc(&self, vpc: &VpcId) -> Result<Vec<LoadBalancer>>;
    /// Deletes a load balancer; its network interfaces go a little later. One that is gone counts as done.
    async fn delete(&self, balancer: &LoadBalancer) -> Result<()>;
}

/// A load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadBalancer {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Its tags.
    pub tags: Tags,
}
