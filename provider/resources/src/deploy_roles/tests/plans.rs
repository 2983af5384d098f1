//! What plans say, and what they refuse.
#![allow(clippy::needless_pass_by_value)]

use super::*;
use landform_cloud::ErrorKind;
use landform_framework::testing::{Instance, Terraform, plan_table};
use landform_test_cloud::{Fault, When};
use serde_json::{Value as Json, json};

fn config(trust: &Json) -> Json {
    json!({ "account_id": "123456789012", "trust": trust })
}

fn github(subjects: &Json) -> Json {
    json!({ "oidc": [{ "issuer": GITHUB, "subjects": subjects }] })
}

async fn planned(process: &Process, config: Json) -> String {
    plan_table(DeployRolesResource, Some(Arc::clone(&process.client)), [("", Json::Null, config)]).await
}

#[tokio::test(start_paused = true)]
async fn a_plan_knows_every_arn_and_policy_and_writes_nothing() {
    let process = Process::new();
    let plan = planned(&process, config(&github(&json!(["repo:acme/infra:environment:prod"])))).await;
    for known in [
        "arn:aws:iam::123456789012:role/landform-plan",
        "arn:aws:iam::123456789012:role/landform-apply",
        "arn:aws:iam::123456789012:policy/landform-deploy-boundary",
        PROVIDER,
        "sts:AssumeRoleWithWebIdentity",
    ] {
        assert!(plan.contains(known), "{known}\n{plan}");
    }
    assert_eq!(plan, planned(&process, config(&github(&json!(["repo:acme/infra:environment:prod"])))).await);
    let calls = process.cloud.take_calls();
    assert!(calls.iter().all(|call| !landform_test_cloud::is_write(call.operation)), "{calls:?}");
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_refused_at_plan_with_the_attribute_and_the_rule() {
    let process = Process::new();
    let role = "arn:aws:iam::444455556666:role/atlantis";
    for (trust, expected) in [
        (github(&json!(["repo:acme/*"])), "without `*`, `?`"),
        (github(&json!(["repo:acme/infra:pull_request"])), "Pull requests could apply"),
        (github(&json!([])), "plan role is of no use"),
        (
            json!({ "oidc": [{ "issuer": GITHUB, "subjects": ["a"], "apply_subjects": [] }] }),
            "apply role is of no use",
        ),
        (json!({ "oidc": [{ "issuer": "http://gitlab.com", "subjects": ["a"] }] }), "`https://`"),
        (json!({ "roles": ["arn:aws:iam::444455556666:root"] }), "names one role exactly"),
        (json!({ "roles": ["*"] }), "names one role exactly"),
        (
            json!({ "oidc": [{ "issuer": GITHUB, "subjects": ["a"] }], "external_id": "acme" }),
            "external ID of nobody",
        ),
    ] {
        let plan = planned(&process, config(&trust)).await;
        assert!(plan.contains(expected), "{expected}\n{plan}");
    }
    for (key, value, expected) in [
        ("max_session_duration", json!(60), "3600 to 43200"),
        ("apply_role", json!("landform-plan"), "One name for two roles"),
        ("tags", json!({ "landform:x": "y" }), "say whose the object is"),
    ] {
        let mut config = config(&json!({ "roles": [role] }));
        config[key] = value;
        let plan = planned(&process, config).await;
        assert!(plan.contains(expected), "{expected}\n{plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_plan_says_what_is_in_the_way_of_a_create() {
    let process = Process::new();
    process.create(both()).await.unwrap();
    process.world(|iam| iam.roles.values_mut().for_each(|it| it.role.tags.clear()));
    let plan = planned(&process, config(&github(&json!(["repo:acme/infra:environment:prod"])))).await;
    assert!(plan.contains("a name is taken") && plan.contains("role landform-plan"), "{plan}");
}

async fn terraform(process: &Process) -> Terraform<Landform> {
    let cloud: Arc<dyn landform_cloud::Cloud> = Arc::new(process.cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    assert!(terraform.configure(json!({ "region": "us-east-1", "stack": "test" })).await.is_empty());
    terraform
}

const TYPE: &str = "landform_deploy_roles";

#[tokio::test(start_paused = true)]
async fn another_role_name_is_refused_unless_it_is_allowed() {
    let process = Process::new();
    let mut roles = Instance::new(TYPE);
    let mut config = config(&github(&json!(["repo:acme/infra:environment:prod"])));
    let (planning, applying) = (terraform(&process).await, terraform(&process).await);
    let applied = roles.apply(&planning, &applying, &config).await;
    assert!(applied.is_empty(), "{applied}");
    let again = roles.plan(&planning, &config).await;
    assert!(again.diagnostics.is_empty() && again.planned == again.prior, "{}", again.diagnostics);
    config["plan_role"] = json!("reader");
    let refused = roles.apply(&planning, &applying, &config).await.to_string();
    assert!(refused.contains("plan_role"), "{refused}");
    config["allow_replace"] = json!(["plan_role"]);
    let replaced = roles.apply(&planning, &applying, &config).await;
    assert!(!replaced.has_errors(), "{replaced}");
    assert!(process.parts().contains(&"role reader role/plan".to_owned()), "{:?}", process.parts());
    assert_eq!(process.parts().len(), 4);
    assert!(roles.destroy(&planning, &applying).await.is_empty());
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_is_in_state_and_resumed() {
    let process = Process::new();
    let mut roles = Instance::new(TYPE);
    let config = config(&github(&json!(["repo:acme/infra:environment:prod"])));
    let (planning, applying) = (terraform(&process).await, terraform(&process).await);
    let (when, kind) = (When::Before, ErrorKind::Denied);
    process.cloud.inject(Fault { operation: Some("AttachRolePolicy"), nth: 1, times: 1, when, kind });
    let failed = roles.apply(&planning, &applying, &config).await.to_string();
    assert!(failed.contains("could not attach") && failed.contains("status \"incomplete\""), "{failed}");
    assert!(roles.tainted);
    process.cloud.heal();
    process.cloud.take_calls();
    let resumed = roles.apply(&planning, &applying, &config).await;
    assert!(!resumed.has_errors(), "{resumed}");
    let calls = process.cloud.take_calls();
    assert!(!calls.iter().any(|call| call.operation.starts_with("De")), "{calls:?}");
    assert_eq!(roles.state.as_ref().unwrap()["status"], "ready");
}
