//! The order of steps.

use super::super::decide::decide;
use super::super::desired::Desired;
use super::super::extras::Extras;
use super::super::model::FlowLogs;
use super::super::seen::Seen;
use super::super::steps::{Step, waits_for};
use super::{Process, network, three_zones, with_everything};
use crate::vpc::state;
use landform_framework::Value;
use landform_model::network::{EgressMode, Tier};
use landform_model::ownership::Owner;
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(super) fn desired(model: &super::Vpc, process: &Process) -> Desired {
    let owner: Owner = state::owner(model).unwrap();
    Desired::new(owner, state::wish(model, &process.client).unwrap()).unwrap()
}

/// Steps in rounds: each round holds what can run once all rounds before are done.
pub(super) fn rounds(steps: &[Step]) -> Vec<Vec<String>> {
    let mut left: Vec<&Step> = steps.iter().collect();
    let mut rounds = Vec::new();
    while !left.is_empty() {
        let (now, later): (Vec<&Step>, Vec<&Step>) = left.iter().partition(|step| {
            !left.iter().any(|other| !std::ptr::eq(*other, **step) && waits_for(step, other))
        });
        assert!(!now.is_empty(), "these wait for each other: {later:#?}");
        rounds.push(now.iter().map(ToString::to_string).collect());
        left = later;
    }
    rounds
}

#[test]
fn a_new_network_takes_six_rounds() {
    let process = Process::new();
    let model =
        network(&[("a", "use1-az1"), ("b", "use1-az2")], &[Tier::Public, Tier::Private], EgressMode::Single);
    let text = rounds(&decide(&desired(&model, &process), &Seen::default()))
        .into_iter()
        .enumerate()
        .map(|(number, steps)| format!("{number}: {}", steps.join("; ")))
        .collect::<Vec<_>>()
        .join("\n");
    insta::assert_snapshot!(text, @r#"
    0: create VPC (10.0.0.0/16)
    1: switch DNS hostnames on; remove all rules of the default security group; create subnet public/a (10.0.128.0/22, use1-az1); create subnet public/b (10.0.132.0/22, use1-az2); create subnet private/a (10.0.0.0/19, use1-az1); create subnet private/b (10.0.32.0/19, use1-az2); create internet gateway; allocate Elastic IP address a; create route table public; create route table private/a; create route table private/b
    2: attach internet gateway; put subnet public/a under route table public; put subnet public/b under route table public; put subnet private/a under route table private/a; put subnet private/b under route table private/b
    3: create NAT gateway a; route 0.0.0.0/0 of table public to the internet gateway
    4: route 0.0.0.0/0 of table private/a to NAT gateway a; route 0.0.0.0/0 of table private/b to NAT gateway a
    "#);
}

/// Any network there may be: zones, tiers, egress, and each of the other features or not.
fn any_network() -> impl Strategy<Value = super::Vpc> {
    let slots = prop::sample::subsequence(
        vec![("a", "use1-az1"), ("b", "use1-az2"), ("c", "use1-az3"), ("d", "use1-az4")],
        1..=4,
    );
    let tiers = prop::sample::subsequence(vec![Tier::Database, Tier::Intra], 0..=2);
    let egress = prop::sample::select(EgressMode::ALL.to_vec());
    let own = prop::sample::select(vec![None, Some("a"), Some("b")]);
    let services = prop::sample::subsequence(vec!["s3", "dynamodb"], 0..=2);
    (slots, tiers, (egress, own), services, any::<bool>(), any::<bool>(), any::<bool>(), 0..3_i64, 0..3_usize)
        .prop_map(
            |(slots, mut tiers, (egress, own), services, public_ips, kubernetes, tier_tags, logs, routes)| {
                tiers.extend([Tier::Public, Tier::Private]);
                let mut model = network(&slots, &tiers, egress);
                if let Some(own) = own.filter(|own| slots.iter().any(|(slot, _)| slot == own)) {
                    model.egress = super::egress(egress, &[(own, super::OWN_ADDRESS)]);
                }
                let all = with_everything();
                let mut endpoints = all.gateway_endpoints.into_known().unwrap();
                endpoints.retain(|service, _| services.contains(&service.as_str()));
                model.gateway_endpoints = Value::Known(endpoints);
                let mut interfaces = all.interface_endpoints.into_known().unwrap();
                interfaces.retain(|service, _| routes > 1 || (routes == 1) == (service == "ssm"));
                model.interface_endpoints = Value::Known(interfaces);
                if public_ips != tier_tags {
                    model.dhcp_options = all.dhcp_options;
                }
                model.map_public_ip_on_launch = Value::Known(public_ips);
                model.routes = all.routes.map(|it| it[..routes].to_vec());
                if logs > 0 {
                    model.flow_logs = all.flow_logs.map(|it| FlowLogs {
                        aggregation_seconds: Value::Known(if logs == 1 { 60 } else { 600 }),
                        ..it
                    });
                }
                if kubernetes {
                    model.kubernetes = all.kubernetes;
                }
                if tier_tags {
                    model.tier_tags = all.tier_tags;
                }
                model
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// From any network to any other: the steps have an order, they arrive, and a second run decides nothing.
    #[test]
    fn any_change_has_an_order_and_arrives(before in any_network(), after in any_network()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let process = Process::new();
            let state = process.create(before).await.unwrap();
            let port = process.client.network(&super::target()).await.unwrap();
            let seen = crate::vpc::look(port.as_ref(), &state::owner(&state).unwrap(), Extras::ALL).await.unwrap();
            rounds(&decide(&desired(&after, &process), &seen));
            let state = process.update(state, after.clone()).await.unwrap();
            let fresh = Process::new();
            fresh.create(after).await.unwrap();
            prop_assert_eq!(process.parts(), fresh.parts());
            let read = process.read(state.clone()).await.unwrap().unwrap();
            prop_assert_eq!(&read, &state);
            Ok(())
        })?;
    }
}

#[test]
fn switching_to_one_nat_gateway_moves_routes_before_it_deletes() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let process = Process::new();
        let state = process.create(three_zones()).await.unwrap();
        process.cloud.take_calls();
        let single = super::Vpc { egress: network(&[], &[], EgressMode::Single).egress, ..three_zones() };
        process.update(state, single).await.unwrap();
        let writes: Vec<&str> = process
            .cloud
            .take_calls()
            .into_iter()
            .map(|call| call.operation)
            .filter(|operation| landform_test_cloud::is_write(operation))
            .collect();
        assert_eq!(
            writes,
            [
                "ReplaceRoute",
                "ReplaceRoute",
                "DeleteNatGateway",
                "DeleteNatGateway",
                "ReleaseAddress",
                "ReleaseAddress"
            ]
        );
    });
}

#[test]
fn every_slot_has_its_own_place() {
    let process = Process::new();
    let all = network(
        &[("a", "use1-az1"), ("b", "use1-az2"), ("c", "use1-az3"), ("d", "use1-az4")],
        &Tier::ALL,
        EgressMode::Zonal,
    );
    let desired = desired(&all, &process);
    let cidrs: BTreeSet<String> = desired.subnets.values().map(|subnet| subnet.cidr.to_string()).collect();
    assert_eq!(cidrs.len(), 4 * Tier::ALL.len());
    assert!(matches!(all.drift, Value::Unknown));
}
