//! Internet gateways and their attachment.

use super::gone_is_done;
use crate::answer::{carries, parsed, parsed_if_any, required, tags as tags_of};
use crate::request::{PAGE, filter, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, ResourceType};
use landform_cloud::id::{InternetGatewayId, VpcId};
use landform_cloud::network::InternetGateway;
use landform_cloud::{ErrorKind, Result, Tags};

const DESCRIBE: &str = "DescribeInternetGateways";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<InternetGateway>> {
    let mut gateways = describe(client, tag_filters(tags)).await?;
    gateways.retain(|gateway| carries(&gateway.tags, tags));
    Ok(gateways)
}

async fn describe(client: &Client, filters: Option<Vec<types::Filter>>) -> Result<Vec<InternetGateway>> {
    let call = client.describe_internet_gateways().set_filters(filters);
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let gateways = pages.try_collect().await.map_err(error::of(DESCRIBE))?;
    gateways.iter().map(|gateway| gateway_of(DESCRIBE, gateway)).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInternetGateway.html>: takes no token.
pub(super) async fn create(client: &Client, tags: &Tags) -> Result<InternetGateway> {
    const OPERATION: &str = "CreateInternetGateway";
    let call = client
        .create_internet_gateway()
        .set_tag_specifications(tags_for(ResourceType::InternetGateway, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    gateway_of(OPERATION, &required(OPERATION, "internetGateway", made.internet_gateway)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html>
pub(super) async fn attach(client: &Client, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
    let call = client.attach_internet_gateway().internet_gateway_id(gateway.as_str()).vpc_id(vpc.as_str());
    match call.send().await.map_err(error::of("AttachInternetGateway")) {
        Ok(_) => Ok(()),
        // The code is the same whether it is attached to this VPC or to another.
        Err(error) if error.kind == ErrorKind::AlreadyExists => {
            let found = describe(client, Some(vec![filter("internet-gateway-id", gateway.as_str())])).await?;
            if found.iter().any(|found| found.vpc.as_ref() == Some(vpc)) { Ok(()) } else { Err(error) }
        }
        Err(error) => Err(error),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html>
pub(super) async fn detach(client: &Client, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
    let call = client.detach_internet_gateway().internet_gateway_id(gateway.as_str()).vpc_id(vpc.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DetachInternetGateway")))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html>
pub(super) async fn delete(client: &Client, gateway: &InternetGatewayId) -> Result<()> {
    let sent = client.delete_internet_gateway().internet_gateway_id(gateway.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteInternetGateway")))
}

fn gateway_of(operation: &'static str, gateway: &types::InternetGateway) -> Result<InternetGateway> {
    let attachment = gateway.attachments().first().and_then(types::InternetGatewayAttachment::vpc_id);
    Ok(InternetGateway {
        id: parsed(operation, "internetGatewayId", gateway.internet_gateway_id())?,
        vpc: parsed_if_any(operation, "vpcId", attachment)?,
        tags: tags_of(gateway.tags()),
    })
}
