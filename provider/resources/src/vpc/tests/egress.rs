//! NAT gateways of all kinds, and whose addresses they have.

use super::decide::{seen, steps};
use super::order::{desired, rounds};
use super::{OWN_ADDRESS, Process, Vpc, egress, network, regional, three_zones};
use crate::vpc::decide::decide;
use landform_framework::Value;
use landform_model::network::{EgressMode, Tier};
use landform_test_cloud::is_write;

fn zonal(own: &[(&str, &str)]) -> Vpc {
    Vpc { egress: egress(EgressMode::Zonal, own), ..three_zones() }
}

/// The writes of an update, by their operation.
async fn writes(process: &Process, state: Vpc, after: Vpc) -> (Vpc, Vec<&'static str>) {
    process.cloud.take_calls();
    let state = process.update(state, after).await.unwrap();
    let calls = process.cloud.take_calls().into_iter().map(|call| call.operation);
    (state, calls.filter(|operation| is_write(operation)).collect())
}

async fn in_rounds(process: &Process, model: &Vpc) -> String {
    rounds(&decide(&desired(model, process), &seen(process).await))
        .into_iter()
        .map(|steps| steps.join("; "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test(start_paused = true)]
async fn a_regional_gateway_works_before_routes_move_to_it_and_the_others_go_after() {
    let process = Process::new();
    process.create(three_zones()).await.unwrap();
    insta::assert_snapshot!(in_rounds(&process, &regional(&[])).await, @r#"
    allocate Elastic IP address a of the regional NAT gateway; allocate Elastic IP address b of the regional NAT gateway; allocate Elastic IP address c of the regional NAT gateway
    create the regional NAT gateway
    route 0.0.0.0/0 of table private/a to the regional NAT gateway; route 0.0.0.0/0 of table private/b to the regional NAT gateway; route 0.0.0.0/0 of table private/c to the regional NAT gateway
    delete NAT gateway nat-0000001e; delete NAT gateway nat-0000001f; delete NAT gateway nat-00000020
    release Elastic IP address eipalloc-00000011; release Elastic IP address eipalloc-00000012; release Elastic IP address eipalloc-00000013
    "#);
}

/// A gateway that has the address which another one needs goes first: an address serves one gateway at a time.
#[tokio::test(start_paused = true)]
async fn an_address_that_moves_is_freed_first() {
    let process = Process::new();
    process.create(zonal(&[("a", OWN_ADDRESS)])).await.unwrap();
    insta::assert_snapshot!(in_rounds(&process, &zonal(&[("c", OWN_ADDRESS)])).await, @r#"
    allocate Elastic IP address a; delete NAT gateway nat-0000001d
    create NAT gateway a; create NAT gateway c
    route 0.0.0.0/0 of table private/a to NAT gateway a; route 0.0.0.0/0 of table private/c to NAT gateway c
    delete NAT gateway nat-0000001f
    release Elastic IP address eipalloc-00000012
    "#);
    insta::assert_snapshot!(in_rounds(&process, &regional(&[("a", OWN_ADDRESS)])).await, @r#"
    allocate Elastic IP address b of the regional NAT gateway; allocate Elastic IP address c of the regional NAT gateway; delete NAT gateway nat-0000001d
    create the regional NAT gateway
    route 0.0.0.0/0 of table private/a to the regional NAT gateway; route 0.0.0.0/0 of table private/b to the regional NAT gateway; route 0.0.0.0/0 of table private/c to the regional NAT gateway
    delete NAT gateway nat-0000001e; delete NAT gateway nat-0000001f
    release Elastic IP address eipalloc-00000011; release Elastic IP address eipalloc-00000012
    "#);
}

#[tokio::test(start_paused = true)]
async fn zones_of_a_regional_gateway_come_and_go_in_place() {
    let two = Vpc {
        azs: network(&[("a", "use1-az1"), ("b", "use1-az2")], &[], EgressMode::None).azs,
        ..regional(&[])
    };
    let process = Process::new();
    let state = process.create(two.clone()).await.unwrap();
    assert_eq!(state.nat_public_ips.known().unwrap().len(), 2);
    let (more, calls) = writes(&process, state.clone(), regional(&[])).await;
    assert!(calls.contains(&"AssociateNatGatewayAddress"), "{calls:?}");
    assert!(!calls.contains(&"CreateNatGateway") && !calls.contains(&"DeleteNatGateway"), "{calls:?}");
    let gateways = |state: &Vpc| state.nat_gateways.known().unwrap().clone();
    let ids: Vec<_> = gateways(&more).into_values().map(|gateway| gateway.id).collect();
    assert_eq!(ids, vec![gateways(&state)["a"].id.clone(); 3]);
    let text = steps(&process, &two, &seen(&process).await);
    let text: Vec<&str> =
        text.lines().filter(|line| line.contains("NAT") || line.contains("Elastic")).collect();
    insta::assert_snapshot!(text.join("\n"), @r#"
    take eipassoc-00000020 from NAT gateway nat-00000018
    release Elastic IP address eipalloc-0000001d
    "#);
    let (less, calls) = writes(&process, more, two).await;
    let place = |operation| calls.iter().position(|it| *it == operation).unwrap();
    assert!(place("DisassociateNatGatewayAddress") < place("ReleaseAddress"), "{calls:?}");
    assert_eq!(less.nat_gateways, state.nat_gateways);
}

/// A regional gateway needs the internet gateway, and no public subnet.
#[tokio::test(start_paused = true)]
async fn a_regional_gateway_needs_no_public_tier() {
    let process = Process::new();
    let inner = network(&[("a", "use1-az1"), ("b", "use1-az2")], &[Tier::Private], EgressMode::Regional);
    let state = process.create(inner).await.unwrap();
    assert!(state.internet_gateway_id.is_known());
    assert_eq!(state.nat_public_ips.known().unwrap().len(), 2);
    process.cloud.take_calls();
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    assert_eq!(
        process.cloud.take_calls().len(),
        9,
        "the addresses and the internet gateway are told by others, but not which addresses the gateway has"
    );
    process.delete(state).await.unwrap();
    assert!(process.parts().is_empty());
}

/// Neither tagged nor released, whatever becomes of the network.
#[tokio::test(start_paused = true)]
async fn an_address_of_the_users_own_stays_as_it_was() {
    let own = |process: &Process| {
        process.world(|world| world.addresses.iter().find(|it| it.id.as_str() == OWN_ADDRESS).cloned())
    };
    for model in [zonal(&[("b", OWN_ADDRESS)]), regional(&[("b", OWN_ADDRESS)])] {
        let process = Process::new();
        let before = own(&process).unwrap();
        let state = process.create(model).await.unwrap();
        assert_eq!(state.nat_public_ips.known().unwrap()["b"], Value::Known("198.51.100.7".into()));
        assert_eq!(own(&process).unwrap().tags, before.tags);
        assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
        let state = process.update(state, three_zones()).await.unwrap();
        assert_eq!(own(&process).unwrap(), before);
        process.delete(state).await.unwrap();
        assert_eq!(own(&process).unwrap(), before);
    }
}

#[tokio::test(start_paused = true)]
async fn retained_addresses_lose_our_tags_and_stay() {
    let retaining = |model: Vpc| {
        let mut model = model;
        let mut egress = model.egress.into_known().unwrap();
        egress.retain_eips_on_destroy = Value::Known(true);
        model.egress = Value::Known(egress);
        model
    };
    let left = |process: &Process| {
        process.world(|world| {
            let ours = world.addresses.iter().filter(|it| it.id.as_str() != OWN_ADDRESS);
            ours.map(|it| it.tags.keys().cloned().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
        })
    };
    let process = Process::new();
    let state = process.create(retaining(three_zones())).await.unwrap();
    let addresses: Vec<String> = state
        .nat_gateways
        .known()
        .unwrap()
        .values()
        .map(|it| it.allocation_id.known().unwrap().clone())
        .collect();
    let warning = crate::vpc::egress::kept_on_destroy(&state).unwrap().to_string();
    assert!(addresses.iter().all(|id| warning.contains(id)), "{warning}");
    // One gateway fewer.
    let single = Vpc { egress: egress(EgressMode::Single, &[]), ..three_zones() };
    let state = process.update(state, retaining(single)).await.unwrap();
    assert_eq!(left(&process).iter().filter(|tags| *tags == "Name").count(), 2);
    process.delete(state).await.unwrap();
    assert_eq!(left(&process), ["Name"; 3]);
    assert!(process.parts().is_empty());
    // They can be used again, and are then the user's.
    let again: Vec<(&str, &str)> =
        ["a", "b", "c"].into_iter().zip(addresses.iter().map(String::as_str)).collect();
    let state = process.create(zonal(&again)).await.unwrap();
    process.delete(state).await.unwrap();
    assert_eq!(left(&process), ["Name"; 3]);
}

/// Naming an address that Landform allocated makes it the user's, and changes nothing else.
#[tokio::test(start_paused = true)]
async fn an_allocated_address_is_handed_over() {
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    let id = state.nat_gateways.known().unwrap()["a"].allocation_id.known().unwrap().clone();
    let (state, calls) = writes(&process, state, zonal(&[("a", &id)])).await;
    assert_eq!(calls, ["DeleteTags"]);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    process.delete(state).await.unwrap();
    assert!(process.world(|world| world.addresses.iter().any(|address| address.id.as_str() == id)));
}

/// The routes move before the gateways go, and back.
#[tokio::test(start_paused = true)]
async fn a_central_way_out_takes_the_place_of_nat_gateways_and_back() {
    let central = Vpc { egress: egress(EgressMode::Centralized, &[]), ..three_zones() };
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    let (state, calls) = writes(&process, state, central).await;
    assert_eq!(&calls[..4], ["ReplaceRoute", "ReplaceRoute", "ReplaceRoute", "DeleteNatGateway"]);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    let routes = process.world(|world| {
        let routes = world.route_tables.iter().flat_map(|table| &table.routes);
        routes.filter(|route| route.target.to_string() == "tgw-1").count()
    });
    assert_eq!(routes, 3);
    let (state, calls) = writes(&process, state, three_zones()).await;
    assert_eq!(calls.iter().filter(|call| **call == "ReplaceRoute").count(), 3);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

#[tokio::test(start_paused = true)]
async fn a_transit_gateway_without_an_attachment_is_told() {
    let process = Process::new();
    let fault = landform_test_cloud::Fault {
        operation: Some("CreateRoute"),
        nth: 1,
        times: 99,
        when: landform_test_cloud::When::Before,
        kind: landform_cloud::ErrorKind::NotFound,
    };
    process.cloud.inject(fault);
    let inner = network(&[("a", "use1-az1")], &[Tier::Private], EgressMode::Centralized);
    let error = process.create(inner).await.unwrap_err().to_string();
    assert!(
        error.contains("is there an attachment of vpc-00000001 to tgw-1, and is it available?"),
        "{error}"
    );
}
