//! Objects of others: what Landform must never touch.

use super::{objects, owner, target};
use crate::subject::Configuration;
use landform_cloud::Cloud;
use landform_framework::testing::{Instance, Terraform};
use landform_model::ownership::STACK_TAG;
use landform_test_cloud::{InProcessCloud, World};
use serde_json::json;
use std::sync::Arc;

/// How many ids are used up before, so that those of others and ours are never the same.
const IDS: usize = 20_000;

/// Of every kind one object without tags, and a network that is like ours in all but the stack.
///
/// The twin is made by the provider itself, so it has everything that networks have.
pub(super) fn world(configurations: &[Configuration]) -> World {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    match runtime {
        Ok(runtime) => runtime.block_on(make(configurations)),
        Err(error) => panic!("there is no runtime: {error}"),
    }
}

async fn make(configurations: &[Configuration]) -> World {
    let cloud = InProcessCloud::new(target().account);
    use_up_ids(&cloud).await;
    let ports: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(landform_resources::provider(move |_| Ok(Arc::clone(&ports))));
    let block = json!({ "region": target().region.to_string(), "stack": "other" });
    let mut errors = terraform.configure(block).await;
    for configuration in configurations.iter().filter(|it| it.name == "everything") {
        let mut instance = Instance::new("landform_vpc");
        errors.extend(instance.apply(&terraform, &terraform, &configuration.attributes).await);
    }
    assert!(!errors.has_errors(), "the twin is not made: {errors}");
    cloud.world(&target(), |world| {
        add_untagged(world);
        let twins = objects::all(world).iter().filter(|it| it.part(&owner("other")).is_some()).count();
        assert!(twins > 10, "the twin has {twins} objects with the tag {STACK_TAG}");
        world.clone()
    })
}

async fn use_up_ids(cloud: &InProcessCloud) {
    let network = match cloud.network(&target()).await {
        Ok(network) => network,
        Err(error) => panic!("the in-process cloud has a network port: {error}"),
    };
    for _ in 0..IDS {
        if let Ok(address) = network.allocate_address(&[].into()).await {
            let _ = network.release_address(&address.id).await;
        }
    }
    cloud.take_calls();
}

/// The first object of every kind once more, without tags and under another id.
fn add_untagged(world: &mut World) {
    macro_rules! again {
        ($($list:ident $id:literal),*) => {
            $(if let (Some(first), Ok(id)) = (world.$list.first(), concat!($id, "-0f0e19f0").parse()) {
                let mut untagged = first.clone();
                (untagged.id, untagged.tags) = (id, [].into());
                world.$list.push(untagged);
            })*
        };
    }
    again!(
        vpcs "vpc", subnets "subnet", internet_gateways "igw", addresses "eipalloc", nat_gateways "nat",
        route_tables "rtb", vpc_endpoints "vpce", dhcp_options "dopt", flow_logs "fl"
    );
    if let Some(vpc) = world.vpcs.last().map(|vpc| vpc.id.to_string()) {
        let template = world.vpcs[0].id.to_string();
        let dns = world.dns.get(&template).copied();
        dns.map(|dns| world.dns.insert(vpc.clone(), dns));
        let group = world.security_groups.get(&template).cloned();
        group.map(|group| world.security_groups.insert(vpc.clone(), group));
        let acl = world.network_acls.get(&template).cloned();
        acl.map(|acl| world.network_acls.insert(vpc, acl));
    }
    for address in &mut world.addresses {
        address.associated = true;
    }
}
