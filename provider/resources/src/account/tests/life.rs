//! From the first plan on: made, changed in place, mended.

use super::*;
use insta::assert_snapshot;
use landform_cloud::account_management::RegionStatus;

#[tokio::test(start_paused = true)]
async fn an_account_is_made_once_moved_tagged_and_waited_for() {
    let cloud = cloud();
    cloud.organization_world(|world| world.ready_after = 3);
    let account = made(&cloud, &payments()).await;
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
    assert_eq!(writes(&cloud), ["CreateAccount", "MoveAccount", "PutAlternateContact", "EnableRegion"]);
    for (attribute, value) in [
        ("state", json!("ACTIVE")),
        ("joined_method", json!("CREATED")),
        ("ready", json!(true)),
        ("status", json!("ready")),
        ("role_name", json!("OrganizationAccountAccessRole")),
        ("billing_access", json!(true)),
        ("tags_all", json!({ "team": "payments" })),
        ("pending_email", Json::Null),
    ] {
        assert_eq!(state(&account, attribute), value, "{attribute}");
    }
    assert!(state(&account, "creation_id").as_str().unwrap().starts_with("car-"));
    let tags = cloud.organization_world(|world| world.tags[state(&account, "id").as_str().unwrap()].clone());
    let expected = [
        ("landform:child", "account"),
        ("landform:resource", "account/payments-prod"),
        ("landform:stack", "test"),
        ("team", "payments"),
    ];
    assert_eq!(tags, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
}

#[tokio::test(start_paused = true)]
async fn it_plans_empty_and_a_refresh_is_cheap() {
    let cloud = cloud();
    let mut account = made(&cloud, &payments()).await;
    cloud.take_calls();
    assert_eq!(plan(&cloud, &mut account, &payments()).await, "no change");
    let calls: Vec<String> = cloud.take_calls().iter().map(ToString::to_string).collect();
    // Of these only the contact and the regions are of one account.
    assert!(calls.len() <= 10, "{calls:?}");
    assert!(!calls.iter().any(|call| call.starts_with("ListTagsForResource")), "{calls:?}");
    // What only differs in case is the same address.
    let shouted = with(payments(), json!({ "email": "AWS+Payments-Prod@Example.com" }));
    assert_eq!(plan(&cloud, &mut account, &shouted).await, "no change");
    // What counted when it was made changes nothing any more.
    let other = with(payments(), json!({ "role_name": "Other", "billing_access": false }));
    assert_eq!(plan(&cloud, &mut account, &other).await, "no change");
}

#[tokio::test(start_paused = true)]
async fn it_is_renamed_moved_and_set_otherwise_in_place() {
    let cloud = cloud();
    let mut account = made(&cloud, &payments()).await;
    let id = state(&account, "id");
    writes(&cloud);
    let other = json!({
        "name": "Payments (Prod) 2",
        "email": "aws+payments-prod@example.com",
        "ou": "Root",
        "tags": { "cost": "4711" },
        "contacts": { "billing": contact("Billing"), "operations": contact("Operations") },
    });
    let diagnostics = apply(&cloud, &mut account, &other).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(state(&account, "id"), id);
    assert_eq!(accounts(&cloud), ["Payments (Prod) 2 in / Active"]);
    assert_eq!(
        writes(&cloud),
        [
            "MoveAccount",
            "TagResource",
            "UntagResource",
            "PutAccountName",
            "PutAlternateContact",
            "PutAlternateContact",
            "DeleteAlternateContact"
        ]
    );
    let contacts =
        cloud.organization_world(|world| world.settings.contacts.keys().map(|it| it.1).collect::<Vec<_>>());
    assert_eq!(contacts.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), ["billing", "operations"]);
    let tags = cloud.organization_world(|world| world.tags[id.as_str().unwrap()].clone());
    assert_eq!(tags["landform:resource"], "account/payments-prod-2");
    assert!(tags.contains_key("cost") && !tags.contains_key("team"), "{tags:?}");
    assert_eq!(plan(&cloud, &mut account, &other).await, "no change");
}

