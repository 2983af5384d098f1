//! The default network ACL and its entries.

use super::gone_is_done;
use crate::answer::{parsed, required};
use crate::request::{FILTER_VALUES, PAGE, filter, filter_any};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, IcmpTypeCode, PortRange, RuleAction};
use landform_cloud::Result;
use landform_cloud::id::{NetworkAclId, VpcId};
use landform_cloud::network::{Direction, NetworkAcl, NetworkAclEntry};
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
            let vpc = parsed(DESCRIBE, "vpcId", acl.vpc_id())?;
            defaults.insert(vpc, acl_of(&acl)?);
        }
    }
    Ok(defaults)
}

fn acl_of(acl: &types::NetworkAcl) -> Result<NetworkAcl> {
    let entries =
        acl.entries().iter().filter(|entry| entry.rule_number().is_none_or(|number| number < CLOSING));
    Ok(NetworkAcl {
        id: parsed(DESCRIBE, "networkAclId", acl.network_acl_id())?,
        entries: entries.map(entry_of).collect::<Result<_>>()?,
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
