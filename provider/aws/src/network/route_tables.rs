//! Route tables and the subnets under them.

use super::{gone_is_done, routes};
use crate::answer::{carries, parsed, readable, required, tags as tags_of};
use crate::request::{tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, ResourceType, RouteTableAssociationStateCode as State};
use landform_cloud::id::{RouteTableAssociationId, RouteTableId, SubnetId, VpcId};
use landform_cloud::network::{RouteTable, RouteTableAssociation};
use landform_cloud::{Result, Tags};

/// A page of route tables holds fewer than one of other objects.
const PAGE: i32 = 100;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<RouteTable>> {
    const OPERATION: &str = "DescribeRouteTables";
    let call = client.describe_route_tables().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let tables = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let tables = tables.iter().filter(|table| carries(&tags_of(table.tags()), tags));
    readable(tags, tables.map(|table| table_of(OPERATION, table)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRouteTable.html>
pub(super) async fn create(client: &Client, vpc: &VpcId, tags: &Tags, token: &str) -> Result<RouteTable> {
    const OPERATION: &str = "CreateRouteTable";
    let call = client
        .create_route_table()
        .vpc_id(vpc.as_str())
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::RouteTable, tags));
    let made = call.send().await.map_err(error::of(OPERATION))?;
    table_of(OPERATION, &required(OPERATION, "routeTable", made.route_table)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html>
pub(super) async fn delete(client: &Client, table: &RouteTableId) -> Result<()> {
    let sent = client.delete_route_table().route_table_id(table.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteRouteTable")))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html>: takes no token.
pub(super) async fn associate(
    client: &Client,
    table: &RouteTableId,
    subnet: &SubnetId,
) -> Result<RouteTableAssociationId> {
    const OPERATION: &str = "AssociateRouteTable";
    let call = client
        .associate_route_table()
        .route_table_id(table.as_str())
        .subnet_id(subnet.as_str())
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    parsed(OPERATION, "associationId", made.association_id())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html>
///
/// Sent once: when it was executed, the old association is gone and a second call could only fail.
pub(super) async fn replace_association(
    client: &Client,
    association: &RouteTableAssociationId,
    table: &RouteTableId,
) -> Result<RouteTableAssociationId> {
    const OPERATION: &str = "ReplaceRouteTableAssociation";
    let call = client
        .replace_route_table_association()
        .association_id(association.as_str())
        .route_table_id(table.as_str())
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    parsed(OPERATION, "newAssociationId", made.new_association_id())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateRouteTable.html>
pub(super) async fn disassociate(client: &Client, association: &RouteTableAssociationId) -> Result<()> {
    let sent = client.disassociate_route_table().association_id(association.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DisassociateRouteTable")))
}

fn table_of(operation: &'static str, table: &types::RouteTable) -> Result<RouteTable> {
    let routes = table.routes().iter().filter_map(|route| routes::route_of(operation, route).transpose());
    let associations = table.associations().iter().filter_map(|a| association_of(operation, a).transpose());
    Ok(RouteTable {
        id: parsed(operation, "routeTableId", table.route_table_id())?,
        vpc: parsed(operation, "vpcId", table.vpc_id())?,
        routes: routes.collect::<Result<_>>()?,
        associations: associations.collect::<Result<_>>()?,
        tags: tags_of(table.tags()),
    })
}

/// None for the association with the VPC (main table) or a gateway, and for one that is ending.
fn association_of(
    operation: &'static str,
    association: &types::RouteTableAssociation,
) -> Result<Option<RouteTableAssociation>> {
    let state = association.association_state().and_then(|state| state.state());
    let Some(subnet) = association.subnet_id().filter(|id| !id.is_empty()) else { return Ok(None) };
    if matches!(state, Some(State::Disassociating | State::Disassociated | State::Failed)) {
        return Ok(None);
    }
    let id = association.route_table_association_id();
    Ok(Some(RouteTableAssociation {
        id: parsed(operation, "routeTableAssociationId", id)?,
        subnet: parsed(operation, "subnetId", Some(subnet))?,
    }))
}
