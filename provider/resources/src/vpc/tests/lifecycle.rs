//! Create, drift, heal, update, delete; and what each costs.

use super::super::model::FlowLogs;
use super::{Process, network, three_zones, with_everything};
use landform_cloud::network::*;
use landform_framework::{Resource, Text, Value};
use landform_model::PolicyJson;
use landform_model::network::{EgressMode, Tier};
use landform_test_cloud::{Call, World};

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
    let features: [(&str, Feature, [isize; 3]); 13] = [
        ("nothing", |_| (), [0, 0, 0]),
        // Each is made by one call; one read finds both; each is deleted, and looked at once more.
        (
            "two gateway endpoints",
            |model| model.gateway_endpoints = with_everything().gateway_endpoints,
            [2, 1, 5],
        ),
        ("DHCP options", |model| model.dhcp_options = with_everything().dhcp_options, [2, 1, 1]),
        // A group and its rules, in and out; each endpoint is made and looked at until it works; each is deleted and looked at.
        (
            "two interface endpoints",
            |model| model.interface_endpoints = with_everything().interface_endpoints,
            [7, 2, 6],
        ),
        // One for each table: four of one, three of the other.
        ("two routes", |model| model.routes = with_everything().routes, [7, 0, 0]),
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
        ("a tier", |model| model.custom_tiers = with_everything().custom_tiers, [12, 0, 9]),
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
    assert_eq!(cost(with_everything()).await, [plain[0] + 57, plain[1] + 4, plain[2] + 29]);
}

