//! Accounts through the framework, as Terraform calls it, over the in-process cloud.

mod adopt;
mod decide;
mod failures;
mod leaving;
mod life;

use crate::client::Landform;
use landform_cloud::Cloud;
use landform_framework::Diagnostics;
use landform_framework::testing::{Instance, Terraform};
use landform_test_cloud::{InProcessCloud, is_write};
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_account";

/// An organization with a few units, in which Account Management is a trusted service.
fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    cloud.organization_world(|world| {
        world.establish();
        world.add_unit("Workloads/Prod");
        world.add_unit("Sandbox");
        world.add_unit("Suspended");
        world.trusted_services.insert("account.amazonaws.com".to_owned());
    });
    cloud
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    configured(cloud, json!({})).await
}

async fn configured(cloud: &InProcessCloud, changes: Json) -> Terraform<Landform> {
    let opened: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&opened))));
    let block = with(json!({ "region": "us-east-1", "stack": "test" }), changes);
    let diagnostics = terraform.configure(block).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// `config` with some attributes set otherwise.
fn with(config: Json, changes: Json) -> Json {
    let (Json::Object(mut config), Json::Object(changes)) = (config, changes) else { panic!("not objects") };
    config.extend(changes);
    Json::Object(config)
}

async fn apply(cloud: &InProcessCloud, account: &mut Instance, config: &Json) -> Diagnostics {
    account.apply(&process(cloud).await, &process(cloud).await, config).await
}

async fn plan(cloud: &InProcessCloud, account: &mut Instance, config: &Json) -> String {
    account.plan(&process(cloud).await, config).await.to_string()
}

async fn destroy(cloud: &InProcessCloud, account: &mut Instance) -> Diagnostics {
    account.destroy(&process(cloud).await, &process(cloud).await).await
}

/// An account that was made.
async fn made(cloud: &InProcessCloud, config: &Json) -> Instance {
    let mut account = Instance::new(TYPE);
    let diagnostics = apply(cloud, &mut account, config).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    account
}

/// The members as lines with place and state.
fn accounts(cloud: &InProcessCloud) -> Vec<String> {
    let all = cloud.organization_world(|world| world.inventory());
    let accounts = all.iter().filter_map(|line| line.strip_prefix("account "));
    accounts.filter(|line| !line.starts_with("management ")).map(str::to_owned).collect()
}

/// The writes since the last time they were taken.
fn writes(cloud: &InProcessCloud) -> Vec<&'static str> {
    cloud
        .take_calls()
        .into_iter()
        .map(|call| call.operation)
        .filter(|operation| is_write(operation))
        .collect()
}

fn state(account: &Instance, attribute: &str) -> Json {
    account.state.as_ref().unwrap()[attribute].clone()
}

/// An account with every setting.
fn payments() -> Json {
    json!({
        "name": "payments-prod",
        "email": "aws+payments-prod@example.com",
        "ou": "Workloads/Prod",
        "tags": { "team": "payments" },
        "contacts": { "security": contact("Security") },
        "opt_in_regions": ["af-south-1"],
        "deletion_protection": false,
    })
}

fn contact(name: &str) -> Json {
    json!({ "name": name, "title": "Team", "email": "team@example.com", "phone": "+1 555 0100" })
}
