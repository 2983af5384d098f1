//! A network that others made - laid out as terraform-aws-modules/vpc does it - is taken in as it is.

use super::{TYPE, cloud, process, target};
use landform_cloud::id::{RouteTableId, SubnetId, VpcId};
use landform_cloud::network::{Direction, DnsAttribute, NatGateway, RouteTarget};
use landform_cloud::{Cloud, ErrorKind, Network, Tags};
use landform_framework::testing::{Instance, to_json};
use landform_test_cloud::{Fault, InProcessCloud, When, is_write};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::sync::Arc;

const ZONES: [&str; 3] = ["use1-az1", "use1-az2", "use1-az4"];

struct ByHand {
    network: Arc<dyn Network>,
    vpc: VpcId,
}

fn name(name: &str) -> Tags {
    Tags::from([("Name".to_owned(), name.to_owned()), ("Terraform".to_owned(), "true".to_owned())])
}

impl ByHand {
    async fn subnet(&self, cidr: &str, zone: &str, called: &str) -> SubnetId {
        let (cidr, zone) = (cidr.parse().unwrap(), zone.parse().unwrap());
        self.network.create_subnet(&self.vpc, &cidr, None, &zone, &name(called)).await.unwrap().id
    }

    async fn table(&self, called: &str, exit: Option<RouteTarget>, subnets: &[&SubnetId]) -> RouteTableId {
        let table = self.network.create_route_table(&self.vpc, &name(called), called).await.unwrap().id;
        if let Some(exit) = exit {
            self.network.create_route(&table, &"0.0.0.0/0".parse().unwrap(), &exit).await.unwrap();
        }
        for subnet in subnets {
            self.network.associate_route_table(&table, subnet).await.unwrap();
        }
        table
    }
}

/// A VPC as the module makes it with public, private and database subnets; one NAT gateway in each zone, or one for all, with one
/// private route table then.
async fn by_hand(cloud: &InProcessCloud, gateways: usize) -> ByHand {
    let network = cloud.network(&target()).await.unwrap();
    let vpc = network.create_vpc(&"10.0.0.0/16".parse().unwrap(), None, &name("shop-vpc")).await.unwrap().id;
    network.set_dns_attribute(&vpc, DnsAttribute::Hostnames, true).await.unwrap();
    let groups = network.default_security_groups(std::slice::from_ref(&vpc)).await.unwrap();
    let group = &groups[&vpc];
    network.revoke_rules(&group.id, Direction::Ingress, &group.ingress).await.unwrap();
    network.revoke_rules(&group.id, Direction::Egress, &group.egress).await.unwrap();
    let hand = ByHand { network, vpc };
    let gateway = hand.network.create_internet_gateway(&name("shop-vpc")).await.unwrap().id;
    hand.network.attach_internet_gateway(&gateway, &hand.vpc).await.unwrap();
    let (mut public, mut private, mut database) = (vec![], vec![], vec![]);
    for (number, zone) in ZONES.iter().enumerate() {
        private.push(hand.subnet(&format!("10.0.{}.0/24", number + 1), zone, "shop-private").await);
        public.push(hand.subnet(&format!("10.0.{}.0/24", number + 101), zone, "shop-public").await);
        database.push(hand.subnet(&format!("10.0.{}.0/24", number + 201), zone, "shop-database").await);
    }
    let exit = RouteTarget::InternetGateway(gateway);
    hand.table("shop-public", Some(exit), &public.iter().collect::<Vec<_>>()).await;
    let mut exits = Vec::new();
    // A single gateway of the module stands in the first zone of its list, whatever its id.
    for number in if gateways == 1 { 1..2 } else { 0..gateways } {
        let address = hand.network.allocate_address(&name("shop")).await.unwrap().id;
        let (subnet, token) = (&public[number], format!("by hand {number}"));
        let made = hand.network.create_nat_gateway(subnet, &address, &name("shop"), &token).await.unwrap();
        exits.push(RouteTarget::NatGateway(made.id));
    }
    hand.network.nat_gateways(&Tags::new()).await.unwrap();
    match exits.as_slice() {
        [exit] => {
            hand.table("shop-private", Some(exit.clone()), &private.iter().collect::<Vec<_>>()).await;
        }
        exits => {
            for (number, exit) in exits.iter().enumerate() {
                hand.table(&format!("shop-private-{number}"), Some(exit.clone()), &[&private[number]]).await;
            }
        }
    }
    hand.table("shop-database", None, &database.iter().collect::<Vec<_>>()).await;
    cloud.take_calls();
    hand
}

