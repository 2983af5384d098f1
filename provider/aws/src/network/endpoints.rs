//! VPC endpoints.

use crate::answer::{carries, parsed, readable, required, tags as tags_of};
use crate::error;
use crate::request::{PAGE, tag_filters, tags_for};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, ResourceType, VpcEndpointType};
use landform_cloud::id::{RouteTableId, VpcEndpointId, VpcId};
use landform_cloud::network::{GatewayEndpointChange, VpcEndpoint, VpcEndpointState};
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use landform_model::PolicyJson;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<VpcEndpoint>> {
    const OPERATION: &str = "DescribeVpcEndpoints";
    let call = client.describe_vpc_endpoints().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let endpoints = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let endpoints = endpoints.iter().filter(|endpoint| carries(&tags_of(endpoint.tags()), tags));
    readable(tags, endpoints.filter_map(|endpoint| endpoint_of(OPERATION, endpoint).transpose()))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
pub(super) async fn create_gateway(
    client: &Client,
    vpc: &VpcId,
    service: &str,
    route_tables: &[RouteTableId],
    policy: &PolicyJson,
    tags: &Tags,
    token: &str,
) -> Result<VpcEndpoint> {
    const OPERATION: &str = "CreateVpcEndpoint";
    let call = client
        .create_vpc_endpoint()
        .vpc_endpoint_type(VpcEndpointType::Gateway)
        .vpc_id(vpc.as_str())
        .service_name(service)
        .policy_document(policy.as_str())
        .set_route_table_ids(ids(route_tables))
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::VpcEndpoint, tags));
    made(OPERATION, call.send().await.map_err(error::of(OPERATION))?.vpc_endpoint)
}

/// The endpoint that a create answers.
pub(super) fn made(operation: &'static str, answer: Option<types::VpcEndpoint>) -> Result<VpcEndpoint> {
    let made = endpoint_of(operation, &required(operation, "vpcEndpoint", answer)?)?;
    // The answer to a token of an endpoint that is deleted.
    made.ok_or_else(|| {
        CloudError::new(ErrorKind::NotReady, operation, "AWS answered with an endpoint that is deleted")
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html>: sets what is so already again.
pub(super) async fn modify_gateway(
    client: &Client,
    endpoint: &VpcEndpointId,
    change: &GatewayEndpointChange,
) -> Result<()> {
    let call = client
        .modify_vpc_endpoint()
        .vpc_endpoint_id(endpoint.as_str())
        .set_policy_document(change.policy.as_ref().map(ToString::to_string))
        .set_add_route_table_ids(ids(&change.add_route_tables))
        .set_remove_route_table_ids(ids(&change.remove_route_tables));
    call.send().await.map(drop).map_err(error::of("ModifyVpcEndpoint"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html>
///
/// The call succeeds whatever happens to each endpoint: its answer lists those that could not be deleted.
pub(super) async fn delete(client: &Client, endpoint: &VpcEndpointId) -> Result<()> {
    const OPERATION: &str = "DeleteVpcEndpoints";
    let sent = client.delete_vpc_endpoints().vpc_endpoint_ids(endpoint.as_str()).send().await;
    let answer = match sent.map_err(error::of(OPERATION)) {
        Err(error) if is_gone(error.code.as_deref()) => return Ok(()),
        other => other?,
    };
    let failed = answer.unsuccessful().first().and_then(types::UnsuccessfulItem::error);
    match failed {
        Some(failed) if !is_gone(failed.code()) => {
            Err(error::of_item(OPERATION, failed.code(), failed.message()))
        }
        _ => Ok(()),
    }
}

/// Only what is said of the endpoint itself: a route of it that is not found is another matter.
fn is_gone(code: Option<&str>) -> bool {
    code.is_some_and(|code| code.starts_with("InvalidVpcEndpoint") && code.ends_with("NotFound"))
}

fn ids(tables: &[RouteTableId]) -> Option<Vec<String>> {
    (!tables.is_empty()).then(|| tables.iter().map(ToString::to_string).collect())
}

/// None for an endpoint that is deleted, which AWS describes for a while.
fn endpoint_of(operation: &'static str, endpoint: &types::VpcEndpoint) -> Result<Option<VpcEndpoint>> {
    let state = required(operation, "state", endpoint.state())?.as_str();
    // The manual writes states with a capital letter, the service with a small one.
    let state = match state.to_ascii_lowercase().as_str() {
        "deleted" => return Ok(None),
        "deleting" => VpcEndpointState::Deleting,
        "available" => VpcEndpointState::Available,
        "pendingacceptance" => VpcEndpointState::PendingAcceptance,
        "pending" | "partial" => VpcEndpointState::Pending,
        "failed" | "rejected" | "expired" => VpcEndpointState::Failed,
        _ => {
            let text = format!("AWS answered with an unknown state of a VPC endpoint: {state}");
            return Err(CloudError::new(error::unread(operation), operation, text));
        }
    };
    let tables = endpoint.route_table_ids().iter().map(|id| parsed(operation, "routeTableId", Some(id)));
    let subnets = endpoint.subnet_ids().iter().map(|id| parsed(operation, "subnetId", Some(id)));
    let groups = endpoint.groups().iter().map(|group| parsed(operation, "groupId", group.group_id()));
    Ok(Some(VpcEndpoint {
        id: parsed(operation, "vpcEndpointId", endpoint.vpc_endpoint_id())?,
        vpc: parsed(operation, "vpcId", endpoint.vpc_id())?,
        service: required(operation, "serviceName", endpoint.service_name())?.to_owned(),
        state,
        // A policy that is no policy to us is not the one that is wanted.
        policy: endpoint.policy_document().and_then(|text| text.parse().ok()),
        route_tables: tables.collect::<Result<_>>()?,
        subnets: subnets.collect::<Result<_>>()?,
        security_groups: groups.collect::<Result<_>>()?,
        private_dns: endpoint.private_dns_enabled().unwrap_or_default(),
        tags: tags_of(endpoint.tags()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_ec2::types::State;

    #[test]
    fn states_are_told_in_capital_and_small_letters() {
        let read = |state: &str| {
            let endpoint = types::VpcEndpoint::builder()
                .vpc_endpoint_id("vpce-1")
                .vpc_id("vpc-1")
                .service_name("com.amazonaws.us-east-1.s3")
                .policy_document(PolicyJson::full_access().to_string())
                .state(State::from(state));
            endpoint_of("DescribeVpcEndpoints", &endpoint.build())
        };
        for (text, state) in [
            ("Available", VpcEndpointState::Available),
            ("available", VpcEndpointState::Available),
            ("pendingAcceptance", VpcEndpointState::PendingAcceptance),
            ("Rejected", VpcEndpointState::Failed),
            ("deleting", VpcEndpointState::Deleting),
        ] {
            let endpoint = read(text).unwrap().unwrap();
            assert_eq!((endpoint.state, endpoint.policy), (state, Some(PolicyJson::full_access())));
        }
        assert_eq!(read("deleted").unwrap(), None);
        assert!(read("asleep").unwrap_err().to_string().contains("asleep"));
    }

    #[test]
    fn only_an_endpoint_that_is_not_found_is_gone() {
        assert!(is_gone(Some("InvalidVpcEndpoint.NotFound")));
        assert!(is_gone(Some("InvalidVpcEndpointId.NotFound")));
        assert!(!is_gone(Some("InvalidRoute.NotFound")));
        assert!(!is_gone(None));
    }
}
