//! What IAM is asked and how its answers are read.

use super::*;
use crate::testing::{Answer, Server, success};
use landform_cloud::ErrorKind;

const POLICY: &str =
    r#"{"Statement":[{"Action":"*","Effect":"Deny","Resource":"*"}],"Version":"2012-10-17"}"#;

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn result(action: &str, content: &str) -> Answer {
    success(action, &format!("<{action}Result>{content}</{action}Result>"))
}

/// IAM's form of an error.
fn refusal(status: u16, code: &str, message: &str) -> Answer {
    let error = format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>");
    Answer::Http(status, format!("<ErrorResponse>{error}</ErrorResponse>"))
}

fn settings() -> RoleSettings {
    RoleSettings {
        trust: POLICY.parse().unwrap(),
        description: "d".into(),
        max_session_seconds: 3600,
        boundary: Some("arn:aws:iam::111111111111:policy/b".parse().unwrap()),
    }
}

#[tokio::test]
async fn a_role_is_read_with_its_boundary_and_tags_and_its_documents_are_decoded() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "GetRole" => result(
            "GetRole",
            &format!(
                "<Role><Path>/</Path><RoleName>deploy</RoleName><RoleId>AROA1</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
                 <Arn>arn:aws:iam::111111111111:role/deploy</Arn><MaxSessionDuration>7200</MaxSessionDuration>\
                 <AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument>\
                 <PermissionsBoundary><PermissionsBoundaryArn>arn:aws:iam::111111111111:policy/b</PermissionsBoundaryArn></PermissionsBoundary>\
                 <Tags><member><Key>k</Key><Value>v</Value></member></Tags></Role>",
                encoded(POLICY)
            ),
        ),
        "ListAttachedRolePolicies" => result(
            "ListAttachedRolePolicies",
            "<IsTruncated>false</IsTruncated><AttachedPolicies><member><PolicyName>ReadOnlyAccess</PolicyName>\
             <PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member></AttachedPolicies>",
        ),
        "ListRolePolicies" => result(
            "ListRolePolicies",
            "<IsTruncated>false</IsTruncated><PolicyNames><member>state</member></PolicyNames>",
        ),
        "GetRolePolicy" => result(
            "GetRolePolicy",
            &format!(
                "<RoleName>deploy</RoleName><PolicyName>state</PolicyName><PolicyDocument>{}</PolicyDocument>",
                encoded(POLICY)
            ),
        ),
        other => refusal(400, "InvalidAction", other),
    });
    let iam = AwsIam::new(&server.environment().await.config);
    let name = "deploy".parse().unwrap();
    let role = iam.role(&name).await.unwrap().unwrap();
    assert_eq!((role.max_session_seconds, role.description.as_str()), (7200, ""));
    assert_eq!(role.trust.unwrap().as_str(), POLICY);
    assert_eq!(role.boundary.unwrap().resource(), "policy/b");
    assert_eq!(role.tags, Tags::from([("k".to_owned(), "v".to_owned())]));
    let policies = iam.role_policies(&name).await.unwrap();
    assert_eq!(policies.attached.len(), 1);
    assert_eq!(policies.inline["state"].as_ref().unwrap().as_str(), POLICY);
}

