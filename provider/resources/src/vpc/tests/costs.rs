//! What a network costs in calls.

use super::{Process, three_zones, with_everything};
use landform_framework::{Text, Value};
use landform_model::network::{EgressMode, Tier};
use landform_test_cloud::Call;

/// Polls of NAT gateways are waits, not calls.
fn without_waits(calls: Vec<Call>) -> Vec<Call> {
    calls.into_iter().filter(|call| call.operation != "DescribeNatGateways").collect()
}

#[tokio::test(start_paused = true)]
async fn three_zones_with_three_nat_gateways_take_35_calls_to_create_8_to_read_and_28_to_delete() {
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    let create = without_waits(process.cloud.take_calls());
    assert!(create.len() <= 35, "{}: {create:#?}", create.len());
    let read = process.read(state.clone()).await.unwrap().unwrap();
    assert_eq!(read, state);
    let refresh = process.cloud.take_calls();
    assert!(refresh.len() <= 8, "{}: {refresh:#?}", refresh.len());
    process.delete(state).await.unwrap();
    let delete = without_waits(process.cloud.take_calls());
    assert!(delete.len() <= 28, "{}: {delete:#?}", delete.len());
    assert!(process.parts().is_empty());
}

/// Features that a network uses cost the calls that they need; those that it does not use cost none.
#[tokio::test(start_paused = true)]
async fn what_features_cost() {
    type Feature = fn(&mut super::Vpc);
    let features: [(&str, Feature, [isize; 3]); 16] = [
        ("nothing", |_| (), [0, 0, 0]),
        // Each is made by one call; one read finds both; each is deleted, and looked at once more.
        (
            "two gateway endpoints",
            |model| model.gateway_endpoints = with_everything().gateway_endpoints,
            [2, 1, 5],
        ),
        // Made and given to the VPC; taken from it and deleted.
        ("DHCP options", |model| model.dhcp_options = with_everything().dhcp_options, [2, 1, 2]),
        // A group and its rules, in and out; each endpoint is made and looked at until it works; each is deleted and looked at.
        (
            "two interface endpoints",
            |model| model.interface_endpoints = with_everything().interface_endpoints,
            [7, 2, 6],
        ),
        // One for each table: four of one, three of each of the others.
        ("four routes", |model| model.routes = with_everything().routes, [13, 0, 0]),
        ("a flow log", |model| model.flow_logs = with_everything().flow_logs, [1, 1, 1]),
        // It is neither allocated nor released.
        (
            "an address of the user's own",
            |model| model.egress = super::egress(EgressMode::Zonal, &[("a", super::OWN_ADDRESS)]),
            [-1, 0, -1],
        ),
        // One gateway in place of three; no route tells which addresses it has.
        ("a regional NAT gateway", |model| model.egress = super::regional(&[]).egress, [-2, 1, -2]),
        // Added, and looked at until subnets can lie in it; it goes with the VPC.
        ("a further block", |model| model.secondary_cidrs = with_everything().secondary_cidrs, [3, 0, 0]),
        // The block, and three subnets with a table, a route and an association each.
        ("pods", |model| model.pods_cidr = with_everything().pods_cidr, [15, 0, 9]),
        ("a tier", |model| model.custom_tiers = with_everything().custom_tiers, [9, 0, 9]),
        // A tier as above; the ACL, two entries, and for each subnet the look at its ACL and the move.
        (
            "a tier for data under a network ACL",
            |model| {
                model.tiers = Value::Known([Tier::Public, Tier::Private, Tier::Database].map(Text).into());
                model.network_acl = with_everything().network_acl;
            },
            [16, 1, 8],
        ),
        // Made, and looked at until it is in force; deleted, and looked at until it is gone.
        (
            "an exclusion from block public access",
            |model| model.block_public_access_exclusion = with_everything().block_public_access_exclusion,
            [3, 1, 3],
        ),
        // Made to monitor, and when it does, set to enforce; AWS takes its time for both.
        (
            "encryption control",
            |model| model.encryption_control = with_everything().encryption_control,
            [6, 1, 3],
        ),
        ("public addresses", |model| model.map_public_ip_on_launch = Value::Known(true), [3, 0, 0]),
        (
            "tags",
            |model| {
                model.kubernetes = with_everything().kubernetes;
                model.tier_tags = with_everything().tier_tags;
            },
            [0, 0, 0],
        ),
    ];
    let cost = async |model: super::Vpc| {
        let process = Process::new();
        let state = process.create(model).await.unwrap();
        let count = |calls: Vec<Call>| isize::try_from(calls.len()).unwrap();
        let create = count(without_waits(process.cloud.take_calls()));
        process.read(state.clone()).await.unwrap();
        let read = count(process.cloud.take_calls());
        process.delete(state).await.unwrap();
        [create, read, count(without_waits(process.cloud.take_calls()))]
    };
    let plain = cost(three_zones()).await;
    for (what, feature, more) in features {
        let mut model = three_zones();
        feature(&mut model);
        assert_eq!(cost(model).await, [0, 1, 2].map(|index| plain[index] + more[index]), "{what}");
    }
    // The route for all tiers goes into six more tables.
    assert_eq!(cost(with_everything()).await, [plain[0] + 84, plain[1] + 7, plain[2] + 37]);
}
