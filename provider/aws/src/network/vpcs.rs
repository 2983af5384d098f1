//! VPCs and their DNS flags.

use super::{gone_is_done, ipv6};
use crate::answer::{carries, parsed, parsed_if_any, required, tags as tags_of};
use crate::request::{PAGE, filter, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    self, AttributeBooleanValue, ResourceType, VpcAttributeName, VpcCidrBlockStateCode, VpcState,
};
use landform_cloud::id::{CidrAssociationId, VpcId};
use landform_cloud::network::{CidrBlock, DnsAttribute, DnsAttributes, Vpc};
use landform_cloud::{Result, Tags};
use landform_model::Cidr;

const DESCRIBE: &str = "DescribeVpcs";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<Vpc>> {
    let mut vpcs = describe(client, tag_filters(tags)).await?;
    vpcs.retain(|vpc| carries(&vpc.tags, tags));
    Ok(vpcs)
}

pub(super) async fn by_id(client: &Client, id: &VpcId) -> Result<Option<Vpc>> {
    // A filter answers an empty list for what does not exist; the parameter VpcIds an error.
    Ok(describe(client, Some(vec![filter("vpc-id", id.as_str())])).await?.pop())
}

async fn describe(client: &Client, filters: Option<Vec<types::Filter>>) -> Result<Vec<Vpc>> {
    let pages = client.describe_vpcs().set_filters(filters).into_paginator().page_size(PAGE).items().send();
    let vpcs = pages.try_collect().await.map_err(error::of(DESCRIBE))?;
    vpcs.iter().map(|vpc| vpc_of(DESCRIBE, vpc)).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html>
pub(super) async fn dns_attributes(client: &Client, vpc: &VpcId) -> Result<DnsAttributes> {
    const OPERATION: &str = "DescribeVpcAttribute";
    let read =
        |name: VpcAttributeName| client.describe_vpc_attribute().vpc_id(vpc.as_str()).attribute(name).send();
    let (support, hostnames) = tokio::try_join!(
        read(VpcAttributeName::EnableDnsSupport),
        read(VpcAttributeName::EnableDnsHostnames)
    )
    .map_err(error::of(OPERATION))?;
    let flag =
        |field, value: Option<AttributeBooleanValue>| required(OPERATION, field, value.and_then(|v| v.value));
    Ok(DnsAttributes {
        support: flag("enableDnsSupport", support.enable_dns_support)?,
        hostnames: flag("enableDnsHostnames", hostnames.enable_dns_hostnames)?,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html>: takes no token.
pub(super) async fn create(
    client: &Client,
    cidr: &Cidr,
    ipam_pool: Option<&str>,
    tags: &Tags,
) -> Result<Vpc> {
    const OPERATION: &str = "CreateVpc";
    let call = client
        .create_vpc()
        .cidr_block(cidr.to_string())
        .set_ipv4_ipam_pool_id(ipam_pool.map(str::to_owned))
        .set_tag_specifications(tags_for(ResourceType::Vpc, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    vpc_of(OPERATION, &required(OPERATION, "vpc", made.vpc)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html>: takes no token.
pub(super) async fn associate_cidr(client: &Client, vpc: &VpcId, cidr: &Cidr) -> Result<CidrBlock> {
    const OPERATION: &str = "AssociateVpcCidrBlock";
    let call = client
        .associate_vpc_cidr_block()
        .vpc_id(vpc.as_str())
        .cidr_block(cidr.to_string())
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?.cidr_block_association;
    let made = required(OPERATION, "cidrBlockAssociation", made)?;
    required(OPERATION, "a living association", block_of(OPERATION, &made)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateVpcCidrBlock.html>
pub(super) async fn disassociate_cidr(client: &Client, block: &CidrAssociationId) -> Result<()> {
    let call = client.disassociate_vpc_cidr_block().association_id(block.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DisassociateVpcCidrBlock")))
}

/// None for an association that failed or ends: AWS describes it for a while.
fn block_of(operation: &'static str, block: &types::VpcCidrBlockAssociation) -> Result<Option<CidrBlock>> {
    let state = block.cidr_block_state().and_then(types::VpcCidrBlockState::state);
    let associated = match state {
        Some(VpcCidrBlockStateCode::Associated) => true,
        Some(VpcCidrBlockStateCode::Associating) => false,
        _ => return Ok(None),
    };
    let id = parsed(operation, "associationId", block.association_id())?;
    Ok(Some(CidrBlock { id, cidr: parsed(operation, "cidrBlock", block.cidr_block())?, associated }))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html>: one attribute a call.
pub(super) async fn set_dns_attribute(
    client: &Client,
    vpc: &VpcId,
    attribute: DnsAttribute,
    enabled: bool,
) -> Result<()> {
    let value = AttributeBooleanValue::builder().value(enabled).build();
    let call = client.modify_vpc_attribute().vpc_id(vpc.as_str());
    let call = match attribute {
        DnsAttribute::Support => call.enable_dns_support(value),
        DnsAttribute::Hostnames => call.enable_dns_hostnames(value),
    };
    call.send().await.map_err(error::of("ModifyVpcAttribute"))?;
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html>
pub(super) async fn delete(client: &Client, vpc: &VpcId) -> Result<()> {
    let sent = client.delete_vpc().vpc_id(vpc.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteVpc")))
}

fn vpc_of(operation: &'static str, vpc: &types::Vpc) -> Result<Vpc> {
    let cidr: Cidr = parsed(operation, "cidrBlock", vpc.cidr_block())?;
    let blocks = vpc.cidr_block_association_set().iter().map(|block| block_of(operation, block));
    let blocks: Vec<Option<CidrBlock>> = blocks.collect::<Result<_>>()?;
    Ok(Vpc {
        id: parsed(operation, "vpcId", vpc.vpc_id())?,
        cidr,
        secondary_blocks: blocks.into_iter().flatten().filter(|block| block.cidr != cidr).collect(),
        ipv6_block: ipv6::block_of_vpc(operation, vpc)?,
        account: parsed(operation, "ownerId", vpc.owner_id())?,
        dhcp_options: parsed_if_any(
            operation,
            "dhcpOptionsId",
            vpc.dhcp_options_id().filter(|id| id.starts_with("dopt-")),
        )?,
        available: vpc.state() == Some(&VpcState::Available),
        tags: tags_of(vpc.tags()),
    })
}
