//! What is sent how often and where to, and what is read from the answers.

use super::accounts::last_parent;
use super::*;
use crate::session::Settings;
use crate::testing::{Answer, Call, Server, json_refusal, refusal, sts, success};
use landform_cloud::{AssumedRole, Cloud, CloudError, ErrorKind};
use std::cell::Cell;
use std::time::Duration;

async fn organizations(server: &Server) -> AwsOrganizations {
    AwsOrganizations::new(&server.environment().await.config)
}

fn json(body: &str) -> Answer {
    Answer::Http(200, body.to_owned())
}

/// Whether the JSON body of a call has this part.
fn says(call: &Call, part: &str) -> bool {
    call["Body"].contains(part)
}

const UNIT: &str = r#"{"Id":"ou-ab12-cd34ef56","Arn":"arn:aws:organizations::111111111111:ou/o-1/ou-ab12-cd34ef56","Name":"A"}"#;

fn account(id: u32, more: &str) -> String {
    format!(
        r#"{{"Id":"{id:012}","Arn":"arn:aws:organizations::111111111111:account/o-1/{id:012}","Email":"{id}@example.com",
            "Name":"account {id}","Status":"SUSPENDED","JoinedMethod":"CREATED"{more}}}"#
    )
}

fn scp() -> NewPolicy {
    NewPolicy {
        policy_type: PolicyType::ServiceControlPolicy,
        name: "p".into(),
        description: String::new(),
        content: "{}".into(),
        tags: [("landform:child".to_owned(), "scp/0".to_owned())].into(),
    }
}

fn new_account() -> NewAccount {
    NewAccount {
        name: "payments".into(),
        email: "aws+payments@example.com".parse().unwrap(),
        role_name: "OrganizationAccountAccessRole".parse().unwrap(),
        billing_access: false,
        tags: [].into(),
    }
}

