//! What is asked of AWS: who wants to do what, on what, under which circumstances.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::InvalidText;

/// A request as policies see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub(super) action: String,
    pub(super) resource: String,
    pub(super) principal: Principal,
    /// By key in small letters. A key that is absent has no entry; no entry is empty.
    pub(super) keys: BTreeMap<String, BTreeSet<String>>,
}

impl Request {
    /// A request by `principal` for `action`, such as `s3:GetObject`, on no certain resource.
    ///
    /// The [condition keys that follow from the principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    /// are set: `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalIsAWSService`, `aws:PrincipalServiceName`.
    pub fn new(principal: Principal, action: &str) -> Request {
        let keys = BTreeMap::new();
        let request = Request { action: action.to_owned(), resource: "*".to_owned(), principal, keys };
        match request.principal.clone() {
            Principal::Arn(arn) => {
                let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
                request
                    .with("aws:PrincipalArn", [arn])
                    .with("aws:PrincipalAccount", [account])
                    .with("aws:PrincipalIsAWSService", ["false"])
            }
            Principal::Service(name) => {
                request.with("aws:PrincipalIsAWSService", ["true"]).with("aws:PrincipalServiceName", [name])
            }
            Principal::Anonymous => request.with("aws:PrincipalAccount", ["anonymous"]),
        }
    }

    /// The same on a resource, by its ARN.
    #[must_use]
    pub fn on(mut self, resource: &str) -> Request {
        resource.clone_into(&mut self.resource);
        self
    }

    /// The same with a condition key; with no values the key is absent.
    #[must_use]
    pub fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Request {
        let values: BTreeSet<String> = values.into_iter().map(Into::into).collect();
        if values.is_empty() {
            self.keys.remove(&key.to_ascii_lowercase());
        } else {
            self.keys.insert(key.to_ascii_lowercase(), values);
        }
        self
    }
}

impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} on {} by {}", self.action, self.resource, self.principal)
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Principal {
    /// A user, a role (also for its sessions) or a root user, by ARN.
    Arn(String),
    /// A service of AWS for itself, such as `cloudtrail.amazonaws.com`.
    Service(String),
    /// Nobody that AWS knows: `anonymous`.
    Anonymous,
}

impl Principal {
    /// Whether it is a [service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html),
    /// which neither service nor resource control policies reach.
    pub fn is_service_linked_role(&self) -> bool {
        matches!(self, Principal::Arn(arn) if arn.contains(":role/aws-service-role/"))
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Principal::Arn(text) | Principal::Service(text) => text,
            Principal::Anonymous => "anonymous",
        })
    }
}

impl FromStr for Principal {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Principal, InvalidText> {
        if text == "anonymous" {
            Ok(Principal::Anonymous)
        } else if text.starts_with("arn:") && text.splitn(6, ':').count() == 6 {
            Ok(Principal::Arn(text.to_owned()))
        } else if text.ends_with(".amazonaws.com") {
            Ok(Principal::Service(text.to_owned()))
        } else {
            Err(InvalidText {
                what: "a principal",
                given: text.to_owned(),
                rule: "it is an ARN such as `arn:aws:iam::111122223333:role/deploy`, a service such as \
                       `cloudtrail.amazonaws.com`, or `anonymous`",
            })
        }
    }
}

impl TryFrom<String> for Principal {
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Principal, InvalidText> {
        text.parse()
    }
}
