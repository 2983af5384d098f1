//! A create, an update and a delete that fail at any call, before or after it is executed, and then go on.

use super::{OWN_ADDRESS, Process, Vpc, egress, network, regional, three_zones, with_everything};
use landform_cloud::ErrorKind;
use landform_model::network::{EgressMode, Tier};
use landform_test_cloud::{Call, Fault, When, is_write};

fn writes(calls: &[Call]) -> usize {
    calls.iter().filter(|call| is_write(call.operation)).count()
}

fn deletions(calls: &[Call]) -> Vec<&Call> {
    let prefixes = ["Delete", "Release", "Detach", "Disassociate"];
    calls.iter().filter(|call| prefixes.iter().any(|prefix| call.operation.starts_with(prefix))).collect()
}

/// Every write call of a create, failed in each way; then a second create in a new process, as after `kill -9` and with a lost
/// state; then destroy.
#[tokio::test(start_paused = true)]
async fn a_create_that_fails_at_any_call_is_finished_by_the_next_and_nothing_is_made_twice() {
    fail_at_every_write(three_zones()).await;
}

#[tokio::test(start_paused = true)]
async fn so_is_one_of_a_network_with_everything() {
    fail_at_every_write(with_everything()).await;
}

#[tokio::test(start_paused = true)]
async fn so_is_one_with_a_regional_nat_gateway() {
    fail_at_every_write(regional(&[("c", OWN_ADDRESS)])).await;
}

