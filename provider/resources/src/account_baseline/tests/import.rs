//! Accounts that were secured before Terraform knew them.

use super::*;
use landform_framework::testing::to_json;

async fn imported(cloud: &InProcessCloud, id: &str) -> Instance {
    let terraform = process(cloud).await;
    let found = terraform.import(TYPE, id).await;
    assert!(!found.diagnostics.has_errors(), "{}", found.diagnostics);
    let mut baseline = Instance::new(TYPE);
    baseline.state = Some(to_json(&found.state));
    baseline
}

#[tokio::test(start_paused = true)]
async fn a_baseline_is_imported_by_its_account_and_the_plan_is_empty() {
    let cloud = cloud();
    for config in [
        defaults(),
        with(
            defaults(),
            json!({
                "instance_metadata": { "http_tokens": "optional", "hop_limit": 1 },
                "serial_console": true,
                "block_public_images": false,
                "password_policy": { "enabled": false },
                "s3_public_access_block": false,
                "alias": "acme",
                "budget": { "monthly_usd": 7, "actual_alerts": [50], "emails": ["aws@example.com"] },
            }),
        ),
    ] {
        let made = applied(&cloud, &config).await;
        cloud.take_calls();
        let mut baseline = imported(&cloud, "210987654321/us-east-1,eu-west-1").await;
        let plan = baseline.plan(&process(&cloud).await, &config).await;
        assert_eq!(plan.prior, plan.planned, "{plan}");
        assert_eq!(state(&baseline)["settings"], state(&made)["settings"]);
        assert_eq!(writes(&cloud), []);
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_nobody_secured_is_imported_as_it_is() {
    let cloud = cloud();
    let one = json!({ "account_id": ACCOUNT });
    let mut baseline = imported(&cloud, ACCOUNT).await;
    let plan = baseline.plan(&process(&cloud).await, &one).await.to_string();
    for line in ["~ block_public_images = false -> true", "~ default_vpc = \"ignore\" -> \"absent\""] {
        assert!(plan.contains(line), "{plan}");
    }
    // Regions that differ from each other show as drift.
    in_region(&cloud, "eu-west-1", |world| world.settings.serial_console = true);
    let mut baseline = imported(&cloud, "210987654321/us-east-1,eu-west-1").await;
    baseline.refresh(&process(&cloud).await).await;
    assert_eq!(
        state(&baseline)["drift"],
        json!([
            "eu-west-1: set IMDS defaults to http_tokens required, hop limit 2",
            "eu-west-1: switch the serial console off",
            "us-east-1: set IMDS defaults to http_tokens required, hop limit 2",
        ])
    );
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_none_is_refused_with_the_form_wanted() {
    let cloud = cloud();
    for id in ["prod", "210987654321/", "210987654321/moon"] {
        let said = process(&cloud).await.import(TYPE, id).await.diagnostics.to_string();
        assert!(
            said.contains("names no account baseline") && said.contains("111122223333/us-east-1,eu-west-1"),
            "{said}"
        );
    }
}
