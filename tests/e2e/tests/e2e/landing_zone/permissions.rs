//! The IAM policies on the reference pages are what a landing zone needs: no call is missing.

use landform_test_support::fault_proxy::Calls;
use landform_test_support::iam::permission;

use crate::permissions::{Actions, published};

const PAGES: [&str; 7] = [
    "account",
    "account_baseline",
    "deploy_roles",
    "guardrails",
    "organization",
    "organization_policy",
    "organizational_units",
];

/// The permissions that calls need; who one is may always be asked, and a role is assumed by its trust.
fn needed(calls: &Calls) -> Actions {
    calls.iter().filter(|call| call.service != "sts").map(permission).collect()
}

/// The call that tries out a new account, as the administrator that AWS has made in it.
const TRIAL: &str = "ec2:DescribeRegions";

/// What plans did must be allowed by the policies for planning, what applies did by both.
pub(super) fn are_published(planned: &Calls, applied: &Calls) {
    let (mut read, mut all) = (Actions::new(), Actions::new());
    for page in PAGES {
        let (plan, apply) = published(&format!("resources/{page}.md"));
        read.extend(plan.iter().cloned());
        all.extend(plan.into_iter().chain(apply));
    }
    let lacking = |calls, policies: &Actions| -> Vec<String> {
        let needed = needed(calls);
        needed.difference(policies).filter(|permission| *permission != TRIAL).cloned().collect()
    };
    assert_eq!(lacking(planned, &read), Vec::<String>::new(), "needed by a plan and not published");
    assert_eq!(lacking(applied, &all), Vec::<String>::new(), "needed by an apply and not published");
}
