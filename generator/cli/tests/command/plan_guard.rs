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
fn a_plan_that_deletes_what_must_stay_or_too_much_is_refused() {
    let desk = Desk::new();
    let change = |address: &str, actions: &str| {
        let ty = address.split('.').next().unwrap();
        format!(r#"{{ "address": "{address}", "type": "{ty}", "change": {{ "actions": [{actions}] }} }}"#)
    };
    let changes = [
        change("aws_db_instance.a", r#""delete", "create""#),
        change("aws_sqs_queue.b", r#""delete""#),
        change("aws_sqs_queue.c", r#""update""#),
        change("aws_sqs_queue.d", r#""forget""#),
        change("aws_sqs_queue.e", r#""create", "delete""#),
    ];
    let plan = format!(r#"{{ "format_version": "1.2", "resource_changes": [{}] }}"#, changes.join(","));
    fs::write(desk.path("plan.json"), plan).unwrap();
    for accepted in ["", "--max-deletions 3", "--keep aws_kms_key --keep landform_vpc"] {
        assert_eq!(desk.run(&format!("plan-guard {accepted} plan.json")).code, 0, "{accepted}");
    }
    for (policy, told, untold) in [
        ("--keep aws_db_instance", "aws_db_instance.a", "aws_sqs_queue"),
        ("--keep aws_kms_key --keep aws_sqs_queue", "aws_sqs_queue.e", "aws_sqs_queue.c"),
        ("--max-deletions 2", "deletes or replaces 3 resources, and at most 2", "aws_sqs_queue.d"),
        ("--max-deletions 0", "aws_sqs_queue.b", "aws_sqs_queue.c"),
    ] {
        let refused = desk.run(&format!("plan-guard {policy} plan.json"));
        assert_eq!(refused.code, 1, "{policy}");
        assert!(refused.stderr.contains(told) && !refused.stderr.contains(untold), "{}", refused.stderr);
        assert!(refused.stderr.contains("help: "), "{}", refused.stderr);
    }
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
