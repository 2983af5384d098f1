//! Plans with mocks are refused.

use std::fs;

use super::Desk;

#[test]
fn a_plan_with_a_mock_is_refused_with_its_places() {
    let desk = Desk::new();
    let clean = r#"{ "format_version": "1.2", "variables": { "vpc_id": { "value": "vpc-0123" } } }"#;
    fs::write(desk.path("plan.json"), clean).unwrap();
    assert_eq!(desk.run("plan-guard plan.json").code, 0);
    fs::write(desk.path("plan.json"), clean.replace("vpc-0123", "vpc-0feedfacefeedface")).unwrap();
    let refused = desk.run("plan-guard plan.json");
    assert_eq!(refused.code, 1);
    for part in ["plan.json was made with stand-ins", "variables.vpc_id.value", "apply the units"] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    assert!(!refused.stderr.contains("feedface"), "values may be sensitive");
}

#[test]
fn what_is_no_plan_is_refused() {
    let desk = Desk::new();
    for (text, part) in [("{}", "is no plan"), ("", "reading the plan"), ("not JSON", "reading the plan")] {
        fs::write(desk.path("plan.json"), text).unwrap();
        let refused = desk.run("plan-guard plan.json");
        assert_eq!(refused.code, 1);
        assert!(refused.stderr.contains(part), "{text}: {}", refused.stderr);
    }
    assert_eq!(desk.run("plan-guard absent.json").code, 1);
}
