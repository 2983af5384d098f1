//! `landform_guardrails` through the framework, as Terraform calls it, over the in-process cloud.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod failures;
mod life;
mod plans;
mod property;
mod refusals;

use landform_cloud::Cloud;
use landform_cloud::organizations::{Policy, TargetId};
use landform_framework::Diagnostics;
use landform_framework::testing::{Instance, Terraform};
use landform_model::guardrails::PolicyType;
use landform_resources::Landform;
use landform_test_cloud::InProcessCloud;
use landform_test_cloud::organizations::Document;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_guardrails";

/// An organization with two units of workloads, one to try things in, and five accounts.
fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("111122223333".parse().unwrap());
    cloud.organization_world(|world| {
        world.establish();
        world.turn_on(PolicyType::ResourceControlPolicy);
        for (name, path) in [
            ("shop", "Workloads/Prod"),
            ("pay", "Workloads/Prod"),
            ("shop-dev", "Workloads/NonProd"),
            ("try", "PolicyStaging"),
            ("play", "Sandbox"),
        ] {
            world.add_account(name, &format!("{name}@example.com"), path);
        }
    });
    cloud
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    configured(cloud, json!({ "region": "eu-central-1", "stack": "test" })).await
}

async fn configured(cloud: &InProcessCloud, block: Json) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(landform_resources::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(block).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// Two service control policies and a resource control policy on production.
fn workloads() -> Json {
    json!({
        "name": "workloads",
        "targets": ["Workloads/Prod"],
        "enable": ["deny-leave-organization", "region-allowlist", "rcp-https-only"],
        "parameters": any(&json!({ "allowed_regions": ["eu-central-1"] })),
    })
}

/// A value with its type, as Terraform has it where the schema names none.
fn any(value: &Json) -> Json {
    fn ty(value: &Json) -> Json {
        match value {
            Json::String(_) => json!("string"),
            Json::Number(_) => json!("number"),
            Json::Array(elements) => json!(["tuple", elements.iter().map(ty).collect::<Vec<_>>()]),
            Json::Object(entries) => {
                let each = entries.iter().map(|(name, value)| (name.clone(), ty(value)));
                json!(["object", each.collect::<serde_json::Map<_, _>>()])
            }
            other => panic!("{other} is no parameter"),
        }
    }
    json!({ "type": ty(value), "value": value })
}

/// `config` with some attributes set otherwise.
fn with(config: Json, changes: Json) -> Json {
    let (Json::Object(mut config), Json::Object(changes)) = (config, changes) else { panic!("not objects") };
    config.extend(changes);
    Json::Object(config)
}

/// The policies and what they are attached to.
fn policies(cloud: &InProcessCloud) -> Vec<String> {
    let lines = cloud.organization_world(|world| world.inventory());
    lines.into_iter().filter(|line| line.contains("_POLICY")).collect()
}

/// A set that was applied without complaint.
async fn made(cloud: &InProcessCloud, config: Json) -> Instance {
    let mut set = Instance::new(TYPE);
    let said = set.apply(&process(cloud).await, &process(cloud).await, &config).await;
    assert!(says_only_what_it_changes(&said), "{said}");
    set
}

/// Whether there is no word but that a plan changes guardrails: it is said before each apply.
fn says_only_what_it_changes(said: &Diagnostics) -> bool {
    said.iter().all(|diagnostic| diagnostic.to_string().starts_with("warning: This changes guardrails "))
}

/// Somebody attaches a service control policy of their own.
fn attach_foreign(cloud: &InProcessCloud, path: &str, name: &str) {
    cloud.organization_world(|world| {
        let number = world.policies.len();
        let policy = Policy {
            id: format!("p-foreign{number}").parse().unwrap(),
            name: name.to_owned(),
            description: String::new(),
            policy_type: PolicyType::ServiceControlPolicy,
            aws_managed: false,
        };
        let target: TargetId = world.parent_at(path).unwrap().as_str().parse().unwrap();
        world.attachments.insert((policy.id.clone(), target));
        let content =
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
        world.policies.push(Document { policy, content: content.to_owned() });
    });
}