#[tokio::test]
async fn what_is_not_there_is_none_and_deletes_take_it_for_done() {
    let server = Server::new(|call, _| refusal(404, "NoSuchEntity", &call["Action"]));
    let iam = AwsIam::new(&server.environment().await.config);
    let (name, arn) = ("deploy".parse().unwrap(), "arn:aws:iam::111111111111:policy/b".parse().unwrap());
    assert_eq!(iam.role(&name).await.unwrap(), None);
    assert_eq!(iam.policy(&arn).await.unwrap(), None);
    assert_eq!(iam.oidc_provider(&arn).await.unwrap(), None);
    iam.delete_role(&name).await.unwrap();
    iam.delete_policy(&arn).await.unwrap();
    iam.detach_policy(&name, &arn).await.unwrap();
    iam.delete_oidc_provider(&arn).await.unwrap();
    assert_eq!(iam.attach_policy(&name, &arn).await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn creates_are_sent_once_with_their_tags() {
    let server = Server::new(|_, _| Answer::HangUp);
    let iam = AwsIam::new(&server.environment().await.config);
    let tags = Tags::from([("k".to_owned(), "v".to_owned())]);
    let (name, arn) = ("deploy".parse().unwrap(), "arn:aws:iam::111111111111:policy/b".parse().unwrap());
    let document: PolicyJson = POLICY.parse().unwrap();
    let issuer = "https://gitlab.com".parse().unwrap();
    for answer in [
        iam.create_role(&name, &settings(), &tags).await,
        iam.create_policy("b", "d", &document, &tags).await,
        iam.create_policy_version(&arn, &document).await,
        iam.create_oidc_provider(&issuer, &["sts.amazonaws.com".parse().unwrap()].into(), &tags).await,
    ] {
        assert_eq!(answer.unwrap_err().kind, ErrorKind::Ambiguous);
    }
    let calls = server.calls();
    assert_eq!(
        server.actions(),
        ["CreateRole", "CreatePolicy", "CreatePolicyVersion", "CreateOpenIDConnectProvider"]
    );
    for index in [0, 1, 3] {
        assert_eq!(calls[index]["Tags.member.1.Key"], "k");
    }
    assert_eq!(calls[0]["PermissionsBoundary"], "arn:aws:iam::111111111111:policy/b");
    assert_eq!(calls[2]["SetAsDefault"], "true");
}

#[tokio::test]
async fn a_principal_that_is_not_seen_yet_is_waited_for_and_a_malformed_policy_is_not() {
    for (message, kind) in [
        ("Invalid principal in policy: \"AWS\":\"arn:aws:iam::222222222222:role/new\"", ErrorKind::NotReady),
        ("Syntax errors in policy", ErrorKind::Invalid),
    ] {
        let server = Server::new(move |_, _| refusal(400, "MalformedPolicyDocument", message));
        let iam = AwsIam::new(&server.environment().await.config);
        let name = "deploy".parse().unwrap();
        assert_eq!(iam.create_role(&name, &settings(), &Tags::new()).await.unwrap_err().kind, kind);
        assert_eq!(iam.update_trust(&name, &settings().trust).await.unwrap_err().kind, kind);
    }
}

#[tokio::test]
async fn what_carries_ownership_tags_is_found_by_asking_each() {
    let tagged = |name: &str| match name.contains("ours") {
        true => {
            "<Tags><member><Key>landform:stack</Key><Value>s</Value></member><member><Key>k</Key><Value>v</Value></member></Tags>"
        }
        false => "<Tags><member><Key>k</Key><Value>v</Value></member></Tags>",
    };
    let role = move |path: &str, name: &str, tags: &str| {
        format!(
            "<Path>{path}</Path><RoleName>{name}</RoleName><RoleId>AROA1</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
             <Arn>arn:aws:iam::111111111111:role{path}{name}</Arn>{tags}"
        )
    };
    let member = |content: &str| format!("<member>{content}</member>");
    let policy =
        |path: &str| format!("<Path>{path}</Path><Arn>arn:aws:iam::111111111111:policy{path}ours</Arn>");
    let server = Server::new(move |call, _| match call["Action"].as_str() {
        "ListRoles" => {
            let roles = [("/", "ours"), ("/", "theirs"), ("/", "gone"), ("/aws-service-role/x/", "ours")];
            let roles = roles.map(|(path, name)| member(&role(path, name, ""))).concat();
            result("ListRoles", &format!("<IsTruncated>false</IsTruncated><Roles>{roles}</Roles>"))
        }
        "GetRole" if call["RoleName"] == "gone" => refusal(404, "NoSuchEntity", "gone"),
        "GetRole" => {
            let name = &call["RoleName"];
            result("GetRole", &format!("<Role>{}</Role>", role("/", name, tagged(name))))
        }
        "ListPolicies" => {
            let policies = [member(&policy("/")), member(&policy("/team/"))].concat();
            result(
                "ListPolicies",
                &format!("<IsTruncated>false</IsTruncated><Policies>{policies}</Policies>"),
            )
        }
        "GetPolicy" => result("GetPolicy", &format!("<Policy>{}{}</Policy>", policy("/"), tagged("ours"))),
        "ListOpenIDConnectProviders" => {
            let arn =
                |name: &str| member(&format!("<Arn>arn:aws:iam::111111111111:oidc-provider/{name}</Arn>"));
            let list = [arn("ours.example"), arn("theirs.example")].concat();
            let list = format!("<OpenIDConnectProviderList>{list}</OpenIDConnectProviderList>");
            result("ListOpenIDConnectProviders", &list)
        }
        "GetOpenIDConnectProvider" => {
            result("GetOpenIDConnectProvider", tagged(&call["OpenIDConnectProviderArn"]))
        }
        other => refusal(400, "InvalidAction", other),
    });
    let iam = AwsIam::new(&server.environment().await.config);
    let found = iam.all_owned().await.unwrap();
    let ours = Tags::from([("landform:stack".to_owned(), "s".to_owned())]);
    assert!(found.iter().all(|(_, tags)| *tags == ours), "{found:?}");
    let found: Vec<(&str, &str)> =
        found.iter().map(|(object, _)| (object.kind.as_str(), object.id.as_str())).collect();
    assert_eq!(
        found,
        [
            ("oidc-provider", "arn:aws:iam::111111111111:oidc-provider/ours.example"),
            ("policy", "arn:aws:iam::111111111111:policy/ours"),
            ("role", "arn:aws:iam::111111111111:role/ours"),
        ]
    );
    let asked = server.calls().iter().filter(|call| call["Action"] == "ListPolicies").count();
    assert_eq!(asked, 1);
    assert!(server.calls().iter().all(|call| call["Action"] != "ListPolicies" || call["Scope"] == "Local"));
}
