//! What a region blocks between VPCs and the internet, and exclusions from it.

use super::gone_is_done;
use crate::answer::{carries, parsed, readable, required, tags as tags_of};
use crate::request::{PAGE, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    self, InternetGatewayBlockMode, InternetGatewayExclusionMode, ResourceType,
    VpcBlockPublicAccessExclusionState as State, VpcBlockPublicAccessExclusionsAllowed,
};
use landform_cloud::id::{BlockPublicAccessExclusionId, VpcId};
use landform_cloud::network::{BlockMode, BlockPublicAccess, ControlState, Exclusion};
use landform_cloud::{Result, Tags};
use landform_model::network::BlockPublicAccessExclusion;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcBlockPublicAccessOptions.html>
pub(super) async fn of_region(client: &Client) -> Result<BlockPublicAccess> {
    const OPERATION: &str = "DescribeVpcBlockPublicAccessOptions";
    let answer = client.describe_vpc_block_public_access_options().send().await;
    let answer = answer.map_err(error::of(OPERATION))?;
    let options = required(OPERATION, "vpcBlockPublicAccessOptions", answer.vpc_block_public_access_options)?;
    Ok(BlockPublicAccess {
        mode: match options.internet_gateway_block_mode() {
            Some(InternetGatewayBlockMode::BlockBidirectional) => BlockMode::Bidirectional,
            Some(InternetGatewayBlockMode::BlockIngress) => BlockMode::Ingress,
            _ => BlockMode::Off,
        },
        exclusions_allowed: options.exclusions_allowed()
            != Some(&VpcBlockPublicAccessExclusionsAllowed::NotAllowed),
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcBlockPublicAccessExclusions.html>: the
/// SDK turns no pages here.
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<Exclusion>> {
    const OPERATION: &str = "DescribeVpcBlockPublicAccessExclusions";
    let (mut all, mut page) = (Vec::new(), None);
    loop {
        let call = client
            .describe_vpc_block_public_access_exclusions()
            .set_filters(tag_filters(tags))
            .max_results(PAGE)
            .set_next_token(page);
        let answer = call.send().await.map_err(error::of(OPERATION))?;
        all.extend(answer.vpc_block_public_access_exclusions().iter().cloned());
        page = answer.next_token;
        if page.is_none() {
            break;
        }
    }
    let living = all.iter().filter(|it| it.state() != Some(&State::DeleteComplete));
    let ours = living.filter(|it| carries(&tags_of(it.tags()), tags));
    readable(tags, ours.map(|it| exclusion_of(OPERATION, it)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcBlockPublicAccessExclusion.html>: takes no token.
pub(super) async fn create(
    client: &Client,
    vpc: &VpcId,
    mode: BlockPublicAccessExclusion,
    tags: &Tags,
) -> Result<Exclusion> {
    const OPERATION: &str = "CreateVpcBlockPublicAccessExclusion";
    let call = client
        .create_vpc_block_public_access_exclusion()
        .vpc_id(vpc.as_str())
        .internet_gateway_exclusion_mode(sent(mode))
        .set_tag_specifications(tags_for(ResourceType::VpcBlockPublicAccessExclusion, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    let made = made.vpc_block_public_access_exclusion;
    exclusion_of(OPERATION, &required(OPERATION, "vpcBlockPublicAccessExclusion", made)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcBlockPublicAccessExclusion.html>: sets a value, so it may be
/// sent again.
pub(super) async fn modify(
    client: &Client,
    exclusion: &BlockPublicAccessExclusionId,
    mode: BlockPublicAccessExclusion,
) -> Result<()> {
    let call = client
        .modify_vpc_block_public_access_exclusion()
        .exclusion_id(exclusion.as_str())
        .internet_gateway_exclusion_mode(sent(mode));
    call.send().await.map(drop).map_err(error::of("ModifyVpcBlockPublicAccessExclusion"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcBlockPublicAccessExclusion.html>
pub(super) async fn delete(client: &Client, exclusion: &BlockPublicAccessExclusionId) -> Result<()> {
    let call = client.delete_vpc_block_public_access_exclusion().exclusion_id(exclusion.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteVpcBlockPublicAccessExclusion")))
}

fn sent(mode: BlockPublicAccessExclusion) -> InternetGatewayExclusionMode {
    match mode {
        BlockPublicAccessExclusion::AllowBidirectional => InternetGatewayExclusionMode::AllowBidirectional,
        BlockPublicAccessExclusion::AllowEgress => InternetGatewayExclusionMode::AllowEgress,
    }
}

fn exclusion_of(operation: &'static str, it: &types::VpcBlockPublicAccessExclusion) -> Result<Exclusion> {
    let arn = required(operation, "resourceArn", it.resource_arn())?;
    Ok(Exclusion {
        id: parsed(operation, "exclusionId", it.exclusion_id())?,
        vpc: parsed(operation, "resourceArn", arn.rsplit('/').next())?,
        mode: match required(operation, "mode", it.internet_gateway_exclusion_mode())? {
            InternetGatewayExclusionMode::AllowEgress => BlockPublicAccessExclusion::AllowEgress,
            _ => BlockPublicAccessExclusion::AllowBidirectional,
        },
        state: match required(operation, "state", it.state())? {
            State::CreateInProgress | State::UpdateInProgress => ControlState::Pending,
            State::DeleteInProgress | State::DeleteComplete => ControlState::Deleting,
            State::CreateFailed | State::UpdateFailed | State::DisableInProgress | State::DisableComplete => {
                ControlState::Failed(it.reason().unwrap_or("AWS gives no reason").to_owned())
            }
            _ => ControlState::Active,
        },
        tags: tags_of(it.tags()),
    })
}
