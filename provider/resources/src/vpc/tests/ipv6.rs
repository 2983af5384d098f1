//! IPv6: what it adds, in which order it goes, and what others did about it.

use super::decide::seen;
use super::failures::{fail_at_every_write, update_between};
use super::order::{desired, rounds};
use super::{Process, Vpc, network, regional, three_zones, with_everything};
use crate::vpc::decide::decide;
use crate::vpc::model::Ipv6;
use landform_cloud::ErrorKind;
use landform_cloud::network::{Route, RouteTarget};
use landform_framework::{Resource, Value};
use landform_model::network::{EgressMode, RouteDestination, Tier};
use landform_test_cloud::{Fault, When, World, is_write};

fn ipv6(dns64: bool) -> Value<Ipv6> {
    Value::Known(Ipv6 { ipam_pool_id: Value::Null, dns64: Value::Known(dns64) })
}

/// Three zones with IPv6, DNS64, and interface endpoints, whose group admits the IPv6 block.
fn with_ipv6() -> Vpc {
    Vpc { ipv6: ipv6(true), interface_endpoints: with_everything().interface_endpoints, ..three_zones() }
}

fn two_zones(ipv6: Value<Ipv6>) -> Vpc {
    let azs = [("a", "use1-az1"), ("b", "use1-az2")];
    Vpc { ipv6, ..network(&azs, &[Tier::Public, Tier::Private], EgressMode::Single) }
}

async fn in_rounds(process: &Process, model: &Vpc) -> String {
    let steps = match process.world(|world| world.vpcs.is_empty()) {
        true => decide(&desired(model, process), &crate::vpc::seen::Seen::default()),
        false => decide(&desired(model, process), &seen(process).await),
    };
    rounds(&steps).into_iter().map(|steps| steps.join("; ")).collect::<Vec<_>>().join("\n")
}

/// The routes over IPv6, the entries of the default network ACL, and the blocks.
fn traces(world: &World) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    all.extend(world.vpcs.iter().filter_map(|it| Some(it.ipv6_block.as_ref()?.cidr?.to_string())));
    all.extend(world.subnets.iter().filter_map(|it| Some(it.ipv6_block.as_ref()?.cidr.to_string())));
    let flags = |on: bool, name: &str| on.then(|| name.to_owned());
    all.extend(world.subnets.iter().filter_map(|it| flags(it.ipv6_address_on_launch, "on launch")));
    all.extend(world.subnets.iter().filter_map(|it| flags(it.dns64, "DNS64")));
    let routes = world.route_tables.iter().flat_map(|it| &it.routes);
    let six = routes.filter(|it| matches!(it.destination, RouteDestination::Ipv6(_)));
    all.extend(six.map(|it| it.destination.to_string()));
    let entries = world.network_acls.values().flat_map(|it| &it.entries);
    all.extend(entries.filter(|it| it.cidr.contains(':')).map(|it| it.number.to_string()));
    let rules = world.own_security_groups.values().flat_map(|it| &it.ingress).flat_map(|it| &it.cidrs);
    all.extend(rules.filter(|it| it.contains(':')).cloned());
    all
}

