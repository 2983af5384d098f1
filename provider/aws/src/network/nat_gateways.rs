//! NAT gateways.

use super::gone_is_done;
use crate::answer::{carries, parsed, parsed_if_any, readable, required, tags as tags_of};
use crate::request::{PAGE, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    self, AvailabilityMode, AvailabilityZoneAddress, ConnectivityType, Filter,
    NatGatewayAddressStatus as Status, NatGatewayState as SdkState, ResourceType,
};
use landform_cloud::id::{AddressAssociationId, AllocationId, NatGatewayId, SubnetId, VpcId};
use landform_cloud::network::{NatGateway, NatGatewayState, ZoneAddress, ZoneAddressState};
use landform_cloud::{CloudError, Result, Tags};
use landform_model::AvailabilityZoneId;

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
    readable(tags, gateways.map(|gateway| gateway_of(OPERATION, gateway)))
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

/// As [`create`], for a gateway in no subnet. With the addresses named, AWS adds and takes away no zone by itself.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>
pub(super) async fn create_regional(
    client: &Client,
    vpc: &VpcId,
    zones: &[(AvailabilityZoneId, AllocationId)],
    tags: &Tags,
    token: &str,
) -> Result<NatGateway> {
    const OPERATION: &str = "CreateNatGateway";
    let zone = |(zone, allocation): &(AvailabilityZoneId, AllocationId)| {
        let address = AvailabilityZoneAddress::builder().availability_zone_id(zone.to_string());
        address.allocation_ids(allocation.as_str()).build()
    };
    let call = client
        .create_nat_gateway()
        .connectivity_type(ConnectivityType::Public)
        .availability_mode(AvailabilityMode::Regional)
        .vpc_id(vpc.as_str())
        .set_availability_zone_addresses(Some(zones.iter().map(zone).collect()))
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::Natgateway, tags));
    let made = call.send().await.map_err(error::of(OPERATION))?;
    gateway_of(OPERATION, &required(OPERATION, "natGateway", made.nat_gateway)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateNatGatewayAddress.html>: takes no token.
pub(super) async fn associate(
    client: &Client,
    gateway: &NatGatewayId,
    zone: &AvailabilityZoneId,
    allocation: &AllocationId,
) -> Result<()> {
    let call = client
        .associate_nat_gateway_address()
        .nat_gateway_id(gateway.as_str())
        .availability_zone_id(zone.to_string())
        .allocation_ids(allocation.as_str())
        .customize()
        .config_override(retry::no_resend());
    call.send().await.map(drop).map_err(error::of("AssociateNatGatewayAddress"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateNatGatewayAddress.html>
pub(super) async fn disassociate(
    client: &Client,
    gateway: &NatGatewayId,
    association: &AddressAssociationId,
) -> Result<()> {
    let call = client
        .disassociate_nat_gateway_address()
        .nat_gateway_id(gateway.as_str())
        .association_ids(association.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DisassociateNatGatewayAddress")))
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
        subnet: parsed_if_any(operation, "subnetId", gateway.subnet_id().filter(|id| !id.is_empty()))?,
        state: state_of(operation, required(operation, "state", gateway.state())?)?,
        failure,
        allocation: parsed_if_any(operation, "allocationId", address.and_then(|a| a.allocation_id()))?,
        public_ip: parsed_if_any(operation, "publicIp", address.and_then(|a| a.public_ip()))?,
        zone_addresses: match gateway.availability_mode() {
            Some(AvailabilityMode::Regional) => {
                let addresses = addresses.iter().filter_map(|it| zone_address_of(operation, it).transpose());
                addresses.collect::<Result<_>>()?
            }
            _ => Vec::new(),
        },
        tags: tags_of(gateway.tags()),
    })
}

/// None while AWS has given the address no zone or allocation yet.
fn zone_address_of(
    operation: &'static str,
    address: &types::NatGatewayAddress,
) -> Result<Option<ZoneAddress>> {
    let (Some(zone), Some(allocation)) = (address.availability_zone_id(), address.allocation_id()) else {
        return Ok(None);
    };
    let failed = || address.failure_message().unwrap_or("AWS gives no reason").to_owned();
    Ok(Some(ZoneAddress {
        zone: parsed(operation, "availabilityZoneId", Some(zone))?,
        allocation: parsed(operation, "allocationId", Some(allocation))?,
        public_ip: parsed_if_any(operation, "publicIp", address.public_ip())?,
        association: parsed_if_any(operation, "associationId", address.association_id())?,
        state: match address.status() {
            Some(Status::Associating | Status::Assigning) => ZoneAddressState::Associating,
            Some(Status::Disassociating | Status::Unassigning) => ZoneAddressState::Disassociating,
            Some(Status::Failed) => ZoneAddressState::Failed(failed()),
            // AWS tells the state of an address only while it changes or when it has changed.
            _ => ZoneAddressState::Associated,
        },
    }))
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
