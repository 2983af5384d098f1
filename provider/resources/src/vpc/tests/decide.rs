//! Decisions as snapshots.

use super::super::decide::{conflicts, decide};
use super::super::extras::Extras;
use super::super::seen::Seen;
use super::order::desired;
use super::{Process, Vpc, network, three_zones, with_everything};
use landform_cloud::network::NatGatewayState;
use landform_framework::{Text, Value};
use landform_model::network::{AnyTier, EgressMode, Tier};

pub(super) async fn seen(process: &Process) -> Seen {
    let owner = super::super::state::owner(&three_zones()).unwrap();
    let network = process.client.network(&super::target()).await.unwrap();
    crate::vpc::look(network.as_ref(), &owner, Extras::ALL).await.unwrap()
}

pub(super) fn steps(process: &Process, model: &super::Vpc, seen: &Seen) -> String {
    decide(&desired(model, process), seen).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[tokio::test(start_paused = true)]
async fn a_second_run_decides_nothing() {
    let process = Process::new();
    process.create(three_zones()).await.unwrap();
    assert_eq!(steps(&process, &three_zones(), &seen(&process).await), "");
}

#[tokio::test(start_paused = true)]
async fn a_zone_and_a_tier_less() {
    let process = Process::new();
    process.create(three_zones()).await.unwrap();
    let less = network(&[("a", "use1-az1"), ("b", "use1-az2")], &[Tier::Private], EgressMode::None);
    insta::assert_snapshot!(steps(&process, &less, &seen(&process).await), @r#"
    remove route 0.0.0.0/0 of table private/a
    remove route 0.0.0.0/0 of table private/b
    take subnet subnet-00000004 from route table rtb-00000014
    delete subnet subnet-00000004
    take subnet subnet-00000006 from route table rtb-00000014
    delete subnet subnet-00000006
    take subnet subnet-00000008 from route table rtb-00000014
    delete subnet subnet-00000008
    take subnet subnet-0000000e from route table rtb-00000017
    delete subnet subnet-0000000e
    delete NAT gateway nat-0000001e
    delete NAT gateway nat-0000001f
    delete NAT gateway nat-00000020
    release Elastic IP address eipalloc-00000011
    release Elastic IP address eipalloc-00000012
    release Elastic IP address eipalloc-00000013
    delete route table rtb-00000014
    delete route table rtb-00000017
    detach internet gateway igw-00000010 from vpc-00000001
    delete internet gateway igw-00000010
    "#);
}

#[tokio::test(start_paused = true)]
async fn pending_failed_and_deleting_nat_gateways() {
    let process = Process::new();
    process.create(three_zones()).await.unwrap();
    let mut seen = seen(&process).await;
    for (gateway, state) in seen.nat_gateways.values_mut().zip([
        NatGatewayState::Pending,
        NatGatewayState::Failed,
        NatGatewayState::Deleting,
    ]) {
        gateway.state = state;
    }
    insta::assert_snapshot!(steps(&process, &three_zones(), &seen), @r#"
    wait for NAT gateway a
    delete NAT gateway nat-0000001f
    create NAT gateway b
    delete NAT gateway nat-00000020
    create NAT gateway c
    route 0.0.0.0/0 of table private/a to NAT gateway a
    route 0.0.0.0/0 of table private/b to NAT gateway b
    route 0.0.0.0/0 of table private/c to NAT gateway c
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_second_object_for_one_part_is_removed_and_the_one_in_use_is_kept() {
    let process = Process::new();
    process.create(three_zones()).await.unwrap();
    process.world(|world| {
        let mut vpc = world.vpcs[0].clone();
        vpc.id = "vpc-00000000".parse().unwrap();
        world.vpcs.push(vpc);
        let mut gateway = world.internet_gateways[0].clone();
        (gateway.id, gateway.vpc) = ("igw-00000000".parse().unwrap(), None);
        world.internet_gateways.push(gateway);
        let mut address = world.addresses.iter().find(|it| it.associated).unwrap().clone();
        (address.id, address.associated) = ("eipalloc-00000000".parse().unwrap(), false);
        world.addresses.push(address);
    });
    insta::assert_snapshot!(steps(&process, &three_zones(), &seen(&process).await), @r#"
    delete VPC vpc-00000000
    delete internet gateway igw-00000000
    release Elastic IP address eipalloc-00000000
    "#);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_mended_is_named() {
    let process = Process::new();
    process.create(three_zones()).await.unwrap();
    let other = network(&[("a", "use1-az6")], &[Tier::Private], EgressMode::None);
    insta::assert_snapshot!(conflicts(&desired(&other, &process), &seen(&process).await).join("\n"), @r#"subnet private/a (subnet-0000000a) is 10.0.0.0/19 in use1-az1, not 10.0.0.0/19 in use1-az6"#);
    let error = process.create(other).await.unwrap_err().to_string();
    assert!(error.contains("Nothing was changed"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn endpoints_follow_their_route_tables() {
    let process = Process::new();
    let two_tiers = || Vpc { custom_tiers: Value::Null, pods_cidr: Value::Null, ..with_everything() };
    process.create(two_tiers()).await.unwrap();
    let mut other = two_tiers();
    other.azs =
        network(&[("a", "use1-az1"), ("b", "use1-az2"), ("d", "use1-az3")], &[], EgressMode::None).azs;
    other.egress = network(&[], &[], EgressMode::None).egress;
    let mut endpoints = other.gateway_endpoints.into_known().unwrap();
    endpoints.get_mut("s3").unwrap().tiers = Value::Known([Text(AnyTier(Tier::Public))].into());
    other.gateway_endpoints = Value::Known(endpoints);
    let text = steps(&process, &other, &seen(&process).await);
    let endpoints: Vec<&str> = text.lines().filter(|line| line.contains("endpoint")).collect();
    insta::assert_snapshot!(endpoints.join("\n"), @r#"
    change gateway endpoint s3: take route table rtb-00000015 away, take route table rtb-00000016 away, take route table rtb-00000017 away
    change gateway endpoint dynamodb: add route table private/d, take route table rtb-00000017 away
    change interface endpoint ecr.api: add subnet private/d, take subnet subnet-0000000f away
    change interface endpoint ssm: add subnet private/d, take subnet subnet-0000000f away
    "#);
    assert!(text.contains("delete route table"), "{text}");
}
