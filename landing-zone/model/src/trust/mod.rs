//! Trust policies: who may assume a role. Made from exact names only, and checked by [`problems`] before they leave.

mod names;
mod problems;
mod read;
#[cfg(test)]
mod tests;

pub use names::{ExternalId, OidcAudience, OidcIssuer, OidcSubject, RoleArn};
pub use problems::{Problem, problems};

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{AccountId, PolicyError, PolicyJson};

/// Who may assume a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Whoever holds a token of an issuer.
    pub oidc: BTreeSet<OidcTrust>,
    /// Roles, each by its exact ARN.
    pub roles: BTreeSet<RoleArn>,
    /// What these roles must say besides.
    pub external_id: Option<ExternalId>,
}

/// Tokens of one issuer for one audience.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OidcTrust {
    /// Who issues them.
    pub issuer: OidcIssuer,
    /// Who they are for.
    pub audience: OidcAudience,
    /// Whom they are about.
    pub subjects: BTreeSet<OidcSubject>,
}

/// Why there is no trust policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Nobody is named.
    #[error("nobody may assume the role: name subjects of an OIDC issuer, or roles")]
    Nobody,
    /// It is no policy.
    #[error("the trust policy is not possible")]
    Policy(#[from] PolicyError),
    /// It lets in others than those it names: a fault of the program.
    #[error("the trust policy is not safe: {}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("; "))]
    Unsafe(Vec<Problem>),
}

impl Trust {
    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.oidc.iter().all(|it| it.subjects.is_empty())
    }

    /// The policy of a role in `account`.
    ///
    /// # Errors
    /// When nobody is named.
    pub fn policy(&self, partition: &str, account: &AccountId) -> Result<PolicyJson, TrustError> {
        let mut statements: Vec<Value> = Vec::new();
        for trust in self.oidc.iter().filter(|it| !it.subjects.is_empty()) {
            let issuer = trust.issuer.host_and_path();
            statements.push(json!({
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": { "Federated": trust.issuer.provider_arn(partition, account) },
                "Condition": { "StringEquals": {
                    format!("{issuer}:aud"): trust.audience,
                    format!("{issuer}:sub"): trust.subjects,
                } },
            }));
        }
        if !self.roles.is_empty() {
            let mut statement =
                json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": self.roles } });
            if let Some(id) = &self.external_id {
                statement["Condition"] = json!({ "StringEquals": { "sts:ExternalId": id } });
            }
            statements.push(statement);
        }
        if statements.is_empty() {
            return Err(TrustError::Nobody);
        }
        let policy: PolicyJson =
            json!({ "Version": "2012-10-17", "Statement": statements }).to_string().parse()?;
        match problems(&policy) {
            found if found.is_empty() => Ok(policy),
            found => Err(TrustError::Unsafe(found)),
        }
    }
}
