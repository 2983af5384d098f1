//! IPv6 blocks of VPCs and subnets, and what goes with them.

use super::gone_is_done;
use super::routes::ipv6_block;
use crate::answer::{parsed, required};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, AttributeBooleanValue, SubnetCidrBlockStateCode, VpcCidrBlockStateCode};
use landform_cloud::Result;
use landform_cloud::id::{SubnetCidrAssociationId, SubnetId, VpcId};
use landform_cloud::network::{Ipv6Block, SubnetIpv6Block};
use landform_model::Ipv6Cidr;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html>: takes no token. The answer tells
/// neither the block nor when it can be used.
pub(super) async fn associate_with_vpc(client: &Client, vpc: &VpcId, ipam_pool: Option<&str>) -> Result<()> {
    let call = client.associate_vpc_cidr_block().vpc_id(vpc.as_str());
    let call = match ipam_pool {
        Some(pool) => call.ipv6_ipam_pool_id(pool).ipv6_netmask_length(56),
        None => call.amazon_provided_ipv6_cidr_block(true),
    };
    let call = call.customize().config_override(retry::no_resend());
    call.send().await.map(drop).map_err(error::of("AssociateVpcCidrBlock"))
}

/// The block of a VPC: the first that is not on its way out.
pub(super) fn block_of_vpc(operation: &'static str, vpc: &types::Vpc) -> Result<Option<Ipv6Block>> {
    for block in vpc.ipv6_cidr_block_association_set() {
        let state = block.ipv6_cidr_block_state().and_then(types::VpcCidrBlockState::state);
        let cidr = match (state, block.ipv6_cidr_block()) {
            (Some(VpcCidrBlockStateCode::Associated), Some(cidr)) => {
                Some(ipv6_block(operation, "ipv6CidrBlock", cidr)?)
            }
            (Some(VpcCidrBlockStateCode::Associating), _) => None,
            _ => continue,
        };
        return Ok(Some(Ipv6Block { id: parsed(operation, "associationId", block.association_id())?, cidr }));
    }
    Ok(None)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSubnetCidrBlock.html>: takes no token.
pub(super) async fn associate_with_subnet(
    client: &Client,
    subnet: &SubnetId,
    cidr: &Ipv6Cidr,
) -> Result<SubnetIpv6Block> {
    const OPERATION: &str = "AssociateSubnetCidrBlock";
    let call = client
        .associate_subnet_cidr_block()
        .subnet_id(subnet.as_str())
        .ipv6_cidr_block(cidr.to_string())
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?.ipv6_cidr_block_association;
    let made = required(OPERATION, "ipv6CidrBlockAssociation", made)?;
    Ok(SubnetIpv6Block { id: parsed(OPERATION, "associationId", made.association_id())?, cidr: *cidr })
}

/// The block of a subnet: the first that is not on its way out.
pub(super) fn block_of_subnet(
    operation: &'static str,
    subnet: &types::Subnet,
) -> Result<Option<SubnetIpv6Block>> {
    for block in subnet.ipv6_cidr_block_association_set() {
        let state = block.ipv6_cidr_block_state().and_then(types::SubnetCidrBlockState::state);
        let there = matches!(
            state,
            Some(SubnetCidrBlockStateCode::Associated | SubnetCidrBlockStateCode::Associating)
        );
        if let (true, Some(cidr)) = (there, block.ipv6_cidr_block()) {
            let id = parsed(operation, "associationId", block.association_id())?;
            return Ok(Some(SubnetIpv6Block { id, cidr: ipv6_block(operation, "ipv6CidrBlock", cidr)? }));
        }
    }
    Ok(None)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSubnetCidrBlock.html>
pub(super) async fn disassociate_from_subnet(client: &Client, block: &SubnetCidrAssociationId) -> Result<()> {
    let call = client.disassociate_subnet_cidr_block().association_id(block.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DisassociateSubnetCidrBlock")))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>: one attribute a call.
pub(super) async fn set_address_on_launch(client: &Client, subnet: &SubnetId, enabled: bool) -> Result<()> {
    let value = AttributeBooleanValue::builder().value(enabled).build();
    let call =
        client.modify_subnet_attribute().subnet_id(subnet.as_str()).assign_ipv6_address_on_creation(value);
    call.send().await.map(drop).map_err(error::of("ModifySubnetAttribute"))
}

/// As [`set_address_on_launch`].
pub(super) async fn set_dns64(client: &Client, subnet: &SubnetId, enabled: bool) -> Result<()> {
    let value = AttributeBooleanValue::builder().value(enabled).build();
    let call = client.modify_subnet_attribute().subnet_id(subnet.as_str()).enable_dns64(value);
    call.send().await.map(drop).map_err(error::of("ModifySubnetAttribute"))
}
