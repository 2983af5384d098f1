//! How `terraform query` finds networks, and the configuration it writes for them.

use super::{TYPE, cloud, process, target, two_zones, with};
use landform_framework::testing::{FoundObject, Instance, to_json};
use landform_test_cloud::is_write;
use serde_json::{Value as Json, json};

/// Networks `main` and `other` of one cloud.
async fn two_networks() -> landform_test_cloud::InProcessCloud {
    let cloud = cloud();
    for changes in [json!({}), json!({ "name": "other", "cidr": "10.1.0.0/16" })] {
        let mut network = Instance::new(TYPE);
        let config = with(two_zones(), changes);
        let diagnostics = network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
        assert!(diagnostics.is_empty(), "{diagnostics}");
    }
    cloud.take_calls();
    cloud
}

fn names(found: &[FoundObject]) -> Vec<&str> {
    found.iter().map(|found| found.display_name.split(' ').next().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn the_networks_of_the_stack_are_found_with_one_read() {
    let cloud = two_networks().await;
    let terraform = process(&cloud).await;
    let (found, diagnostics) = terraform.list(TYPE, &json!({}), None, false).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(names(&found), ["main", "other"]);
    assert_eq!(cloud.take_calls().iter().filter(|call| call.operation.starts_with("Describe")).count(), 1);
    let identity = to_json(&found[0].identity);
    assert_eq!((&identity["account_id"], &identity["region"]), (&json!("123456789012"), &json!("us-east-1")));
    assert!(found[0].display_name.ends_with(&format!("({})", identity["id"].as_str().unwrap())));
    let elsewhere = json!({ "region": "eu-west-1" });
    assert!(terraform.list(TYPE, &elsewhere, None, false).await.0.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_is_found_is_configured_imported_and_planned_empty() {
    let cloud = two_networks().await;
    let terraform = process(&cloud).await;
    let (found, diagnostics) = terraform.list(TYPE, &json!({}), None, true).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    for found in found {
        let (config, diagnostics) = terraform.generate_config(TYPE, found.object.as_ref().unwrap()).await;
        assert!(diagnostics.is_empty(), "{diagnostics}");
        let config = to_json(&config);
        assert!(config["subnets"].is_null() && config["deletion_protection"].is_null(), "{config}");
        let imported = terraform.import_identified(TYPE, &to_json(&found.identity)).await;
        let mut network = Instance { state: Some(to_json(&imported.state)), ..Instance::new(TYPE) };
        assert_eq!(network.plan(&terraform, &config).await.to_string(), "no change");
    }
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn a_network_that_cannot_be_imported_is_left_out_with_the_reason() {
    let cloud = two_networks().await;
    cloud.world(&target(), |world| {
        let other = world.vpcs.iter_mut().find(|vpc| vpc.cidr.to_string() == "10.1.0.0/16").unwrap();
        other.cidr = "10.2.0.0/16".parse().unwrap();
    });
    let (found, diagnostics) = process(&cloud).await.list(TYPE, &json!({}), None, true).await;
    assert_eq!(names(&found), ["main"]);
    let text = diagnostics.to_string();
    assert!(text.contains("was left out: it cannot be imported") && !diagnostics.has_errors(), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_limit_saves_reads() {
    let cloud = two_networks().await;
    let terraform = process(&cloud).await;
    let reads = |cloud: &landform_test_cloud::InProcessCloud| cloud.take_calls().len();
    terraform.list(TYPE, &Json::Object(Default::default()), None, true).await;
    let all = reads(&cloud);
    let (found, _) = terraform.list(TYPE, &json!({}), Some(1), true).await;
    assert_eq!(names(&found), ["main"]);
    assert!(reads(&cloud) < all);
}
