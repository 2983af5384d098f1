//! Security groups and their rules.

use super::gone_is_done;
use crate::answer::{carries, parsed, tags as tags_of};
use crate::request::{FILTER_VALUES, PAGE, filter, filter_any, tag_filters, tags_for};
use crate::{error, retry};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    self, IpPermission, IpRange, Ipv6Range, PrefixListId, ResourceType, UserIdGroupPair,
};
use landform_cloud::id::{SecurityGroupId, VpcId};
use landform_cloud::network::{Direction, SecurityGroup, SecurityGroupRule};
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use std::collections::BTreeMap;

const DESCRIBE: &str = "DescribeSecurityGroups";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html>
pub(super) async fn defaults_of(client: &Client, vpcs: &[VpcId]) -> Result<BTreeMap<VpcId, SecurityGroup>> {
    let mut defaults = BTreeMap::new();
    for vpcs in vpcs.chunks(FILTER_VALUES) {
        let call = client
            .describe_security_groups()
            .filters(filter_any("vpc-id", vpcs.iter().map(VpcId::as_str)))
            .filters(filter("group-name", "default"));
        let pages = call.into_paginator().page_size(PAGE).items().send();
        for group in pages.try_collect().await.map_err(error::of(DESCRIBE))? {
            let vpc = parsed(DESCRIBE, "vpcId", group.vpc_id())?;
            defaults.insert(vpc, group_of(&group)?);
        }
    }
    Ok(defaults)
}

