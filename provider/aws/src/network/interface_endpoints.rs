//! Interface endpoints: what gateway endpoints do not have.

use super::endpoints::made;
use crate::error;
use crate::request::tags_for;
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{ResourceType, VpcEndpointType};
use landform_cloud::id::{VpcEndpointId, VpcId};
use landform_cloud::network::{
    InterfaceEndpointChange, InterfaceEndpointSettings, PolicyChange, VpcEndpoint,
};
use landform_cloud::{Result, Tags};
use landform_model::PolicyJson;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
pub(super) async fn create(
    client: &Client,
    vpc: &VpcId,
    service: &str,
    settings: &InterfaceEndpointSettings,
    tags: &Tags,
    token: &str,
) -> Result<VpcEndpoint> {
    const OPERATION: &str = "CreateVpcEndpoint";
    let call = client
        .create_vpc_endpoint()
        .vpc_endpoint_type(VpcEndpointType::Interface)
        .vpc_id(vpc.as_str())
        .service_name(service)
        .set_policy_document(settings.policy.as_ref().map(PolicyJson::to_string))
        .set_subnet_ids(ids(&settings.subnets))
        .set_security_group_ids(ids(&settings.security_groups))
        .private_dns_enabled(settings.private_dns)
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::VpcEndpoint, tags));
    made(OPERATION, call.send().await.map_err(error::of(OPERATION))?.vpc_endpoint)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html>: sets what is so already again.
pub(super) async fn modify(
    client: &Client,
    endpoint: &VpcEndpointId,
    change: &InterfaceEndpointChange,
) -> Result<()> {
    let (policy, reset) = match &change.policy {
        Some(PolicyChange::Set(policy)) => (Some(policy.to_string()), None),
        Some(PolicyChange::Reset) => (None, Some(true)),
        None => (None, None),
    };
    let call = client
        .modify_vpc_endpoint()
        .vpc_endpoint_id(endpoint.as_str())
        .set_policy_document(policy)
        .set_reset_policy(reset)
        .set_add_subnet_ids(ids(&change.add_subnets))
        .set_remove_subnet_ids(ids(&change.remove_subnets))
        .set_add_security_group_ids(ids(&change.add_security_groups))
        .set_remove_security_group_ids(ids(&change.remove_security_groups))
        .set_private_dns_enabled(change.private_dns);
    call.send().await.map(drop).map_err(error::of("ModifyVpcEndpoint"))
}

fn ids<T: ToString>(ids: &[T]) -> Option<Vec<String>> {
    (!ids.is_empty()).then(|| ids.iter().map(ToString::to_string).collect())
}
