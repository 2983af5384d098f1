//! Networks.

use super::*;
use crate::vpc::tests::{Process, with_everything};
use landform_cloud::network::NatGatewayState;

fn here() -> Place {
    place("123456789012", region())
}

#[tokio::test(start_paused = true)]
async fn everything_that_carries_our_tags_is_listed_and_only_what_lives() {
    let process = Process::new();
    process.create(with_everything()).await.unwrap();
    let [network] = <[_; 1]>::try_from(listed(process.client(), &here()).await).unwrap();
    assert_eq!((network.stack.as_str(), network.resource.as_str()), ("test", "vpc/main"));
    assert_eq!((network.objects.len(), network.kept), (process.parts().len(), None));
    process.world(|world| world.nat_gateways[0].state = NatGatewayState::Deleted);
    let [fewer] = <[_; 1]>::try_from(listed(process.client(), &here()).await).unwrap();
    assert_eq!(fewer.objects.len(), network.objects.len() - 1);
}

#[tokio::test(start_paused = true)]
async fn an_object_that_has_lost_a_tag_is_listed_by_the_others() {
    let process = Process::new();
    process.create(with_everything()).await.unwrap();
    process.world(|world| drop(world.subnets[0].tags.remove(RESOURCE_TAG)));
    let listed = listed(process.client(), &here()).await;
    let [strange, network] = <[_; 2]>::try_from(listed).unwrap();
    assert_eq!((strange.stack.as_str(), strange.resource.as_str()), ("test", ""));
    assert_eq!((strange.objects.len(), network.resource.as_str()), (1, "vpc/main"));
}

#[tokio::test(start_paused = true)]
async fn what_no_state_knows_is_removed_whole_and_what_others_made_stays() {
    let process = Process::new();
    process.create(with_everything()).await.unwrap();
    let foreign = process
        .world(|world| world.inventory().into_iter().filter(|it| it.ends_with(" -")).collect::<Vec<_>>());
    remove(process.client(), &here(), "other", "vpc/main").await.unwrap();
    assert!(!process.parts().is_empty(), "of another stack");
    remove(process.client(), &here(), "test", "vpc/main").await.unwrap();
    assert_eq!(listed(process.client(), &here()).await, []);
    assert_eq!(process.world(|world| world.inventory()), foreign);
}
