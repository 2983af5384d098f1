//! Load balancers in memory. A balancer that is deleted leaves its network interfaces for one look more, as AWS does for minutes.

use super::InProcessCloud;
use landform_cloud::id::VpcId;
use landform_cloud::load_balancers::{LoadBalancer, LoadBalancers};
use landform_cloud::{Result, Target};

pub(super) struct InProcessLoadBalancers {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

#[async_trait::async_trait]
impl LoadBalancers for InProcessLoadBalancers {
    async fn in_vpc(&self, vpc: &VpcId) -> Result<Vec<LoadBalancer>> {
        self.cloud.call(&self.target, "DescribeLoadBalancers", vpc.as_str(), |world, _| {
            Ok(world.load_balancers.clone())
        })
    }

    async fn delete(&self, balancer: &LoadBalancer) -> Result<()> {
        self.cloud.call(&self.target, "DeleteLoadBalancer", balancer.name.clone(), |world, _| {
            world.load_balancers.retain(|it| it.arn != balancer.arn);
            world.leaving.push(balancer.arn.clone());
            Ok(())
        })
    }
}
