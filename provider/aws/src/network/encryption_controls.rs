//! Encryption controls of VPCs.

use super::gone_is_done;
use crate::answer::{carries, parsed, readable, required, tags as tags_of};
use crate::request::{PAGE, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    self, ResourceType, VpcEncryptionControlExclusion, VpcEncryptionControlExclusionState as Excluded,
    VpcEncryptionControlExclusionStateInput as Exclude, VpcEncryptionControlMode,
    VpcEncryptionControlState as State,
};
use landform_cloud::id::{EncryptionControlId, VpcId};
use landform_cloud::network::{ControlState, EncryptionControl, EncryptionSettings};
use landform_cloud::{Result, Tags};
use landform_model::network::{EncryptionExclusion, EncryptionMode};
use std::collections::BTreeSet;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEncryptionControls.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<EncryptionControl>> {
    const OPERATION: &str = "DescribeVpcEncryptionControls";
    let (mut all, mut page) = (Vec::new(), None);
    loop {
        let call = client
            .describe_vpc_encryption_controls()
            .set_filters(tag_filters(tags))
            .max_results(PAGE)
            .set_next_token(page);
        let answer = call.send().await.map_err(error::of(OPERATION))?;
        all.extend(answer.vpc_encryption_controls().iter().cloned());
        page = answer.next_token;
        if page.is_none() {
            break;
        }
    }
    let living = all.iter().filter(|it| it.state() != Some(&State::Deleted));
    let ours = living.filter(|it| carries(&tags_of(it.tags()), tags));
    readable(tags, ours.map(|it| control_of(OPERATION, it)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEncryptionControl.html>: takes no token.
pub(super) async fn create(client: &Client, vpc: &VpcId, tags: &Tags) -> Result<EncryptionControl> {
    const OPERATION: &str = "CreateVpcEncryptionControl";
    let call = client
        .create_vpc_encryption_control()
        .vpc_id(vpc.as_str())
        .set_tag_specifications(tags_for(ResourceType::VpcEncryptionControl, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    control_of(OPERATION, &required(OPERATION, "vpcEncryptionControl", made.vpc_encryption_control)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEncryptionControl.html>: sets values, so it may be sent again.
/// Exclusions can only be sent with the mode to enforce.
pub(super) async fn modify(
    client: &Client,
    control: &EncryptionControlId,
    settings: &EncryptionSettings,
) -> Result<()> {
    let call = client.modify_vpc_encryption_control().vpc_encryption_control_id(control.as_str());
    let call = match settings.mode {
        EncryptionMode::Monitor => call.mode(VpcEncryptionControlMode::Monitor),
        EncryptionMode::Enforce => {
            use EncryptionExclusion as It;
            let state = |exclusion| match settings.exclusions.contains(&exclusion) {
                true => Exclude::Enable,
                false => Exclude::Disable,
            };
            call.mode(VpcEncryptionControlMode::Enforce)
                .egress_only_internet_gateway_exclusion(state(It::EgressOnlyInternetGateway))
                .elastic_file_system_exclusion(state(It::ElasticFileSystem))
                .internet_gateway_exclusion(state(It::InternetGateway))
                .lambda_exclusion(state(It::Lambda))
                .nat_gateway_exclusion(state(It::NatGateway))
                .virtual_private_gateway_exclusion(state(It::VirtualPrivateGateway))
                .vpc_lattice_exclusion(state(It::VpcLattice))
                .vpc_peering_exclusion(state(It::VpcPeering))
        }
    };
    call.send().await.map(drop).map_err(error::of("ModifyVpcEncryptionControl"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEncryptionControl.html>
pub(super) async fn delete(client: &Client, control: &EncryptionControlId) -> Result<()> {
    let call = client.delete_vpc_encryption_control().vpc_encryption_control_id(control.as_str());
    gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteVpcEncryptionControl")))
}

fn control_of(operation: &'static str, it: &types::VpcEncryptionControl) -> Result<EncryptionControl> {
    let reason = || it.state_message().unwrap_or("AWS gives no reason").to_owned();
    Ok(EncryptionControl {
        id: parsed(operation, "vpcEncryptionControlId", it.vpc_encryption_control_id())?,
        vpc: parsed(operation, "vpcId", it.vpc_id())?,
        settings: EncryptionSettings {
            mode: match required(operation, "mode", it.mode())? {
                VpcEncryptionControlMode::Enforce => EncryptionMode::Enforce,
                _ => EncryptionMode::Monitor,
            },
            exclusions: it.resource_exclusions().map(excluded).unwrap_or_default(),
        },
        state: match required(operation, "state", it.state())? {
            State::Creating | State::EnforceInProgress | State::MonitorInProgress => ControlState::Pending,
            State::EnforceFailed | State::MonitorFailed | State::DeleteFailed => {
                ControlState::Failed(reason())
            }
            State::Deleting | State::Deleted => ControlState::Deleting,
            _ => ControlState::Active,
        },
        tags: tags_of(it.tags()),
    })
}

fn excluded(all: &types::VpcEncryptionControlExclusions) -> BTreeSet<EncryptionExclusion> {
    use EncryptionExclusion as It;
    let states = [
        (It::EgressOnlyInternetGateway, all.egress_only_internet_gateway()),
        (It::ElasticFileSystem, all.elastic_file_system()),
        (It::InternetGateway, all.internet_gateway()),
        (It::Lambda, all.lambda()),
        (It::NatGateway, all.nat_gateway()),
        (It::VirtualPrivateGateway, all.virtual_private_gateway()),
        (It::VpcLattice, all.vpc_lattice()),
        (It::VpcPeering, all.vpc_peering()),
    ];
    let on = |state: Option<&VpcEncryptionControlExclusion>| {
        matches!(
            state.and_then(VpcEncryptionControlExclusion::state),
            Some(Excluded::Enabled | Excluded::Enabling)
        )
    };
    states.into_iter().filter(|(_, state)| on(*state)).map(|(exclusion, _)| exclusion).collect()
}
