//! The data source through the framework, over the in-process cloud.

use crate::client::Landform;
use landform_cloud::{Cloud, ErrorKind};
use landform_framework::testing::{Terraform, to_json};
use landform_model::guardrails::PolicyType;
use landform_test_cloud::{Fault, InProcessCloud, OrganizationWorld, When};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const TYPE: &str = "landform_organization";

async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(json!({ "stack": "test" })).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    cloud.organization_world(OrganizationWorld::establish);
    cloud
}

#[tokio::test(start_paused = true)]
async fn the_whole_organization_is_found() {
    let cloud = cloud();
    let (organization, prod, unit) = cloud.organization_world(|world| {
        world.turn_on(PolicyType::TagPolicy);
        let prod = world.add_account("prod", "prod@example.com", "Workloads/Prod");
        (world.organization.clone().unwrap(), prod, world.parent_at("Workloads/Prod").unwrap())
    });
    let found = process(&cloud).await.data(TYPE, json!({})).await;
    assert!(found.diagnostics.is_empty(), "{}", found.diagnostics);
    let found = to_json(&found.state);
    assert_eq!(found["id"], organization.id.as_str());
    assert_eq!(found["arn"], organization.arn.to_string());
    assert_eq!(found["root_id"], "r-ab12");
    assert_eq!(found["management_account_id"], "123456789012");
    let units = found["organizational_units"].as_object().unwrap();
    assert_eq!(units.keys().collect::<Vec<_>>(), ["Workloads", "Workloads/Prod"]);
    assert_eq!(units["Workloads/Prod"], unit.as_str());
    let accounts = found["accounts"].as_object().unwrap();
    assert_eq!(accounts.len(), 2);
    assert_eq!(
        accounts[prod.as_str()],
        json!({ "name": "prod", "email": "prod@example.com", "state": "ACTIVE", "ou": "Workloads/Prod" })
    );
    assert_eq!(accounts["123456789012"]["ou"], json!(null));
    assert_eq!(found["policy_types"], json!(["SERVICE_CONTROL_POLICY", "TAG_POLICY"]));
}

/// 500 accounts in 31 units, read by both data sources, several times each.
#[tokio::test(start_paused = true)]
async fn all_data_sources_of_a_process_ask_once() {
    let cloud = cloud();
    cloud.organization_world(|world| {
        for number in 0..499 {
            let path = format!("Unit{}/Part{}", number % 6, number % 5);
            world.add_account(&format!("account-{number}"), &format!("{number}@example.com"), &path);
        }
    });
    let terraform = process(&cloud).await;
    cloud.take_calls();
    let whole = futures_util::future::join(
        terraform.data(TYPE, json!({})),
        terraform.data("landform_accounts", json!({ "ou": "Unit1" })),
    );
    let (whole, part) = whole.await;
    let again = terraform.data(TYPE, json!({})).await;
    assert_eq!(whole.state, again.state);
    assert_eq!(to_json(&part.state)["ids"].as_array().unwrap().len(), 83);
    let mut calls = BTreeMap::<&str, usize>::new();
    for call in cloud.take_calls() {
        *calls.entry(call.operation).or_default() += 1;
    }
    // 6 units with 5 below each, and the root.
    let expected = [
        ("DescribeOrganization", 1),
        ("ListRoots", 1),
        ("ListOrganizationalUnitsForParent", 37),
        ("ListAccounts", 25),
    ];
    assert_eq!(calls, expected.into());
}

#[tokio::test(start_paused = true)]
async fn what_is_missing_is_told() {
    let without = InProcessCloud::new("123456789012".parse().unwrap());
    let found = process(&without).await.data(TYPE, json!({})).await;
    assert!(found.diagnostics.to_string().contains("There is no organization"), "{}", found.diagnostics);
    let cloud = cloud();
    let kind = ErrorKind::Denied;
    cloud.inject(Fault { operation: Some("ListAccounts"), nth: 1, times: 1, when: When::Before, kind });
    let found = process(&cloud).await.data(TYPE, json!({})).await;
    assert!(found.diagnostics.to_string().contains("Reading the organization"), "{}", found.diagnostics);
}
