//! What plans say, and what they refuse.

use super::*;
use landform_cloud::ErrorKind;
use landform_framework::testing::{Instance, Terraform, plan_table};
use landform_test_cloud::{Fault, When};
use serde_json::{Value as Json, json};

const TYPE: &str = "landform_state_backend";

async fn planned(process: &Process, config: Json) -> String {
    plan_table(StateBackendResource, Some(Arc::clone(&process.client)), [("", Json::Null, config)]).await
}

async fn terraform(process: &Process) -> Terraform<Landform> {
    let cloud: Arc<dyn landform_cloud::Cloud> = Arc::new(process.cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    assert!(terraform.configure(json!({ "region": "us-east-1", "stack": "test" })).await.is_empty());
    terraform
}

#[tokio::test(start_paused = true)]
async fn a_plan_knows_the_bucket_and_writes_nothing() {
    let process = Process::new();
    let plan = planned(&process, json!({})).await;
    assert!(plan.contains(BUCKET) && plan.contains(&format!("arn:aws:s3:::{BUCKET}")), "{plan}");
    assert_eq!(plan, planned(&process, json!({})).await);
    let calls = process.cloud.take_calls();
    assert!(calls.iter().all(|call| !landform_test_cloud::is_write(call.operation)), "{calls:?}");
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_refused_at_plan_with_the_rule() {
    let process = Process::new();
    for (config, expected) in [
        (json!({ "bucket": "A_B" }), "3 to 63 characters"),
        (json!({ "encryption": "rot13" }), "not one of `kms` and `s3`"),
        (json!({ "noncurrent_version_days": 0 }), "1 to 36500"),
        (json!({ "key_deletion_days": 31 }), "7 to 30 days"),
        (json!({ "name": "x".repeat(40) }), "No name for the bucket"),
        (json!({ "tags": { "landform:x": "y" } }), "say whose the object is"),
    ] {
        let plan = planned(&process, config).await;
        assert!(plan.contains(expected), "{expected}\n{plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_goes_from_nothing_to_nothing_and_protection_holds() {
    let process = Process::new();
    let mut backend = Instance::new(TYPE);
    let (planning, applying) = (terraform(&process).await, terraform(&process).await);
    let mut config = json!({});
    let applied = backend.apply(&planning, &applying, &config).await;
    assert!(applied.is_empty(), "{applied}");
    let again = backend.plan(&planning, &config).await;
    assert!(again.diagnostics.is_empty() && again.planned == again.prior, "{}", again.diagnostics);
    let refused = backend.destroy(&planning, &applying).await.to_string();
    assert!(refused.contains("is protected"), "{refused}");
    config["bucket"] = json!("another");
    let refused = backend.apply(&planning, &applying, &config).await.to_string();
    assert!(refused.contains("bucket"), "{refused}");
    let config = json!({ "deletion_protection": false });
    let applied = backend.apply(&planning, &applying, &config).await;
    assert!(applied.is_empty(), "{applied}");
    let destroyed = backend.destroy(&planning, &applying).await;
    assert!(destroyed.is_empty(), "{destroyed}");
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_is_in_state_and_resumed() {
    let process = Process::new();
    let mut backend = Instance::new(TYPE);
    let (planning, applying) = (terraform(&process).await, terraform(&process).await);
    let (when, kind) = (When::Before, ErrorKind::Denied);
    process.cloud.inject(Fault { operation: Some("PutBucketVersioning"), nth: 1, times: 1, when, kind });
    let failed = backend.apply(&planning, &applying, &json!({})).await.to_string();
    assert!(failed.contains("could not turn on versions") && backend.tainted, "{failed}");
    process.cloud.heal();
    process.cloud.take_calls();
    let resumed = backend.apply(&planning, &applying, &json!({})).await;
    assert!(!resumed.has_errors(), "{resumed}");
    let calls = process.cloud.take_calls();
    assert!(!calls.iter().any(|call| call.operation.starts_with("Delete")), "{calls:?}");
    assert_eq!(backend.state.as_ref().unwrap()["status"], "ready");
}
