//! The ephemeral resource through the framework, over the in-process cloud.

use super::MemberCredentials;
use crate::client::Landform;
use landform_cloud::{Cloud, ErrorKind};
use landform_framework::testing::{Terraform, to_json};
use landform_test_cloud::{Fault, InProcessCloud, OrganizationWorld, When};
use serde_json::json;
use std::sync::Arc;

const TYPE: &str = "landform_member_credentials";

async fn process(cloud: &InProcessCloud, region: &str) -> Terraform<Landform> {
    let cloud: Arc<dyn Cloud> = Arc::new(cloud.clone());
    let terraform = Terraform::start(crate::provider(move |_| Ok(Arc::clone(&cloud))));
    let diagnostics = terraform.configure(json!({ "region": region, "stack": "test" })).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// A cloud with a member account.
fn cloud() -> (InProcessCloud, String) {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    cloud.organization_world(OrganizationWorld::establish);
    let member = cloud.organization_world(|world| world.add_account("prod", "prod@example.com", "Prod"));
    (cloud, member.to_string())
}

#[tokio::test(start_paused = true)]
async fn the_role_of_new_accounts_is_assumed_for_an_hour() {
    let (cloud, member) = cloud();
    let terraform = process(&cloud, "eu-west-1").await;
    cloud.take_calls();
    let opened = terraform.open(TYPE, &json!({ "account_id": member })).await;
    assert!(opened.diagnostics.is_empty(), "{}", opened.diagnostics);
    assert_eq!(
        to_json(&opened.result),
        json!({
            "account_id": member,
            "role_name": "OrganizationAccountAccessRole",
            "session_name": "landform",
            "duration": "1h",
            "access_key_id": format!("ASIA{member}"),
            "secret_access_key": "a-secret-key",
            "session_token": "a-session-token",
            "expiration": "1970-01-01T01:00:00Z",
        })
    );
    assert_eq!(opened.renew_at, None);
    assert!(opened.private.is_empty());
    let calls = cloud.take_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].subject, format!("arn:aws:iam::{member}:role/OrganizationAccountAccessRole"));
    assert!(terraform.close(TYPE, opened).await.is_empty());
    assert!(cloud.take_calls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn another_role_for_another_time_in_another_partition() {
    let (cloud, member) = cloud();
    let config =
        json!({ "account_id": member, "role_name": "deploy", "session_name": "ci@run-7", "duration": "15m" });
    let opened = process(&cloud, "us-gov-west-1").await.open(TYPE, &config).await;
    assert!(opened.diagnostics.is_empty(), "{}", opened.diagnostics);
    assert_eq!(to_json(&opened.result)["expiration"], "1970-01-01T00:15:00Z");
    assert_eq!(cloud.take_calls()[0].subject, format!("arn:aws-us-gov:iam::{member}:role/deploy"));
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_an_error_at_its_attribute_before_any_call() {
    let (cloud, member) = cloud();
    for (attribute, value, words) in [
        ("account_id", "prod", "(at account_id)"),
        ("role_name", "arn:aws:iam::111122223333:role/deploy", "write the name, not the ARN"),
        ("session_name", "x", "it has 2 to 64"),
        ("session_name", "my session", "`my session` is no name of a session"),
        ("duration", "14m59s", "whole seconds from `15m` to `12h`"),
        ("duration", "12h1s", "(at duration)"),
        ("duration", "1h0.5s", "whole seconds"),
        ("duration", "3600", "write `3600s` for seconds"),
    ] {
        let mut config = json!({ "account_id": member });
        config[attribute] = json!(value);
        let opened = process(&cloud, "eu-west-1").await.open(TYPE, &config).await;
        assert!(opened.diagnostics.to_string().contains(words), "{config}: {}", opened.diagnostics);
    }
    assert!(cloud.take_calls().is_empty());
    for duration in ["15m", "12h"] {
        let config = json!({ "account_id": member, "duration": duration });
        assert!(process(&cloud, "eu-west-1").await.open(TYPE, &config).await.diagnostics.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_role_that_cannot_be_assumed_is_named_with_what_to_do() {
    let (cloud, member) = cloud();
    let kind = ErrorKind::Denied;
    cloud.inject(Fault { operation: Some("AssumeRole"), nth: 1, times: 1, when: When::Before, kind });
    let opened = process(&cloud, "eu-west-1").await.open(TYPE, &json!({ "account_id": member })).await;
    let told = opened.diagnostics.to_string();
    assert!(told.contains(&format!("Assuming arn:aws:iam::{member}:role/Organ")), "{told}");
    assert!(told.contains("No credentials were given. The role must exist"), "{told}");
}

#[test]
fn no_secret_is_printed() {
    let credentials = MemberCredentials {
        access_key_id: "ASIAEXAMPLE".into(),
        secret_access_key: "a-secret-key".into(),
        session_token: "a-session-token".into(),
        expiration: "2026-01-31T23:59:59Z".into(),
        ..MemberCredentials::default()
    };
    let printed = format!("{credentials:?} {credentials:#?}");
    assert!(printed.contains("2026-01-31"), "{printed}");
    for secret in ["ASIA", "a-secret-key", "a-session-token"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
