//! Which parts a configuration declares, worked out from its attributes alone.

use crate::subject::Part;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Kinds and child keys.
pub(super) fn parts(configuration: &Json) -> BTreeSet<Part> {
    let slots: Vec<&str> = keys(&configuration["azs"]);
    let mut tiers: Vec<&str> = match &configuration["tiers"] {
        Json::Array(tiers) => tiers.iter().filter_map(Json::as_str).collect(),
        _ => vec!["public", "private"],
    };
    tiers.extend(configuration["pods_cidr"].is_string().then_some("pods"));
    let own: Vec<&str> = keys(&configuration["custom_tiers"]);
    tiers.extend(&own);
    let mut parts = BTreeSet::new();
    let mut add = |kind: &str, child: String| parts.extend([(kind.to_owned(), child)]);
    add("vpc", "vpc".into());
    for tier in &tiers {
        // Tiers that leave by the egress mode, and those of the network's own, have a table per zone, others one for all.
        let per_zone = ["private", "firewall", "pods"].contains(tier) || own.contains(tier);
        for slot in &slots {
            add("subnet", format!("subnet/{tier}/{slot}"));
            let table = if per_zone { format!("{tier}/{slot}") } else { (*tier).to_owned() };
            add("route-table", format!("route_table/{table}"));
        }
    }
    let mode = configuration["egress"]["mode"].as_str().unwrap_or("none");
    let outward = own.iter().any(|tier| configuration["custom_tiers"][tier]["way_out"] == "internet");
    if tiers.contains(&"public") || outward || mode == "regional_nat" {
        add("internet-gateway", "internet_gateway".into());
    }
    let ways_out = match mode {
        "single_nat" => 1,
        "zonal_nat" => slots.len(),
        _ => 0,
    };
    for slot in &slots[..ways_out] {
        add("natgateway", format!("nat_gateway/{slot}"));
        add("elastic-ip", format!("address/{slot}"));
    }
    if mode == "regional_nat" {
        add("natgateway", "regional_nat_gateway".into());
        slots.iter().for_each(|slot| add("elastic-ip", format!("regional_address/{slot}")));
    }
    for service in keys(&configuration["interface_endpoints"]) {
        add("vpc-endpoint", format!("interface_endpoint/{}", service.replace('.', "/")));
    }
    let grouped = |endpoint: &Json| endpoint["security_group_ids"].is_array();
    let endpoints = configuration["interface_endpoints"].as_object();
    if endpoints.is_some_and(|endpoints| endpoints.values().any(|endpoint| !grouped(endpoint))) {
        add("security-group", "endpoints_security_group".into());
    }
    if configuration["dhcp_options"].is_object() {
        add("dhcp-options", "dhcp_options".into());
    }
    for service in keys(&configuration["gateway_endpoints"]) {
        add("vpc-endpoint", format!("gateway_endpoint/{service}"));
    }
    let data = |tier: &&str| ["database", "intra"].contains(tier);
    if configuration["network_acl"].as_str().is_some_and(|preset| preset != "open") && tiers.iter().any(data)
    {
        add("network-acl", "network_acl".into());
    }
    if configuration["block_public_access_exclusion"].is_string() {
        add("vpc-block-public-access-exclusion", "block_public_access_exclusion".into());
    }
    if configuration["encryption_control"].is_object() {
        add("vpc-encryption-control", "encryption_control".into());
    }
    // Tiers that leave by the egress mode over IPv4 leave by this gateway over IPv6.
    let leaves = |tier: &&str| ["private", "firewall", "pods"].contains(tier);
    if configuration["ipv6"].is_object() && tiers.iter().any(leaves) {
        add("egress-only-internet-gateway", "egress_only_internet_gateway".into());
    }
    if configuration["flow_logs"].is_object() {
        add("vpc-flow-log", "flow_log".into());
    }
    parts
}

fn keys(map: &Json) -> Vec<&str> {
    map.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_follow_from_the_attributes() {
        let parts = |configuration| {
            parts(&configuration).into_iter().map(|(_, child)| child).collect::<Vec<_>>().join(" ")
        };
        let small = json!({ "azs": { "a": "use1-az1" }, "tiers": ["private"] });
        assert_eq!(parts(small), "route_table/private/a subnet/private/a vpc");
        let single = json!({ "azs": { "a": "x", "b": "y" }, "egress": { "mode": "single_nat" } });
        let text = parts(single);
        assert!(text.contains("address/a") && !text.contains("address/b"), "{text}");
        assert!(text.contains("route_table/public ") && text.contains("route_table/private/b"), "{text}");
    }
}
