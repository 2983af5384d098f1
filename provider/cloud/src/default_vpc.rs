//! The port to the VPC that AWS makes in every region of a new account, for one account and region.

use crate::id::{InternetGatewayId, SubnetId, VpcId};
use crate::network::NetworkInterface;
use crate::{Result, Tags};

/// Looks at the default VPC.
#[async_trait::async_trait]
pub trait DefaultVpcReads: Send + Sync {
    /// The default VPC, if the region has one.
    async fn default_vpc(&self) -> Result<Option<VpcId>>;
    /// What stands in the VPC that goes with it: its subnets, and the internet gateways that are on it or carry all of `marks`.
    async fn parts(&self, vpc: &VpcId, marks: &Tags) -> Result<DefaultVpcParts>;
    /// Who uses the VPC.
    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>>;
}

/// Takes the default VPC away. Whatever is gone already counts as done.
#[async_trait::async_trait]
pub trait DefaultVpc: DefaultVpcReads {
    /// Deletes a subnet.
    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()>;
    /// Tags the internet gateway, so that it is found when it is off the VPC and not deleted yet.
    async fn mark_internet_gateway(&self, gateway: &InternetGatewayId, marks: &Tags) -> Result<()>;
    /// Takes the internet gateway off the VPC.
    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()>;
    /// Deletes the internet gateway.
    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()>;
    /// Deletes the VPC, with its main route table, its default security group and its default network ACL.
    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()>;
}

/// What AWS makes with a default VPC and does not delete with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DefaultVpcParts {
    /// Its subnets.
    pub subnets: Vec<SubnetId>,
    /// Its internet gateways.
    pub internet_gateways: Vec<InternetGatewayId>,
}
