//! Interface endpoints: made, changed in place, gone before their subnets.

use super::decide::{seen, steps};
use super::order::{desired, rounds};
use super::{Process, Vpc, interface_endpoint, network, three_zones};
use crate::vpc::decide::decide;
use crate::vpc::model::InterfaceEndpoint;
use crate::vpc::seen::Seen;
use landform_cloud::network::VpcEndpointState;
use landform_framework::{Text, Value};
use landform_model::network::{AnyTier, EgressMode, Tier};

fn with(endpoints: &[(&str, InterfaceEndpoint)]) -> Vpc {
    let endpoints = endpoints.iter().map(|(name, endpoint)| ((*name).to_owned(), endpoint.clone()));
    Vpc { interface_endpoints: Value::Known(endpoints.collect()), ..three_zones() }
}

fn ssm() -> InterfaceEndpoint {
    interface_endpoint(None, true, &[])
}

fn of_endpoints(text: &str) -> String {
    let words = ["endpoint", "security group", "DNS", "subnet"];
    let lines = text.lines().filter(|line| words.iter().any(|word| line.contains(word)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_group_and_the_subnets_are_there_first() {
    let process = Process::new();
    let model = Vpc {
        azs: network(&[("a", "use1-az1")], &[], EgressMode::None).azs,
        egress: network(&[], &[], EgressMode::None).egress,
        ..with(&[("ssm", ssm())])
    };
    let rounds = rounds(&decide(&desired(&model, &process), &Seen::default()));
    let text: Vec<String> =
        rounds.iter().map(|steps| of_endpoints(&steps.join("\n")).replace('\n', "; ")).collect();
    insta::assert_snapshot!(text.join("\n"), @r#"

    switch DNS hostnames on; remove all rules of the default security group; create subnet public/a (10.0.128.0/22, use1-az1); create subnet private/a (10.0.0.0/19, use1-az1); create security group of the endpoints
    put subnet public/a under route table public; put subnet private/a under route table private/a; set the rules of the security group of the endpoints; create interface endpoint ssm
    "#);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_is_changed_in_place() {
    let process = Process::new();
    let state = process.create(with(&[("ssm", ssm()), ("ecr.api", ssm())])).await.unwrap();
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    assert_eq!(state.interface_endpoint_ids.known().unwrap().len(), 2);
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"ssm:*","Resource":"*"}}"#;
    let public = InterfaceEndpoint { tier: Value::Known(Text(AnyTier(Tier::Public))), ..ssm() };
    let changes = [
        interface_endpoint(Some(policy), true, &[]),
        interface_endpoint(None, false, &[]),
        interface_endpoint(None, true, &["sg-0f0e", "sg-0f0e2"]),
        public,
    ];
    let mut table = String::new();
    for change in changes {
        let after = with(&[("ssm", change), ("ecr.api", ssm())]);
        table += &steps(&process, &after, &seen(&process).await);
        table += "\n";
        let state = process.update(state.clone(), after).await.unwrap();
        assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
        process.update(state.clone(), with(&[("ssm", ssm()), ("ecr.api", ssm())])).await.unwrap();
    }
    assert_eq!(steps(&process, &with(&[("ssm", ssm()), ("ecr.api", ssm())]), &seen(&process).await), "");
    insta::assert_snapshot!(table, @r#"
    change interface endpoint ssm: set its policy
    change interface endpoint ssm: switch private DNS off
    change interface endpoint ssm: add security group sg-0f0e, add security group sg-0f0e2, take security group sg-00000018 away
    change interface endpoint ssm: add subnet public/a, add subnet public/b, add subnet public/c, take subnet subnet-0000000a away, take subnet subnet-0000000c away, take subnet subnet-0000000e away
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_zone_that_goes_leaves_the_endpoint_before_its_subnet_goes() {
    let process = Process::new();
    process.create(with(&[("ssm", ssm())])).await.unwrap();
    let less = Vpc {
        azs: network(&[("a", "use1-az1"), ("b", "use1-az2")], &[], EgressMode::None).azs,
        ..with(&[("ssm", ssm())])
    };
    let text = rounds(&decide(&desired(&less, &process), &seen(&process).await));
    let round =
        |what: &str| text.iter().position(|steps| steps.iter().any(|step| step.starts_with(what))).unwrap();
    assert!(round("change interface endpoint ssm: take subnet") < round("delete subnet"), "{text:?}");
}

/// An owner who has to accept takes as long as people do: the apply does not wait for that, and nothing is replaced.
#[tokio::test(start_paused = true)]
async fn an_endpoint_that_has_to_be_accepted_is_as_it_must_be() {
    let process = Process::new();
    let name = "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d";
    let service = with(&[(name, interface_endpoint(None, false, &[]))]);
    let state = process.create(service).await.unwrap();
    process.world(|world| world.vpc_endpoints[0].state = VpcEndpointState::PendingAcceptance);
    assert_eq!(process.world(|world| world.vpc_endpoints[0].service.clone()), name);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}
