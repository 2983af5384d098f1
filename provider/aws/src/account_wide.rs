//! The port to settings that an account has once for all regions, over IAM, S3 Control and Organizations.

use crate::answer::required;
use crate::{error, retry};
use aws_config::SdkConfig;
use aws_sdk_organizations::types::EffectivePolicyType;
use aws_sdk_s3control::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
use aws_sdk_s3control::types::PublicAccessBlockConfiguration;
use landform_cloud::account_settings::RuledBy;
use landform_cloud::account_wide::*;
use landform_cloud::{ErrorKind, Result};
use landform_model::AccountId;

/// The settings of one account.
#[derive(Debug)]
pub(crate) struct SdkAccountWide {
    account: AccountId,
    iam: aws_sdk_iam::Client,
    s3: aws_sdk_s3control::Client,
    organizations: aws_sdk_organizations::Client,
}

impl SdkAccountWide {
    pub(crate) fn new(config: &SdkConfig, account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            iam: aws_sdk_iam::Client::new(config),
            s3: aws_sdk_s3control::Client::from_conf(s3_config(config)),
            organizations: aws_sdk_organizations::Client::new(config),
        }
    }
}

/// S3 Control puts the account before the host, and an endpoint of the user's own, such as an emulator on this machine, has no such
/// name: there the host stays as it is. S3 Control sends the account in a header as well.
fn s3_config(config: &SdkConfig) -> aws_sdk_s3control::Config {
    let builder = aws_sdk_s3control::config::Builder::from(config);
    match config.endpoint_url() {
        Some(url) => builder.endpoint_resolver(OwnEndpoint(url.to_owned())).build(),
        None => builder.build(),
    }
}

/// One host for every account.
#[derive(Debug)]
struct OwnEndpoint(String);

impl ResolveEndpoint for OwnEndpoint {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(Endpoint::builder().url(self.0.clone()).build()))
    }
}

