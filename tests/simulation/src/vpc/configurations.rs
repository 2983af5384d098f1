//! The networks between which histories move. What they have in common cannot be changed.

use crate::subject::Configuration;
use serde_json::{Value as Json, json};

/// From the smallest network to one with every optional part.
pub(super) fn all() -> Vec<Configuration> {
    let configuration = |name, attributes| Configuration { name, attributes: network(attributes) };
    vec![
        configuration("small", small()),
        configuration("plain", plain()),
        configuration("wide", wide()),
        configuration("everything", everything()),
        configuration("otherwise", otherwise()),
        configuration("regional", regional()),
        configuration("guarded", guarded()),
    ]
}

/// A network `main` with these attributes.
fn network(attributes: Json) -> Json {
    let mut all = json!({ "name": "main", "cidr": "10.0.0.0/16", "deletion_protection": false });
    if let (Json::Object(all), Json::Object(attributes)) = (&mut all, attributes) {
        all.extend(attributes);
    }
    all
}

/// One zone that has no way out.
fn small() -> Json {
    json!({ "azs": { "a": "use1-az1" }, "tiers": ["private"] })
}

/// Two zones with one NAT gateway.
fn plain() -> Json {
    json!({
        "azs": { "a": "use1-az1", "b": "use1-az2" },
        "egress": { "mode": "single_nat" },
        "tags": { "team": "core" },
    })
}

/// Three zones with a NAT gateway each, and three tiers.
fn wide() -> Json {
    json!({
        "azs": { "a": "use1-az1", "b": "use1-az2", "c": "use1-az4" },
        "tiers": ["public", "private", "intra"],
        "dns_hostnames": false,
        "egress": { "mode": "zonal_nat" },
        "routes": [{ "to": "10.64.0.0/10", "via": "tgw-0123456789abcdef0" }],
    })
}

/// Every optional part, in one zone: what more zones add is more of the same.
fn everything() -> Json {
    json!({
        "azs": { "a": "use1-az1" },
        "egress": { "mode": "zonal_nat" },
        "gateway_endpoints": { "s3": { "policy": POLICY }, "dynamodb": { "tiers": ["private"] } },
        "routes": [
            { "to": "10.64.0.0/10", "via": "tgw-0123456789abcdef0", "tiers": ["private"] },
            { "to": "192.168.0.0/16", "via": "pcx-0123456789abcdef0" },
        ],
        "interface_endpoints": { "ssm": {}, "ecr.api": { "policy": POLICY, "private_dns": false } },
        "dhcp_options": { "domain_name": "corp.example", "domain_name_servers": ["AmazonProvidedDNS"] },
        "secondary_cidrs": ["10.9.0.0/16"],
        "pods_cidr": "100.64.0.0/16",
        "custom_tiers": { "edge": { "area": 2, "way_out": "internet" } },
        "flow_logs": { "destination_arn": "arn:aws:s3:::flows/here" },
        "map_public_ip_on_launch": true,
        "tags": { "team": "core", "cost": "1" },
        "tier_tags": { "private": { "zone": "inner" } },
        "kubernetes": { "clusters": ["prod"], "karpenter_discovery": "prod" },
    })
}

/// The optional parts, each set otherwise.
fn otherwise() -> Json {
    json!({
        "azs": { "a": "use1-az1", "c": "use1-az4" },
        "tiers": ["public", "private", "database"],
        "egress": { "mode": "single_nat" },
        "gateway_endpoints": { "s3": { "tiers": ["private", "database"] } },
        "routes": [{ "to": "10.64.0.0/10", "via": "pcx-0123456789abcdef0", "tiers": ["database"] }],
        "flow_logs": { "destination_arn": "arn:aws:s3:::flows/there", "traffic": "reject" },
        "network_acl": "isolated",
        "encryption_control": {},
        "tags": { "team": "edge" },
        "kubernetes": {},
    })
}

/// One NAT gateway for all zones, which is in no subnet.
fn regional() -> Json {
    json!({
        "azs": { "a": "use1-az1", "b": "use1-az2" },
        "tiers": ["private", "endpoints"],
        "egress": { "mode": "regional_nat" },
        "interface_endpoints": { "ssm": { "tier": "private" } },
        "dhcp_options": { "domain_name": "edge.example" },
        "tags": { "team": "core" },
    })
}

/// IPv6, a network ACL for data, and controls of the VPC.
fn guarded() -> Json {
    json!({
        "azs": { "a": "use1-az1" },
        "tiers": ["public", "private", "database"],
        "egress": { "mode": "zonal_nat" },
        "ipv6": { "dns64": true },
        "routes": [{ "to": "pl-0123456789abcdef0", "via": "tgw-0123456789abcdef0", "tiers": ["private"] }],
        "network_acl": "private",
        "block_public_access_exclusion": "allow_egress",
        "encryption_control": {
            "mode": "enforce",
            "exclusions": ["egress_only_internet_gateway", "internet_gateway", "nat_gateway"],
        },
        "tags": { "team": "core" },
    })
}

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