#[tokio::test]
async fn creates_are_sent_once_whatever_comes_back() {
    for answer in
        [|| Answer::HangUp, || json_refusal("ServiceException", ""), || Answer::Http(500, "{}".into())]
    {
        let server = Server::new(move |_, _| answer());
        let it = organizations(&server).await;
        let root = "r-ab12".parse().unwrap();
        it.create_organization().await.unwrap_err();
        it.create_organizational_unit(&root, "A", &[].into()).await.unwrap_err();
        it.create_account(&new_account()).await.unwrap_err();
        it.create_policy(&scp()).await.unwrap_err();
        let sent = ["CreateOrganization", "CreateOrganizationalUnit", "CreateAccount", "CreatePolicy"];
        assert_eq!(server.actions(), sent);
        let calls = server.calls();
        assert!(calls.iter().all(|call| call["Region"] == "us-east-1"), "the endpoint is global: {calls:?}");
        assert!(says(&calls[2], r#""IamUserAccessToBilling":"DENY""#));
        assert!(says(&calls[3], r#""Tags":[{"Key":"landform:child","Value":"scp/0"}]"#));
    }
}

#[tokio::test]
async fn lists_go_on_until_there_is_no_token_also_after_an_empty_page() {
    let server = Server::new(|call, number| match (call["Action"].as_str(), number) {
        ("ListAccounts", 0) => json(r#"{"Accounts":[],"NextToken":"1"}"#),
        ("ListAccounts", 1) => {
            assert!(says(call, r#""NextToken":"1""#));
            let inside = r#","State":"ACTIVE","Paths":["o-1/r-ab12/ou-ab12-cd34ef56/000000000001/"]"#;
            let closed = r#","State":"CLOSED","Paths":[]"#;
            json(&format!(
                r#"{{"Accounts":[{},{}],"NextToken":"2"}}"#,
                account(1, inside),
                account(2, closed)
            ))
        }
        _ => json(r#"{"Accounts":[]}"#),
    });
    let accounts = organizations(&server).await.accounts().await.unwrap();
    let seen: Vec<_> = accounts.iter().map(|it| (it.state, it.parent.clone())).collect();
    let unit = "ou-ab12-cd34ef56".parse().unwrap();
    assert_eq!(seen, [(AccountState::Active, Some(unit)), (AccountState::Closed, None)]);
    assert_eq!(server.actions().len(), 3);
}

#[test]
fn the_parent_is_the_last_root_or_unit_of_a_path() {
    for (path, parent) in [
        ("o-1/r-ab12/ou-ab12-cd34ef56/ou-ab12-gh78ij90/111122223333/", Some("ou-ab12-gh78ij90")),
        ("o-1/r-ab12/ou-ab12-cd34ef56", Some("ou-ab12-cd34ef56")),
        ("o-1/r-ab12/111122223333", Some("r-ab12")),
        ("o-1", None),
    ] {
        assert_eq!(last_parent(path).as_ref().map(ParentId::as_str), parent, "{path}");
    }
}

#[tokio::test]
async fn one_account_without_a_path_is_asked_for_its_parent() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "DescribeAccount" if says(call, "000000000009") => json_refusal("AccountNotFoundException", ""),
        "DescribeAccount" => {
            json(&format!(r#"{{"Account":{}}}"#, account(1, r#","State":"PENDING_CLOSURE""#)))
        }
        _ => json(r#"{"Parents":[{"Id":"r-ab12","Type":"ROOT"}]}"#),
    });
    let it = organizations(&server).await;
    let found = it.account(&"000000000001".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(found.state, AccountState::PendingClosure);
    assert_eq!(found.parent, Some("r-ab12".parse().unwrap()));
    assert_eq!(it.account(&"000000000009".parse().unwrap()).await.unwrap(), None);
}

#[tokio::test]
async fn refusals_have_their_class_and_show_awss_reason() {
    let refused = |code: &'static str, reason: &'static str| async move {
        let server = Server::new(move |_, _| json_refusal(code, reason));
        let it = organizations(&server).await;
        let (policy, target) = ("p-1".parse().unwrap(), "r-ab12".parse().unwrap());
        let error: CloudError = it.attach_policy(&policy, &target).await.unwrap_err();
        (error.kind, error.message, server.actions().len())
    };
    let full = refused("ConstraintViolationException", "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED").await;
    assert_eq!(full, (ErrorKind::Quota, "No. (MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)".into(), 1));
    let wrong = refused("InvalidInputException", "INVALID_PATTERN").await;
    assert_eq!(wrong, (ErrorKind::Invalid, "No. (INVALID_PATTERN)".into(), 1));
    // HTTP 400 all the same; a call that AWS has not executed may be sent again.
    assert_eq!(refused("TooManyRequestsException", "").await, (ErrorKind::Throttled, "No.".into(), 5));
    for code in ["ConcurrentModificationException", "PolicyChangesInProgressException"] {
        assert_eq!(refused(code, "").await, (ErrorKind::NotReady, "No.".into(), 1));
    }
}

#[tokio::test]
async fn where_there_is_no_organization_there_is_none() {
    let server = Server::new(|_, _| json_refusal("AWSOrganizationsNotInUseException", ""));
    let it = organizations(&server).await;
    assert_eq!(it.organization().await.unwrap(), None);
    assert_eq!(it.root().await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn what_is_so_already_counts_as_done() {
    let server = Server::new(|call, _| {
        json_refusal(
            match call["Action"].as_str() {
                "AttachPolicy" => "DuplicatePolicyAttachmentException",
                "DetachPolicy" => "PolicyNotAttachedException",
                "DeletePolicy" => "PolicyNotFoundException",
                "DeleteOrganizationalUnit" => "OrganizationalUnitNotFoundException",
                "CloseAccount" => "AccountAlreadyClosedException",
                "EnablePolicyType" => "PolicyTypeAlreadyEnabledException",
                "RegisterDelegatedAdministrator" => "AccountAlreadyRegisteredException",
                "DeregisterDelegatedAdministrator" => "AccountNotRegisteredException",
                other => panic!("{other}"),
            },
            "",
        )
    });
    let it = organizations(&server).await;
    let (policy, target, id) =
        (&"p-1".parse().unwrap(), &"r-ab12".parse().unwrap(), &"000000000001".parse().unwrap());
    it.attach_policy(policy, target).await.unwrap();
    it.detach_policy(policy, target).await.unwrap();
    it.delete_policy(policy).await.unwrap();
    it.delete_organizational_unit(&"ou-ab12-cd34ef56".parse().unwrap()).await.unwrap();
    it.close_account(id).await.unwrap();
    it.enable_policy_type(&"r-ab12".parse().unwrap(), PolicyType::TagPolicy).await.unwrap();
    it.register_delegated_administrator(id, "sso.amazonaws.com").await.unwrap();
    it.deregister_delegated_administrator(id, "sso.amazonaws.com").await.unwrap();
}

#[tokio::test]
async fn a_move_whose_answer_was_lost_is_looked_at() {
    for (now, done) in [("ou-ab12-cd34ef56", true), ("r-zz99", false)] {
        let server = Server::new(move |call, number| match (call["Action"].as_str(), number) {
            ("MoveAccount", 0) => Answer::HangUp,
            ("MoveAccount", _) => json_refusal("SourceParentNotFoundException", ""),
            _ => json(&format!(r#"{{"Parents":[{{"Id":"{now}","Type":"ROOT"}}]}}"#)),
        });
        let it = organizations(&server).await;
        let (from, to) = ("r-ab12".parse().unwrap(), "ou-ab12-cd34ef56".parse().unwrap());
        let moved = it.move_account(&"000000000001".parse().unwrap(), &from, &to).await;
        assert_eq!(moved.is_ok(), done);
    }
}

#[tokio::test]
async fn the_root_has_the_kinds_of_policy_that_there_is_a_word_for() {
    let server = Server::new(|_, _| {
        json(
            r#"{"Roots":[{"Id":"r-ab12","Arn":"arn:aws:organizations::111111111111:root/o-1/r-ab12","Name":"Root",
                "PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},
                               {"Type":"TAG_POLICY","Status":"PENDING_ENABLE"},
                               {"Type":"A_NEW_POLICY","Status":"ENABLED"}]}]}"#,
        )
    });
    let root = organizations(&server).await.root().await.unwrap();
    let expected = [
        (PolicyType::ServiceControlPolicy, PolicyTypeStatus::Enabled),
        (PolicyType::TagPolicy, PolicyTypeStatus::PendingEnable),
    ];
    assert_eq!(root.policy_types, expected.into());
}

#[tokio::test]
async fn writes_come_one_after_the_other() {
    let server = Server::new(|_, _| json("{}"));
    let it = organizations(&server).await;
    let (busy, most) = (Cell::new(0), Cell::new(0));
    let write = || {
        it.write(async {
            busy.set(busy.get() + 1);
            most.set(most.get().max(busy.get()));
            tokio::task::yield_now().await;
            busy.set(busy.get() - 1);
            Ok(())
        })
    };
    let (one, other) = tokio::join!(write(), write());
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(most.get(), 1);
}

#[tokio::test]
async fn units_are_read_and_renamed() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "ListOrganizationalUnitsForParent" => json(&format!(r#"{{"OrganizationalUnits":[{UNIT}]}}"#)),
        _ => json(&format!(r#"{{"OrganizationalUnit":{UNIT}}}"#)),
    });
    let it = organizations(&server).await;
    let units = it.organizational_units(&"r-ab12".parse().unwrap()).await.unwrap();
    assert_eq!(units[0].name, "A");
    it.rename_organizational_unit(&units[0].id, "B").await.unwrap();
    assert!(says(&server.calls()[1], r#""Name":"B""#));
}

#[tokio::test]
async fn root_access_is_nothing_where_iam_is_no_trusted_service() {
    let server = Server::new(|call, number| match (call["Action"].as_str(), number) {
        ("ListOrganizationsFeatures", 0) => refused_by_iam("ServiceAccessNotEnabledException"),
        ("ListOrganizationsFeatures", _) => success(
            "ListOrganizationsFeatures",
            "<ListOrganizationsFeaturesResult><EnabledFeatures><member>RootSessions</member></EnabledFeatures>\
             </ListOrganizationsFeaturesResult>",
        ),
        (action, _) => success(action, &format!("<{action}Result/>")),
    });
    let it = organizations(&server).await;
    assert_eq!(it.root_access().await.unwrap(), [].into());
    assert_eq!(it.root_access().await.unwrap(), [RootAccessFeature::Sessions].into());
    it.set_root_access(RootAccessFeature::CredentialsManagement, true).await.unwrap();
    it.set_root_access(RootAccessFeature::Sessions, false).await.unwrap();
    let writes = ["EnableOrganizationsRootCredentialsManagement", "DisableOrganizationsRootSessions"];
    assert_eq!(server.actions()[2..], writes);
}

fn refused_by_iam(code: &str) -> Answer {
    let Answer::Http(status, body) = refusal(409, code, "No.") else { return Answer::HangUp };
    Answer::Http(
        status,
        body.replace("<Response><Errors>", "<ErrorResponse>")
            .replace("</Errors></Response>", "</ErrorResponse>"),
    )
}

#[tokio::test]
async fn the_organization_is_worked_with_as_its_role_and_members_credentials_are_assumed() {
    let server = Server::new(|call, _| match call["Action"].as_str() {
        "DescribeOrganization" => json_refusal("AWSOrganizationsNotInUseException", ""),
        _ => sts(call),
    });
    let role = "arn:aws:iam::222222222222:role/landform-organization";
    let settings = Settings { organization_role: Some(role.parse().unwrap()), ..Settings::default() };
    let cloud = crate::AwsCloud::over(settings, server.environment().await).await;
    cloud.organizations().await.unwrap().organization().await.unwrap();
    cloud.organizations().await.unwrap();
    assert_eq!(server.actions(), ["AssumeRole", "DescribeOrganization"]);
    assert_eq!(server.calls()[1]["Key"], "ASIA222222222222");

    let member = AssumedRole {
        role: "arn:aws:iam::333333333333:role/deploy".parse().unwrap(),
        session_name: "landform".into(),
        duration: Duration::from_secs(900),
    };
    let given = cloud.credentials_of(&member).await.unwrap();
    assert_eq!((given.access_key_id.as_str(), given.session_token.as_str()), ("ASIA333333333333", "t"));
    let call = server.calls().pop().unwrap();
    assert_eq!((call["DurationSeconds"].as_str(), call["Key"].as_str()), ("900", "AKIACALLER"));
    assert!(!format!("{given:?}").contains("ASIA"), "{given:?}");

    let settings =
        Settings { allowed_account_ids: vec!["111111111111".parse().unwrap()], ..Settings::default() };
    let settings = Settings { organization_role: Some(role.parse().unwrap()), ..settings };
    let cloud = crate::AwsCloud::over(settings, server.environment().await).await;
    assert_eq!(cloud.organizations().await.map(drop).unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(cloud.credentials_of(&member).await.unwrap_err().kind, ErrorKind::Invalid);
}
