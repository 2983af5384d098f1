//! What plans show, and what they refuse.

use super::*;
use landform_framework::testing::UNKNOWN;

#[tokio::test(start_paused = true)]
async fn a_create_shows_every_default_and_the_keys_of_what_is_known_later() {
    let cloud = cloud();
    let terraform = process(&cloud).await;
    let plan = terraform.plan(TYPE, &Json::Null, &defaults()).await;
    insta::assert_snapshot!(plan, @r#"
    create
    + account_id = "210987654321"
    + account_settings = (known after apply)
    + block_public_images = true
    + block_public_snapshots = "block-all-sharing"
    + default_vpc = "absent"
    + drift = []
    + ebs_encryption = {enabled = true}
    + instance_metadata = {hop_limit = 2, http_tokens = "required"}
    + password_policy = {allow_users_to_change_password = true, enabled = true, hard_expiry = false, maximum_age_days = 90, minimum_length = 14, require_lowercase_characters = true, require_numbers = true, require_symbols = true, require_uppercase_characters = true, reuse_prevention = 24}
    + regions = ["eu-west-1", "us-east-1"]
    + s3_public_access_block = true
    + serial_console = false
    + settings = {"eu-west-1" = (known after apply), "us-east-1" = (known after apply)}
    + status = "ready"
    warning: Default VPCs of account 210987654321 are deleted (at default_vpc)
    Those in `regions` go, with their subnets and internet gateways, unless a network interface is in them. To keep them, set `default_vpc = "ignore"`.
    warning: Account 210987654321 has no budget (at budget)
    Nobody is told of its costs. Set `budget` to have AWS tell somebody.
    "#);
    assert_eq!(plan.to_string(), terraform.plan(TYPE, &Json::Null, &defaults()).await.to_string());
    assert_eq!(cloud.take_calls(), []);
}

#[tokio::test(start_paused = true)]
async fn account_and_regions_are_the_providers_where_none_are_named() {
    let cloud = cloud();
    let config = json!({ "account_id": ACCOUNT });
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    assert!(plan.contains("+ regions = [\"us-east-1\"]"), "{plan}");
    let nowhere = configured(&cloud, json!({ "stack": "test" })).await;
    let plan = nowhere.plan(TYPE, &Json::Null, &config).await.to_string();
    assert!(plan.contains("error: No regions (at regions)"), "{plan}");
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &json!({})).await.to_string();
    assert!(plan.contains("+ account_id = \"123456789012\""), "{plan}");
    let unknown = with(config, json!({ "regions": UNKNOWN }));
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &unknown).await.to_string();
    assert!(plan.contains("+ settings = (known after apply)"), "{plan}");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_made_in_the_same_plan_has_no_number_in_what_is_said() {
    let cloud = cloud();
    let config = json!({ "account_id": UNKNOWN, "regions": ["us-east-1"] });
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    assert!(plan.contains("warning: Default VPCs of the new account are deleted"), "{plan}");
    assert!(plan.contains("warning: The new account has no budget"), "{plan}");
}

#[tokio::test(start_paused = true)]
async fn a_change_shows_what_is_known_later_only_where_it_changes_something() {
    let cloud = cloud();
    let mut baseline = applied(&cloud, &defaults()).await;
    let config = with(defaults(), json!({ "alias": "acme" }));
    let plan = baseline.plan(&process(&cloud).await, &config).await.to_string();
    assert!(plan.contains("account_settings") && !plan.contains("~ settings"), "{plan}");
    apply(&mut baseline, &cloud, &config).await;
    let config = with(config, json!({ "serial_console": true }));
    let plan = baseline.plan(&process(&cloud).await, &config).await.to_string();
    assert!(!plan.contains("account_settings") && plan.contains("settings"), "{plan}");
    // Another account is another baseline.
    let other = with(defaults(), json!({ "account_id": "111122223333" }));
    let plan = baseline.plan(&process(&cloud).await, &other).await;
    assert_eq!(plan.requires_replace, ["account_id"]);
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_an_error_that_names_attribute_and_rule() {
    let cloud = cloud();
    let terraform = process(&cloud).await;
    let emails: Vec<String> = (0..11).map(|number| format!("a{number}@example.com")).collect();
    let budget = |more: Json| json!({ "budget": with(json!({ "monthly_usd": 9, "emails": ["aws@example.com"] }), more) });
    for (config, expected) in [
        (json!({ "account_id": "1" }), "has exactly 12 digits"),
        (json!({ "regions": [] }), "No regions (at regions)"),
        (json!({ "regions": ["moon"] }), "is not an AWS region"),
        (json!({ "alias": "A--b" }), "has 3 to 63 characters of `a`-`z`"),
        (json!({ "alias": "ab" }), "has 3 to 63 characters"),
        (json!({ "alias": "-ab" }), "does not start or end with `-`"),
        (json!({ "instance_metadata": { "hop_limit": 65 } }), "65 is out of range: write 1 to 64 hops"),
        (
            json!({ "instance_metadata": { "http_tokens": "always" } }),
            "it is one of `required`, `optional`, `no-preference`",
        ),
        (json!({ "block_public_snapshots": "all" }), "`block-all-sharing`, `block-new-sharing`, `unblocked`"),
        (json!({ "default_vpc": "delete" }), "write `absent` or `ignore`"),
        (
            json!({ "password_policy": { "minimum_length": 5 } }),
            "5 is out of range: write 6 to 128 characters",
        ),
        (
            json!({ "password_policy": { "reuse_prevention": 25 } }),
            "25 is out of range: write 0 to 24 passwords",
        ),
        (
            json!({ "password_policy": { "maximum_age_days": 1096 } }),
            "1096 is out of range: write 0 to 1095 days",
        ),
        (budget(json!({ "monthly_usd": 0 })), "0 is out of range: write 1 to 1000000000 US dollars"),
        (budget(json!({ "emails": [] })), "Wrong number of addresses (at budget.emails)"),
        (budget(json!({ "emails": emails })), "These are 11; a budget has 1 to 10."),
        (budget(json!({ "emails": ["nobody"] })), "is not an e-mail address"),
        (
            budget(json!({ "actual_alerts": [1, 2, 3, 4, 5] })),
            "These are 6 alerts; AWS has 5 for a budget at most.",
        ),
        (budget(json!({ "forecast_alerts": [0] })), "0 is out of range: write 1 to 1000 percent."),
        (json!({ "ebs_encryption": { "kms_key": "1234" } }), "is a key of one region"),
        (json!({ "ebs_encryption": { "kms_keys": { "us-west-2": "1" } } }), "us-west-2 is none of `regions`"),
        (json!({ "ebs_encryption": { "kms_keys": { "moon": "1" } } }), "No such region"),
        (
            json!({ "ebs_encryption": { "kms_keys": { "us-east-1": key("eu-west-1") } } }),
            "is no key of us-east-1",
        ),
    ] {
        let said = terraform.validate(TYPE, with(defaults(), config.clone())).await.to_string();
        assert!(said.contains("error: ") && said.contains(expected), "{config}: {said}");
    }
    let said = terraform.validate(TYPE, everything()).await;
    assert!(said.is_empty(), "{said}");
}
