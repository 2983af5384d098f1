//! The port to the default VPC over EC2.

use crate::answer::{carries, parsed, tags as tags_of};
use crate::error;
use crate::network::Ec2Network;
use crate::request::{PAGE, filter, tag_list};
use aws_config::SdkConfig;
use aws_sdk_ec2::Client;
use landform_cloud::default_vpc::{DefaultVpc, DefaultVpcParts, DefaultVpcReads};
use landform_cloud::id::{InternetGatewayId, SubnetId, VpcId};
use landform_cloud::network::NetworkInterface;
use landform_cloud::{Network, NetworkReads, Result, Tags};

/// The default VPC of one account and region.
#[derive(Debug)]
pub(crate) struct Ec2DefaultVpc {
    client: Client,
    network: Ec2Network,
}

impl Ec2DefaultVpc {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config), network: Ec2Network::new(config) }
    }
}

#[async_trait::async_trait]
impl DefaultVpcReads for Ec2DefaultVpc {
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html>: a region has one default VPC at most.
    async fn default_vpc(&self) -> Result<Option<VpcId>> {
        const OPERATION: &str = "DescribeVpcs";
        let call = self.client.describe_vpcs().filters(filter("is-default", "true"));
        let answer = call.send().await.map_err(error::of_new_account(OPERATION))?;
        let found = answer.vpcs().iter().find(|vpc| vpc.is_default() == Some(true));
        found.map(|vpc| parsed(OPERATION, "vpcId", vpc.vpc_id())).transpose()
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html>,
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html>: a region has a handful of gateways,
    /// and no filter finds those on a VPC and those with tags at once.
    async fn parts(&self, vpc: &VpcId, marks: &Tags) -> Result<DefaultVpcParts> {
        const SUBNETS: &str = "DescribeSubnets";
        const GATEWAYS: &str = "DescribeInternetGateways";
        let call = self.client.describe_subnets().filters(filter("vpc-id", vpc.as_str()));
        let pages = call.into_paginator().page_size(PAGE).items().send();
        let subnets = pages.try_collect().await.map_err(error::of_new_account(SUBNETS))?;
        let pages = self.client.describe_internet_gateways().into_paginator().page_size(PAGE).items().send();
        let gateways = pages.try_collect().await.map_err(error::of_new_account(GATEWAYS))?;
        let here = gateways.iter().filter(|gateway| {
            gateway.attachments().iter().any(|it| it.vpc_id() == Some(vpc.as_str()))
                || carries(&tags_of(gateway.tags()), marks)
        });
        Ok(DefaultVpcParts {
            subnets: subnets
                .iter()
                .map(|it| parsed(SUBNETS, "subnetId", it.subnet_id()))
                .collect::<Result<_>>()?,
            internet_gateways: here
                .map(|it| parsed(GATEWAYS, "internetGatewayId", it.internet_gateway_id()))
                .collect::<Result<_>>()?,
        })
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        self.network.network_interfaces(vpc).await
    }
}

#[async_trait::async_trait]
impl DefaultVpc for Ec2DefaultVpc {
    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()> {
        self.network.delete_subnet(subnet).await
    }

    async fn mark_internet_gateway(&self, gateway: &InternetGatewayId, marks: &Tags) -> Result<()> {
        let call = self.client.create_tags().resources(gateway.as_str()).set_tags(Some(tag_list(marks)));
        call.send().await.map(drop).map_err(error::of_new_account("CreateTags"))
    }

    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.network.detach_internet_gateway(gateway, vpc).await
    }

    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()> {
        self.network.delete_internet_gateway(gateway).await
    }

    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()> {
        self.network.delete_vpc(vpc).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Server, success};

    #[tokio::test]
    async fn the_default_vpc_is_found_with_its_subnets_and_gateways_and_no_other() {
        let marks = Tags::from([("landform:stack".to_owned(), "main".to_owned())]);
        let server = Server::new(|call, _| {
            let action = call["Action"].as_str();
            let content = match action {
                "DescribeVpcs" => {
                    "<vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault></item></vpcSet>"
                }
                "DescribeSubnets" => "<subnetSet><item><subnetId>subnet-1</subnetId></item></subnetSet>",
                "DescribeInternetGateways" => {
                    "<internetGatewaySet>\
                     <item><internetGatewayId>igw-1</internetGatewayId><attachmentSet><item><vpcId>vpc-1</vpcId></item></attachmentSet></item>\
                     <item><internetGatewayId>igw-2</internetGatewayId><attachmentSet><item><vpcId>vpc-2</vpcId></item></attachmentSet></item>\
                     <item><internetGatewayId>igw-3</internetGatewayId><tagSet><item><key>landform:stack</key><value>main</value></item></tagSet></item>\
                     <item><internetGatewayId>igw-4</internetGatewayId></item>\
                     </internetGatewaySet>"
                }
                _ => "",
            };
            success(action, content)
        });
        let vpcs = Ec2DefaultVpc::new(&server.environment().await.config);
        let vpc = vpcs.default_vpc().await.unwrap().unwrap();
        let parts = vpcs.parts(&vpc, &marks).await.unwrap();
        assert_eq!(parts.subnets, ["subnet-1".parse().unwrap()]);
        assert_eq!(parts.internet_gateways, ["igw-1", "igw-3"].map(|id| id.parse().unwrap()));
        let call = &server.calls()[0];
        assert_eq!(
            (call["Filter.1.Name"].as_str(), call["Filter.1.Value.1"].as_str()),
            ("is-default", "true")
        );
    }
}
