//! The organization through the framework, as Terraform calls it, over the in-process cloud.

mod decide;
mod failures;
mod life;
mod shared;

use crate::client::Landform;
use landform_cloud::Cloud;
use landform_framework::Diagnostics;
use landform_framework::testing::{Instance, Terraform};
use landform_test_cloud::InProcessCloud;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_organization";

/// An account without an organization.
fn cloud() -> InProcessCloud {
    InProcessCloud::new("123456789012".parse().unwrap())
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(json!({ "region": "us-east-1", "stack": "test" })).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

async fn apply(cloud: &InProcessCloud, it: &mut Instance, config: &Json) -> Diagnostics {
    it.apply(&process(cloud).await, &process(cloud).await, config).await
}

async fn plan(cloud: &InProcessCloud, it: &mut Instance, config: &Json) -> String {
    it.plan(&process(cloud).await, config).await.to_string()
}

/// Everything at once.
fn whole(administrator: &str) -> Json {
    json!({
        "policy_types": ["SERVICE_CONTROL_POLICY", "TAG_POLICY", "SECURITYHUB_POLICY"],
        "trusted_services": ["sso.amazonaws.com"],
        "delegated_administrators": { "config.amazonaws.com": administrator },
    })
}

/// What is on, in words.
fn on(cloud: &InProcessCloud) -> Vec<String> {
    cloud.organization_world(|world| {
        let types = world.root.iter().flat_map(|it| it.policy_types.iter());
        let mut all: Vec<String> = types.map(|(it, status)| format!("{it} {status:?}")).collect();
        all.extend(world.trusted_services.iter().cloned());
        all.extend(world.root_access.iter().map(|it| format!("{it:?}")));
        all.extend(world.delegated.iter().map(|(account, service)| format!("{account} {service}")));
        all.sort();
        all
    })
}
