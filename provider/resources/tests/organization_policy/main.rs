//! `landform_organization_policy` through the framework, as Terraform calls it, over the in-process cloud.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod failures;

use landform_cloud::Cloud;
use landform_cloud::organizations::InvalidPolicy;
use landform_framework::Diagnostic;
use landform_framework::testing::{Instance, Terraform, to_json};
use landform_model::guardrails::PolicyType;
use landform_resources::Landform;
use landform_test_cloud::{InProcessCloud, is_write};
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_organization_policy";

/// An organization with two accounts besides that of the management, and every kind of policy on.
fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("111122223333".parse().unwrap());
    cloud.organization_world(|world| {
        world.establish();
        PolicyType::ALL.into_iter().for_each(|policy_type| world.turn_on(policy_type));
        world.add_account("shop", "shop@example.com", "Workloads/Prod");
        world.add_account("play", "play@example.com", "Sandbox");
    });
    cloud
}

/// A provider process over `cloud`, configured.
async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(landform_resources::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(json!({ "region": "eu-central-1", "stack": "test" })).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// Two settings of EC2 in one policy, and one of S3.
fn baseline() -> Json {
    json!({
        "name": "baseline",
        "targets": ["Root"],
        "enable": ["imds-required", "serial-console-off", "s3-block-public"],
    })
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
    lines.into_iter().filter(|line| line.contains(" on [")).collect()
}

/// Applies, and expects that a second plan has nothing to do.
async fn applied(set: &mut Instance, cloud: &InProcessCloud, config: &Json) {
    let said = set.apply(&process(cloud).await, &process(cloud).await, config).await;
    let is_outlook =
        |line: &Diagnostic| line.to_string().starts_with("warning: This changes organization policy ");
    assert!(said.iter().all(is_outlook), "{said}");
    assert_eq!(set.plan(&process(cloud).await, config).await.to_string(), "no change");
}

#[tokio::test(start_paused = true)]
async fn a_plan_shows_one_policy_of_each_kind_and_counts_the_management_account() {
    let cloud = cloud();
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &baseline()).await.to_string();
    for line in [
        "warning: This changes organization policy baseline (accounts affected: 3)",
        "  Root: 1 of 10 DECLARATIVE_POLICY_EC2\n  Root: 1 S3_POLICY\n",
        r#"+ documents = {"baseline-ec2" = {bytes = "#,
        "+ invalid_accounts = (known after apply)",
        "+ slots = (known after apply)",
    ] {
        assert!(plan.contains(line), "{line}: {plan}");
    }
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn settings_come_change_drift_and_go() {
    let cloud = cloud();
    let mut set = Instance::new(TYPE);
    applied(&mut set, &cloud, &baseline()).await;
    assert_eq!(
        policies(&cloud),
        ["DECLARATIVE_POLICY_EC2 baseline-ec2 on [/]", "S3_POLICY baseline-s3 on [/]"]
    );
    cloud.organization_world(|world| world.policies[0].content = "{}".into());
    let plan = set.plan(&process(&cloud).await, &baseline()).await.to_string();
    assert!(plan.contains(r#"~ drift = ["update the text of policy baseline-ec2"] -> []"#), "{plan}");
    applied(&mut set, &cloud, &baseline()).await;
    let other = json!({
        "targets": ["Sandbox"],
        "enable": ["serial-console-off", "ai-opt-out"],
        "extra": { "mine": { "policy_type": "TAG_POLICY", "policy": r#"{"tags":{"team":{"tag_key":{"@@assign":"team"}}}}"# } },
    });
    applied(&mut set, &cloud, &with(baseline(), other)).await;
    assert_eq!(
        policies(&cloud),
        [
            "AISERVICES_OPT_OUT_POLICY baseline-ai-opt-out on [/Sandbox]",
            "DECLARATIVE_POLICY_EC2 baseline-ec2 on [/Sandbox]",
            "TAG_POLICY baseline-tag on [/Sandbox]",
        ]
    );
    let destroyed = set.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(destroyed.is_empty() && policies(&cloud).is_empty(), "{destroyed}");
}

/// AWS enforces an older state where policies contradict each other, and tells nobody who does not ask.
#[tokio::test(start_paused = true)]
async fn accounts_in_which_policies_are_invalid_are_named_after_the_apply() {
    let cloud = cloud();
    let shop = cloud.organization_world(|world| {
        let shop = world.accounts.iter().find(|it| it.name == "shop").unwrap().id.clone();
        let reason = InvalidPolicy {
            code: "CONTENT_LIMIT_EXCEEDED".into(),
            message: "The effective policy is too long.".into(),
            path: "ec2_attributes".into(),
            policies: Vec::new(),
        };
        world.invalid_policies.push((shop.clone(), PolicyType::DeclarativePolicyEc2, reason));
        shop
    });
    let mut set = Instance::new(TYPE);
    applied(&mut set, &cloud, &baseline()).await;
    let expected =
        "DECLARATIVE_POLICY_EC2: CONTENT_LIMIT_EXCEEDED: The effective policy is too long. at ec2_attributes";
    assert_eq!(set.state.as_ref().unwrap()["invalid_accounts"], json!({ shop.to_string(): [expected] }));
    cloud.organization_world(|world| world.invalid_policies.clear());
    assert_eq!(set.plan(&process(&cloud).await, &baseline()).await.to_string(), "no change");
    assert_eq!(set.state.as_ref().unwrap()["invalid_accounts"], json!({}));
}

#[tokio::test(start_paused = true)]
async fn settings_of_a_lost_state_are_imported_and_planned_empty() {
    let cloud = cloud();
    let config =
        with(baseline(), json!({ "enable": ["serial-console-off", "imds-required", "s3-block-public"] }));
    applied(&mut Instance::new(TYPE), &cloud, &config).await;
    cloud.take_calls();
    let terraform = process(&cloud).await;
    let (found, diagnostics) = terraform.list(TYPE, &json!({}), None, false).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(found.iter().map(|it| it.display_name.as_str()).collect::<Vec<_>>(), ["baseline"]);
    for imported in [
        terraform.import(TYPE, "baseline").await,
        terraform.import_identified(TYPE, &to_json(&found[0].identity)).await,
    ] {
        assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
        let mut set = Instance { state: Some(to_json(&imported.state)), ..Instance::new(TYPE) };
        assert_eq!(set.plan(&process(&cloud).await, &config).await.to_string(), "no change");
    }
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_an_error_at_its_attribute() {
    let cloud = cloud();
    let own = |policy_type: &str, policy: &str| json!({ "extra": { "mine": { "policy_type": policy_type, "policy": policy } } });
    for (changes, words) in [
        (json!({ "enable": ["imds-require"] }), "did you mean `imds-required`?"),
        (json!({ "enable": ["deny-root-user"] }), "enable it in a `landform_guardrails`"),
        (json!({ "enable": [] }), "(at enable)\nSet `enable` or `extra`"),
        (json!({ "enable": ["inspector-on"] }), "needs the parameter `inspector_regions`"),
        (json!({ "targets": [] }), "(at targets)"),
        (own("SERVICE_CONTROL_POLICY", "{}"), "it is a `landform_guardrails`"),
        (own("TAG_POLICY", "[]"), r#"(at extra["mine"].policy)"#),
        (own("CHATBOT_POLICY", "{}"), "is not a kind of policy of AWS Organizations"),
        (
            json!({ "extra": { "ai-opt-out": { "policy_type": "TAG_POLICY", "policy": "{}" } } }),
            "another one",
        ),
    ] {
        let said = process(&cloud).await.validate(TYPE, with(baseline(), changes.clone())).await.to_string();
        assert!(said.contains("error: ") && said.contains(words), "{changes}: {said}");
    }
    let contradiction = own(
        "DECLARATIVE_POLICY_EC2",
        r#"{"ec2_attributes":{"serial_console_access":{"status":{"@@assign":"enabled"}}}}"#,
    );
    let said =
        process(&cloud).await.plan(TYPE, &Json::Null, &with(baseline(), contradiction)).await.to_string();
    assert!(
        said.contains("error: These settings are no policy") && said.contains("to different values"),
        "{said}"
    );
}