/// As [`defaults_of`], those with all of `tags`.
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<SecurityGroup>> {
    let call = client.describe_security_groups().set_filters(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let groups = pages.try_collect().await.map_err(error::of(DESCRIBE))?;
    groups.iter().filter(|group| carries(&tags_of(group.tags()), tags)).map(group_of).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>: takes no token.
///
/// AWS makes a group with one rule, which lets everything out.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html>
pub(super) async fn create(
    client: &Client,
    vpc: &VpcId,
    name: &str,
    description: &str,
    tags: &Tags,
) -> Result<SecurityGroup> {
    const OPERATION: &str = "CreateSecurityGroup";
    let call = client
        .create_security_group()
        .vpc_id(vpc.as_str())
        .group_name(name)
        .description(description)
        .set_tag_specifications(tags_for(ResourceType::SecurityGroup, tags))
        .customize()
        .config_override(retry::no_resend());
    let made = call.send().await.map_err(error::of(OPERATION))?;
    Ok(SecurityGroup {
        id: parsed(OPERATION, "groupId", made.group_id())?,
        vpc: vpc.clone(),
        tags: tags.clone(),
        ingress: Vec::new(),
        egress: vec![SecurityGroupRule {
            protocol: "-1".to_owned(),
            from_port: None,
            to_port: None,
            cidrs: vec!["0.0.0.0/0".to_owned()],
            groups: Vec::new(),
            prefix_lists: Vec::new(),
        }],
    })
}

/// Puts rules in; one that is there counts as in.
///
/// AWS refuses the whole call when one rule is there, for example because the answer of an earlier call was lost. So each is
/// sent by itself.
pub(super) async fn authorize(
    client: &Client,
    group: &SecurityGroupId,
    direction: Direction,
    rules: &[SecurityGroupRule],
) -> Result<()> {
    for rule in rules {
        match send_authorize(client, group, direction, rule).await {
            Err(error) if error.kind == ErrorKind::AlreadyExists => {}
            result => result?,
        }
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html>: takes no token.
async fn send_authorize(
    client: &Client,
    group: &SecurityGroupId,
    direction: Direction,
    rule: &SecurityGroupRule,
) -> Result<()> {
    match direction {
        Direction::Ingress => {
            let call = client.authorize_security_group_ingress().group_id(group.as_str());
            let call = call.ip_permissions(permission_of(rule)).customize();
            let sent = call.config_override(retry::no_resend()).send().await;
            sent.map(drop).map_err(error::of("AuthorizeSecurityGroupIngress"))
        }
        Direction::Egress => {
            let call = client.authorize_security_group_egress().group_id(group.as_str());
            let call = call.ip_permissions(permission_of(rule)).customize();
            let sent = call.config_override(retry::no_resend()).send().await;
            sent.map(drop).map_err(error::of("AuthorizeSecurityGroupEgress"))
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html>
pub(super) async fn delete(client: &Client, group: &SecurityGroupId) -> Result<()> {
    let sent = client.delete_security_group().group_id(group.as_str()).send().await;
    gone_is_done(sent.map(drop).map_err(error::of("DeleteSecurityGroup")))
}

fn group_of(group: &types::SecurityGroup) -> Result<SecurityGroup> {
    let rules = |permissions: &[IpPermission]| permissions.iter().map(rule_of).collect::<Result<Vec<_>>>();
    Ok(SecurityGroup {
        id: parsed(DESCRIBE, "groupId", group.group_id())?,
        vpc: parsed(DESCRIBE, "vpcId", group.vpc_id())?,
        tags: tags_of(group.tags()),
        ingress: rules(group.ip_permissions())?,
        egress: rules(group.ip_permissions_egress())?,
    })
}

/// Takes rules out; one that is not there counts as out.
///
/// AWS refuses the whole call when one rule is missing, for example because the answer of an earlier call was lost.
/// Then they go one by one.
pub(super) async fn revoke(
    client: &Client,
    group: &SecurityGroupId,
    direction: Direction,
    rules: &[SecurityGroupRule],
) -> Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    match send_revoke(client, group, direction, rules).await {
        Err(error) if is_rule_missing(&error) => {
            for rule in rules {
                match send_revoke(client, group, direction, std::slice::from_ref(rule)).await {
                    Err(error) if is_rule_missing(&error) => {}
                    result => result?,
                }
            }
            Ok(())
        }
        result => result,
    }
}

/// Not a missing group: its rules are not out, it is another group that was meant.
fn is_rule_missing(error: &CloudError) -> bool {
    error.code.as_deref() == Some("InvalidPermission.NotFound")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html>
async fn send_revoke(
    client: &Client,
    group: &SecurityGroupId,
    direction: Direction,
    rules: &[SecurityGroupRule],
) -> Result<()> {
    let permissions = Some(rules.iter().map(permission_of).collect());
    match direction {
        Direction::Ingress => {
            let call = client.revoke_security_group_ingress().group_id(group.as_str());
            let sent = call.set_ip_permissions(permissions).send().await;
            sent.map(drop).map_err(error::of("RevokeSecurityGroupIngress"))
        }
        Direction::Egress => {
            let call = client.revoke_security_group_egress().group_id(group.as_str());
            let sent = call.set_ip_permissions(permissions).send().await;
            sent.map(drop).map_err(error::of("RevokeSecurityGroupEgress"))
        }
    }
}

fn rule_of(permission: &types::IpPermission) -> Result<SecurityGroupRule> {
    let ipv4 = permission.ip_ranges().iter().filter_map(IpRange::cidr_ip);
    let ipv6 = permission.ipv6_ranges().iter().filter_map(Ipv6Range::cidr_ipv6);
    let groups =
        permission.user_id_group_pairs().iter().map(|pair| parsed(DESCRIBE, "groupId", pair.group_id()));
    let lists = permission.prefix_list_ids().iter().filter_map(PrefixListId::prefix_list_id);
    Ok(SecurityGroupRule {
        protocol: parsed(DESCRIBE, "ipProtocol", permission.ip_protocol())?,
        from_port: permission.from_port(),
        to_port: permission.to_port(),
        cidrs: ipv4.chain(ipv6).map(str::to_owned).collect(),
        groups: groups.collect::<Result<_>>()?,
        prefix_lists: lists.map(str::to_owned).collect(),
    })
}

fn permission_of(rule: &SecurityGroupRule) -> IpPermission {
    let mut permission = IpPermission::builder()
        .ip_protocol(&rule.protocol)
        .set_from_port(rule.from_port)
        .set_to_port(rule.to_port);
    for cidr in &rule.cidrs {
        permission = if cidr.contains(':') {
            permission.ipv6_ranges(Ipv6Range::builder().cidr_ipv6(cidr).build())
        } else {
            permission.ip_ranges(IpRange::builder().cidr_ip(cidr).build())
        };
    }
    for group in &rule.groups {
        permission =
            permission.user_id_group_pairs(UserIdGroupPair::builder().group_id(group.as_str()).build());
    }
    for list in &rule.prefix_lists {
        permission = permission.prefix_list_ids(PrefixListId::builder().prefix_list_id(list).build());
    }
    permission.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_survives_the_way_there_and_back() {
        let rule = SecurityGroupRule {
            protocol: "tcp".into(),
            from_port: Some(80),
            to_port: Some(443),
            cidrs: vec!["10.0.0.0/8".into(), "::/0".into()],
            groups: vec!["sg-1".parse().unwrap()],
            prefix_lists: vec!["pl-1".into()],
        };
        let permission = permission_of(&rule);
        assert_eq!(permission.ipv6_ranges().len(), 1);
        assert_eq!(rule_of(&permission).unwrap(), rule);
    }
}