pub(super) async fn fail_at_every_write(model: Vpc) {
    let whole = Process::new();
    whole.create(model.clone()).await.unwrap();
    let expected = whole.parts();
    let count = writes(&whole.cloud.take_calls());
    // The simulation tries the other ways.
    let ways = [(When::Before, ErrorKind::Denied), (When::After, ErrorKind::Ambiguous)];
    for nth in 1..=u32::try_from(count).unwrap() {
        for (when, kind) in ways {
            let what = format!("write {nth} fails {when:?} with {kind:?}");
            let process = Process::new();
            process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind });
            let _ = process.create(model.clone()).await;
            process.cloud.heal();
            let made_before = process.world(|world| world.inventory());
            let next = Process::over(process.cloud.clone());
            let state = next.create(model.clone()).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(next.parts(), expected, "{what}");
            let after = next.world(|world| world.inventory());
            assert!(
                made_before.iter().all(|object| after.contains(object)),
                "{what}: an object was made anew"
            );
            let calls = next.cloud.take_calls();
            assert!(deletions(&calls).is_empty(), "{what}: {:?}", deletions(&calls));
            assert_eq!(next.read(state.clone()).await.unwrap().unwrap(), state, "{what}");
            next.delete(state).await.unwrap();
            assert!(next.parts().is_empty(), "{what}: {:?}", next.parts());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_ends_well_in_the_same_apply() {
    for operation in [
        "CreateVpc",
        "CreateSubnet",
        "CreateInternetGateway",
        "AllocateAddress",
        "CreateRoute",
        "AssociateRouteTable",
        "CreateVpcEndpoint",
        "CreateFlowLogs",
        "CreateSecurityGroup",
        "CreateDhcpOptions",
        "AssociateDhcpOptions",
        "AuthorizeSecurityGroupIngress",
    ] {
        let process = Process::new();
        let fault = Fault {
            operation: Some(operation),
            nth: 1,
            times: 1,
            when: When::After,
            kind: ErrorKind::Ambiguous,
        };
        process.cloud.inject(fault);
        let state =
            process.create(with_everything()).await.unwrap_or_else(|error| panic!("{operation}: {error}"));
        let whole = Process::new();
        whole.create(with_everything()).await.unwrap();
        assert_eq!(process.parts(), whole.parts(), "{operation}");
        assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    }
}

/// The port sends these once only, and nothing else sends them again.
#[tokio::test(start_paused = true)]
async fn a_throttled_call_with_a_natural_key_ends_well_in_the_same_apply() {
    for operation in ["CreateRoute", "AssociateRouteTable"] {
        let process = Process::new();
        let (when, kind) = (When::Before, ErrorKind::Throttled);
        process.cloud.inject(Fault { operation: Some(operation), nth: 1, times: 1, when, kind });
        let made = process.create(three_zones()).await;
        made.unwrap_or_else(|error| panic!("{operation}: {error}"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_delete_that_fails_at_any_call_is_finished_by_the_next() {
    let whole = Process::new();
    let state = whole.create(with_everything()).await.unwrap();
    whole.cloud.take_calls();
    whole.delete(state).await.unwrap();
    let count = writes(&whole.cloud.take_calls());
    for nth in 1..=u32::try_from(count).unwrap() {
        for when in [When::Before, When::After] {
            let process = Process::new();
            let state = process.create(with_everything()).await.unwrap();
            process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
            let error = process.delete(state.clone()).await.unwrap_err().to_string();
            assert!(error.contains("destroy again to go on"), "{error}");
            process.cloud.heal();
            process.delete(state).await.unwrap();
            assert!(process.parts().is_empty(), "delete {nth} {when:?}: {:?}", process.parts());
        }
    }
}

/// From a plain network to one with everything and back, failing at every write on the way.
#[tokio::test(start_paused = true)]
async fn an_update_that_fails_at_any_call_is_finished_by_the_next() {
    update_between(&[three_zones(), with_everything()]).await;
}

/// From one kind of NAT gateway to another; addresses and zones that come, go and change places.
#[tokio::test(start_paused = true)]
async fn so_is_one_of_nat_gateways() {
    let two = |model: Vpc| Vpc {
        azs: network(&[("a", "use1-az1"), ("b", "use1-az2")], &[], EgressMode::None).azs,
        ..model
    };
    update_between(&[three_zones(), regional(&[("a", OWN_ADDRESS)])]).await;
    update_between(&[with_everything(), regional(&[("c", OWN_ADDRESS)])]).await;
    update_between(&[two(regional(&[])), regional(&[("b", OWN_ADDRESS)])]).await;
    update_between(&[
        Vpc { egress: egress(EgressMode::Zonal, &[("a", OWN_ADDRESS)]), ..three_zones() },
        Vpc { egress: egress(EgressMode::Zonal, &[("c", OWN_ADDRESS)]), ..three_zones() },
    ])
    .await;
    update_between(&[regional(&[("a", OWN_ADDRESS)]), regional(&[("c", OWN_ADDRESS)])]).await;
}

pub(super) async fn update_between(models: &[Vpc; 2]) {
    let [one, other] = models.clone();
    for (before, after) in [(one.clone(), other.clone()), (other, one)] {
        let fresh = Process::new();
        let expected = fresh.create(after.clone()).await.map(|_| fresh.parts()).unwrap();
        let whole = Process::new();
        let state = whole.create(before.clone()).await.unwrap();
        whole.cloud.take_calls();
        whole.update(state, after.clone()).await.unwrap();
        let count = writes(&whole.cloud.take_calls());
        assert!(count > 3, "{count}");
        for nth in 1..=u32::try_from(count).unwrap() {
            for when in [When::Before, When::After] {
                let what = format!("write {nth} fails {when:?}");
                let process = Process::new();
                let prior = process.create(before.clone()).await.unwrap();
                process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
                // The worst that can be left in state: nothing of what was done.
                process.update(prior.clone(), after.clone()).await.unwrap_err();
                process.cloud.heal();
                let state = process.update(prior, after.clone()).await;
                let state = state.unwrap_or_else(|error| panic!("{what}: {error}"));
                assert_eq!(process.parts(), expected, "{what}");
                assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state, "{what}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_nat_gateway_that_fails_is_told_in_awss_words_and_replaced_next_time() {
    let process = Process::new();
    process.world(|world| {
        world.nat_gateway_failure = Some("Network vpc-1 has no Internet gateway attached".into());
    });
    let one = network(&[("a", "use1-az1")], &[Tier::Public, Tier::Private], EgressMode::Single);
    let error = process.create(one.clone()).await.unwrap_err().to_string();
    insta::assert_snapshot!(error, @r#"
    error: Network main: could not create NAT gateway a
    CreateNatGateway: nat-0000000e failed: Network vpc-1 has no Internet gateway attached; the next apply replaces it

    13 of 15 steps are done; what exists is in state with status "incomplete". The next apply goes on from there and makes nothing twice.
    "#);
    let state = process.create(one).await.unwrap();
    assert_eq!(state.status, landform_framework::Value::Known("ready".into()));
    let gateways = process.parts().into_iter().filter(|part| part.starts_with("natgateway")).count();
    assert_eq!(gateways, 1);
}

/// The client token of the create, which the lost state no longer tells apart, brings back the answer of the first day.
#[tokio::test(start_paused = true)]
async fn a_nat_gateway_that_was_deleted_while_the_state_was_lost_is_made_anew() {
    for model in [three_zones(), regional(&[])] {
        let process = Process::new();
        process.create(model.clone()).await.unwrap();
        let expected = process.parts();
        let gateways = process.world(|world| world.nat_gateways.clone());
        let target = super::target();
        let network = landform_cloud::Cloud::network(&process.cloud, &target).await.unwrap();
        for gateway in &gateways {
            network.delete_nat_gateway(&gateway.id).await.unwrap();
        }
        let next = Process::over(process.cloud.clone());
        let begun = tokio::time::Instant::now();
        next.create(model).await.unwrap();
        assert_eq!(next.parts(), expected);
        assert!(begun.elapsed() < std::time::Duration::from_secs(10 * 60), "{:?}", begun.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_checkpoint_holds_what_exists_and_is_not_protected_before_it_is_complete() {
    let process = Process::new();
    process.cloud.inject(Fault {
        operation: Some("CreateNatGateway"),
        nth: 1,
        times: 9,
        when: When::Before,
        kind: ErrorKind::Quota,
    });
    let error = process.create(three_zones()).await.unwrap_err().to_string();
    assert!(error.contains("status \"incomplete\""), "{error}");
    assert!(error.contains("higher quota"), "{error}");
    let seen = crate::vpc::look(
        process.client.network(&super::target()).await.unwrap().as_ref(),
        &super::super::state::owner(&three_zones()).unwrap(),
        crate::vpc::Extras::NONE,
    )
    .await
    .unwrap();
    assert!(seen.vpc.is_some());
}

#[tokio::test(start_paused = true)]
async fn objects_of_others_are_never_touched() {
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    // A namesake in another stack, and an object without tags.
    let foreign = process.world(|world| {
        let mut vpc = world.vpcs[0].clone();
        vpc.id = "vpc-0000f0e1".parse().unwrap();
        vpc.tags.insert("landform:stack".into(), "other".into());
        world.vpcs.push(vpc.clone());
        let mut gateway = world.internet_gateways[0].clone();
        gateway.id = "igw-0000f0e1".parse().unwrap();
        (gateway.vpc, gateway.tags) = (None, [].into());
        world.internet_gateways.push(gateway.clone());
        (vpc, gateway)
    });
    let read = process.read(state.clone()).await.unwrap().unwrap();
    assert_eq!(read, state);
    process.delete(state).await.unwrap();
    let left = process.world(|world| (world.vpcs.clone(), world.internet_gateways.clone()));
    assert_eq!(left, (vec![foreign.0], vec![foreign.1]));
}
