//! Accounts by the hundred that are there already: taken in, and refreshed by pages.

use landform_test_support::Scenario;

use super::organization::Organization;
use crate::configuration;

const ACCOUNTS: usize = 100;

#[test]
fn a_refresh_lists_all_accounts_at_once_and_asks_for_the_tags_of_each() {
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
    // AWS tells the tags of one account per call. Everything else comes in pages of twenty accounts: state, name, address and
    // place of all, in six calls.
    let tags = calls.count("ListTagsForResource");
    assert!(tags <= ACCOUNTS, "{calls}");
    assert!(calls.count("ListAccounts") == 6 && calls.len() - tags <= 12, "{calls}");
}
