//! Tables and snapshots of decisions, and every failure of a create, over the in-process cloud.

mod controls;
mod costs;
mod decide;
mod drift;
mod egress;
mod failures;
mod interface_endpoints;
mod ipv6;
mod lifecycle;
mod order;

use super::model::{
    CustomTier, DhcpOptions, Egress, EncryptionControl, FlowLogs, GatewayEndpoint, InterfaceEndpoint,
    Kubernetes, Route, Vpc,
};
use super::{Call, VpcResource};
use crate::client::Landform;
use landform_cloud::Target;
use landform_cloud::network::Address;
use landform_framework::{Diagnostics, Resource, Text, Value};
use landform_model::network::{AnyTier, EgressMode, Tier};
use landform_test_cloud::{InProcessCloud, World};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// A network of three zones with a NAT gateway in each, in the account of the credentials.
pub(crate) fn three_zones() -> Vpc {
    network(
        &[("a", "use1-az1"), ("b", "use1-az2"), ("c", "use1-az4")],
        &[Tier::Public, Tier::Private],
        EgressMode::Zonal,
    )
}

/// The same network with every part and every setting that a network can have.
pub(crate) fn with_everything() -> Vpc {
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
    let tiers = Value::Known([Text(AnyTier(Tier::Private))].into());
    Vpc {
        egress: egress(EgressMode::Zonal, &[("b", OWN_ADDRESS)]),
        gateway_endpoints: Value::Known(
            [
                ("s3".to_owned(), GatewayEndpoint { policy: text(policy), tiers: Value::Null }),
                ("dynamodb".to_owned(), GatewayEndpoint { policy: Value::Null, tiers }),
            ]
            .into(),
        ),
        interface_endpoints: Value::Known(
            [
                ("ssm".to_owned(), interface_endpoint(None, true, &[])),
                ("ecr.api".to_owned(), interface_endpoint(Some(policy), false, &["sg-0f0e"])),
            ]
            .into(),
        ),
        routes: Value::Known(vec![
            route("10.64.0.0/10", "tgw-1", &[Tier::Private, Tier::Public]),
            route("192.168.0.0/16", "pcx-1", &[Tier::Private]),
            route("2001:db8::/32", "tgw-1", &[Tier::Private]),
            route("pl-0a1b2c3d", "pcx-1", &[Tier::Private]),
        ]),
        dhcp_options: Value::Known(DhcpOptions {
            domain_name: Value::Known("corp.example".into()),
            domain_name_servers: Value::Known(vec!["AmazonProvidedDNS".into()]),
            ntp_servers: Value::Known(vec!["10.0.0.9".into(), "10.0.0.8".into()]),
            netbios_name_servers: Value::Null,
            netbios_node_type: Value::Known(2),
        }),
        flow_logs: Value::Known(FlowLogs {
            enabled: Value::Known(true),
            destination_arn: text("arn:aws:logs:us-east-1:123456789012:log-group:flows"),
            role_arn: text("arn:aws:iam::123456789012:role/flow-logs"),
            traffic: text("reject"),
            aggregation_seconds: Value::Known(60),
            format: Value::Known("${srcaddr}".into()),
        }),
        network_acl: text("isolated"),
        block_public_access_exclusion: text("allow_egress"),
        encryption_control: Value::Known(EncryptionControl {
            mode: text("enforce"),
            exclusions: Value::Known(
                ["internet_gateway", "nat_gateway"].map(|it| Text(it.parse().unwrap())).into(),
            ),
        }),
        map_public_ip_on_launch: Value::Known(true),
        secondary_cidrs: Value::Known([Text("10.9.0.0/16".parse().unwrap())].into()),
        pods_cidr: text("100.64.0.0/16"),
        custom_tiers: Value::Known(
            [("vault".to_owned(), CustomTier { area: Value::Known(2), way_out: text("none") })].into(),
        ),
        kubernetes: Value::Known(Kubernetes {
            clusters: Value::Known(["prod".to_owned()].into()),
            karpenter_discovery: Value::Known("prod".into()),
        }),
        tier_tags: Value::Known([("private".into(), [("zone".into(), "inner".into())].into())].into()),
        ..three_zones()
    }
}

/// An Elastic IP address that is there before every test, and is the user's.
pub(super) const OWN_ADDRESS: &str = "eipalloc-0000f00d";

pub(super) fn egress(mode: EgressMode, own: &[(&str, &str)]) -> Value<Egress> {
    let own = own.iter().map(|(slot, id)| ((*slot).to_owned(), text(id)));
    Value::Known(Egress {
        mode: Value::Known(Text(mode)),
        transit_gateway_id: (mode == EgressMode::Centralized).then(|| Text("tgw-1".parse().unwrap())).into(),
        eip_allocation_ids: (own.len() > 0).then(|| own.collect()).into(),
        retain_eips_on_destroy: Value::Known(false),
    })
}

pub(super) fn regional(own: &[(&str, &str)]) -> Vpc {
    Vpc { egress: egress(EgressMode::Regional, own), ..three_zones() }
}

pub(super) fn interface_endpoint(
    policy: Option<&str>,
    private_dns: bool,
    groups: &[&str],
) -> InterfaceEndpoint {
    InterfaceEndpoint {
        policy: policy.map_or(Value::Null, text),
        private_dns: Value::Known(private_dns),
        tier: Value::Null,
        security_group_ids: (!groups.is_empty())
            .then(|| groups.iter().map(|group| Text(group.parse().unwrap())).collect())
            .into(),
    }
}

