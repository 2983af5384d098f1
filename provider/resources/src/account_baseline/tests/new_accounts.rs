//! Accounts and regions that are not usable yet.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_region_that_is_not_usable_yet_is_waited_for() {
    let cloud = cloud();
    in_region(&cloud, "eu-west-1", |world| world.settings.unusable_calls = 12);
    let baseline = applied(&cloud, &defaults()).await;
    assert_eq!(state(&baseline)["status"], "ready");
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
}

#[tokio::test(start_paused = true)]
async fn one_that_stays_so_fails_in_the_time_that_the_user_gave_and_the_others_are_done() {
    let cloud = cloud();
    in_region(&cloud, "eu-west-1", |world| world.settings.unusable_calls = u32::MAX);
    let config = with(defaults(), json!({ "timeouts": { "create": "5m" } }));
    let mut baseline = Instance::new(TYPE);
    let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &config).await.to_string();
    assert!(said.contains("eu-west-1: could not look at the settings"), "{said}");
    assert!(said.contains("OptInRequired"), "{said}");
    assert_eq!(images(&cloud, "us-east-1"), BlockSharing::New);
    assert_eq!(state(&baseline)["status"], "incomplete");
    // A refresh does not wait: it says what is missing.
    let refreshed = baseline.refresh(&process(&cloud).await).await;
    assert!(!refreshed.has_errors(), "{refreshed}");
    assert_eq!(state(&baseline)["drift"], json!(["eu-west-1: the account cannot use it yet: OptInRequired"]));
    in_region(&cloud, "eu-west-1", |world| world.settings.unusable_calls = 0);
    apply(&mut baseline, &cloud, &config).await;
    assert_eq!(images(&cloud, "eu-west-1"), BlockSharing::New);
}
