//! Which accounts are reached as whom, and how often AWS is asked about it.

use super::*;
use crate::testing::{Answer, CALLER, Server, environment, sts, success};
use aws_credential_types::Credentials;
use landform_cloud::id::VpcId;

const MEMBER: &str = "222222222222";

fn answer(call: &crate::testing::Call, _: usize) -> Answer {
    match call["Action"].as_str() {
        "DescribeVpcs" => success("DescribeVpcs", "<vpcSet/>"),
        _ => sts(call),
    }
}

fn target(account: &str, region: &str) -> Target {
    Target { account: account.parse().unwrap(), region: region.parse().unwrap() }
}

fn member_role(role: &str) -> Settings {
    let assume_role = AssumeRole {
        role: role.parse().unwrap(),
        external_id: Some("secret-handshake".into()),
        session_name: None,
    };
    Settings { assume_role: Some(assume_role), ..Settings::default() }
}

async fn read(cloud: &AwsCloud, target: &Target) -> Result<()> {
    let vpc: VpcId = "vpc-1".parse().unwrap();
    cloud.network(target).await?.vpc(&vpc).await.map(drop)
}

#[tokio::test]
async fn many_ports_of_a_member_account_cost_one_assumed_role() {
    let server = Server::new(answer);
    let cloud = AwsCloud::over(member_role("deploy"), server.environment().await).await;
    let (here, there) = (target(MEMBER, "eu-west-1"), target(MEMBER, "us-east-1"));
    let reads =
        tokio::join!(read(&cloud, &here), read(&cloud, &here), read(&cloud, &there), read(&cloud, &there));
    for read in [reads.0, reads.1, reads.2, reads.3] {
        read.unwrap();
    }
    read(&cloud, &here).await.unwrap();

    let calls = server.calls();
    let of = |action: &str| calls.iter().filter(|call| call["Action"] == action).collect::<Vec<_>>();
    assert_eq!((of("GetCallerIdentity").len(), of("AssumeRole").len(), of("DescribeVpcs").len()), (1, 1, 5));
    assert_eq!(of("AssumeRole")[0]["RoleArn"], "arn:aws:iam::222222222222:role/deploy");
    assert_eq!(of("AssumeRole")[0]["ExternalId"], "secret-handshake");
    assert_eq!(of("AssumeRole")[0]["RoleSessionName"], "landform");
    assert_eq!(of("AssumeRole")[0]["Key"], "AKIACALLER");
    assert!(of("DescribeVpcs").iter().all(|call| call["Key"] == "ASIA222222222222"));
}

#[tokio::test]
async fn the_same_port_is_the_same_client() {
    let server = Server::new(answer);
    let cloud = AwsCloud::over(Settings::default(), server.environment().await).await;
    let here = target(CALLER, "eu-west-1");
    let (one, two) = (cloud.network(&here).await.unwrap(), cloud.network(&here).await.unwrap());
    assert!(Arc::ptr_eq(&one, &two));
    let there = cloud.network(&target(CALLER, "us-east-1")).await.unwrap();
    assert!(!Arc::ptr_eq(&one, &there));
}

#[tokio::test]
async fn the_own_account_needs_no_role_and_one_look_at_who_the_caller_is() {
    let server = Server::new(answer);
    let cloud = AwsCloud::over(member_role("deploy"), server.environment().await).await;
    read(&cloud, &target(CALLER, "eu-west-1")).await.unwrap();
    assert_eq!(cloud.caller_account().await.unwrap().as_str(), CALLER);
    assert_eq!(server.actions(), ["GetCallerIdentity", "DescribeVpcs"]);
}

#[tokio::test]
async fn credentials_that_tell_their_account_need_no_look() {
    let server = Server::new(answer);
    let keys = Credentials::builder().access_key_id("AKIA").secret_access_key("s").provider_name("test");
    let environment = environment(&server.url, keys.account_id(CALLER).build()).await;
    let cloud = AwsCloud::over(Settings::default(), environment).await;
    assert_eq!(cloud.caller_account().await.unwrap().as_str(), CALLER);
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn a_role_by_arn_is_worked_as_everywhere() {
    let server = Server::new(answer);
    let settings = member_role("arn:aws:iam::222222222222:role/deploy");
    let cloud = AwsCloud::over(settings, server.environment().await).await;
    assert_eq!(cloud.caller_account().await.unwrap().as_str(), MEMBER);
    assert!(server.calls().is_empty(), "the ARN tells the account");
    read(&cloud, &target(MEMBER, "eu-west-1")).await.unwrap();
    assert_eq!(server.actions(), ["AssumeRole", "DescribeVpcs"]);
    assert_eq!(read(&cloud, &target(CALLER, "eu-west-1")).await.unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(server.actions().len(), 2, "nothing is sent to an account that cannot be reached");
}

#[tokio::test]
async fn an_account_that_is_not_allowed_is_refused_before_anything_is_sent() {
    let server = Server::new(answer);
    let settings = Settings { allowed_account_ids: vec![CALLER.parse().unwrap()], ..member_role("deploy") };
    let cloud = AwsCloud::over(settings, server.environment().await).await;
    let error = read(&cloud, &target(MEMBER, "eu-west-1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
    assert!(error.message.contains(MEMBER) && error.message.contains(CALLER), "{error}");
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn a_role_that_may_not_be_assumed_is_named_and_asked_for_again_next_time() {
    const REFUSAL: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
                           <Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>";
    let server = Server::new(|call, number| match call["Action"].as_str() {
        "AssumeRole" if number == 0 => Answer::Http(403, REFUSAL.into()),
        _ => answer(call, number),
    });
    let cloud = AwsCloud::over(member_role("deploy"), server.environment().await).await;
    let error = read(&cloud, &target(MEMBER, "eu-west-1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Denied);
    assert_eq!(
        error.to_string(),
        "AssumeRole: AccessDenied: cannot work in account 222222222222 as arn:aws:iam::222222222222:role/deploy: \
         not authorized to perform: sts:AssumeRole (request id req-1)"
    );
    read(&cloud, &target(MEMBER, "eu-west-1")).await.unwrap();
}

#[tokio::test]
async fn an_sts_that_is_not_there_is_unreachable_by_name() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    for settings in [member_role("deploy"), member_role("arn:aws:iam::222222222222:role/deploy")] {
        let keys = Credentials::new("AKIA", "s", None, None, "test");
        let cloud = AwsCloud::over(settings, environment(&url, keys).await).await;
        let error = read(&cloud, &target(MEMBER, "eu-west-1")).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unreachable, "{error}");
        assert!(error.message.contains(&url), "{error}");
    }
}

#[tokio::test]
async fn the_region_is_that_of_the_environment() {
    let environment = Server::new(answer).environment().await;
    let nowhere = Environment { config: environment.config.clone(), region: None };
    let region = async |environment| AwsCloud::over(Settings::default(), environment).await.region().await;
    assert_eq!(region(environment).await, Some("eu-west-1".parse().unwrap()));
    assert_eq!(region(nowhere).await, None, "the region that STS is asked in is not meant for resources");
}
