//! Which steps, in which order.

use super::super::decide::decide;
use super::super::desired::Desired;
use super::super::seen::Seen;
use landform_cloud::organizations::{Organization, PolicyTypeStatus, RootAccess, RootAccessFeature};
use landform_model::guardrails::PolicyType;

const HUB: &str = "securityhub.amazonaws.com";

fn wish(types: &[PolicyType], services: &[&str], root_access: &[RootAccessFeature]) -> Desired {
    Desired {
        policy_types: types.iter().copied().collect(),
        services: services.iter().map(|it| (*it).to_owned()).collect(),
        root_access: RootAccess::from_iter(root_access.iter().copied()),
        ..Desired::default()
    }
}

fn seen(types: &[PolicyType], services: &[&str]) -> Seen {
    let organization = Organization {
        id: "o-a1b2c3d4e5".parse().unwrap(),
        arn: "arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5".parse().unwrap(),
        management_account: "111122223333".parse().unwrap(),
        all_features: true,
    };
    Seen {
        organization: Some(organization),
        root: Some("r-ab12".parse().unwrap()),
        policy_types: types.iter().map(|it| (*it, PolicyTypeStatus::Enabled)).collect(),
        services: services.iter().map(|it| (*it).to_owned()).collect(),
        ..Seen::default()
    }
}

fn steps(desired: &Desired, former: &Desired, seen: &Seen) -> Vec<String> {
    decide(desired, former, seen).iter().map(ToString::to_string).collect()
}

#[test]
fn what_needs_a_service_goes_before_it_and_comes_after_it() {
    let hub = PolicyType::SecurityhubPolicy;
    let mut all = wish(&[hub], &[HUB], &[RootAccessFeature::Sessions]);
    all.delegated.insert(HUB.to_owned(), "222233334444".parse().unwrap());
    let (nothing, none) = (Desired::default(), seen(&[], &[]));
    let up = [
        "trust securityhub.amazonaws.com",
        "switch root sessions on",
        "switch SECURITYHUB_POLICY on",
        "register 222233334444 as the administrator of securityhub.amazonaws.com",
    ];
    assert_eq!(steps(&all, &nothing, &none), up);
    let mut full = seen(&[hub], &[HUB]);
    full.root_access = all.root_access.clone();
    full.delegated.insert("222233334444".parse().unwrap(), [HUB.to_owned()].into());
    let down = [
        "deregister 222233334444 as the administrator of securityhub.amazonaws.com",
        "switch root sessions off",
        "switch SECURITYHUB_POLICY off",
        "trust securityhub.amazonaws.com no longer",
    ];
    assert_eq!(steps(&nothing, &all, &full), down);
    assert_eq!(steps(&all, &all, &full), [""; 0]);
}

#[test]
fn what_others_switched_on_stays_but_for_services_of_an_exclusive_list() {
    let hub = PolicyType::SecurityhubPolicy;
    let mut mine = wish(&[], &["sso.amazonaws.com"], &[]);
    let theirs = seen(&[hub], &[HUB, "ram.amazonaws.com", "sso.amazonaws.com"]);
    assert_eq!(steps(&mine, &mine, &theirs), [""; 0]);
    mine.exclusive = true;
    // The kind of policy that is on needs Security Hub.
    assert_eq!(steps(&mine, &mine, &theirs), ["trust ram.amazonaws.com no longer"]);
}

#[test]
fn a_kind_that_is_about_to_be_on_is_waited_for_and_one_about_to_be_off_is_not_switched_twice() {
    let mine = wish(&[PolicyType::TagPolicy], &[], &[]);
    let mut pending = seen(&[], &[]);
    pending.policy_types.insert(PolicyType::TagPolicy, PolicyTypeStatus::PendingEnable);
    assert_eq!(steps(&mine, &mine, &pending), ["switch TAG_POLICY on"]);
    pending.policy_types.insert(PolicyType::TagPolicy, PolicyTypeStatus::PendingDisable);
    assert_eq!(steps(&Desired::default(), &mine, &pending), [""; 0]);
}

#[test]
fn another_administrator_takes_the_place_of_the_first() {
    let (mut before, mut after) = (wish(&[], &[HUB], &[]), wish(&[], &[HUB], &[]));
    before.delegated.insert(HUB.to_owned(), "222233334444".parse().unwrap());
    after.delegated.insert(HUB.to_owned(), "333344445555".parse().unwrap());
    let mut now = seen(&[], &[HUB]);
    now.delegated.insert("222233334444".parse().unwrap(), [HUB.to_owned()].into());
    let expected = [
        "deregister 222233334444 as the administrator of securityhub.amazonaws.com",
        "register 333344445555 as the administrator of securityhub.amazonaws.com",
    ];
    assert_eq!(steps(&after, &before, &now), expected);
}
