//! What someone does behind Terraform's back, and the drift it shows.

use super::{Process, with_everything};
use landform_cloud::network::*;
use landform_framework::Value;
use landform_model::PolicyJson;
use landform_test_cloud::World;

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