/// What someone does behind Terraform's back, and the drift it shows.
#[tokio::test(start_paused = true)]
async fn drift_is_told_step_by_step_and_healed() {
    type Breakage = fn(&mut World);
    let breakages: &[(&str, Breakage, &[&str])] = &[
        ("a route is removed", |world| world.route_tables[0].routes.clear(), &["route 0.0.0.0/0 of table"]),
        (
            "a route is pointed elsewhere",
            |world| {
                let mut routes = world.route_tables.iter_mut().flat_map(|table| &mut table.routes);
                let route = routes.find(|route| matches!(route.target, RouteTarget::NatGateway(_))).unwrap();
                route.target = RouteTarget::Other("eni-1".into());
            },
            &["route 0.0.0.0/0 of table"],
        ),
        (
            "a subnet is taken from its table",
            |world| drop(world.route_tables[1].associations.pop()),
            &["put subnet", "under route table"],
        ),
        (
            "a tag is removed",
            |world| drop(world.subnets[2].tags.remove("Name")),
            &["set tags of subnet", "Name"],
        ),
        (
            "DNS hostnames are switched off",
            |world| world.dns.values_mut().for_each(|dns| dns.hostnames = false),
            &["switch DNS hostnames on"],
        ),
        (
            "the default security group is opened",
            |world| {
                let rule = SecurityGroupRule {
                    protocol: "tcp".into(),
                    from_port: Some(22),
                    to_port: Some(22),
                    cidrs: vec!["0.0.0.0/0".into()],
                    groups: vec![],
                    prefix_lists: vec![],
                };
                world.security_groups.values_mut().for_each(|group| group.ingress.push(rule.clone()));
            },
            &["remove all rules of the default security group"],
        ),
        (
            "the default network ACL is changed",
            |world| {
                let entry = NetworkAclEntry {
                    direction: Direction::Ingress,
                    number: 50,
                    allow: false,
                    protocol: "-1".into(),
                    cidr: "10.9.0.0/16".into(),
                    ports: None,
                };
                world.network_acls.values_mut().for_each(|acl| acl.entries.push(entry.clone()));
            },
            &["remove ingress entry 50 of the default network ACL"],
        ),
        (
            "the internet gateway is detached",
            |world| {
                world.internet_gateways[0].vpc = None;
                for route in world.route_tables.iter_mut().flat_map(|table| &mut table.routes) {
                    if matches!(route.target, RouteTarget::InternetGateway(_)) {
                        route.active = false;
                    }
                }
            },
            &["attach internet gateway", "route 0.0.0.0/0 of table public to the internet gateway"],
        ),
        (
            "the policy of an endpoint is opened",
            |world| {
                world.vpc_endpoints.iter_mut().for_each(|it| it.policy = Some(PolicyJson::full_access()));
            },
            &["change gateway endpoint s3: set its policy"],
        ),
        (
            "an endpoint is taken from a route table and led to by another",
            |world| {
                let gone =
                    world.vpc_endpoints.iter_mut().find(|it| it.service.ends_with("dynamodb")).unwrap();
                gone.route_tables.pop();
                gone.route_tables.push(world.route_tables[0].id.clone());
            },
            &["change gateway endpoint dynamodb: add route table private/", "take route table rtb-"],
        ),
        (
            "an endpoint is deleted",
            |world| world.vpc_endpoints.retain(|it| !it.service.ends_with("s3")),
            &["create gateway endpoint s3"],
        ),
        (
            "an interface endpoint is deleted",
            |world| world.vpc_endpoints.retain(|it| !it.service.ends_with("ssm")),
            &["create interface endpoint ssm"],
        ),
        (
            "an interface endpoint has failed",
            |world| {
                let failed = world.vpc_endpoints.iter_mut().find(|it| it.service.ends_with("ecr.api"));
                failed.unwrap().state = VpcEndpointState::Failed;
            },
            &["delete VPC endpoint vpce-", "create interface endpoint ecr.api"],
        ),
        (
            "an interface endpoint is changed",
            |world| {
                let it = world.vpc_endpoints.iter_mut().find(|it| it.service.ends_with("ecr.api")).unwrap();
                it.subnets.pop();
                it.security_groups.clear();
                it.private_dns = true;
                it.policy = None;
            },
            &[
                "change interface endpoint ecr.api: set its policy, add subnet private/c, add security group sg-0f0e, switch private DNS off",
            ],
        ),
        (
            "the group of the endpoints is opened",
            |world| {
                for group in world.own_security_groups.values_mut() {
                    let rule =
                        SecurityGroupRule { cidrs: vec!["0.0.0.0/0".into()], ..group.ingress[0].clone() };
                    group.egress.push(rule.clone());
                    group.ingress = vec![rule];
                }
            },
            &["set the rules of the security group of the endpoints"],
        ),
        (
            "the group of the endpoints is deleted",
            |world| {
                world.own_security_groups.clear();
                let it = world.vpc_endpoints.iter_mut().find(|it| it.service.ends_with("ssm")).unwrap();
                it.security_groups.clear();
            },
            &[
                "create security group of the endpoints",
                "change interface endpoint ssm: add the security group",
            ],
        ),
        (
            "a route table is deleted",
            |world| {
                let last = |table: &RouteTable| table.tags["Name"] == "main-private-c";
                let gone = world.route_tables.iter().position(last).unwrap();
                let gone = world.route_tables.remove(gone);
                for endpoint in &mut world.vpc_endpoints {
                    endpoint.route_tables.retain(|table| *table != gone.id);
                }
            },
            &["create route table private/c", "change gateway endpoint s3: add route table private/c"],
        ),
        (
            "an endpoint has failed",
            |world| world.vpc_endpoints[0].state = VpcEndpointState::Failed,
            &["delete VPC endpoint vpce-", "create gateway endpoint"],
        ),
        (
            "a route of the user's is pointed elsewhere",
            |world| {
                let mut routes = world.route_tables.iter_mut().flat_map(|table| &mut table.routes);
                let route = routes.find(|it| it.target == RouteTarget::Other("pcx-1".into())).unwrap();
                route.target = RouteTarget::Other("eni-1".into());
            },
            &["route 192.168.0.0/16 of table private/", "to pcx-1"],
        ),
        (
            "the VPC is given other DHCP options",
            |world| world.vpcs[0].dhcp_options = None,
            &["give the VPC its set of DHCP options"],
        ),
        (
            "the DHCP options are deleted",
            |world| {
                world.vpcs[0].dhcp_options = None;
                world.dhcp_options.clear();
            },
            &["create set of DHCP options", "give the VPC its set of DHCP options"],
        ),
        ("the flow log is deleted", |world| world.flow_logs.clear(), &["create flow log"]),
        (
            "public addresses are switched off",
            |world| world.subnets.iter_mut().for_each(|it| it.public_ip_on_launch = false),
            &["give public addresses in subnet public/a"],
        ),
        (
            "a tag of Kubernetes is removed",
            |world| {
                for subnet in &mut world.subnets {
                    subnet.tags.remove("kubernetes.io/role/elb");
                }
            },
            &["set tags of subnet public/a: kubernetes.io/role/elb"],
        ),
        (
            "a private subnet is deleted",
            |world| {
                let gone =
                    world.subnets.iter().position(|subnet| subnet.tags["Name"] == "main-private-b").unwrap();
                let gone = world.subnets.remove(gone);
                world
                    .route_tables
                    .iter_mut()
                    .for_each(|table| table.associations.retain(|it| it.subnet != gone.id));
            },
            &[
                "create subnet private/b (10.0.32.0/19, use1-az2)",
                "put subnet private/b under route table private/b",
            ],
        ),
    ];
    for (what, breakage, expected) in breakages {
        let process = Process::new();
        let state = process.create(with_everything()).await.unwrap();
        process.world(breakage);
        let drifted = process.read(state.clone()).await.unwrap().unwrap();
        assert_eq!(drifted.status, Value::Known("drifted".into()), "{what}");
        let drift = drifted.drift.known().unwrap().join("\n");
        assert!(expected.iter().all(|part| drift.contains(part)), "{what}: {drift}");
        process.update(drifted, with_everything()).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        let healed = process.read(state.clone()).await.unwrap().unwrap();
        assert_eq!(
            (healed.status, healed.drift),
            (Value::Known("ready".into()), Value::Known(vec![])),
            "{what}"
        );
    }
}

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
