//! Create, change, import, delete.

use super::super::model::FlowLogs;
use super::{Process, network, three_zones, with_everything};
use landform_cloud::network::*;
use landform_framework::{Resource, Text, Value};
use landform_model::network::{EgressMode, Tier};
use landform_test_cloud::World;

#[tokio::test(start_paused = true)]
async fn a_vpc_that_is_gone_is_gone_and_one_without_tags_is_an_error() {
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    process.world(|world| world.vpcs[0].tags.clear());
    let error = process.read(state.clone()).await.unwrap_err().to_string();
    assert!(
        error.contains("no longer carries the tags") && error.contains("landform:stack = test"),
        "{error}"
    );
    process.world(|world| *world = World::default());
    assert_eq!(process.read(state).await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn adding_a_zone_and_a_tier_only_adds() {
    let process = Process::new();
    let two =
        network(&[("a", "use1-az1"), ("b", "use1-az2")], &[Tier::Public, Tier::Private], EgressMode::Zonal);
    let state = process.create(two).await.unwrap();
    let before = process.world(|world| world.inventory());
    process.cloud.take_calls();
    let more = network(
        &[("a", "use1-az1"), ("b", "use1-az2"), ("c", "use1-az4")],
        &[Tier::Public, Tier::Private, Tier::Database],
        EgressMode::Zonal,
    );
    process.update(state, more).await.unwrap();
    let after = process.world(|world| world.inventory());
    assert!(before.iter().all(|object| after.contains(object)));
    let calls = process.cloud.take_calls();
    assert!(
        !calls
            .iter()
            .any(|call| call.operation.starts_with("Delete") || call.operation.starts_with("Replace")),
        "{calls:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn tags_are_set_and_taken_back() {
    let process = Process::new();
    let tagged = |tags: &[(&str, &str)]| super::Vpc {
        tags: Value::Known(tags.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()),
        ..three_zones()
    };
    let state = process.create(tagged(&[("team", "core"), ("cost", "1")])).await.unwrap();
    let state = process.update(state, tagged(&[("team", "edge")])).await.unwrap();
    process.world(|world| {
        for subnet in &world.subnets {
            assert_eq!((subnet.tags["team"].as_str(), subnet.tags.get("cost")), ("edge", None));
        }
    });
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

#[tokio::test(start_paused = true)]
async fn tags_of_a_tier_go_with_their_block_and_those_that_others_set_stay() {
    let process = Process::new();
    let state = process.create(with_everything()).await.unwrap();
    process.world(|world| {
        for subnet in &mut world.subnets {
            let tier = subnet.tags["landform:child"].split('/').nth(1).unwrap().to_owned();
            let private = tier == "private";
            if !private && tier != "public" {
                continue;
            }
            let role = if private { "kubernetes.io/role/internal-elb" } else { "kubernetes.io/role/elb" };
            assert_eq!(
                (subnet.tags[role].as_str(), subnet.tags["kubernetes.io/cluster/prod"].as_str()),
                ("1", "shared")
            );
            assert_eq!(subnet.tags.contains_key("karpenter.sh/discovery"), private);
            assert_eq!(subnet.tags.contains_key("zone"), private);
            subnet.tags.insert("kubernetes.io/cluster/other".into(), "shared".into());
        }
    });
    process.update(state, three_zones()).await.unwrap();
    process.world(|world| {
        for subnet in &world.subnets {
            let left: Vec<&str> =
                subnet.tags.keys().map(String::as_str).filter(|key| !key.starts_with("landform:")).collect();
            assert_eq!(left, ["Name", "kubernetes.io/cluster/other"], "{subnet:?}");
        }
    });
}

/// Routes that others add stay, also where ours go; a way out by a transit gateway takes the place of NAT gateways and back.
#[tokio::test(start_paused = true)]
async fn routes_come_and_go_and_those_of_others_stay() {
    let process = Process::new();
    let state = process.create(with_everything()).await.unwrap();
    let foreign = |to: &str| Route {
        destination: to.parse().unwrap(),
        target: RouteTarget::Other("vgw-9".into()),
        active: true,
    };
    process.world(|world| {
        world.route_tables.iter_mut().for_each(|table| table.routes.push(foreign("198.51.100.0/24")));
    });
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    let others = |process: &Process| {
        process.world(|world| {
            let routes = world.route_tables.iter().flat_map(|table| &table.routes);
            let mut routes: Vec<String> = routes
                .filter(|route| matches!(route.target, RouteTarget::Other(_)))
                .map(|route| format!("{} {}", route.destination, route.target))
                .collect();
            routes.sort();
            routes.dedup();
            routes
        })
    };
    let central = super::Vpc {
        egress: network(&[], &[], EgressMode::None).egress,
        routes: Value::Known(vec![super::route("0.0.0.0/0", "tgw-1", &[Tier::Private])]),
        ..three_zones()
    };
    process.cloud.take_calls();
    let state = process.update(state, central).await.unwrap();
    let calls: Vec<&str> = process.cloud.take_calls().into_iter().map(|call| call.operation).collect();
    let place = |operation| calls.iter().rposition(|it| *it == operation).unwrap();
    let first_delete = calls.iter().position(|it| *it == "DeleteNatGateway").unwrap();
    assert!(place("ReplaceRoute") < first_delete, "{calls:?}");
    assert_eq!(others(&process), ["0.0.0.0/0 tgw-1", "198.51.100.0/24 vgw-9"]);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    let state = process.update(state, three_zones()).await.unwrap();
    assert_eq!(others(&process), ["198.51.100.0/24 vgw-9"]);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

/// AWS cannot change a flow log, and takes no second one to the same place.
#[tokio::test(start_paused = true)]
async fn a_flow_log_is_replaced_without_a_gap_where_aws_lets_it() {
    type Change = fn(&mut FlowLogs);
    let changes: [(Change, [&str; 2]); 2] = [
        (|logs| logs.aggregation_seconds = Value::Known(600), ["DeleteFlowLogs", "CreateFlowLogs"]),
        (
            |logs| logs.destination_arn = Value::Known(Text("arn:aws:s3:::archive".parse().unwrap())),
            ["CreateFlowLogs", "DeleteFlowLogs"],
        ),
    ];
    for (change, expected) in changes {
        let process = Process::new();
        let state = process.create(with_everything()).await.unwrap();
        let mut logs = with_everything().flow_logs.into_known().unwrap();
        change(&mut logs);
        let changed = super::Vpc { flow_logs: Value::Known(logs), ..with_everything() };
        process.cloud.take_calls();
        let after = process.update(state.clone(), changed).await.unwrap();
        let calls = process.cloud.take_calls().into_iter().map(|call| call.operation);
        assert_eq!(calls.filter(|it| !it.starts_with("Describe")).collect::<Vec<_>>(), expected);
        assert_ne!(after.flow_log_id, state.flow_log_id);
        assert_eq!(process.read(after.clone()).await.unwrap().unwrap(), after);
        // And back within the day that AWS remembers the token of the first one.
        let back = process.update(after, with_everything()).await.unwrap();
        assert_eq!(process.read(back.clone()).await.unwrap().unwrap(), back);
    }
}

/// AWS cannot change a set of DHCP options: the VPC has the new one before the old one goes, and keeps what others gave it.
#[tokio::test(start_paused = true)]
async fn dhcp_options_are_replaced_and_those_of_others_stay() {
    let process = Process::new();
    let state = process.create(with_everything()).await.unwrap();
    let mut options = with_everything().dhcp_options.into_known().unwrap();
    options.domain_name = Value::Null;
    let changed = super::Vpc { dhcp_options: Value::Known(options), ..with_everything() };
    let writes = async |state: super::Vpc, after: super::Vpc| {
        process.cloud.take_calls();
        let state = process.update(state, after).await.unwrap();
        assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
        let calls = process.cloud.take_calls().into_iter().map(|call| call.operation);
        (state, calls.filter(|it| landform_test_cloud::is_write(it)).collect::<Vec<_>>())
    };
    let (state, calls) = writes(state, changed).await;
    assert_eq!(calls, ["CreateDhcpOptions", "AssociateDhcpOptions", "DeleteDhcpOptions"]);
    let without = super::Vpc { dhcp_options: Value::Null, ..with_everything() };
    let (state, calls) = writes(state, without.clone()).await;
    assert_eq!(calls, ["AssociateDhcpOptions", "DeleteDhcpOptions"]);
    process.world(|world| world.vpcs[0].dhcp_options = Some("dopt-0f0e".parse().unwrap()));
    assert_eq!(writes(state, without).await.1, [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_network_that_was_laid_out_by_hand_is_imported_with_its_places() {
    let process = Process::new();
    let place = |cidr: &str| Text(cidr.parse().unwrap());
    let model = super::Vpc {
        subnet_overrides: Value::Known(
            [("private".into(), [("b".into(), place("10.0.240.0/24"))].into())].into(),
        ),
        deletion_protection: Value::Known(true),
        ..three_zones()
    };
    let state = process.create(model).await.unwrap();
    let id = state.id.known().unwrap();
    let state = process.read(state.clone()).await.unwrap().unwrap();
    assert_eq!(
        super::VpcResource.import(&process.call(), id).await.unwrap().subnet_overrides,
        state.subnet_overrides
    );
    assert_eq!(super::VpcResource.import(&process.call(), id).await.unwrap().drift, Value::Known(vec![]));
}

/// A route table of somebody else that leads to our endpoint is theirs.
#[tokio::test(start_paused = true)]
async fn a_foreign_route_table_of_an_endpoint_is_left_alone() {
    let process = Process::new();
    let state = process.create(with_everything()).await.unwrap();
    process.world(|world| {
        for endpoint in &mut world.vpc_endpoints {
            endpoint.route_tables.push("rtb-0f0e".parse().unwrap());
        }
    });
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

#[tokio::test(start_paused = true)]
async fn a_blocked_delete_names_the_blocker() {
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    process.world(|world| {
        let subnet = world.subnets[0].id.clone();
        world.interfaces.push(NetworkInterface {
            id: "eni-1".into(),
            subnet: Some(subnet),
            description: "ELB app/web/0a1b".into(),
            kind: "interface".into(),
            requester: Some("amazon-elb".into()),
            instance: None,
            in_use: true,
            tags: [].into(),
        });
    });
    let error = process.delete(state.clone()).await.unwrap_err().to_string();
    assert!(error.contains("eni-1 in subnet-") && error.contains("load balancer app/web/0a1b"), "{error}");
    process.world(|world| world.interfaces.clear());
    process.delete(state).await.unwrap();
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_network_is_imported_whole_and_only_from_its_own_stack() {
    let process = Process::new();
    let state = process.create(with_everything()).await.unwrap();
    let id = state.id.known().unwrap().clone();
    for text in [id.clone(), format!("123456789012/us-east-1/{id}")] {
        let imported = super::VpcResource.import(&process.call(), &text).await.unwrap();
        let protected = super::Vpc { deletion_protection: Value::Known(true), ..state.clone() };
        assert_eq!(
            imported, protected,
            "what is imported is protected until the configuration says otherwise"
        );
    }
    for (text, expected) in [
        ("vpc-0000dead", "There is no VPC vpc-0000dead"),
        ("subnet-1", "is not the id of a VPC"),
        ("a/b/vpc-1", "Write the id of a VPC"),
    ] {
        let error = super::VpcResource.import(&process.call(), text).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    process.world(|world| drop(world.vpcs[0].tags.insert("landform:stack".into(), "other".into())));
    let error = super::VpcResource.import(&process.call(), &id).await.unwrap_err().to_string();
    assert!(error.contains("is not a network of this stack"), "{error}");
}

/// A part that goes and comes back with other tags within a day: a token that had the first tags would be refused.
#[tokio::test(start_paused = true)]
async fn parts_come_back_with_other_tags() {
    let process = Process::new();
    let tagged = |tags: &[(&str, &str)], model: super::Vpc| super::Vpc {
        tags: Value::Known(tags.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()),
        ..model
    };
    let mut state = process.create(tagged(&[("team", "core")], with_everything())).await.unwrap();
    let bare = super::Vpc { egress: network(&[], &[], EgressMode::None).egress, ..three_zones() };
    for model in [bare.clone(), tagged(&[("team", "edge")], with_everything()), bare, with_everything()] {
        state = process.update(state, model).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    }
}