/// The ids of everything that exists.
fn ids(cloud: &InProcessCloud) -> BTreeSet<String> {
    let lines = cloud.world(&target(), |world| world.inventory());
    lines.iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}

/// The imported network, and the configuration that Terraform writes for it.
async fn imported(cloud: &InProcessCloud, vpc: &VpcId) -> (Instance, Json) {
    let terraform = process(cloud).await;
    let imported = terraform.import(TYPE, &format!("{vpc}/shop")).await;
    assert!(!imported.diagnostics.has_errors(), "{}", imported.diagnostics);
    let (config, diagnostics) = terraform.generate_config(TYPE, &imported.state).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    (Instance { state: Some(to_json(&imported.state)), ..Instance::new(TYPE) }, to_json(&config))
}

async fn apply(cloud: &InProcessCloud, network: &mut Instance, config: &Json) -> Vec<&'static str> {
    cloud.take_calls();
    let applied = network.apply(&process(cloud).await, &process(cloud).await, config).await;
    assert!(!applied.has_errors(), "{applied}");
    let calls = cloud.take_calls().into_iter().map(|call| call.operation);
    calls.filter(|operation| is_write(operation)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_vpc_of_the_module_is_imported_and_the_plan_changes_nothing_but_tags() {
    let cloud = cloud();
    let hand = by_hand(&cloud, 3).await;
    // A private NAT gateway of somebody's is no part of the network.
    cloud.world(&target(), |world| {
        let private = world.subnets.iter().find(|subnet| subnet.tags["Name"] == "shop-private").unwrap();
        let other = NatGateway {
            id: "nat-0f0e".parse().unwrap(),
            subnet: Some(private.id.clone()),
            allocation: None,
            public_ip: None,
            ..world.nat_gateways[0].clone()
        };
        world.nat_gateways.push(other);
    });
    let before = ids(&cloud);
    let (mut network, config) = imported(&cloud, &hand.vpc).await;
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)), "an import changes nothing");
    let state = network.state.clone().unwrap();
    assert_eq!(state["status"], "adopted");
    assert_eq!(state["subnets"]["private"]["b"]["cidr"], "10.0.2.0/24");
    assert_eq!(config["egress"]["eip_allocation_ids"].as_object().unwrap().len(), 3);
    let drift: Vec<&str> =
        state["drift"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    assert!(drift.iter().all(|step| step.starts_with("set tags of ")), "{drift:#?}");
    let plan = network.plan(&process(&cloud).await, &config).await.to_string();
    let lines: Vec<&str> = plan.lines().map(|line| line.get(..40).unwrap_or(line)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    update
    ~ drift = ["set tags of VPC: Name, landf
    ~ status = "adopted" -> "ready"
    "#);
    let calls = apply(&cloud, &mut network, &config).await;
    assert!(calls.iter().all(|call| *call == "CreateTags"), "{calls:?}");
    assert_eq!(ids(&cloud), before);
    assert_eq!(network.plan(&process(&cloud).await, &config).await.to_string(), "no change");
    assert_eq!(network.state.as_ref().unwrap()["status"], "ready");
    // The addresses stay the user's, and what others tagged stays tagged.
    cloud.world(&target(), |world| {
        assert!(world.addresses.iter().all(|address| !address.tags.contains_key("landform:stack")));
        assert!(world.subnets.iter().all(|subnet| subnet.tags["Terraform"] == "true"));
    });
}

/// The subnets of zones without a table of their own move to one that leads where the shared one does.
#[tokio::test(start_paused = true)]
async fn a_shared_private_table_becomes_one_for_each_zone() {
    let cloud = cloud();
    let hand = by_hand(&cloud, 1).await;
    let before = ids(&cloud);
    let (mut network, config) = imported(&cloud, &hand.vpc).await;
    // The letters begin with the zone of the gateway.
    assert_eq!(config["azs"]["a"], ZONES[1]);
    assert_eq!(config["egress"]["mode"], "single_nat");
    let calls = apply(&cloud, &mut network, &config).await;
    let count = |operation| calls.iter().filter(|call| **call == operation).count();
    assert_eq!(count("CreateRouteTable"), 2);
    assert_eq!(count("ReplaceRouteTableAssociation"), 2);
    assert_eq!(calls.iter().filter(|call| call.starts_with("Delete")).count(), 0, "{calls:?}");
    let last_route = calls.iter().rposition(|call| *call == "CreateRoute").unwrap();
    assert!(last_route < calls.iter().position(|call| *call == "ReplaceRouteTableAssociation").unwrap());
    assert!(ids(&cloud).is_superset(&before));
    assert_eq!(network.plan(&process(&cloud).await, &config).await.to_string(), "no change");
}

/// Tiers of the module that Landform has no word for are the network's own.
#[tokio::test(start_paused = true)]
async fn a_tier_of_the_modules_own_becomes_one_of_the_networks() {
    let cloud = cloud();
    let hand = by_hand(&cloud, 3).await;
    let mut subnets = Vec::new();
    for (number, zone) in ZONES.iter().enumerate() {
        subnets.push(hand.subnet(&format!("10.0.{}.0/24", number + 31), zone, "shop-elasticache").await);
    }
    hand.table("shop-elasticache", None, &subnets.iter().collect::<Vec<_>>()).await;
    let (mut network, config) = imported(&cloud, &hand.vpc).await;
    assert_eq!(config["subnet_overrides"]["elasticache"]["a"], "10.0.31.0/24");
    let calls = apply(&cloud, &mut network, &config).await;
    // Such a tier has a table for each zone.
    let mut rest: Vec<&str> = calls.into_iter().filter(|call| *call != "CreateTags").collect();
    rest.dedup();
    assert_eq!(rest, ["CreateRouteTable", "ReplaceRouteTableAssociation"]);
    assert_eq!(network.plan(&process(&cloud).await, &config).await.to_string(), "no change");
}

#[tokio::test(start_paused = true)]
async fn an_adoption_that_fails_at_any_write_goes_on() {
    let gateways = 1;
    let whole = cloud();
    let hand = by_hand(&whole, gateways).await;
    let (mut network, config) = imported(&whole, &hand.vpc).await;
    let writes = apply(&whole, &mut network, &config).await.len();
    let count = ids(&whole).len();
    for nth in 1..=u32::try_from(writes).unwrap() {
        for when in [When::Before, When::After] {
            let what = format!("write {nth} fails {when:?}");
            let cloud = cloud();
            let hand = by_hand(&cloud, gateways).await;
            let (mut network, config) = imported(&cloud, &hand.vpc).await;
            cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
            let failed = network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
            assert!(failed.has_errors() && !network.tainted, "{what}: {failed}");
            cloud.heal();
            let calls = apply(&cloud, &mut network, &config).await;
            assert!(calls.iter().all(|call| !call.starts_with("Delete")), "{what}: {calls:?}");
            assert_eq!(ids(&cloud).len(), count, "{what}: something was made twice");
            assert_eq!(
                network.plan(&process(&cloud).await, &config).await.to_string(),
                "no change",
                "{what}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_taken_in_is_refused_with_the_reason() {
    let cloud = cloud();
    let hand = by_hand(&cloud, 1).await;
    let import = async |id: String| process(&cloud).await.import(TYPE, &id).await.diagnostics.to_string();
    let hint = import(hand.vpc.to_string()).await;
    assert!(hint.contains(&format!("`{}/NAME`", hand.vpc)), "{hint}");
    let bad = import(format!("{}/Shop", hand.vpc)).await;
    assert!(bad.contains("Invalid import id"), "{bad}");
    let second = hand.subnet("10.0.77.0/24", ZONES[0], "shop-private-more").await;
    hand.table("shop-more", Some(RouteTarget::Other("tgw-1".into())), &[&second]).await;
    let twice = import(format!("{}/shop", hand.vpc)).await;
    assert!(twice.contains("are both private subnets in use1-az1"), "{twice}");
    cloud.world(&target(), |world| {
        world.subnets[0].tags.insert("landform:stack".into(), "other".into());
    });
    let foreign = import(format!("{}/shop", hand.vpc)).await;
    assert!(foreign.contains("belongs to another resource of Landform"), "{foreign}");
}
