//! `landform_vpc` as a subject of the simulation.

mod configurations;
mod expected;
mod foreign;
mod objects;
mod people;

use crate::subject::{Changed, Configuration, Object, Part, Subject};
use landform_cloud::Target;
use landform_model::ownership::{Owner, ResourceKind};
use landform_test_cloud::{InProcessCloud, Quotas, World};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Networks.
pub struct Networks {
    configurations: Vec<Configuration>,
    foreign: World,
}

impl Networks {
    /// Networks of every kind, in an account in which others have networks, too.
    pub fn new() -> Self {
        let configurations = configurations::all();
        let foreign = foreign::world(&configurations);
        Self { configurations, foreign }
    }
}

impl Default for Networks {
    fn default() -> Self {
        Self::new()
    }
}

/// The account and region of every network.
fn target() -> Target {
    match ("123456789012".parse(), "us-east-1".parse()) {
        (Ok(account), Ok(region)) => Target { account, region },
        _ => panic!("the account and the region are valid"),
    }
}

/// The network `main` of a stack.
fn owner(stack: &str) -> Owner {
    match (stack.parse(), "main".parse()) {
        (Ok(stack), Ok(name)) => Owner { stack, kind: ResourceKind::VPC, name },
        _ => panic!("the stack {stack} and the name are valid"),
    }
}

#[async_trait::async_trait]
impl Subject for Networks {
    fn type_name(&self) -> &'static str {
        "landform_vpc"
    }

    fn target(&self) -> Target {
        target()
    }

    fn owner(&self) -> Owner {
        owner("test")
    }

    fn configurations(&self) -> &[Configuration] {
        &self.configurations
    }

    fn expected(&self, configuration: &Json) -> BTreeSet<Part> {
        expected::parts(configuration)
    }

    fn objects(&self, world: &World) -> Vec<Object> {
        objects::all(world)
    }

    fn replaceable(&self, object: &Object, configuration: &Json) -> bool {
        objects::replaceable(object, configuration)
    }

    fn empty_world(&self) -> World {
        self.foreign.clone()
    }

    fn make_scarce(&self, world: &mut World, which: usize) {
        let others = objects::all(world).iter().filter(|object| object.part(&self.owner()).is_none()).count();
        match which % 4 {
            0 => world.quotas.vpcs = Some(world.vpcs.len()),
            1 => world.quotas.addresses = Some(world.addresses.len()),
            2 => world.quotas.addresses = Some(others.min(world.addresses.len()) + 1),
            _ => world.quotas.nat_gateways_per_zone = Some(0),
        }
    }

    fn fail_later(&self, world: &mut World) {
        world.nat_gateway_failure = Some("Internal error".into());
    }

    fn slow_down(&self, world: &mut World, looks: u32) {
        world.nat_gateway_pending_looks = looks;
    }

    fn calm(&self, world: &mut World) {
        world.quotas = Quotas::default();
        world.nat_gateway_failure = None;
        world.nat_gateway_pending_looks = 0;
    }

    fn changes(&self) -> &'static [&'static str] {
        people::CHANGES
    }

    async fn change(&self, cloud: &InProcessCloud, name: &str, pick: usize) -> Changed {
        people::change(cloud, &self.owner(), name, pick).await
    }
}
