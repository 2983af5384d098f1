//! From nothing to nothing.

use super::*;

#[tokio::test(start_paused = true)]
async fn an_account_is_secured_in_all_its_regions_and_the_next_plan_is_empty() {
    let cloud = cloud();
    let mut baseline = applied(&cloud, &defaults()).await;
    insta::assert_snapshot!(serde_json::to_string(&state(&baseline)["settings"]["eu-west-1"]).unwrap(), @r#"{"block_public_images":"block-new-sharing","block_public_snapshots":"block-all-sharing","default_vpc_id":null,"ebs_encryption":true,"ebs_kms_key":null,"enforced_by":{"block_public_images":"account","block_public_snapshots":"account","ebs_encryption":"account","instance_metadata":"account","serial_console":"account"},"hop_limit":2,"http_tokens":"required","serial_console":false}"#);
    assert_eq!(state(&baseline)["settings"]["us-east-1"], state(&baseline)["settings"]["eu-west-1"]);
    insta::assert_snapshot!(serde_json::to_string(&state(&baseline)["account_settings"]).unwrap(), @r#"{"alias":null,"budget_name":null,"enforced_by":{"s3_public_access_block":"account"},"s3_public_access_block":true}"#);
    assert_eq!(state(&baseline)["status"], "ready");
    for world in everything_in(&cloud) {
        assert!(world.settings.ebs_encryption && world.default_vpc.is_none());
        assert_eq!(world.settings.images, BlockSharing::New);
    }
    cloud.take_calls();
    let plan = baseline.plan(&process(&cloud).await, &defaults()).await;
    assert_eq!(plan.prior, plan.planned, "{plan}");
    assert!(plan.diagnostics.is_empty(), "{plan}");
    assert_eq!(writes(&cloud), []);
}

/// Six reads in a region, four for the account; for a key two more in each region, for a budget two and one for each alert.
#[tokio::test(start_paused = true)]
async fn a_refresh_makes_six_reads_in_each_region_and_four_for_the_account() {
    let cloud = cloud_with_keys();
    let mut baseline = applied(&cloud, &defaults()).await;
    cloud.take_calls();
    baseline.plan(&process(&cloud).await, &defaults()).await;
    assert_eq!(cloud.take_calls().len(), 6 * REGIONS.len() + 4);
    let mut baseline = applied(&cloud, &everything()).await;
    cloud.take_calls();
    baseline.plan(&process(&cloud).await, &everything()).await;
    // The key of us-east-1 is named as AWS names it, so nobody must ask for its ARN.
    assert_eq!(cloud.take_calls().len(), 6 * REGIONS.len() + 4 + 3 + 5);
}

#[tokio::test(start_paused = true)]
async fn every_attribute_is_set_changed_and_set_back() {
    let cloud = cloud_with_keys();
    let mut baseline = applied(&cloud, &defaults()).await;
    let plain = everything_in(&cloud);
    apply(&mut baseline, &cloud, &everything()).await;
    let plan = baseline.plan(&process(&cloud).await, &everything()).await;
    assert_eq!(plan.prior, plan.planned, "{plan}");
    let worlds = everything_in(&cloud);
    for (world, region) in worlds.iter().zip(REGIONS) {
        assert_eq!(world.settings.ebs_kms_key, key(region));
        assert!(world.settings.serial_console);
    }
    let wide = &worlds[1].account_wide;
    assert_eq!(wide.alias.as_deref(), Some("acme-prod"));
    assert_eq!(wide.password_policy.unwrap().maximum_age_days, None);
    let (budget, tags) = &wide.budgets["landform-account-baseline"];
    assert_eq!((budget.limit.cents, budget.alerts.len()), (25_000, 3));
    assert_eq!(tags["landform:resource"], "account_baseline/210987654321");
    apply(&mut baseline, &cloud, &defaults()).await;
    let mut back = everything_in(&cloud);
    // What no attribute says is as it was left.
    back[1].account_wide.alias = None;
    for (world, plain) in back.iter_mut().zip(&plain) {
        world.settings.ebs_kms_key.clone_from(&plain.settings.ebs_kms_key);
    }
    assert_eq!(back, plain);
}

#[tokio::test(start_paused = true)]
async fn a_destroy_forgets_the_settings_and_deletes_the_budget() {
    let cloud = cloud();
    let config = with(defaults(), json!({ "budget": { "monthly_usd": 1, "emails": ["aws@example.com"] } }));
    let mut baseline = applied(&cloud, &config).await;
    let plan = process(&cloud).await.plan_destroy(TYPE, state(&baseline)).await;
    insta::assert_snapshot!(plan.diagnostics, @r"
    warning: Account 210987654321 keeps its settings
    Nothing that protects the account is switched off; Terraform forgets it. Only its budget is deleted.
    ");
    cloud.take_calls();
    let said = baseline.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(!said.has_errors() && baseline.state.is_none(), "{said}");
    let operations: Vec<&str> = writes(&cloud).iter().map(|call| call.operation).collect();
    assert_eq!(operations, ["DeleteBudget"]);
    assert!(everything_in(&cloud).iter().all(|world| world.settings.ebs_encryption));
}

#[tokio::test(start_paused = true)]
async fn a_region_comes_and_goes_without_touching_the_others() {
    let cloud = cloud();
    let one = with(defaults(), json!({ "regions": ["us-east-1"] }));
    let mut baseline = applied(&cloud, &one).await;
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::Unblocked);
    let plan = baseline.plan(&process(&cloud).await, &defaults()).await;
    let shown = plan.to_string();
    let settings = shown.lines().find(|line| line.contains("settings[\"eu-west-1\"]")).unwrap_or(&shown);
    assert!(settings.contains("(known after apply)"), "{shown}");
    apply(&mut baseline, &cloud, &defaults()).await;
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
    cloud.take_calls();
    apply(&mut baseline, &cloud, &one).await;
    assert_eq!(writes(&cloud), []);
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
    assert!(state(&baseline)["settings"].get("eu-west-1").is_none());
}

#[tokio::test(start_paused = true)]
async fn read_only_changes_nothing() {
    let cloud = cloud();
    let block = json!({ "region": "us-east-1", "stack": "test", "read_only": true });
    let mut baseline = Instance::new(TYPE);
    let said = baseline
        .apply(&configured(&cloud, block.clone()).await, &configured(&cloud, block).await, &defaults())
        .await;
    assert!(said.to_string().contains("`read_only = true`: nothing was changed"), "{said}");
    assert!(baseline.state.is_none());
    assert_eq!(writes(&cloud), []);
}
