//! The default VPC in memory: it holds its subnets and its gateway, and those who use it hold the subnets.

use super::account_settings::usable;
use super::{InProcessCloud, World, refuse};
use landform_cloud::default_vpc::{DefaultVpc, DefaultVpcParts, DefaultVpcReads};
use landform_cloud::id::{InternetGatewayId, SubnetId, VpcId};
use landform_cloud::network::NetworkInterface;
use landform_cloud::{ErrorKind, Result, Tags, Target};

/// The default VPC of a region.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultVpcWorld {
    /// Its id.
    pub id: VpcId,
    /// What AWS makes with it.
    pub parts: DefaultVpcParts,
    /// Whether the gateway is on the VPC.
    pub attached: bool,
    /// The tags of the gateway.
    pub marks: Tags,
    /// Who uses it.
    pub interfaces: Vec<NetworkInterface>,
}

impl DefaultVpcWorld {
    /// As AWS makes it, with `subnets` subnets.
    pub fn new(subnets: usize) -> Self {
        let subnet = |number| id(&format!("subnet-0def{number}"));
        Self {
            id: id("vpc-0def"),
            parts: DefaultVpcParts {
                subnets: (1..=subnets).map(subnet).collect(),
                internet_gateways: vec![id("igw-0def")],
            },
            attached: true,
            marks: Tags::new(),
            interfaces: Vec::new(),
        }
    }
}

pub(super) struct InProcessDefaultVpc {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

impl InProcessDefaultVpc {
    fn call<T>(
        &self,
        operation: &'static str,
        subject: &str,
        act: impl FnOnce(&mut World) -> Result<T>,
    ) -> Result<T> {
        self.cloud.call(&self.target, operation, subject, |world, _| {
            usable(world, operation)?;
            act(world)
        })
    }
}

#[async_trait::async_trait]
impl DefaultVpcReads for InProcessDefaultVpc {
    async fn default_vpc(&self) -> Result<Option<VpcId>> {
        self.call("DescribeVpcs", "default", |world| Ok(world.default_vpc.as_ref().map(|it| it.id.clone())))
    }

    async fn parts(&self, vpc: &VpcId, marks: &Tags) -> Result<DefaultVpcParts> {
        let mut parts = DefaultVpcParts::default();
        let found =
            |world: &mut World| world.default_vpc.clone().filter(|it| it.id == *vpc).map(|it| it.parts);
        let here = self.call("DescribeSubnets", vpc.as_str(), |world| Ok(found(world)))?;
        parts.subnets = here.map(|it| it.subnets).unwrap_or_default();
        let here = self.call("DescribeInternetGateways", vpc.as_str(), |world| {
            let shown = |it: &DefaultVpcWorld| it.attached || it.marks == *marks;
            Ok(found(world).filter(|_| world.default_vpc.as_ref().is_some_and(shown)))
        })?;
        parts.internet_gateways = here.map(|it| it.internet_gateways).unwrap_or_default();
        Ok(parts)
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        self.call("DescribeNetworkInterfaces", vpc.as_str(), |world| {
            Ok(world.default_vpc.as_ref().map(|it| it.interfaces.clone()).unwrap_or_default())
        })
    }
}

#[async_trait::async_trait]
impl DefaultVpc for InProcessDefaultVpc {
    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()> {
        const OPERATION: &str = "DeleteSubnet";
        self.call(OPERATION, subnet.as_str(), |world| {
            let Some(vpc) = &mut world.default_vpc else { return Ok(()) };
            if vpc.interfaces.iter().any(|it| it.subnet.as_ref() == Some(subnet)) {
                return Err(in_use(OPERATION, subnet.as_str()));
            }
            vpc.parts.subnets.retain(|it| it != subnet);
            Ok(())
        })
    }

    async fn mark_internet_gateway(&self, gateway: &InternetGatewayId, marks: &Tags) -> Result<()> {
        self.call("CreateTags", gateway.as_str(), |world| {
            if let Some(vpc) = &mut world.default_vpc {
                vpc.marks = marks.clone();
            }
            Ok(())
        })
    }

    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, _: &VpcId) -> Result<()> {
        self.call("DetachInternetGateway", gateway.as_str(), |world| {
            if let Some(vpc) = &mut world.default_vpc {
                vpc.attached = false;
            }
            Ok(())
        })
    }

    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()> {
        const OPERATION: &str = "DeleteInternetGateway";
        self.call(OPERATION, gateway.as_str(), |world| {
            let Some(vpc) = &mut world.default_vpc else { return Ok(()) };
            if vpc.attached {
                return Err(in_use(OPERATION, gateway.as_str()));
            }
            vpc.parts.internet_gateways.retain(|it| it != gateway);
            Ok(())
        })
    }

    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()> {
        const OPERATION: &str = "DeleteVpc";
        self.call(OPERATION, vpc.as_str(), |world| {
            let Some(standing) = &world.default_vpc else { return Ok(()) };
            if !standing.parts.subnets.is_empty() || standing.attached {
                return Err(in_use(OPERATION, vpc.as_str()));
            }
            world.default_vpc = None;
            Ok(())
        })
    }
}

fn in_use(operation: &'static str, id: &str) -> landform_cloud::CloudError {
    let text = format!("{id} has dependencies and cannot be deleted");
    refuse(ErrorKind::InUse, operation, "DependencyViolation", text)
}

fn id<T: std::str::FromStr<Err = landform_cloud::id::IdError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}
