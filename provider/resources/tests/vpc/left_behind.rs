//! A VPC that somebody deleted, and what is left of its network.

use super::{TYPE, cloud, process, target, two_zones};
use landform_framework::testing::Instance;
use landform_test_cloud::{InProcessCloud, World};

fn only_addresses_are_left(cloud: &InProcessCloud) {
    cloud.world(&target(), |world| {
        let mut addresses = std::mem::take(&mut world.addresses);
        addresses.iter_mut().for_each(|it| it.associated = false);
        *world = World::default();
        world.addresses = addresses;
    });
}

#[tokio::test(start_paused = true)]
async fn addresses_that_outlive_their_vpc_are_named_and_taken_up_again() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    let config = two_zones();
    network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
    let address = network.state.as_ref().unwrap()["nat_gateways"]["a"]["allocation_id"].clone();
    only_addresses_are_left(&cloud);
    let applied = network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
    assert!(!applied.has_errors(), "{applied}");
    assert_eq!(network.state.as_ref().unwrap()["nat_gateways"]["a"]["allocation_id"], address);
    assert_eq!(cloud.world(&target(), |world| world.addresses.len()), 1);

    only_addresses_are_left(&cloud);
    let told = network.destroy(&process(&cloud).await, &process(&cloud).await).await.to_string();
    assert!(told.contains("Parts of network main are left behind"), "{told}");
    assert!(told.contains(address.as_str().unwrap()), "{told}");
    assert_eq!(network.state, None);
}

/// Somebody deleted the network, and an apply that made it anew was killed before Terraform saved its state.
#[tokio::test(start_paused = true)]
async fn a_network_that_took_the_place_of_the_one_in_state_is_taken_up() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    let config = two_zones();
    network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
    only_addresses_are_left(&cloud);
    let mut killed = network.clone();
    killed.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
    let anew = killed.state.unwrap()["id"].clone();
    assert_ne!(network.state.as_ref().unwrap()["id"], anew);

    let mut destroyed = network.clone();
    let told = destroyed.destroy(&process(&cloud).await, &process(&cloud).await).await.to_string();
    assert!(told.contains("are left behind") && told.contains(anew.as_str().unwrap()), "{told}");

    let applied = network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
    assert!(!applied.has_errors(), "{applied}");
    assert_eq!(network.state.as_ref().unwrap()["id"], anew);
    assert_eq!(cloud.world(&target(), |world| world.vpcs.len()), 1);
    assert_eq!(network.plan(&process(&cloud).await, &config).await.to_string(), "no change");
}
