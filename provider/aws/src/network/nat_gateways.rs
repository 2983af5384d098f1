//! NAT gateways.

use super::gone_is_done;
use crate::answer::{carries, parsed, parsed_if_any, required, tags as tags_of};
use crate::error;
use crate::request::{PAGE, tag_filters, tags_for};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, ConnectivityType, Filter, NatGatewayState as SdkState, ResourceType};
use landform_cloud::id::{AllocationId, NatGatewayId, SubnetId};
use landform_cloud::network::{NatGateway, NatGatewayState};
use landform_cloud::{CloudError, Result, Tags};

/// All states but `deleted`, in which AWS still describes a NAT gateway for about an hour.
const STATES: [SdkState; 4] = [SdkState::Pending, SdkState::Failed, SdkState::Available, SdkState::Deleting];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<NatGateway>> {
    const OPERATION: &str = "DescribeNatGateways";
    let states = STATES.iter().map(|state| state.as_str().to_owned()).collect();
    let mut filters = tag_filters(tags).unwrap_or_default();
    filters.push(Filter::builder().name("state").set_values(Some(states)).build());
    let call = client.describe_nat_gateways().set_filter(Some(filters));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let gateways = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let gateways = gateways.iter().filter(|gateway| carries(&tags_of(gateway.tags()), tags));
    gateways.map(|gateway| gateway_of(OPERATION, gateway)).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html>
pub(super) async fn create(
    client: &Client,
    subnet: &SubnetId,
    allocation: &AllocationId,
    tags: &Tags,
    token: &str,
) -> Result<NatGateway> {
    const OPERATION: &str = "CreateNatGateway";
    let call = client
        .create_nat_gateway()
        .connectivity_type(ConnectivityType::Public)
        .subnet_id(subnet.as_str())
        .allocation_id(allocation.as_str())
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::Natgateway, tags));
    let made = call.send().await.map_err(error::of(OPERATION))?;
    gateway_of(OPERATION, &required(OPERATION, "natGateway", made.nat_gateway)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNatGateway.html>
pub(super) async fn delete(client: &Client, gateway: &NatGatewayId) -> Result<()> {
    let sent = client.delete_nat_gateway().nat_gateway_id(gateway.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteNatGateway")))
}

fn gateway_of(operation: &'static str, gateway: &types::NatGateway) -> Result<NatGateway> {
    let addresses = gateway.nat_gateway_addresses();
    let address = addresses.iter().find(|address| address.is_primary() == Some(true)).or(addresses.first());
    let failure = match (gateway.failure_code(), gateway.failure_message()) {
        (Some(code), Some(message)) => Some(format!("{code}: {message}")),
        (code, message) => code.or(message).map(str::to_owned),
    };
    Ok(NatGateway {
        id: parsed(operation, "natGatewayId", gateway.nat_gateway_id())?,
        vpc: parsed(operation, "vpcId", gateway.vpc_id())?,
        subnet: parsed(operation, "subnetId", gateway.subnet_id())?,
        state: state_of(operation, required(operation, "state", gateway.state())?)?,
        failure,
        allocation: parsed_if_any(operation, "allocationId", address.and_then(|a| a.allocation_id()))?,
        public_ip: parsed_if_any(operation, "publicIp", address.and_then(|a| a.public_ip()))?,
        tags: tags_of(gateway.tags()),
    })
}

fn state_of(operation: &'static str, state: &SdkState) -> Result<NatGatewayState> {
    match state {
        SdkState::Pending => Ok(NatGatewayState::Pending),
        SdkState::Failed => Ok(NatGatewayState::Failed),
        SdkState::Available => Ok(NatGatewayState::Available),
        SdkState::Deleting => Ok(NatGatewayState::Deleting),
        SdkState::Deleted => Ok(NatGatewayState::Deleted),
        other => Err(CloudError::new(
            error::unread(operation),
            operation,
            format!("AWS answered with a state of a NAT gateway that this version does not know: {other}"),
        )),
    }
}
