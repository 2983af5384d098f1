//! What destroying does, and that nothing else ever removes an account.

use super::*;
use landform_cloud::organizations::AccountState;
use landform_framework::testing::Replacement;

fn leaving(how: &str) -> Json {
    with(payments(), json!({ "on_destroy": how }))
}

fn has_our_tags(cloud: &InProcessCloud) -> bool {
    cloud.organization_world(|world| {
        let id = world.accounts[1].id.to_string();
        world.tags[&id].keys().any(|key| key.starts_with("landform:"))
    })
}

#[tokio::test(start_paused = true)]
async fn a_protected_account_is_not_destroyed() {
    let cloud = cloud();
    let mut account = made(&cloud, &with(payments(), json!({ "deletion_protection": true }))).await;
    let refused = destroy(&cloud, &mut account).await.to_string();
    assert!(refused.contains("is protected"), "{refused}");
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
}

#[tokio::test(start_paused = true)]
async fn it_goes_to_quarantine_or_stays_where_it_is() {
    for (how, place) in [("quarantine", "/Suspended"), ("forget", "/Workloads/Prod")] {
        let cloud = cloud();
        let mut account = made(&cloud, &leaving(how)).await;
        assert!(destroy(&cloud, &mut account).await.is_empty());
        assert_eq!(accounts(&cloud), [format!("payments-prod in {place} Active")]);
        assert!(account.state.is_none() && !has_our_tags(&cloud));
        // It can be had back.
        let said = apply(&cloud, &mut account, &leaving(how)).await;
        assert!(!said.has_errors(), "{said}");
        assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_unit_for_it_nothing_is_moved_and_that_is_said() {
    let cloud = cloud();
    let mut account = made(&cloud, &leaving("quarantine")).await;
    cloud.organization_world(|world| world.units.retain(|it| it.unit.name != "Suspended"));
    let said = destroy(&cloud, &mut account).await.to_string();
    assert!(said.contains("was not moved"), "{said}");
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
}

#[tokio::test(start_paused = true)]
async fn it_is_closed_only_where_the_provider_allows_it_and_waited_for_kindly() {
    let cloud = cloud();
    let mut account = made(&cloud, &leaving("close")).await;
    let refused = destroy(&cloud, &mut account).await.to_string();
    assert!(refused.contains("allow_account_closure = true"), "{refused}");
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Active"]);
    let closing = || configured(&cloud, json!({ "allow_account_closure": true }));
    let said = account.destroy(&closing().await, &closing().await).await;
    assert!(!said.has_errors(), "{said}");
    assert!(account.state.is_none());
    assert_eq!(accounts(&cloud), ["payments-prod in /Workloads/Prod Closed"]);
    // Its address is spent.
    let refused = plan(&cloud, &mut account, &payments()).await;
    assert!(refused.contains("belongs to a closed account"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn the_plan_of_a_closure_tells_the_budget() {
    let cloud = cloud();
    let mut account = made(&cloud, &leaving("close")).await;
    let terraform = configured(&cloud, json!({ "allow_account_closure": true })).await;
    let _ = account.refresh(&terraform).await;
    let planned = terraform.plan_destroy(TYPE, account.state.as_ref().unwrap()).await;
    let text = planned.diagnostics.to_string();
    assert!(text.contains("0 of 2 accounts are closed or closing now; AWS closes 250 in 30 days"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_somebody_closed_stays_in_state_and_can_be_taken_out() {
    let cloud = cloud();
    let mut account = made(&cloud, &with(payments(), json!({ "deletion_protection": true }))).await;
    cloud.organization_world(|world| world.accounts[1].state = AccountState::Closed);
    let planned = plan(&cloud, &mut account, &with(payments(), json!({ "ou": "Sandbox" }))).await;
    assert!(planned.contains("is closed"), "{planned}");
    writes(&cloud);
    assert!(destroy(&cloud, &mut account).await.is_empty());
    assert!(account.state.is_none());
    assert_eq!(writes(&cloud), Vec::<&str>::new());
}

/// `terraform apply -replace`, in either order, with every way of destroying.
#[tokio::test(start_paused = true)]
async fn no_replacement_touches_an_account() {
    for replacement in [Replacement::DestroyThenCreate, Replacement::CreateThenDestroy] {
        for how in ["quarantine", "forget", "close"] {
            let cloud = cloud();
            let mut account = Instance { replacement, ..made(&cloud, &leaving(how)).await };
            let id = state(&account, "id");
            account.taint();
            writes(&cloud);
            let closing = || configured(&cloud, json!({ "allow_account_closure": true }));
            let said = account.apply(&closing().await, &closing().await, &leaving(how)).await;
            assert!(!said.has_errors(), "{said}");
            assert_eq!(writes(&cloud), Vec::<&str>::new(), "{replacement:?} {how}");
            assert_eq!((state(&account, "id"), account.deposed.len()), (id, 0));
            assert_eq!(plan(&cloud, &mut account, &leaving(how)).await, "no change");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_destroy_that_fails_at_any_write_is_finished_by_the_next() {
    use landform_cloud::ErrorKind;
    use landform_test_cloud::{Fault, When};
    for nth in 1..=2 {
        for when in [When::Before, When::After] {
            let cloud = cloud();
            let mut account = made(&cloud, &leaving("quarantine")).await;
            cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Ambiguous });
            assert!(destroy(&cloud, &mut account).await.has_errors());
            cloud.heal();
            assert!(account.state.is_some(), "{nth} {when:?}");
            assert!(!destroy(&cloud, &mut account).await.has_errors(), "{nth} {when:?}");
            assert_eq!(accounts(&cloud), ["payments-prod in /Suspended Active"]);
            assert!(!has_our_tags(&cloud));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_management_account_is_let_go_and_never_moved() {
    let cloud = cloud();
    let config =
        json!({ "name": "management", "email": "management@example.com", "deletion_protection": false });
    let mut account = Instance::new(TYPE);
    assert!(!apply(&cloud, &mut account, &config).await.has_errors());
    assert_eq!(state(&account, "ou"), "Root");
    let said = destroy(&cloud, &mut account).await.to_string();
    assert!(said.contains("management account"), "{said}");
    assert!(account.state.is_none());
    let at =
        cloud.organization_world(|world| world.inventory().into_iter().find(|it| it.contains("management")));
    assert_eq!(at.unwrap(), "account management in / Active");
}
