//! Egress-only internet gateways.

use super::gone_is_done;
use crate::answer::{carries, parsed, parsed_if_any, required, tags as tags_of};
use crate::error;
use crate::request::{PAGE, tag_filters, tags_for};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, ResourceType};
use landform_cloud::id::{EgressOnlyInternetGatewayId, VpcId};
use landform_cloud::network::EgressOnlyInternetGateway;
use landform_cloud::{Result, Tags};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeEgressOnlyInternetGateways.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<EgressOnlyInternetGateway>> {
    const OPERATION: &str = "DescribeEgressOnlyInternetGateways";
    let call = client.describe_egress_only_internet_gateways().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE.min(255)).items().send();
    let gateways = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let gateways = gateways.iter().filter(|gateway| carries(&tags_of(gateway.tags()), tags));
    gateways.map(|gateway| gateway_of(OPERATION, gateway)).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateEgressOnlyInternetGateway.html>
pub(super) async fn create(
    client: &Client,
    vpc: &VpcId,
    tags: &Tags,
    token: &str,
) -> Result<EgressOnlyInternetGateway> {
    const OPERATION: &str = "CreateEgressOnlyInternetGateway";
    let call = client
        .create_egress_only_internet_gateway()
        .vpc_id(vpc.as_str())
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::EgressOnlyInternetGateway, tags));
    let made = call.send().await.map_err(error::of(OPERATION))?;
    gateway_of(
        OPERATION,
        &required(OPERATION, "egressOnlyInternetGateway", made.egress_only_internet_gateway)?,
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteEgressOnlyInternetGateway.html>
pub(super) async fn delete(client: &Client, gateway: &EgressOnlyInternetGatewayId) -> Result<()> {
    let call = client.delete_egress_only_internet_gateway().egress_only_internet_gateway_id(gateway.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteEgressOnlyInternetGateway")))
}

fn gateway_of(
    operation: &'static str,
    gateway: &types::EgressOnlyInternetGateway,
) -> Result<EgressOnlyInternetGateway> {
    let attachment = gateway.attachments().first().and_then(types::InternetGatewayAttachment::vpc_id);
    Ok(EgressOnlyInternetGateway {
        id: parsed(operation, "egressOnlyInternetGatewayId", gateway.egress_only_internet_gateway_id())?,
        vpc: parsed_if_any(operation, "vpcId", attachment)?,
        tags: tags_of(gateway.tags()),
    })
}
