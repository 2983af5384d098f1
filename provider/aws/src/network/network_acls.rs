//! Network ACLs, their entries and the subnets under them.

use super::gone_is_done;
use crate::answer::{carries, parsed, readable, required, tags as tags_of};
use crate::request::{FILTER_VALUES, PAGE, filter, filter_any, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, IcmpTypeCode, PortRange, ResourceType, RuleAction};
use landform_cloud::id::{NetworkAclAssociationId, NetworkAclId, SubnetId, VpcId};
use landform_cloud::network::{Direction, NetworkAcl, NetworkAclAssociation, NetworkAclEntry};
use landform_cloud::{Result, Tags};
use std::collections::BTreeMap;

const DESCRIBE: &str = "DescribeNetworkAcls";

/// Entries from this number on are the closing deny-all of IPv4 and IPv6, which AWS sets and nobody can change.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>
const CLOSING: i32 = 32767;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html>
pub(super) async fn defaults_of(client: &Client, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, NetworkAcl>> {
    let mut defaults = BTreeMap::new();
    for vpcs in vpcs.chunks(FILTER_VALUES) {
        let call = client
            .describe_network_acls()
            .filters(filter_any("vpc-id", vpcs.iter().map(VpcId::as_str)))
            .filters(filter("default", "true"));
        let pages = call.into_paginator().page_size(PAGE).items().send();
        for acl in pages.try_collect().await.map_err(error::of(DESCRIBE))? {
            let acl = acl_of(DESCRIBE, &acl)?;
            defaults.insert(acl.vpc.clone(), acl);
        }
    }
    Ok(defaults)
}

pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<NetworkAcl>> {
    let call = client.describe_network_acls().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let all = pages.try_collect().await.map_err(error::of(DESCRIBE))?;
    let all = all.iter().filter(|acl| carries(&tags_of(acl.tags()), tags));
    readable(tags, all.map(|acl| acl_of(DESCRIBE, acl)))
}

/// The ACL that a subnet is under.
pub(super) async fn of_subnet(client: &Client, subnet: &SubnetId) -> Result<Option<NetworkAclAssociation>> {
    let filter = filter("association.subnet-id", subnet.as_str());
    let call = client.describe_network_acls().filters(filter);
    let found = call.send().await.map_err(error::of(DESCRIBE))?;
    for acl in found.network_acls() {
        let associations = acl_of(DESCRIBE, acl)?.associations;
        if let Some(association) = associations.into_iter().find(|it| it.subnet == *subnet) {
            return Ok(Some(association));
        }
    }
    Ok(None)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html>
pub(super) async fn create(client: &Client, vpc: &VpcId, tags: &Tags, token: &str) -> Result<NetworkAcl> {
    const OPERATION: &str = "CreateNetworkAcl";
    let call = client
        .create_network_acl()
        .vpc_id(vpc.as_str())
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::NetworkAcl, tags));
    let made = call.send().await.map_err(error::of(OPERATION))?;
    acl_of(OPERATION, &required(OPERATION, "networkAcl", made.network_acl)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html>: takes no token, and the
/// association has another id afterwards.
pub(super) async fn replace_association(
    client: &Client,
    association: &NetworkAclAssociationId,
    acl: &NetworkAclId,
) -> Result<NetworkAclAssociationId> {
    const OPERATION: &str = "ReplaceNetworkAclAssociation";
    let call = client
        .replace_network_acl_association()
        .association_id(association.as_str())
        .network_acl_id(acl.as_str())
        .customize()
        .config_override(retry::no_resend());
    let moved = call.send().await.map_err(error::of(OPERATION))?;
    parsed(OPERATION, "newAssociationId", moved.new_association_id())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html>
pub(super) async fn delete(client: &Client, acl: &NetworkAclId) -> Result<()> {
    let sent = client.delete_network_acl().network_acl_id(acl.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteNetworkAcl")))
}

fn acl_of(operation: &'static str, acl: &types::NetworkAcl) -> Result<NetworkAcl> {
    let entries =
        acl.entries().iter().filter(|entry| entry.rule_number().is_none_or(|number| number < CLOSING));
    let id: NetworkAclId = parsed(operation, "networkAclId", acl.network_acl_id())?;
    let association = |it: &types::NetworkAclAssociation| {
        Ok(NetworkAclAssociation {
            id: parsed(operation, "networkAclAssociationId", it.network_acl_association_id())?,
            acl: id.clone(),
            subnet: parsed(operation, "subnetId", it.subnet_id())?,
        })
    };
    Ok(NetworkAcl {
        vpc: parsed(operation, "vpcId", acl.vpc_id())?,
        entries: entries.map(entry_of).collect::<Result<_>>()?,
        associations: acl.associations().iter().map(association).collect::<Result<_>>()?,
        tags: tags_of(acl.tags()),
        id,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html>: takes no token.
pub(super) async fn create_entry(client: &Client, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()> {
    // ICMP and ICMPv6 have no ports but need a type and a code: all of them.
    let icmp = matches!(entry.protocol.as_str(), "1" | "icmp" | "58")
        .then(|| IcmpTypeCode::builder().r#type(-1).code(-1).build());
    let ports = entry.ports.map(|(from, to)| PortRange::builder().from(from).to(to).build());
    let call = client
        .create_network_acl_entry()
        .network_acl_id(acl.as_str())
        .rule_number(entry.number)
        .egress(entry.direction == Direction::Egress)
        .rule_action(if entry.allow { RuleAction::Allow } else { RuleAction::Deny })
        .protocol(&entry.protocol)
        .set_icmp_type_code(icmp)
        .set_port_range(ports);
    let call = if entry.cidr.contains(':') {
        call.ipv6_cidr_block(&entry.cidr)
    } else {
        call.cidr_block(&entry.cidr)
    };
    let sent = call.customize().config_override(retry::no_resend()).send().await;
    sent.map(drop).map_err(error::of("CreateNetworkAclEntry"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html>
pub(super) async fn delete_entry(
    client: &Client,
    acl: &NetworkAclId,
    direction: Direction,
    number: i32,
) -> Result<()> {
    let call = client
        .delete_network_acl_entry()
        .network_acl_id(acl.as_str())
        .rule_number(number)
        .egress(direction == Direction::Egress);
    gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteNetworkAclEntry")))
}

fn entry_of(entry: &types::NetworkAclEntry) -> Result<NetworkAclEntry> {
    let ports = match entry.port_range() {
        Some(range) => range.from().zip(range.to()),
        None => None,
    };
    Ok(NetworkAclEntry {
        direction: if required(DESCRIBE, "egress", entry.egress())? {
            Direction::Egress
        } else {
            Direction::Ingress
        },
        number: required(DESCRIBE, "ruleNumber", entry.rule_number())?,
        allow: required(DESCRIBE, "ruleAction", entry.rule_action())? == &RuleAction::Allow,
        protocol: parsed(DESCRIBE, "protocol", entry.protocol())?,
        cidr: parsed(DESCRIBE, "cidrBlock", entry.cidr_block().or(entry.ipv6_cidr_block()))?,
        ports,
    })
}
