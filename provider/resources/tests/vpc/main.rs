//! `landform_vpc` through the framework, as Terraform calls it, over the in-process cloud.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod adopt;
mod cautions;
mod flow_logs;
mod kills;
mod left_behind;
mod list;
mod many;
mod plans;
mod refusals;
mod tiers;

use landform_cloud::{Cloud, Target};
use landform_framework::testing::Terraform;
use landform_resources::Landform;
use landform_test_cloud::InProcessCloud;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_vpc";

fn cloud() -> InProcessCloud {
    InProcessCloud::new("123456789012".parse().unwrap())
}

fn target() -> Target {
    Target { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    configured(cloud, json!({ "region": "us-east-1", "stack": "test" })).await
}

async fn configured(cloud: &InProcessCloud, block: Json) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(landform_resources::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(block).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// Two zones with one NAT gateway.
fn two_zones() -> Json {
    json!({
        "name": "main",
        "cidr": "10.0.0.0/16",
        "azs": { "a": "use1-az1", "b": "use1-az2" },
        "egress": { "mode": "single_nat" },
        "deletion_protection": false,
    })
}

/// `config` with some attributes set otherwise.
fn with(config: Json, changes: Json) -> Json {
    let (Json::Object(mut config), Json::Object(changes)) = (config, changes) else { panic!("not objects") };
    config.extend(changes);
    Json::Object(config)
}
