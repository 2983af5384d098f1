//! Subnets.

use super::{gone_is_done, ipv6};
use crate::answer::{carries, parsed, readable, required, tags as tags_of};
use crate::request::{PAGE, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, AttributeBooleanValue, ResourceType};
use landform_cloud::id::{SubnetId, VpcId};
use landform_cloud::network::Subnet;
use landform_cloud::{Result, Tags};
use landform_model::{AvailabilityZoneId, Cidr, Ipv6Cidr};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<Subnet>> {
    const OPERATION: &str = "DescribeSubnets";
    let call = client.describe_subnets().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let subnets = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let subnets = subnets.iter().filter(|subnet| carries(&tags_of(subnet.tags()), tags));
    readable(tags, subnets.map(|subnet| subnet_of(OPERATION, subnet)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html>: takes no token.
pub(super) async fn create(
    client: &Client,
    vpc: &VpcId,
    cidr: &Cidr,
    ipv6: Option<&Ipv6Cidr>,
    zone: &AvailabilityZoneId,
    tags: &Tags,
) -> Result<Subnet> {
    const OPERATION: &str = "CreateSubnet";
    let call = client
        .create_subnet()
        .vpc_id(vpc.as_str())
        .cidr_block(cidr.to_string())
        .set_ipv6_cidr_block(ipv6.map(ToString::to_string))
        .availability_zone_id(zone.as_str())
        .set_tag_specifications(tags_for(ResourceType::Subnet, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    subnet_of(OPERATION, &required(OPERATION, "subnet", made.subnet)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>: one attribute a call.
pub(super) async fn set_public_ip_on_launch(client: &Client, subnet: &SubnetId, enabled: bool) -> Result<()> {
    let value = AttributeBooleanValue::builder().value(enabled).build();
    let call = client.modify_subnet_attribute().subnet_id(subnet.as_str()).map_public_ip_on_launch(value);
    call.send().await.map(drop).map_err(error::of("ModifySubnetAttribute"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html>
pub(super) async fn delete(client: &Client, subnet: &SubnetId) -> Result<()> {
    let sent = client.delete_subnet().subnet_id(subnet.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteSubnet")))
}

fn subnet_of(operation: &'static str, subnet: &types::Subnet) -> Result<Subnet> {
    Ok(Subnet {
        id: parsed(operation, "subnetId", subnet.subnet_id())?,
        vpc: parsed(operation, "vpcId", subnet.vpc_id())?,
        cidr: parsed(operation, "cidrBlock", subnet.cidr_block())?,
        zone: parsed(operation, "availabilityZoneId", subnet.availability_zone_id())?,
        public_ip_on_launch: subnet.map_public_ip_on_launch() == Some(true),
        ipv6_block: ipv6::block_of_subnet(operation, subnet)?,
        ipv6_address_on_launch: subnet.assign_ipv6_address_on_creation() == Some(true),
        dns64: subnet.enable_dns64() == Some(true),
        tags: tags_of(subnet.tags()),
    })
}