pub(super) fn route(to: &str, via: &str, tiers: &[Tier]) -> Route {
    // Two tiers stand for all of them.
    let tiers = (tiers.len() < 2).then(|| tiers.iter().map(|tier| Text(AnyTier(*tier))).collect());
    Route { to: text(to), via: text(via), tiers: tiers.into() }
}

pub(super) fn network(azs: &[(&str, &str)], tiers: &[Tier], egress: EgressMode) -> Vpc {
    Vpc {
        account_id: text("123456789012"),
        region: text("us-east-1"),
        name: text("main"),
        cidr: text("10.0.0.0/16"),
        ipam_pool_id: Value::Null,
        ipv6: Value::Null,
        secondary_cidrs: Value::Null,
        pods_cidr: Value::Null,
        reserved_cidrs: Value::Null,
        profile: text("standard"),
        azs: Value::Known(
            azs.iter().map(|(slot, zone)| ((*slot).to_owned(), Text(zone.parse().unwrap()))).collect(),
        ),
        tiers: Value::Known(tiers.iter().map(|tier| Text(*tier)).collect()),
        egress: self::egress(egress, &[]),
        gateway_endpoints: Value::Known([].into()),
        custom_tiers: Value::Null,
        interface_endpoints: Value::Known([].into()),
        subnet_overrides: Value::Null,
        routes: Value::Null,
        dhcp_options: Value::Null,
        flow_logs: Value::Null,
        network_acl: text("open"),
        block_public_access_exclusion: Value::Null,
        encryption_control: Value::Null,
        map_public_ip_on_launch: Value::Known(false),
        dns_support: Value::Known(true),
        dns_hostnames: Value::Known(true),
        tags: Value::Null,
        tier_tags: Value::Null,
        kubernetes: Value::Null,
        deletion_protection: Value::Known(false),
        sweep_on_destroy: Value::Known(false),
        allow_replace: Value::Null,
        timeouts: Value::Null,
        id: Value::Unknown,
        arn: Value::Unknown,
        stack: text("test"),
        subnets: Value::Unknown,
        subnet_ids: Value::Unknown,
        route_table_ids: Value::Unknown,
        route_table_routes: Value::Unknown,
        internet_gateway_id: Value::Unknown,
        ipv6_cidr: Value::Unknown,
        egress_only_internet_gateway_id: Value::Unknown,
        nat_gateways: Value::Unknown,
        nat_public_ips: Value::Unknown,
        gateway_endpoint_ids: Value::Unknown,
        interface_endpoint_ids: Value::Unknown,
        endpoints_security_group_id: Value::Unknown,
        dhcp_options_id: Value::Unknown,
        flow_log_id: Value::Unknown,
        network_acl_id: Value::Unknown,
        default_security_group_id: Value::Unknown,
        status: Value::Unknown,
        drift: Value::Unknown,
    }
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> Value<Text<T>> {
    Value::Known(Text(text.parse().unwrap()))
}

/// One provider process over a cloud.
pub(crate) struct Process {
    cloud: InProcessCloud,
    client: Arc<Landform>,
}

impl Process {
    pub(crate) fn new() -> Self {
        let cloud = InProcessCloud::new("123456789012".parse().unwrap());
        cloud.world(&target(), |world| {
            world.addresses.push(Address {
                id: OWN_ADDRESS.parse().unwrap(),
                public_ip: [198, 51, 100, 7].into(),
                associated: false,
                tags: [].into(),
            });
        });
        Self::over(cloud)
    }

    /// Another process over the same cloud.
    pub(super) fn over(cloud: InProcessCloud) -> Self {
        let region = Some("us-east-1".parse().unwrap());
        let client =
            Landform::new(Arc::new(cloud.clone()), "test".parse().unwrap(), region, [].into(), false);
        Self { cloud, client: Arc::new(client) }
    }

    pub(crate) fn client(&self) -> &Landform {
        &self.client
    }

    pub(crate) fn cloud(&self) -> &InProcessCloud {
        &self.cloud
    }

    pub(super) fn call(&self) -> Call {
        Call::new(Arc::clone(&self.client), CancellationToken::new())
    }

    pub(crate) async fn create(&self, planned: Vpc) -> Result<Vpc, Diagnostics> {
        VpcResource.create(&self.call(), planned).await
    }

    pub(super) async fn read(&self, state: Vpc) -> Result<Option<Vpc>, Diagnostics> {
        VpcResource.read(&self.call(), state).await
    }

    pub(super) async fn update(&self, prior: Vpc, planned: Vpc) -> Result<Vpc, Diagnostics> {
        VpcResource.update(&self.call(), prior, planned).await
    }

    pub(crate) async fn delete(&self, prior: Vpc) -> Result<(), Diagnostics> {
        VpcResource.delete(&self.call(), prior).await
    }

    pub(crate) fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        self.cloud.world(&target(), look)
    }

    /// What exists of the network as `kind child-key`, without ids. What carries no tags of Landform is not listed.
    pub(crate) fn parts(&self) -> Vec<String> {
        let strip = |line: String| {
            let words: Vec<&str> = line.split(' ').collect();
            format!("{} {}", words[0], words[2])
        };
        let mut parts: Vec<String> = self.world(|world| world.inventory()).into_iter().map(strip).collect();
        parts.retain(|part| !part.ends_with(" -"));
        parts.sort();
        parts
    }
}

pub(crate) fn target() -> Target {
    Target { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}
