//! The data source through the framework, over the in-process cloud.

use crate::client::Landform;
use landform_cloud::Cloud;
use landform_cloud::organizations::AccountState;
use landform_framework::testing::{Terraform, to_json};
use landform_test_cloud::{InProcessCloud, OrganizationWorld};
use serde_json::{Value as Json, json};
use std::sync::Arc;

const TYPE: &str = "landform_accounts";

async fn process(cloud: &InProcessCloud) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(json!({ "stack": "test" })).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// An account of each kind; `old` is closed.
fn cloud() -> InProcessCloud {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    cloud.organization_world(|world| {
        OrganizationWorld::establish(world);
        for (name, path) in [
            ("payments-prod", "Workloads/Prod"),
            ("payments-pci", "Workloads/Prod/PCI"),
            ("shop-test", "Workloads/Test"),
            ("lake", "Workloads"),
            ("odd", "Workloads/Production"),
            ("old", "Workloads/Prod"),
        ] {
            world.add_account(name, &format!("{name}@example.com"), path);
        }
        let old = world.accounts.iter_mut().find(|it| it.name == "old").unwrap();
        old.state = AccountState::Closed;
    });
    cloud
}

/// The names of the accounts that are found, and that ids and accounts are the same ones in the same order.
async fn names(config: &Json) -> Vec<String> {
    let found = process(&cloud()).await.data(TYPE, config.clone()).await;
    assert!(found.diagnostics.is_empty(), "{config}: {}", found.diagnostics);
    let found = to_json(&found.state);
    let accounts = found["accounts"].as_object().unwrap();
    let ids: Vec<&str> = found["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(ids.is_sorted());
    assert_eq!(ids, accounts.keys().collect::<Vec<_>>());
    let mut names: Vec<String> =
        accounts.values().map(|account| account["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test(start_paused = true)]
async fn accounts_are_chosen_by_place_state_and_name() {
    for (config, expected) in [
        (json!({}), &["lake", "management", "odd", "payments-pci", "payments-prod", "shop-test"][..]),
        (
            json!({ "ou": "Root" }),
            &["lake", "management", "odd", "payments-pci", "payments-prod", "shop-test"],
        ),
        (json!({ "ou": "Root", "recursive": false }), &["management"]),
        (json!({ "ou": "Workloads", "recursive": false }), &["lake"]),
        // `Workloads/Production` begins with the same letters and is another unit.
        (json!({ "ou": "Workloads/Prod" }), &["payments-pci", "payments-prod"]),
        (json!({ "ou": "Workloads/Prod", "recursive": false }), &["payments-prod"]),
        (json!({ "ou": "Workloads/Prod", "states": ["CLOSED"] }), &["old"]),
        (json!({ "states": ["CLOSED", "ACTIVE"], "name_prefix": "o" }), &["odd", "old"]),
        (json!({ "ou": "Workloads", "name_prefix": "payments-" }), &["payments-pci", "payments-prod"]),
        (json!({ "name_prefix": "Payments" }), &[]),
    ] {
        assert_eq!(names(&config).await, expected, "{config}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_shows_where_it_is() {
    let found = process(&cloud()).await.data(TYPE, json!({ "name_prefix": "payments-pci" })).await;
    let found = to_json(&found.state);
    let id = found["ids"][0].as_str().unwrap();
    assert_eq!(
        found["accounts"][id],
        json!({
            "name": "payments-pci", "email": "payments-pci@example.com", "state": "ACTIVE", "ou": "Workloads/Prod/PCI",
        })
    );
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_an_error_at_its_attribute() {
    for (config, words) in [
        (
            json!({ "ou": "Workloads/Prd" }),
            "There is no organizational unit Workloads/Prd (at ou)\nThe nearest paths are `Workloads/Prod`, ",
        ),
        (json!({ "ou": "workloads" }), "The nearest paths are `Workloads`, "),
        (json!({ "ou": "/" }), "the root has no name"),
        (json!({ "states": [] }), "No state (at states)"),
        (json!({ "states": ["OPEN"] }), "`OPEN` is not a state of an account: write one of `ACTIVE`, "),
    ] {
        let found = process(&cloud()).await.data(TYPE, config.clone()).await;
        assert!(found.diagnostics.to_string().contains(words), "{config}: {}", found.diagnostics);
    }
    let empty = InProcessCloud::new("123456789012".parse().unwrap());
    empty.organization_world(OrganizationWorld::establish);
    let found = process(&empty).await.data(TYPE, json!({ "ou": "Workloads" })).await;
    assert!(found.diagnostics.to_string().contains("has no organizational units"), "{}", found.diagnostics);
}
