//! The tree through the framework, as Terraform calls it, over the in-process cloud.

mod failures;
mod import;
mod life;
mod refusals;

use crate::client::Landform;
use landform_cloud::Cloud;
use landform_framework::Diagnostics;
use landform_framework::testing::{Instance, Terraform};
use landform_test_cloud::InProcessCloud;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_organizational_units";

/// An organization with nothing in it.
fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    cloud.organization_world(landform_test_cloud::OrganizationWorld::establish);
    cloud
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    configured(cloud, json!({ "region": "us-east-1", "stack": "test" })).await
}

async fn configured(cloud: &InProcessCloud, block: Json) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(block).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

async fn apply(cloud: &InProcessCloud, units: &mut Instance, config: &Json) -> Diagnostics {
    units.apply(&process(cloud).await, &process(cloud).await, config).await
}

async fn plan(cloud: &InProcessCloud, units: &mut Instance, config: &Json) -> String {
    units.plan(&process(cloud).await, config).await.to_string()
}

/// A tree that was made.
async fn made(cloud: &InProcessCloud, config: &Json) -> Instance {
    let mut units = Instance::new(TYPE);
    let diagnostics = apply(cloud, &mut units, config).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    units
}

/// The units that exist, by path.
fn units(cloud: &InProcessCloud) -> Vec<String> {
    let all = cloud.organization_world(|world| world.inventory());
    all.iter().filter_map(|line| line.strip_prefix("unit ")).map(str::to_owned).collect()
}

/// Two levels, with tags.
fn workloads() -> Json {
    json!({
        "units": { "Security": {}, "Workloads/Prod": { "tags": { "data": "pci" } }, "Workloads/Dev": {} },
        "tags": { "team": "platform" },
    })
}