#[tokio::test(start_paused = true)]
async fn what_people_change_shows_in_the_plan_and_is_mended() {
    let cloud = cloud();
    let mut account = made(&cloud, &payments()).await;
    cloud.organization_world(|world| {
        let sandbox = world.parent_at("Sandbox");
        let it = world.accounts.iter_mut().find(|it| it.name == "payments-prod").unwrap();
        (it.parent, it.name) = (sandbox, "renamed".to_owned());
        let id = it.id.to_string();
        let tags = world.tags.get_mut(&id).unwrap();
        tags.insert("team".to_owned(), "other".to_owned());
        tags.insert("theirs".to_owned(), "stays".to_owned());
        world.settings.contacts.clear();
        world.settings.regions.values_mut().for_each(|status| *status = RegionStatus::Disabled);
    });
    let planned = plan(&cloud, &mut account, &payments()).await;
    for text in ["Sandbox", "renamed", "opt_in_regions", "contacts"] {
        assert!(planned.contains(text), "{text}: {planned}");
    }
    let diagnostics = apply(&cloud, &mut account, &payments()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
    assert_eq!(plan(&cloud, &mut account, &payments()).await, "no change");
    let tags = cloud.organization_world(|world| world.tags[state(&account, "id").as_str().unwrap()].clone());
    assert_eq!((tags["team"].as_str(), tags["theirs"].as_str()), ("payments", "stays"));
}

/// AWS takes minutes to hours: <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>.
#[tokio::test(start_paused = true)]
async fn regions_are_waited_for() {
    let cloud = cloud();
    cloud.organization_world(|world| world.settings.region_looks = 20);
    let mut account = made(&cloud, &payments()).await;
    let regions =
        || cloud.organization_world(|world| world.settings.regions.values().copied().collect::<Vec<_>>());
    assert_eq!(regions(), [RegionStatus::Enabled]);
    // Somebody has it off and on again.
    cloud.organization_world(|world| {
        world.settings.region_looks = 20;
        world.settings.regions.values_mut().for_each(|status| *status = RegionStatus::Enabling);
    });
    writes(&cloud);
    let said = account.refresh(&process(&cloud).await).await.to_string();
    assert!(
        said.contains("warning: Region af-south-1 of account") && said.contains("is not on yet"),
        "{said}"
    );
    let planned = plan(&cloud, &mut account, &payments()).await;
    assert!(planned.contains("opt_in_regions") && planned.contains("af-south-1"), "{planned}");
    let said = apply(&cloud, &mut account, &payments()).await;
    assert!(said.is_empty(), "{said}");
    assert_eq!((regions(), writes(&cloud).len()), (vec![RegionStatus::Enabled], 0));
    assert_eq!(plan(&cloud, &mut account, &payments()).await, "no change");
}

#[tokio::test(start_paused = true)]
async fn another_address_takes_two_applies_and_a_code() {
    let cloud = cloud();
    let mut account = made(&cloud, &payments()).await;
    writes(&cloud);
    let renamed = with(payments(), json!({ "email": "payments@example.com" }));
    let planned = plan(&cloud, &mut account, &renamed).await;
    assert!(planned.contains("takes two applies"), "{planned}");
    let said = apply(&cloud, &mut account, &renamed).await.to_string();
    assert!(said.contains("Set `email_otp` to it and apply"), "{said}");
    assert_eq!(writes(&cloud), ["StartPrimaryEmailUpdate"]);
    assert_eq!(state(&account, "pending_email"), "payments@example.com");
    // Until then every plan says so, and an apply sends no other mail.
    let planned = plan(&cloud, &mut account, &renamed).await;
    assert!(planned.contains("waits for its code"), "{planned}");
    assert!(!apply(&cloud, &mut account, &renamed).await.has_errors());
    assert_eq!(writes(&cloud), Vec::<&str>::new());
    assert!(
        !apply(&cloud, &mut account, &with(renamed.clone(), json!({ "email_otp": "resend" })))
            .await
            .has_errors()
    );
    assert_eq!(writes(&cloud), ["StartPrimaryEmailUpdate"]);
    let wrong = apply(&cloud, &mut account, &with(renamed.clone(), json!({ "email_otp": "code01" }))).await;
    assert!(wrong.to_string().contains("one-time password is wrong"), "{wrong}");
    writes(&cloud);
    let right = with(renamed.clone(), json!({ "email_otp": "code02" }));
    let said = apply(&cloud, &mut account, &right).await;
    assert!(!said.has_errors(), "{said}");
    assert_eq!(writes(&cloud), ["AcceptPrimaryEmailUpdate"]);
    let email = cloud.organization_world(|world| world.accounts[1].email.clone());
    assert_eq!(email, "payments@example.com");
    assert_eq!(plan(&cloud, &mut account, &renamed).await, "no change");
    assert_eq!(state(&account, "pending_email"), Json::Null);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_not_ready_is_a_warning_and_waited_for_again() {
    let cloud = cloud();
    cloud.organization_world(|world| world.settings.never_ready = true);
    let mut account = Instance::new(TYPE);
    let said = apply(&cloud, &mut account, &payments()).await;
    assert!(!said.has_errors() && said.to_string().contains("cannot be used yet"), "{said}");
    assert!(!account.tainted);
    assert_eq!((state(&account, "ready"), state(&account, "status")), (json!(false), json!("ready")));
    assert!(plan(&cloud, &mut account, &payments()).await.contains("ready"));
    cloud.organization_world(|world| world.settings.never_ready = false);
    let said = apply(&cloud, &mut account, &payments()).await;
    assert!(said.is_empty(), "{said}");
    assert_eq!(state(&account, "ready"), json!(true));
    let patient = with(payments(), json!({ "email": "b@example.com", "name": "b", "wait_ready": false }));
    let account = made(&cloud, &patient).await;
    assert_eq!(state(&account, "ready"), Json::Null);
}

#[tokio::test(start_paused = true)]
async fn a_unit_that_does_not_exist_is_told_at_plan_and_refused_before_anything_is_made() {
    let cloud = cloud();
    let mut account = Instance::new(TYPE);
    let config = with(payments(), json!({ "ou": "Workloads/Test" }));
    let planned = plan(&cloud, &mut account, &config).await;
    assert!(planned.contains("Workloads/Test does not exist yet"), "{planned}");
    let refused = apply(&cloud, &mut account, &config).await.to_string();
    assert!(refused.contains("has no place to go"), "{refused}");
    assert_eq!(writes(&cloud), Vec::<&str>::new());
    assert!(account.state.is_none());
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_named_with_the_rule() {
    let terraform = process(&cloud()).await;
    let config = json!({
        "name": "a<b",
        "email": "no address",
        "ou": "/Workloads",
        "role_name": "AWSServiceRoleForX",
        "tags": { "landform:stack": "x" },
        "on_destroy": "delete",
        "contacts": { "billing": { "name": "", "title": "t", "email": "x", "phone": "call me" } },
    });
    for (attribute, value) in config.as_object().unwrap() {
        let good = json!({ "name": "a", "email": "a@example.com" });
        let text =
            terraform.validate(TYPE, with(good, json!({ attribute.as_str(): value }))).await.to_string();
        assert!(text.contains("error") && text.contains(attribute), "{attribute}: {text}");
    }
    let text = terraform.validate(TYPE, json!({ "name": "a<b", "email": "a@example.com" })).await.to_string();
    assert_snapshot!(text, @r#"
    error: Invalid value for "name" (at name)
    A name has 1 to 50 printable ASCII characters, without `<` and `>`.
    "#);
}
