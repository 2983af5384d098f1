//! The set of DHCP options of a network: from its attributes to what AWS is told, and which of those that exist is the one wanted.

use super::desired::Desired;
use super::model::{self, Vpc};
use super::seen::Seen;
use super::steps::{Removal, Step};
use landform_cloud::network::{DhcpOptions, DhcpSettings};
use landform_framework::{Diagnostics, Path, Value};
use std::net::IpAddr;

/// AWS's own DNS server, by the word for it.
const AMAZON_DNS: &str = "AmazonProvidedDNS";
/// The most servers of a kind.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html>
const MOST_SERVERS: usize = 4;

/// What AWS is told; none while something is unknown.
pub(super) fn settings(options: &model::DhcpOptions) -> Option<DhcpSettings> {
    let list = |value: &Value<Vec<String>>| match value {
        Value::Unknown => None,
        value => Some(value.known().cloned().unwrap_or_default()),
    };
    if options.domain_name.is_unknown() || options.netbios_node_type.is_unknown() {
        return None;
    }
    Some(DhcpSettings {
        domain_name: options.domain_name.known().cloned(),
        domain_name_servers: list(&options.domain_name_servers)?,
        ntp_servers: list(&options.ntp_servers)?,
        netbios_name_servers: list(&options.netbios_name_servers)?,
        netbios_node_type: options.netbios_node_type.known().copied(),
    })
}

/// The attributes that say this.
pub(super) fn written(settings: DhcpSettings) -> model::DhcpOptions {
    let list = |values: Vec<String>| (!values.is_empty()).then_some(values).into();
    model::DhcpOptions {
        domain_name: settings.domain_name.into(),
        domain_name_servers: list(settings.domain_name_servers),
        ntp_servers: list(settings.ntp_servers),
        netbios_name_servers: list(settings.netbios_name_servers),
        netbios_node_type: settings.netbios_node_type.into(),
    }
}

/// The set that is as it must be.
pub(super) fn kept<'a>(wanted: Option<&DhcpSettings>, seen: &'a Seen) -> Option<&'a DhcpOptions> {
    wanted.and_then(|wanted| seen.dhcp_options.iter().find(|options| options.settings == *wanted))
}

/// The id of the set that `like` asks for.
pub(super) fn id(like: &Vpc, seen: &Seen) -> Option<String> {
    let wanted = like.dhcp_options.known().and_then(settings);
    kept(wanted.as_ref(), seen).map(|options| options.id.to_string())
}

/// Makes the set that is missing, gives it to the VPC, and removes the others: AWS cannot change one.
///
/// Without a set of its own, the network gives up only one of Landform's: what somebody else gave it stays.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let wanted = desired.dhcp_options.as_ref();
    let kept = kept(wanted, seen);
    let has = seen.vpc.as_ref().and_then(|vpc| vpc.dhcp_options.as_ref());
    if wanted.is_some() {
        if kept.is_none() {
            steps.push(Step::CreateDhcpOptions);
        }
        if kept.is_none_or(|kept| has != Some(&kept.id)) {
            steps.push(Step::AssociateDhcpOptions(true));
        }
    } else if seen.dhcp_options.iter().any(|options| Some(&options.id) == has) {
        steps.push(Step::AssociateDhcpOptions(false));
    }
    for options in seen.dhcp_options.iter().filter(|options| kept.is_none_or(|kept| kept.id != options.id)) {
        steps.push(Step::Remove(Removal::DhcpOptions(options.id.clone())));
    }
}

/// What AWS would refuse, or would take and nothing could use.
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let Value::Known(options) = &config.dhcp_options else { return };
    let path = |name: &str| Path::root().attribute("dhcp_options").attribute(name);
    let lists = [
        ("domain_name_servers", &options.domain_name_servers),
        ("ntp_servers", &options.ntp_servers),
        ("netbios_name_servers", &options.netbios_name_servers),
    ];
    for (name, servers) in lists {
        let Value::Known(servers) = servers else { continue };
        if servers.is_empty() || servers.len() > MOST_SERVERS {
            let text = format!("AWS takes one to {MOST_SERVERS} servers. Leave `{name}` out to name none.");
            diagnostics.error_at(path(name), "Not a number of servers", text);
        }
        for server in servers {
            let word = name == "domain_name_servers" && server == AMAZON_DNS;
            if !word && server.parse::<IpAddr>().is_err() {
                let text =
                    format!("\"{server}\" is not an address. AWS's own DNS server is \"{AMAZON_DNS}\".");
                diagnostics.error_at(path(name), "Not a server", text);
            }
        }
    }
    if let Value::Known(number) = options.netbios_node_type
        && ![1, 2, 4, 8].contains(&number)
    {
        let text = format!("It is 1, 2, 4 or 8, not {number}; AWS advises 2.");
        diagnostics.error_at(path("netbios_node_type"), "No such node type", text);
    }
    let nothing = options.domain_name.is_null()
        && options.netbios_node_type.is_null()
        && lists.iter().all(|(_, servers)| servers.is_null());
    if nothing {
        let at = Path::root().attribute("dhcp_options");
        diagnostics.error_at(
            at,
            "No option",
            "AWS takes no set without options. Name one, or leave `dhcp_options` out.",
        );
    }
}
