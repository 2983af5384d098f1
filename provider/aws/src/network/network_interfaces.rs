//! Network interfaces: who still uses a VPC.

use super::gone_is_done;
use crate::answer::{parsed, parsed_if_any, tags as tags_of};
use crate::error;
use crate::request::{PAGE, filter};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types;
use landform_cloud::Result;
use landform_cloud::id::VpcId;
use landform_cloud::network::NetworkInterface;

const DESCRIBE: &str = "DescribeNetworkInterfaces";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>
pub(super) async fn list(client: &Client, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
    let call = client.describe_network_interfaces().filters(filter("vpc-id", vpc.as_str()));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let interfaces = pages.try_collect().await.map_err(error::of(DESCRIBE))?;
    interfaces.iter().map(interface_of).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html>
pub(super) async fn delete(client: &Client, interface: &str) -> Result<()> {
    let sent = client.delete_network_interface().network_interface_id(interface).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteNetworkInterface")))
}

fn interface_of(interface: &types::NetworkInterface) -> Result<NetworkInterface> {
    let kind = interface.interface_type().map_or("interface", types::NetworkInterfaceType::as_str);
    Ok(NetworkInterface {
        id: parsed(DESCRIBE, "networkInterfaceId", interface.network_interface_id())?,
        subnet: parsed_if_any(DESCRIBE, "subnetId", interface.subnet_id())?,
        description: interface.description().unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        requester: interface.requester_id().map(str::to_owned),
        instance: interface.attachment().and_then(|a| a.instance_id()).map(str::to_owned),
        in_use: interface.status() != Some(&types::NetworkInterfaceStatus::Available),
        tags: tags_of(interface.tag_set()),
    })
}
