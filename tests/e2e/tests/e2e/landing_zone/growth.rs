//! Accounts by the hundred that are there already: taken in, and refreshed by pages.

use landform_test_support::Scenario;

use super::organization::Organization;
use crate::configuration;

const ACCOUNTS: usize = 100;

#[test]
fn a_refresh_lists_all_accounts_at_once() {
    let scenario = Scenario::new(configuration("landing-zone/many"))
        .as_management_account()
        .variable("count_of_accounts", &ACCOUNTS.to_string());
    let organization = Organization::found(&scenario);
    for number in 0..ACCOUNTS {
        organization.create_account(&format!("account {number}"), &format!("account-{number}@example.com"));
    }
    scenario.apply();
    let calls = scenario.proxy().take_calls();
    assert_eq!((calls.count("CreateAccount"), calls.count("MoveAccount")), (0, ACCOUNTS));

    scenario.plan_is_empty();
    let calls = scenario.proxy().take_calls().of_service("organizations");
    // State, name, address and place of all come in pages of twenty accounts; nothing is asked of each.
    assert_eq!((calls.count("ListAccounts"), calls.count("ListTagsForResource")), (6, 0), "{calls}");
    assert!(calls.len() <= 12, "{calls}");
}
