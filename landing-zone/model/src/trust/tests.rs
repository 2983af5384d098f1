//! Good and bad policies, and that none that is made here is bad.
#![allow(clippy::needless_pass_by_value)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const GITHUB: &str = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const SUB: &str = "token.actions.githubusercontent.com:sub";
const AUD: &str = "token.actions.githubusercontent.com:aud";

fn found(statement: Value) -> Vec<String> {
    let policy: PolicyJson =
        json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string().parse().unwrap();
    problems(&policy).into_iter().map(|problem| problem.what).collect()
}

fn web(provider: &str, condition: Value) -> Value {
    json!({
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": { "Federated": provider },
        "Condition": condition,
    })
}

fn aws(principal: Value) -> Value {
    json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal })
}

fn exact() -> Value {
    json!({ "StringEquals": { AUD: "sts.amazonaws.com", SUB: "repo:acme/infra:environment:prod" } })
}

#[test]
fn good_policies_have_no_problem() {
    let eks = "oidc.eks.us-east-1.amazonaws.com/id/0A1B2C";
    for statement in [
        web(GITHUB, exact()),
        web(
            &format!("arn:aws:iam::111122223333:oidc-provider/{eks}"),
            json!({ "StringEquals": { format!("{eks}:aud"): "sts.amazonaws.com", format!("{eks}:sub"): ["system:serviceaccount:atlantis:atlantis"] } }),
        ),
        aws(json!({ "AWS": "arn:aws:iam::444455556666:role/path/atlantis" })),
        aws(json!({ "AWS": ["arn:aws:iam::444455556666:role/a", "arn:aws-cn:iam::444455556666:role/b"] })),
        json!({ "Effect": "Deny", "Action": "*", "Principal": "*" }),
    ] {
        assert_eq!(found(statement.clone()), Vec::<String>::new(), "{statement}");
    }
}

#[test]
fn bad_policies_are_refused_by_name() {
    let with = |key: &str, value: Value| {
        let mut condition = exact();
        condition["StringEquals"][key] = value;
        web(GITHUB, condition)
    };
    let without = |key: &str| {
        let mut condition = exact();
        condition["StringEquals"].as_object_mut().unwrap().remove(key);
        web(GITHUB, condition)
    };
    let role = "arn:aws:iam::444455556666:role/a";
    for (statement, expected) in [
        (aws(json!("*")), "the principal `*` stands for many"),
        (aws(json!({ "AWS": "*" })), "the principal `*` stands for many"),
        (aws(json!({ "AWS": "arn:aws:iam::444455556666:role/*" })), "stands for many"),
        (aws(json!({ "AWS": [role, "arn:aws:iam::444455556666:role/a?"] })), "stands for many"),
        (aws(json!({ "AWS": "arn:aws:iam::444455556666:root" })), "the whole account 444455556666"),
        (aws(json!({ "AWS": "444455556666" })), "the whole account 444455556666"),
        (aws(json!({ "AWS": "arn:aws:iam::444455556666:user/eve" })), "is not the ARN of one role"),
        (aws(json!({ "AWS": "arn:aws:sts::444455556666:assumed-role/a/s" })), "is not the ARN of one role"),
        (aws(json!({ "Service": "ec2.amazonaws.com" })), "the kind `Service` is not known"),
        (aws(json!({ "AWS": role, "Federated": GITHUB })), "not exactly one kind of principal"),
        (json!({ "Effect": "Allow", "Action": "sts:AssumeRole" }), "no principal"),
        (
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": { "AWS": role } }),
            "does not mean",
        ),
        (json!({ "Effect": "Allow", "Action": "sts:*", "Principal": { "AWS": role } }), "`sts:*`"),
        (without(SUB), "says which subject"),
        (without(AUD), "says which audience"),
        (web(GITHUB, json!({})), "says which subject"),
        (with(SUB, json!("repo:acme/*")), "the subject `repo:acme/*` stands for many"),
        (with(SUB, json!(["repo:acme/infra:ref:refs/heads/main", "repo:acme/?"])), "stands for many"),
        (with(SUB, json!("repo:${aws:username}")), "stands for many"),
        (with(SUB, json!("")), "the subject `` stands for many"),
        (with(AUD, json!("*")), "the audience `*` stands for many"),
        (
            web(GITHUB, json!({ "StringLike": { AUD: "sts.amazonaws.com", SUB: "repo:acme/*" } })),
            "says which subject",
        ),
        (
            web(GITHUB, json!({ "StringEqualsIfExists": { AUD: "sts.amazonaws.com", SUB: "repo:acme/a" } })),
            "says which audience",
        ),
        (
            web(
                GITHUB,
                json!({ "ForAllValues:StringEquals": { AUD: "sts.amazonaws.com", SUB: "repo:acme/a" } }),
            ),
            "says which subject",
        ),
        (web("cognito-identity.amazonaws.com", exact()), "is not the ARN of an OIDC provider"),
        (web("arn:aws:iam::111122223333:saml-provider/corp", exact()), "is not the ARN of an OIDC provider"),
        (web("arn:aws:iam::111122223333:oidc-provider/*", exact()), "is not the ARN of an OIDC provider"),
        (
            web("arn:aws:iam::111122223333:oidc-provider/localhost", exact()),
            "is not the ARN of an OIDC provider",
        ),
    ] {
        let found = found(statement.clone()).join("; ");
        assert!(found.contains(expected), "{statement}\n{found}");
    }
}

