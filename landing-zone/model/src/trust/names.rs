//! Whom a trust policy can name: issuers of tokens, what their tokens say, roles, and the word between two companies.

use serde::{Deserialize, Serialize};

use crate::text::text_type;
use crate::{AccountId, Arn};

/// The URL of an issuer of tokens (OpenID Connect), such as `https://token.actions.githubusercontent.com`.
///
/// AWS asks it for its keys by HTTPS and takes no port. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OidcIssuer(String);

text_type!(
    OidcIssuer,
    "the URL of an OIDC issuer",
    "it is `https://`, the name of a host in small letters and at most a path, without port, query and `/` at the end, such as `https://token.actions.githubusercontent.com`",
    |text| text.len() <= 255 && text.strip_prefix("https://").is_some_and(is_host_and_path)
);

impl OidcIssuer {
    /// Host and path: how ARNs of providers and keys of conditions name it.
    pub fn host_and_path(&self) -> &str {
        self.0.strip_prefix("https://").unwrap_or(&self.0)
    }

    /// The ARN of its provider in an account.
    pub fn provider_arn(&self, partition: &str, account: &AccountId) -> String {
        format!("arn:{partition}:iam::{account}:{PROVIDER}{}", self.host_and_path())
    }

    /// The issuer whose provider has this ARN; none where it is no provider's.
    pub fn of_provider(arn: &Arn) -> Option<Self> {
        format!("https://{}", arn.resource().strip_prefix(PROVIDER)?).parse().ok()
    }

    /// Whether GitHub issues its tokens.
    pub fn is_github(&self) -> bool {
        self.host_and_path() == "token.actions.githubusercontent.com"
    }
}

/// What the resource of a provider's ARN begins with.
pub(super) const PROVIDER: &str = "oidc-provider/";

/// Whether the text is the host of an issuer, with its path.
pub(super) fn is_host_and_path(text: &str) -> bool {
    let (host, path) = text.split_once('/').unwrap_or((text, "-"));
    let label = |label: &str| {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(good) && !label.starts_with('-') && !label.ends_with('-')
    };
    let segment = |segment: &str| {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(good)
    };
    host.split('.').count() >= 2 && host.split('.').all(label) && path.split('/').all(segment)
}

/// Whether the text means itself in a condition: no `*` and `?`, which stand for others, no policy variable, no space at an end.
pub(super) fn is_exact(text: &str) -> bool {
    let printable = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    !text.is_empty() && text.trim() == text && printable && !text.contains(['*', '?']) && !text.contains("${")
}

/// Who a token is for (`aud`), such as `sts.amazonaws.com`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OidcAudience(String);

text_type!(
    OidcAudience,
    "the audience of a token",
    "it is one exact text of at most 255 characters, such as `sts.amazonaws.com`, without `*`, `?` and `${`",
    |text| text.len() <= 255 && is_exact(text)
);

/// Whom a token is about (`sub`), such as `repo:acme/infrastructure:environment:production`: one exact text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OidcSubject(String);

text_type!(
    OidcSubject,
    "the exact subject of a token",
    "it is one exact text, such as `repo:acme/infrastructure:environment:production`, without `*`, `?` and `${`: each of these lets in tokens of others",
    is_exact
);

impl OidcSubject {
    /// Whether these are GitHub's tokens of pull requests, which run what anybody proposes.
    /// <https://docs.github.com/en/actions/reference/security/oidc>
    pub fn is_pull_request(&self) -> bool {
        self.0.ends_with(":pull_request")
    }
}

/// The ARN of one IAM role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoleArn(String);

text_type!(
    RoleArn,
    "the ARN of an IAM role",
    "it names one role exactly, such as `arn:aws:iam::111122223333:role/atlantis`, without `*` and `?`",
    |text| text.parse().is_ok_and(|arn| is_role(&arn))
);

/// Whether the ARN is that of one role.
pub(super) fn is_role(arn: &Arn) -> bool {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
    let path = arn.resource().strip_prefix("role/");
    let named = path.is_some_and(|path| path.split('/').all(|it| !it.is_empty() && it.bytes().all(name)));
    arn.service() == "iam" && arn.region().is_empty() && arn.account_id().is_some() && named
}

/// What a caller of another company must say besides its name, so that nobody makes it act for somebody else.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExternalId(String);

text_type!(
    ExternalId,
    "an external ID",
    "it has 2 to 1224 characters of letters, digits and `_+=,.@:/-`",
    |text| {
        (2..=1224).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@:/-".contains(&byte))
    }
);
