//! Every way in which a call can fail, over real connections.

use crate::testing::{Answer, Server, environment, refusal, success};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::config::retry::RetryConfig;
use aws_sdk_ec2::config::timeout::TimeoutConfig;
use landform_cloud::{CloudError, ErrorKind};
use std::time::Duration;

/// The errors of a create and of a read that the server answers in the same way, each sent once.
async fn errors(answer: impl Fn() -> Answer + Send + 'static) -> [CloudError; 2] {
    let server = Server::new(move |_, _| answer());
    errors_over(server.environment().await.config).await
}

async fn errors_over(config: aws_config::SdkConfig) -> [CloudError; 2] {
    let client = Client::new(&config.into_builder().retry_config(RetryConfig::disabled()).build());
    let (write, read) =
        tokio::join!(client.create_vpc().cidr_block("10.0.0.0/16").send(), client.describe_vpcs().send());
    [super::classify("CreateVpc", &write.unwrap_err()), super::classify("DescribeVpcs", &read.unwrap_err())]
}

fn kinds(errors: &[CloudError; 2]) -> [ErrorKind; 2] {
    [errors[0].kind, errors[1].kind]
}

#[tokio::test]
async fn a_refusal_keeps_code_message_and_request_id() {
    let errors = errors(|| refusal(400, "DependencyViolation", "The vpc 'vpc-1' has dependencies")).await;
    assert_eq!(kinds(&errors), [ErrorKind::InUse; 2]);
    assert_eq!(
        errors[0].to_string(),
        "CreateVpc: DependencyViolation: The vpc 'vpc-1' has dependencies (request id req-1)"
    );
    assert!(errors[0].source.is_none(), "the source would say the same again");
}

#[tokio::test]
async fn throttling_is_known_by_its_code_although_it_comes_as_503() {
    let errors = errors(|| refusal(503, "RequestLimitExceeded", "Request limit exceeded.")).await;
    assert_eq!(kinds(&errors), [ErrorKind::Throttled; 2]);
}

#[tokio::test]
async fn a_failure_of_the_server_leaves_only_writes_in_doubt() {
    for answer in [
        || refusal(500, "InternalError", "An internal error has occurred"),
        || refusal(503, "Unavailable", "The server is overloaded"),
        || Answer::Http(500, "<!doctype html><title>500</title>".into()),
        || Answer::Http(502, String::new()),
        || Answer::Http(200, "not XML".into()),
        || Answer::HangUp,
    ] {
        let [write, read] = errors(answer).await;
        assert_eq!(write.kind, ErrorKind::Ambiguous, "{write}");
        assert_eq!(read.kind, ErrorKind::Other, "{read}");
    }
}

#[tokio::test]
async fn a_refusal_without_a_code_was_not_executed() {
    for (status, kind) in [(400, ErrorKind::Other), (403, ErrorKind::Denied), (429, ErrorKind::Throttled)] {
        let errors = errors(move || Answer::Http(status, "<html>no</html>".into())).await;
        assert_eq!(kinds(&errors), [kind; 2], "{status}");
        assert!(errors[0].to_string().contains(&status.to_string()), "{}", errors[0]);
    }
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_named() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let errors =
        errors_over(environment(&url, Credentials::new("AKIA", "s", None, None, "test")).await.config).await;
    assert_eq!(kinds(&errors), [ErrorKind::Unreachable; 2]);
    assert_eq!(errors[0].message, format!("cannot connect to {url}"));
    let source = errors[0].source.as_ref().unwrap().to_string();
    assert!(source.contains("refused"), "{source}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_leaves_only_writes_in_doubt() {
    let server = Server::new(|_, _| {
        std::thread::sleep(Duration::from_millis(800));
        Answer::HangUp
    });
    let timeouts = TimeoutConfig::builder().read_timeout(Duration::from_millis(100)).build();
    let config = server.environment().await.config.into_builder().timeout_config(timeouts).build();
    let errors = errors_over(config).await;
    assert_eq!(kinds(&errors), [ErrorKind::Ambiguous, ErrorKind::Other]);
}

/// A source of credentials that has none.
#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("no providers in chain")))
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_and_the_user_learns_what_to_set() {
    let server = Server::new(|_, _| success("CreateVpc", ""));
    let errors = errors_over(environment(&server.url, NoCredentials).await.config).await;
    assert_eq!(kinds(&errors), [ErrorKind::Credentials; 2]);
    for name in ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        assert!(errors[0].hint().unwrap().contains(name), "{}", errors[0]);
    }
    assert!(errors[0].message.starts_with("no credentials were found"), "{}", errors[0]);
    assert!(server.calls().is_empty());
}