#[tokio::test(start_paused = true)]
async fn a_running_network_gets_it_without_losing_anything_and_gives_it_back_in_order() {
    let process = Process::new();
    let plain = process.create(two_zones(Value::Null)).await.unwrap();
    insta::assert_snapshot!(in_rounds(&process, &two_zones(ipv6(true))).await, @r#"
    add an IPv6 block to the VPC
    create egress-only internet gateway; give subnet public/a its IPv6 block; give subnet public/b its IPv6 block; give subnet private/a its IPv6 block; give subnet private/b its IPv6 block; route ::/0 of table public to the internet gateway; route 64:ff9b::/96 of table private/a to NAT gateway a; route 64:ff9b::/96 of table private/b to NAT gateway a
    give IPv6 addresses in subnet public/a; give IPv6 addresses in subnet public/b; give IPv6 addresses in subnet private/a; switch DNS64 of subnet private/a on; give IPv6 addresses in subnet private/b; switch DNS64 of subnet private/b on; route ::/0 of table private/a to the egress-only internet gateway; route ::/0 of table private/b to the egress-only internet gateway
    "#);
    let state = process.update(plain, two_zones(ipv6(true))).await.unwrap();
    assert_eq!(in_rounds(&process, &two_zones(ipv6(true))).await, "");
    let block = state.ipv6_cidr.known().unwrap().0;
    let subnet = &state.subnets.known().unwrap()["private"]["b"];
    assert_eq!(subnet.ipv6_cidr.known().unwrap().0, block.subnet(64, 17).unwrap());
    assert!(state.egress_only_internet_gateway_id.is_known());
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);

    let mut before = desired(&two_zones(Value::Null), &process);
    before.retire(&two_zones(ipv6(true)), &process.client);
    let steps = decide(&before, &seen(&process).await);
    let text = rounds(&steps).into_iter().map(|steps| steps.join("; ")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(text, @r#"
    remove ingress entry 101 of the default network ACL; remove egress entry 101 of the default network ACL; stop giving IPv6 addresses in subnet public/a; stop giving IPv6 addresses in subnet public/b; stop giving IPv6 addresses in subnet private/a; switch DNS64 of subnet private/a off; stop giving IPv6 addresses in subnet private/b; switch DNS64 of subnet private/b off; remove route ::/0 of table public; remove route ::/0 of table private/a; remove route 64:ff9b::/96 of table private/a; remove route ::/0 of table private/b; remove route 64:ff9b::/96 of table private/b
    take the IPv6 block of subnet subnet-00000004 away; take the IPv6 block of subnet subnet-00000006 away; take the IPv6 block of subnet subnet-00000008 away; take the IPv6 block of subnet subnet-0000000a away
    delete egress-only internet gateway eigw-00000017
    take the IPv6 block of the VPC away
    "#);
    let state = process.update(state, two_zones(Value::Null)).await.unwrap();
    assert_eq!(process.world(|world| traces(world)), Vec::<String>::new());
    assert_eq!((state.ipv6_cidr, state.egress_only_internet_gateway_id.clone()), (Value::Null, Value::Null));
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

#[tokio::test(start_paused = true)]
async fn a_create_with_it_that_fails_at_any_call_is_finished_by_the_next() {
    fail_at_every_write(with_ipv6()).await;
}

#[tokio::test(start_paused = true)]
async fn so_is_an_update_that_adds_it_or_takes_it_away() {
    update_between(&[three_zones(), with_ipv6()]).await;
}

#[tokio::test(start_paused = true)]
async fn so_is_one_to_another_kind_of_nat_gateway() {
    update_between(&[with_ipv6(), Vpc { ipv6: ipv6(true), ..regional(&[]) }]).await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_ends_well_in_the_same_apply() {
    for operation in [
        "AssociateVpcCidrBlock",
        "AssociateSubnetCidrBlock",
        "CreateEgressOnlyInternetGateway",
        "CreateRoute",
        "CreateSubnet",
    ] {
        let process = Process::new();
        let plain = process.create(network(&[("a", "use1-az1")], &[Tier::Private], EgressMode::None)).await;
        let (when, kind) = (When::After, ErrorKind::Ambiguous);
        process.cloud.inject(Fault { operation: Some(operation), nth: 1, times: 1, when, kind });
        let more = Vpc {
            ipv6: ipv6(false),
            ..network(&[("a", "use1-az1")], &[Tier::Public, Tier::Private], EgressMode::None)
        };
        let state = process.update(plain.unwrap(), more).await;
        let state = state.unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state, "{operation}");
        assert_eq!(process.world(|world| world.egress_only_internet_gateways.len()), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_somebody_took_away_is_named_and_put_back() {
    let process = Process::new();
    let state = process.create(two_zones(ipv6(true))).await.unwrap();
    let as_it_was = process.world(|world| traces(world).len());
    process.world(|world| {
        world.subnets[0].ipv6_address_on_launch = false;
        world.subnets[2].dns64 = !world.subnets[2].dns64;
        for table in &mut world.route_tables {
            table.routes.retain(|route| route.destination != RouteDestination::ALL_IPV6);
        }
        let acl = world.network_acls.values_mut().next().unwrap();
        acl.entries.retain(|entry| entry.number != 101);
    });
    let read = process.read(state.clone()).await.unwrap().unwrap();
    let drift = read.drift.known().unwrap().clone();
    for part in
        ["::/0 of table public", "::/0 of table private/a", "DNS64", "give IPv6 addresses", "entry 101"]
    {
        assert!(drift.iter().any(|step| step.contains(part)), "{part}: {drift:?}");
    }
    let state = process.update(read, two_zones(ipv6(true))).await.unwrap();
    assert_eq!(process.world(|world| traces(world).len()), as_it_was);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

/// A network that asks for no IPv6 lets alone what others did about it.
#[tokio::test(start_paused = true)]
async fn what_others_gave_to_a_network_without_it_stays() {
    let process = Process::new();
    let state = process.create(two_zones(Value::Null)).await.unwrap();
    let cloud = process.client.network_for_change(&super::target()).await.unwrap();
    let vpc = process.world(|world| world.vpcs[0].id.clone());
    cloud.associate_ipv6_block(&vpc, None).await.unwrap();
    let block = cloud.vpc(&vpc).await.unwrap().unwrap();
    assert_eq!(block.ipv6_block.unwrap().cidr, None, "it takes a while");
    let block = cloud.vpc(&vpc).await.unwrap().unwrap().ipv6_block.unwrap().cidr.unwrap();
    let subnet = process.world(|world| world.subnets[0].id.clone());
    cloud.associate_subnet_ipv6_block(&subnet, &block.subnet(64, 99).unwrap()).await.unwrap();
    let gateway = process.world(|world| world.internet_gateways[0].id.clone());
    process.world(|world| {
        let target = RouteTarget::InternetGateway(gateway);
        let route = Route { destination: RouteDestination::ALL_IPV6, target, active: true };
        world.route_tables[0].routes.push(route);
    });
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);

    // When it is asked for, the block that a subnet has stays.
    let state = process.update(state, two_zones(ipv6(false))).await.unwrap();
    let kept = process.world(|world| world.subnets[0].ipv6_block.as_ref().unwrap().cidr);
    assert_eq!(kept, block.subnet(64, 99).unwrap());
    assert_eq!(state.ipv6_cidr.known().unwrap().0, block);
    process.delete(state).await.unwrap();
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn it_is_imported_with_the_network() {
    let process = Process::new();
    let state = process.create(with_ipv6()).await.unwrap();
    let id = state.id.known().unwrap();
    let imported = super::super::VpcResource.import(&process.call(), id).await.unwrap();
    assert_eq!(imported, Vpc { deletion_protection: Value::Known(true), ..state });
}

/// Each subnet and its table take one call more, or two.
#[tokio::test(start_paused = true)]
async fn what_it_costs() {
    let cost = async |model: Vpc| {
        let process = Process::new();
        let state = process.create(model).await.unwrap();
        let create = process.cloud.take_calls();
        process.read(state.clone()).await.unwrap();
        let read = process.cloud.take_calls().len();
        process.delete(state).await.unwrap();
        let writes = create.iter().filter(|call| is_write(call.operation)).count();
        [writes, read, process.cloud.take_calls().iter().filter(|call| is_write(call.operation)).count()]
    };
    let more = |after: [usize; 3], before: [usize; 3]| [0, 1, 2].map(|at| after[at] - before[at]);
    let plain = cost(three_zones()).await;
    // The block, the gateway, four routes, and six subnets that give addresses; one read finds the gateway; it is deleted.
    assert_eq!(more(cost(Vpc { ipv6: ipv6(false), ..three_zones() }).await, plain), [12, 1, 1]);
    // Three subnets with DNS64 and their routes.
    assert_eq!(more(cost(Vpc { ipv6: ipv6(true), ..three_zones() }).await, plain), [18, 1, 1]);
}
