//! IAM policy documents, compared by what they mean.

mod json;
mod normal;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use json::Json;

/// An [IAM policy document](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html), as JSON.
///
/// AWS gives policies back in another spelling than it got them, so two documents are equal when they mean the same.
/// None of these matters: spaces; the order of keys, of statements, and of the values of one element; a value given
/// twice; one value or a list of that one; one statement or a list of that one; an empty `Sid` or none; text or number
/// or bool as the value of a condition. Of principals, `"*"` is
/// `{"AWS": "*"}`, and an account's id is the ARN of its root user
/// ([principals](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)).
///
/// Printed in one form: keys and lists sorted, without spaces, a list of one value as that value. Names of actions and
/// condition keys are compared as they are written, although AWS takes them in small and capital letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PolicyJson(String);

impl PolicyJson {
    /// Everybody may do everything: the policy of a VPC endpoint that is made without one.
    ///
    /// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    pub fn full_access() -> Self {
        Self(format!(r#"{{{FULL_ACCESS},"Version":"2008-10-17"}}"#))
    }

    /// Whether the policy is [`PolicyJson::full_access`], in whatever version of the policy language, or with none named.
    pub fn is_full_access(&self) -> bool {
        self.0.strip_prefix('{').and_then(|text| text.strip_prefix(FULL_ACCESS)).is_some_and(|rest| {
            ["}", r#","Version":"2008-10-17"}"#, r#","Version":"2012-10-17"}"#].contains(&rest)
        })
    }

    /// Whether each statement says whom it is about, as policies of resources must; those of identities must not.
    pub fn names_principals(&self) -> bool {
        let Ok(Json::Object(policy)) = serde_json::from_str(&self.0) else { return false };
        let named = |statement: &Json| match statement {
            Json::Object(elements) => {
                ["Principal", "NotPrincipal"].iter().any(|it| elements.contains_key(*it))
            }
            _ => false,
        };
        match policy.get("Statement") {
            Some(Json::List(statements)) => statements.iter().all(named),
            Some(statement) => named(statement),
            None => false,
        }
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The statements of [`PolicyJson::full_access`] in canonical form.
const FULL_ACCESS: &str =
    r#""Statement":[{"Action":"*","Effect":"Allow","Principal":{"AWS":"*"},"Resource":"*"}]"#;

/// Why a text is not a [`PolicyJson`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Malformed JSON, or a key that is there twice.
    #[error("the policy is not valid JSON: {reason}")]
    Json {
        /// What is wrong, with line and column.
        reason: String,
    },
    /// JSON, but no policy.
    #[error("the policy is wrong at `{element}`: {rule}")]
    Element {
        /// Where, such as `Statement[0].Effect`.
        element: String,
        /// What belongs there.
        rule: String,
    },
}

impl FromStr for PolicyJson {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<PolicyJson, PolicyError> {
        let json: Json = serde_json::from_str(text)
            .map_err(|error| PolicyError::Json { reason: json::shortened(&error.to_string()) })?;
        normal::policy(json).map(|policy| PolicyJson(policy.to_string()))
    }
}

impl fmt::Display for PolicyJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl TryFrom<String> for PolicyJson {
    type Error = PolicyError;

    fn try_from(text: String) -> Result<PolicyJson, PolicyError> {
        text.parse()
    }
}

impl From<PolicyJson> for String {
    fn from(policy: PolicyJson) -> String {
        policy.0
    }
}
