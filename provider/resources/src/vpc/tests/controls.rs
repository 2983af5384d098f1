//! Network ACLs of tiers for data, exclusions from block public access, encryption controls.

use super::super::model::Ipv6;
use super::{Process, text, three_zones, with_everything};
use landform_cloud::network::{ControlState, Direction, NetworkAclEntry};
use landform_framework::{Text, Value};
use landform_model::network::{EncryptionMode, Tier};

fn with_data(network_acl: &str) -> super::Vpc {
    super::Vpc {
        tiers: Value::Known([Tier::Public, Tier::Private, Tier::Database].map(Text).into()),
        network_acl: text(network_acl),
        ..three_zones()
    }
}

/// What a subnet of tier database is under: the ACL with tags of Landform, or the VPC's.
fn acls_of_data(process: &Process) -> Vec<&'static str> {
    process.world(|world| {
        let data = world.subnets.iter().filter(|it| it.tags["landform:child"].contains("/database/"));
        let ours = |subnet| {
            let mut own = world.own_network_acls.iter().flat_map(|acl| &acl.associations);
            own.any(|it| it.subnet == subnet)
        };
        data.map(|it| if ours(it.id.clone()) { "own" } else { "default" }).collect()
    })
}

fn entries(process: &Process) -> Vec<String> {
    let text = |it: &NetworkAclEntry| format!("{:?} {} {}", it.direction, it.number, it.cidr);
    process
        .world(|world| world.own_network_acls.iter().flat_map(|acl| acl.entries.iter().map(text)).collect())
}

#[tokio::test(start_paused = true)]
async fn tiers_for_data_move_under_an_acl_and_back() {
    let process = Process::new();
    let state = process.create(with_data("open")).await.unwrap();
    assert_eq!((acls_of_data(&process), state.network_acl_id.is_null()), (vec!["default"; 3], true));

    let state = process.update(state, with_data("isolated")).await.unwrap();
    assert_eq!(acls_of_data(&process), ["own"; 3]);
    assert_eq!(entries(&process), ["Ingress 100 10.0.0.0/16", "Egress 100 10.0.0.0/16"]);
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);

    process.cloud.take_calls();
    let state = process.update(state, with_data("private")).await.unwrap();
    let calls: Vec<&str> = process.cloud.take_calls().into_iter().map(|call| call.operation).collect();
    let first_gone = calls.iter().position(|call| *call == "DeleteNetworkAclEntry").unwrap();
    let last_made = calls.iter().rposition(|call| *call == "CreateNetworkAclEntry").unwrap();
    assert!(last_made < first_gone, "what must pass passes at every moment: {calls:?}");
    assert!(!calls.contains(&"ReplaceNetworkAclAssociation"), "{calls:?}");
    assert_eq!(entries(&process).len(), 8);

    process.update(state, with_data("open")).await.unwrap();
    assert_eq!(acls_of_data(&process), ["default"; 3]);
    assert!(process.world(|world| world.own_network_acls.is_empty()));
}

#[tokio::test(start_paused = true)]
async fn a_hole_in_the_acl_is_drift_and_is_closed() {
    let process = Process::new();
    let state = process.create(with_data("isolated")).await.unwrap();
    process.world(|world| {
        let hole = NetworkAclEntry {
            direction: Direction::Ingress,
            number: 7,
            allow: true,
            protocol: "-1".into(),
            cidr: "0.0.0.0/0".into(),
            ports: None,
        };
        world.own_network_acls[0].entries.push(hole);
    });
    let seen = process.read(state.clone()).await.unwrap().unwrap();
    assert_eq!(seen.drift, Value::Known(vec!["remove ingress entry 7 of the network ACL".to_owned()]));
    process.update(seen, with_data("isolated")).await.unwrap();
    assert_eq!(entries(&process).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_network_with_an_acl_and_controls_leaves_nothing_behind() {
    let process = Process::new();
    let model = super::Vpc {
        block_public_access_exclusion: with_everything().block_public_access_exclusion,
        encryption_control: with_everything().encryption_control,
        ..with_data("isolated")
    };
    let state = process.create(model).await.unwrap();
    process.world(|world| {
        assert_eq!(world.exclusions[0].state, ControlState::Active);
        assert_eq!(world.encryption_controls[0].settings.mode, EncryptionMode::Enforce);
    });
    process.delete(state).await.unwrap();
    assert_eq!(process.parts(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_control_that_fails_is_told_in_awss_words_and_tried_again() {
    let process = Process::new();
    let state = process.create(three_zones()).await.unwrap();
    let controlled =
        || super::Vpc { encryption_control: with_everything().encryption_control, ..three_zones() };
    let reason = "an instance of an older type sends without encryption";
    process.world(|world| world.control_failure = Some(reason.into()));
    let error = process.update(state.clone(), controlled()).await.unwrap_err().to_string();
    assert!(error.contains(reason) && error.contains("set encryption control to enforce"), "{error}");
    process.world(|world| world.control_failure = None);
    let state = process.update(state, controlled()).await.unwrap();
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}

#[tokio::test(start_paused = true)]
async fn the_ipv6_block_passes_the_acl_whenever_it_comes_and_goes() {
    let process = Process::new();
    let ipv6 = Ipv6 { ipam_pool_id: Value::Null, dns64: Value::Known(false) };
    let with_ipv6 = || super::Vpc { ipv6: Value::Known(ipv6.clone()), ..with_data("isolated") };
    let allowed = |process: &Process| entries(process).iter().filter(|it| it.contains("::/56")).count();
    let state = process.create(with_ipv6()).await.unwrap();
    assert_eq!((allowed(&process), entries(&process).len()), (2, 4));
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    let state = process.update(state, with_data("isolated")).await.unwrap();
    assert_eq!((allowed(&process), entries(&process).len()), (0, 2));
    let state = process.update(state, with_ipv6()).await.unwrap();
    assert_eq!((allowed(&process), entries(&process).len()), (2, 4));
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
}