#[test]
fn names_that_stand_for_many_are_refused_before_a_policy_is_made() {
    for bad in ["", "*", "repo:acme/*", "repo:acme/?", " repo:a", "repo:${x}", "repo:\u{e4}", "a\nb"] {
        assert!(bad.parse::<OidcSubject>().is_err(), "{bad:?}");
        assert!(bad.parse::<OidcAudience>().is_err(), "{bad:?}");
    }
    for bad in [
        "token.actions.githubusercontent.com",
        "http://token.actions.githubusercontent.com",
        "https://token.actions.githubusercontent.com/",
        "https://gitlab.com:443",
        "https://*.gitlab.com",
        "https://gitlab",
        "https://user@gitlab.com",
        "https://gitlab.com/a?b",
        "https://gitlab.com/../a",
        "https://GitLab.com",
    ] {
        assert!(bad.parse::<OidcIssuer>().is_err(), "{bad}");
    }
    for bad in
        ["arn:aws:iam::444455556666:root", "arn:aws:iam::444455556666:role/*", "arn:aws:iam::aws:role/a", "*"]
    {
        assert!(bad.parse::<RoleArn>().is_err(), "{bad}");
    }
    assert!("repo:acme/infra:pull_request".parse::<OidcSubject>().unwrap().is_pull_request());
    assert!("x".parse::<ExternalId>().is_err());
}

#[test]
fn a_policy_is_what_one_would_write_by_hand() {
    let trust = Trust {
        oidc: [OidcTrust {
            issuer: "https://token.actions.githubusercontent.com".parse().unwrap(),
            audience: "sts.amazonaws.com".parse().unwrap(),
            subjects: ["repo:acme/infra:environment:prod".parse().unwrap()].into(),
        }]
        .into(),
        roles: ["arn:aws:iam::444455556666:role/atlantis".parse().unwrap()].into(),
        external_id: Some("acme-7f3a".parse().unwrap()),
    };
    let account = "111122223333".parse().unwrap();
    let by_hand = json!({ "Version": "2012-10-17", "Statement": [
        web(GITHUB, exact()),
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": { "AWS": "arn:aws:iam::444455556666:role/atlantis" },
            "Condition": { "StringEquals": { "sts:ExternalId": "acme-7f3a" } },
        },
    ] });
    let by_hand: PolicyJson = by_hand.to_string().parse().unwrap();
    assert_eq!(trust.policy("aws", &account).unwrap(), by_hand);
    assert_eq!(Trust::default().policy("aws", &account), Err(TrustError::Nobody));
    assert_eq!(Trust::of_policy(&PolicyJson::full_access()), None);
}

/// Any text that the type takes.
fn taken<T: std::str::FromStr + std::fmt::Debug>(pattern: &'static str) -> impl Strategy<Value = T> {
    pattern.prop_filter_map("not taken", |text| text.parse().ok())
}

fn oidc() -> impl Strategy<Value = OidcTrust> {
    let issuer = taken::<OidcIssuer>("https://[a-z0-9-]{1,8}\\.[a-z]{2,5}(/[A-Za-z0-9._~-]{1,9}){0,2}");
    let subjects = prop::collection::btree_set(taken::<OidcSubject>("[ -~]{1,30}"), 0..4);
    (issuer, taken::<OidcAudience>("[ -~]{1,20}"), subjects)
        .prop_map(|(issuer, audience, subjects)| OidcTrust { issuer, audience, subjects })
}

proptest! {
    #[test]
    fn no_policy_that_is_made_here_has_a_problem_and_each_is_read_back(
        oidc in prop::collection::btree_set(oidc(), 0..4),
        roles in prop::collection::btree_set(taken::<RoleArn>("arn:aws:iam::[0-9]{12}:role(/[A-Za-z0-9+=,.@_-]{1,9}){1,3}"), 0..4),
        external_id in prop::option::of(taken::<ExternalId>("[A-Za-z0-9_+=,.@:/-]{2,30}")),
    ) {
        let trust = Trust { oidc, roles, external_id };
        let account = "111122223333".parse().unwrap();
        match trust.policy("aws", &account) {
            Ok(policy) => {
                prop_assert_eq!(problems(&policy), vec![]);
                let mut expected = trust.clone();
                expected.oidc.retain(|it| !it.subjects.is_empty());
                if expected.roles.is_empty() {
                    expected.external_id = None;
                }
                prop_assert_eq!(Trust::of_policy(&policy), Some(expected));
            }
            Err(error) => {
                prop_assert_eq!(error, TrustError::Nobody);
                prop_assert!(trust.is_empty());
            }
        }
    }
}