#[async_trait::async_trait]
impl AccountWideReads for SdkAccountWide {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>: `NoSuchEntity` without one.
    async fn password_policy(&self) -> Result<Option<PasswordPolicy>> {
        const OPERATION: &str = "GetAccountPasswordPolicy";
        let answer = match self
            .iam
            .get_account_password_policy()
            .send()
            .await
            .map_err(error::of_new_account(OPERATION))
        {
            Err(error) if error.is_not_found() => return Ok(None),
            answer => answer?,
        };
        let policy = required(OPERATION, "PasswordPolicy", answer.password_policy)?;
        let positive = |number: Option<i32>| number.filter(|number| *number > 0);
        Ok(Some(PasswordPolicy {
            minimum_length: required(OPERATION, "MinimumPasswordLength", policy.minimum_password_length())?,
            reuse_prevention: positive(policy.password_reuse_prevention()),
            maximum_age_days: positive(policy.max_password_age()),
            require_symbols: policy.require_symbols(),
            require_numbers: policy.require_numbers(),
            require_uppercase: policy.require_uppercase_characters(),
            require_lowercase: policy.require_lowercase_characters(),
            allow_users_to_change: policy.allow_users_to_change_password(),
            hard_expiry: policy.hard_expiry() == Some(true),
        }))
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>: an account has one at most.
    async fn alias(&self) -> Result<Option<String>> {
        let answer = self.iam.list_account_aliases().send().await;
        Ok(answer.map_err(error::of_new_account("ListAccountAliases"))?.account_aliases.into_iter().next())
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html>
    async fn s3_public_access_block(&self) -> Result<S3PublicAccessBlock> {
        let call = self.s3.get_public_access_block().account_id(self.account.as_str());
        let answer = match call.send().await.map_err(error::of_new_account("GetPublicAccessBlock")) {
            Err(error) if error.is_not_found() => return Ok(S3PublicAccessBlock::default()),
            answer => answer?,
        };
        let found = answer.public_access_block_configuration();
        let is =
            |value: fn(&PublicAccessBlockConfiguration) -> Option<bool>| found.and_then(value) == Some(true);
        Ok(S3PublicAccessBlock {
            block_public_acls: is(PublicAccessBlockConfiguration::block_public_acls),
            ignore_public_acls: is(PublicAccessBlockConfiguration::ignore_public_acls),
            block_public_policy: is(PublicAccessBlockConfiguration::block_public_policy),
            restrict_public_buckets: is(PublicAccessBlockConfiguration::restrict_public_buckets),
        })
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html>: every account may ask for its
    /// own. Without an organization, or without leave to ask, no policy is known of.
    async fn s3_public_access_block_ruled_by(&self) -> Result<RuledBy> {
        let call = self.organizations.describe_effective_policy().policy_type(EffectivePolicyType::S3Policy);
        match call.send().await.map_err(error::of_new_account("DescribeEffectivePolicy")) {
            Ok(answer) => Ok(match answer.effective_policy().and_then(|it| it.policy_content()) {
                Some(_) => RuledBy::Organization,
                None => RuledBy::Account,
            }),
            Err(error) if error.is_not_found() || error.kind == ErrorKind::Denied => Ok(RuledBy::Account),
            Err(error) => Err(error),
        }
    }
}

#[async_trait::async_trait]
impl AccountWide for SdkAccountWide {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>: what is left out gets AWS's default.
    async fn set_password_policy(&self, policy: &PasswordPolicy) -> Result<()> {
        let call = self
            .iam
            .update_account_password_policy()
            .minimum_password_length(policy.minimum_length)
            .set_password_reuse_prevention(policy.reuse_prevention)
            .set_max_password_age(policy.maximum_age_days)
            .require_symbols(policy.require_symbols)
            .require_numbers(policy.require_numbers)
            .require_uppercase_characters(policy.require_uppercase)
            .require_lowercase_characters(policy.require_lowercase)
            .allow_users_to_change_password(policy.allow_users_to_change)
            .hard_expiry(policy.hard_expiry);
        call.send().await.map(drop).map_err(error::of_new_account("UpdateAccountPasswordPolicy"))
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>
    async fn delete_password_policy(&self) -> Result<()> {
        let sent = self.iam.delete_account_password_policy().send().await;
        match sent.map(drop).map_err(error::of_new_account("DeleteAccountPasswordPolicy")) {
            Err(error) if error.is_not_found() => Ok(()),
            result => result,
        }
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>: sent again, it would be refused as taken.
    async fn create_alias(&self, alias: &str) -> Result<()> {
        let once = aws_sdk_iam::config::Builder::new().retry_config(retry::disabled());
        let call = self.iam.create_account_alias().account_alias(alias).customize().config_override(once);
        call.send().await.map(drop).map_err(error::of_new_account("CreateAccountAlias"))
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html>
    async fn set_s3_public_access_block(&self, block: S3PublicAccessBlock) -> Result<()> {
        let wanted = PublicAccessBlockConfiguration::builder()
            .block_public_acls(block.block_public_acls)
            .ignore_public_acls(block.ignore_public_acls)
            .block_public_policy(block.block_public_policy)
            .restrict_public_buckets(block.restrict_public_buckets)
            .build();
        let call = self.s3.put_public_access_block().account_id(self.account.as_str());
        let sent = call.public_access_block_configuration(wanted).send().await;
        sent.map(drop).map_err(error::of_new_account("PutPublicAccessBlock"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Server, environment, success};
    use aws_credential_types::Credentials;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// A server that answers every request with `body`, and the requests that it got.
    fn server(status: &'static str, body: &'static str) -> (String, std::sync::mpsc::Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (sender, requests) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = vec![0; 8192];
                let length = stream.read(&mut request).unwrap();
                let _ = sender.send(String::from_utf8_lossy(&request[..length]).to_ascii_lowercase());
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
            }
        });
        (address, requests)
    }

    async fn wide(url: &str) -> SdkAccountWide {
        let credentials = Credentials::new("AKIA", "s", None, None, "test");
        SdkAccountWide::new(&environment(url, credentials).await.config, &"210987654321".parse().unwrap())
    }

    /// `210987654321.127.0.0.1` would not resolve.
    #[tokio::test]
    async fn an_endpoint_of_ones_own_keeps_its_host_and_gets_the_account_in_a_header() {
        let answer = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>";
        let (address, requests) = server("200 OK", answer);
        let block = wide(&format!("http://{address}")).await.s3_public_access_block().await.unwrap();
        assert_eq!(block, S3PublicAccessBlock { block_public_acls: true, ..S3PublicAccessBlock::default() });
        let request = requests.recv().unwrap();
        assert!(request.starts_with("get /v20180820/configuration/publicaccessblock "), "{request}");
        assert!(request.contains(&format!("\r\nhost: {address}\r\n")), "{request}");
        assert!(request.contains("\r\nx-amz-account-id: 210987654321\r\n"), "{request}");
        assert!(request.contains("/eu-west-1/s3/aws4_request"), "{request}");
    }

    #[tokio::test]
    async fn an_account_that_says_nothing_blocks_nothing() {
        let answer = "<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code><Message>none</Message></Error></ErrorResponse>";
        let (address, _requests) = server("404 Not Found", answer);
        let block = wide(&format!("http://{address}")).await.s3_public_access_block().await.unwrap();
        assert_eq!(block, S3PublicAccessBlock::of(false));
    }

    #[tokio::test]
    async fn without_a_policy_of_the_organization_the_account_rules() {
        for (status, answer, expected) in [
            ("400 Bad Request", r#"{"__type":"EffectivePolicyNotFoundException"}"#, RuledBy::Account),
            ("400 Bad Request", r#"{"__type":"AWSOrganizationsNotInUseException"}"#, RuledBy::Account),
            ("400 Bad Request", r#"{"__type":"AccessDeniedException"}"#, RuledBy::Account),
            ("200 OK", r#"{"EffectivePolicy":{"PolicyContent":"{}"}}"#, RuledBy::Organization),
        ] {
            let (address, _requests) = server(status, answer);
            let by =
                wide(&format!("http://{address}")).await.s3_public_access_block_ruled_by().await.unwrap();
            assert_eq!(by, expected, "{answer}");
        }
    }

    /// AWS gives what is left out its default, so everything is sent.
    #[tokio::test]
    async fn a_password_policy_is_sent_as_a_whole_and_an_alias_once() {
        let server = Server::new(|call, _| match call["Action"].as_str() {
            "CreateAccountAlias" => crate::testing::Answer::HangUp,
            action => success(action, ""),
        });
        let wide = SdkAccountWide::new(&server.environment().await.config, &"210987654321".parse().unwrap());
        let policy = PasswordPolicy {
            minimum_length: 14,
            reuse_prevention: None,
            maximum_age_days: Some(90),
            require_symbols: true,
            require_numbers: false,
            require_uppercase: true,
            require_lowercase: true,
            allow_users_to_change: true,
            hard_expiry: false,
        };
        wide.set_password_policy(&policy).await.unwrap();
        assert_eq!(wide.create_alias("acme").await.unwrap_err().kind, ErrorKind::Ambiguous);
        assert_eq!(server.actions(), ["UpdateAccountPasswordPolicy", "CreateAccountAlias"]);
        let call = &server.calls()[0];
        assert_eq!((call["MaxPasswordAge"].as_str(), call["RequireNumbers"].as_str()), ("90", "false"));
        assert!(!call.contains_key("PasswordReusePrevention"));
    }
}
