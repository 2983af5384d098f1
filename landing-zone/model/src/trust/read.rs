//! Reads a trust policy back into what it was made from.

use serde_json::Value;

use super::names::PROVIDER;
use super::{OidcTrust, Trust, problems};
use crate::{Arn, PolicyJson};

impl Trust {
    /// Whom the policy names; none for one that [`Trust::policy`] cannot have made.
    pub fn of_policy(policy: &PolicyJson) -> Option<Self> {
        if !problems(policy).is_empty() {
            return None;
        }
        let json: Value = serde_json::from_str(policy.as_str()).ok()?;
        let mut trust = Self::default();
        for statement in json.get("Statement")?.as_array()? {
            if let Some(provider) = statement["Principal"].get("Federated") {
                let provider: Arn = provider.as_str()?.parse().ok()?;
                let issuer = provider.resource().strip_prefix(PROVIDER)?;
                let claims = &statement["Condition"]["StringEquals"];
                trust.oidc.insert(OidcTrust {
                    issuer: format!("https://{issuer}").parse().ok()?,
                    audience: claims[format!("{issuer}:aud")].as_str()?.parse().ok()?,
                    subjects: all(&claims[format!("{issuer}:sub")])?.into_iter().collect(),
                });
            } else {
                trust.roles.extend(all(&statement["Principal"]["AWS"])?);
                if let Some(id) = statement["Condition"]["StringEquals"].get("sts:ExternalId") {
                    trust.external_id = Some(id.as_str()?.parse().ok()?);
                }
            }
        }
        // Conditions that are not read above would be lost.
        let same = trust.policy(provider_partition(&json)?, &provider_account(&json)?).ok()? == *policy;
        same.then_some(trust)
    }
}

/// One text, or a list of them.
fn all<T: std::str::FromStr>(value: &Value) -> Option<Vec<T>> {
    match value {
        Value::Array(values) => values.iter().map(|it| it.as_str()?.parse().ok()).collect(),
        one => Some(vec![one.as_str()?.parse().ok()?]),
    }
}

/// Any principal of the policy: for making the policy again, only providers count.
fn principal(json: &Value) -> Option<Arn> {
    let statements = json.get("Statement")?.as_array()?;
    let of = |kind: &str| {
        let named = statements.iter().find_map(|it| it["Principal"].get(kind))?;
        named.as_str().or_else(|| named[0].as_str())?.parse().ok()
    };
    of("Federated").or_else(|| of("AWS"))
}

fn provider_partition(json: &Value) -> Option<&'static str> {
    let arn = principal(json)?;
    ["aws", "aws-cn", "aws-us-gov"].into_iter().find(|it| *it == arn.partition())
}

fn provider_account(json: &Value) -> Option<crate::AccountId> {
    principal(json)?.account_id()
}
