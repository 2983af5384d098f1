//! A create that fails or dies at any write is finished by the next apply: one account, never two.

use super::*;
use landform_cloud::ErrorKind;
use landform_test_cloud::{Fault, When};

#[derive(Clone, Copy, Debug)]
enum Way {
    Fails(When, ErrorKind),
    Dies(When),
}

const WAYS: [Way; 4] = [
    Way::Fails(When::Before, ErrorKind::Denied),
    Way::Fails(When::After, ErrorKind::Ambiguous),
    Way::Dies(When::Before),
    Way::Dies(When::After),
];

fn strike(cloud: &InProcessCloud, nth: u32, way: Way) {
    match way {
        Way::Fails(when, kind) => cloud.inject(Fault { operation: None, nth, times: 1, when, kind }),
        Way::Dies(when) => cloud.kill_at(nth, when),
    }
}

fn at(operation: &'static str, times: u32, when: When, kind: ErrorKind) -> Fault {
    Fault { operation: Some(operation), nth: 1, times, when, kind }
}

fn creates(cloud: &InProcessCloud) -> usize {
    cloud.organization_world(|world| world.requests.len())
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_or_dies_at_any_write_is_finished_by_the_next() {
    for nth in 1..=4 {
        for way in WAYS {
            for looks in [1, 20] {
                let cloud = cloud();
                cloud.organization_world(|world| world.account_looks = looks);
                let mut account = Instance::new(TYPE);
                strike(&cloud, nth, way);
                apply(&cloud, &mut account, &payments()).await;
                if cloud.is_dead() {
                    // Terraform never gets the answer of a process that died.
                    account = Instance::new(TYPE);
                }
                cloud.heal();
                cloud.revive();
                let next = apply(&cloud, &mut account, &payments()).await;
                assert!(!next.has_errors(), "{nth} {way:?}: {next}");
                assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"], "{nth} {way:?}");
                assert_eq!(creates(&cloud), 1, "{nth} {way:?}");
                assert!(!account.tainted && account.deposed.is_empty());
                assert_eq!(plan(&cloud, &mut account, &payments()).await, "no change", "{nth} {way:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_that_fails_or_dies_at_any_write_is_finished_by_the_next() {
    let other = json!({
        "name": "payments", "email": "aws+payments-prod@example.com", "ou": "Sandbox",
        "tags": { "cost": "1" }, "contacts": { "billing": contact("Billing") }, "deletion_protection": false,
    });
    let whole = cloud();
    let mut account = made(&whole, &payments()).await;
    writes(&whole);
    apply(&whole, &mut account, &other).await;
    let count = u32::try_from(writes(&whole).len()).unwrap();
    assert!(count >= 6, "{count}");
    for nth in 1..=count {
        for way in WAYS {
            let cloud = cloud();
            let mut account = made(&cloud, &payments()).await;
            let prior = account.clone();
            strike(&cloud, nth, way);
            apply(&cloud, &mut account, &other).await;
            if cloud.is_dead() {
                account = prior;
            }
            cloud.heal();
            cloud.revive();
            let next = apply(&cloud, &mut account, &other).await;
            assert!(!next.has_errors(), "{nth} {way:?}: {next}");
            assert_eq!(accounts(&cloud), ["payments in /Sandbox Active"], "{nth} {way:?}");
            let (tags, contacts) = cloud.organization_world(|world| {
                let id = world.accounts[1].id.to_string();
                (world.tags[&id].clone(), world.settings.contacts.len())
            });
            assert!(tags.contains_key("cost") && !tags.contains_key("team"), "{nth} {way:?}: {tags:?}");
            assert_eq!(contacts, 1, "{nth} {way:?}");
            assert_eq!(plan(&cloud, &mut account, &other).await, "no change", "{nth} {way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_ends_well_in_the_same_apply() {
    let cloud = cloud();
    cloud.inject(at("CreateAccount", 1, When::After, ErrorKind::Ambiguous));
    made(&cloud, &payments()).await;
    assert_eq!(creates(&cloud), 1);
}

/// The request is refused, AWS being at something else, and the looks at it are throttled.
#[tokio::test(start_paused = true)]
async fn what_aws_refuses_for_now_is_tried_again_and_the_request_is_sent_once() {
    let cloud = cloud();
    cloud.organization_world(|world| world.finalizing_calls = 5);
    cloud.inject(at("DescribeCreateAccountStatus", 4, When::Before, ErrorKind::Throttled));
    cloud.inject(at("MoveAccount", 3, When::Before, ErrorKind::NotReady));
    cloud.inject(at("PutAlternateContact", 3, When::Before, ErrorKind::Throttled));
    made(&cloud, &payments()).await;
    assert_eq!(creates(&cloud), 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_aws_fails_is_told_in_its_words_and_leaves_no_account() {
    let cloud = cloud();
    cloud.organization_world(|world| world.taken_emails.insert("aws+payments-prod@example.com".to_owned()));
    let mut account = Instance::new(TYPE);
    let failed = apply(&cloud, &mut account, &payments()).await.to_string();
    assert!(failed.contains("AWS has not made it: EMAIL_ALREADY_EXISTS"), "{failed}");
    // Another address makes another request, and nothing is in the way.
    let other = with(payments(), json!({ "email": "other@example.com" }));
    let next = apply(&cloud, &mut account, &other).await;
    assert!(!next.has_errors(), "{next}");
    assert_eq!(accounts(&cloud).len(), 1);
    assert_eq!(plan(&cloud, &mut account, &other).await, "no change");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_failed_once_is_sent_again_by_the_next_apply() {
    let cloud = cloud();
    cloud.organization_world(|world| world.account_failure = Some("INTERNAL_FAILURE".to_owned()));
    let mut account = Instance::new(TYPE);
    assert!(apply(&cloud, &mut account, &payments()).await.has_errors());
    let next = apply(&cloud, &mut account, &payments()).await;
    assert!(!next.has_errors(), "{next}");
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
}

/// After the account exists nothing loses its id.
#[tokio::test(start_paused = true)]
async fn a_step_that_fails_after_the_account_exists_leaves_it_in_state() {
    for operation in ["MoveAccount", "PutAlternateContact", "EnableRegion"] {
        let cloud = cloud();
        cloud.inject(at(operation, 1, When::Before, ErrorKind::Denied));
        let mut account = Instance::new(TYPE);
        let failed = apply(&cloud, &mut account, &payments()).await;
        assert!(failed.has_errors() && account.tainted, "{operation}");
        assert_eq!(state(&account, "status"), "incomplete");
        assert!(state(&account, "id").is_string(), "{operation}");
        // The next plan is a replacement in Terraform's words, and nothing is removed.
        let next = apply(&cloud, &mut account, &payments()).await;
        assert!(next.to_string().contains("Resuming the creation"), "{operation}: {next}");
        assert_eq!((creates(&cloud), accounts(&cloud).len()), (1, 1));
    }
}

/// An account that is not the wanted one but has its name is on its way.
#[tokio::test(start_paused = true)]
async fn a_namesake_on_its_way_is_not_taken() {
    let cloud = cloud();
    cloud.organization_world(|world| world.account_looks = 10);
    let theirs = with(payments(), json!({ "email": "theirs@example.com", "ou": "Sandbox" }));
    cloud.kill_at(1, When::After);
    apply(&cloud, &mut Instance::new(TYPE), &theirs).await;
    cloud.revive();
    made(&cloud, &payments()).await;
    assert_eq!(accounts(&cloud), ["payments-prod in / Active", "payments-prod in /Workloads/Prod Active"]);
}

#[tokio::test(start_paused = true)]
async fn parents_that_aws_does_not_tell_are_looked_for() {
    let cloud = cloud();
    cloud.organization_world(|world| world.parents_hidden = true);
    let mut account = made(&cloud, &payments()).await;
    assert_eq!(plan(&cloud, &mut account, &payments()).await, "no change");
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
}

/// AWS tells a request by the name of its account only.
#[tokio::test(start_paused = true)]
async fn a_request_that_made_the_account_of_somebody_else_is_not_ours() {
    let cloud = cloud();
    let theirs =
        made(&cloud, &with(payments(), json!({ "email": "theirs@example.com", "ou": "Sandbox" }))).await;
    cloud.inject(at("CreateAccount", 1, When::Before, ErrorKind::Denied));
    let mut account = Instance::new(TYPE);
    assert!(apply(&cloud, &mut account, &payments()).await.has_errors());
    cloud.heal();
    let mut begun = theirs.state.clone().unwrap();
    for (attribute, value) in [
        ("email", json!("aws+payments-prod@example.com")),
        ("id", Json::Null),
        ("status", json!("incomplete")),
    ] {
        begun[attribute] = value;
    }
    (account.state, account.tainted) = (Some(begun), true);
    let next = apply(&cloud, &mut account, &payments()).await;
    assert!(!next.has_errors(), "{next}");
    assert_ne!(state(&account, "id"), state(&theirs, "id"));
    assert_eq!(
        accounts(&cloud),
        ["payments-prod in /Sandbox Active", "payments-prod in /Workloads/Prod Active"]
    );
}

/// A region that is not on when the time is over has been asked for all the same, and is not asked for again.
#[tokio::test(start_paused = true)]
async fn a_region_that_takes_too_long_is_waited_for_by_the_next_apply() {
    let cloud = cloud();
    let slowly = |looks: u32| cloud.organization_world(|world| world.settings.region_looks = looks);
    slowly(u32::MAX);
    let short = json!({ "timeouts": { "create": "20m", "update": "10m" } });
    let config = with(payments(), short.clone());
    let mut account = Instance::new(TYPE);
    let said = apply(&cloud, &mut account, &config).await;
    assert!(said.has_errors() && said.to_string().contains("region af-south-1 is not on yet"), "{said}");
    assert!(said.to_string().contains("The account is in state; the next apply waits on"), "{said}");
    assert_eq!((account.tainted, state(&account, "status")), (true, json!("incomplete")));
    let id = state(&account, "id");
    assert!(writes(&cloud).contains(&"EnableRegion"));
    slowly(5);
    let said = apply(&cloud, &mut account, &config).await;
    assert!(!said.has_errors(), "{said}");
    assert_eq!(writes(&cloud), [""; 0]);
    assert_eq!((state(&account, "id"), state(&account, "status")), (id, json!("ready")));
    assert_eq!(plan(&cloud, &mut account, &config).await, "no change");

    let plain = with(
        payments(),
        with(short, json!({ "name": "b", "email": "b@example.com", "opt_in_regions": null })),
    );
    let mut account = made(&cloud, &plain).await;
    writes(&cloud);
    slowly(u32::MAX);
    let more = with(plain, json!({ "opt_in_regions": ["af-south-1"] }));
    let said = apply(&cloud, &mut account, &more).await;
    assert!(said.has_errors() && said.to_string().contains("region af-south-1 is not on yet"), "{said}");
    assert_eq!((account.tainted, state(&account, "status")), (false, json!("degraded")));
    assert_eq!(writes(&cloud), ["EnableRegion"]);
    assert!(plan(&cloud, &mut account, &more).await.contains("opt_in_regions"));
    slowly(5);
    let said = apply(&cloud, &mut account, &more).await;
    assert!(!said.has_errors(), "{said}");
    assert_eq!(writes(&cloud), [""; 0]);
    assert_eq!(plan(&cloud, &mut account, &more).await, "no change");
}
