//! What AWS refuses in a policy of one kind although its grammar is right.

use std::fmt;

use crate::guardrails::document::{Actions, Document, Effect};
use crate::guardrails::policy_type::PolicyType;

/// Services whose resources resource control policies reach, by the prefix of their actions. Read in 2026-11; AWS adds some
/// every year.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services>
pub const RESOURCE_CONTROL_SERVICES: [&str; 11] = [
    "aoss",
    "cognito-identity",
    "cognito-idp",
    "dynamodb",
    "ecr",
    "kms",
    "logs",
    "s3",
    "secretsmanager",
    "sqs",
    "sts",
];

/// Something that a kind of policy cannot have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrammarFault {
    /// A resource control policy without `"Principal": "*"`.
    PrincipalMissing,
    /// A service control policy with `Principal`.
    PrincipalGiven,
    /// `Allow` in a resource control policy: only `RCPFullAWSAccess` has it.
    Allow,
    /// `NotAction` in a resource control policy.
    NotAction,
    /// `*` as action of a resource control policy.
    EveryAction,
    /// An action of a service that resource control policies did not reach when the list was read: a warning.
    UnreachedService {
        /// The pattern as it is written.
        pattern: String,
    },
}

impl GrammarFault {
    /// Whether AWS refuses the policy. An unreached service may be a new one.
    pub fn is_error(&self) -> bool {
        !matches!(self, GrammarFault::UnreachedService { .. })
    }
}

impl fmt::Display for GrammarFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            GrammarFault::PrincipalMissing => {
                "a statement of a resource control policy must have `\"Principal\": \"*\"`: add it, and name principals in \
                 a condition"
            }
            GrammarFault::PrincipalGiven => {
                "a statement of a service control policy has no `Principal`: take it out, and name principals in a \
                 condition on `aws:PrincipalArn`"
            }
            GrammarFault::Allow => {
                "a resource control policy can only deny: what no policy denies is allowed by `RCPFullAWSAccess`"
            }
            GrammarFault::NotAction => {
                "a resource control policy takes no `NotAction`: list the actions that are denied"
            }
            GrammarFault::EveryAction => {
                "a resource control policy takes no `*` as action: name the services, such as `s3:*`"
            }
            GrammarFault::UnreachedService { pattern } => {
                return write!(
                    formatter,
                    "resource control policies did not reach the service of `{pattern}` in 2026-11, but {}: it denies \
                     nothing, unless the service was added since",
                    RESOURCE_CONTROL_SERVICES.join(", ")
                );
            }
        })
    }
}

/// What AWS refuses in the document as a policy of this kind. Management policies have another grammar, and no faults here.
pub fn grammar_faults(document: &Document, policy_type: PolicyType) -> Vec<GrammarFault> {
    let mut faults = Vec::new();
    for statement in &document.statements {
        match policy_type {
            PolicyType::ServiceControlPolicy if statement.everyone => {
                faults.push(GrammarFault::PrincipalGiven);
            }
            PolicyType::ResourceControlPolicy => {
                if !statement.everyone {
                    faults.push(GrammarFault::PrincipalMissing);
                }
                if statement.effect == Effect::Allow {
                    faults.push(GrammarFault::Allow);
                }
                match &statement.actions {
                    Actions::NotAction(_) => faults.push(GrammarFault::NotAction),
                    Actions::Action(patterns) => {
                        faults.extend(patterns.iter().filter_map(|pattern| action(pattern)));
                    }
                }
            }
            _ => {}
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn action(pattern: &str) -> Option<GrammarFault> {
    let service = pattern.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if pattern == "*" {
        Some(GrammarFault::EveryAction)
    } else if RESOURCE_CONTROL_SERVICES.contains(&service.as_str()) {
        None
    } else {
        Some(GrammarFault::UnreachedService { pattern: pattern.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(statement: &str, policy_type: PolicyType) -> String {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        let found = grammar_faults(&text.parse().unwrap(), policy_type);
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_kind_has_its_own_grammar() {
        let service = r#"{"Effect":"Allow","NotAction":"*","Resource":"*"}"#;
        let resource =
            r#"{"Effect":"Deny","Principal":"*","Action":["s3:*","STS:AssumeRole"],"Resource":"*"}"#;
        assert_eq!(faults(service, PolicyType::ServiceControlPolicy), "");
        assert_eq!(faults(resource, PolicyType::ResourceControlPolicy), "");
        insta::assert_snapshot!(faults(resource, PolicyType::ServiceControlPolicy), @"a statement of a service control policy has no `Principal`: take it out, and name principals in a condition on `aws:PrincipalArn`");
        insta::assert_snapshot!(faults(service, PolicyType::ResourceControlPolicy), @r#"
        a statement of a resource control policy must have `"Principal": "*"`: add it, and name principals in a condition
        a resource control policy can only deny: what no policy denies is allowed by `RCPFullAWSAccess`
        a resource control policy takes no `NotAction`: list the actions that are denied
        "#);
        let wide = r#"{"Effect":"Deny","Principal":"*","Action":["*","ec2:RunInstances"],"Resource":"*"}"#;
        insta::assert_snapshot!(faults(wide, PolicyType::ResourceControlPolicy), @r#"
        a resource control policy takes no `*` as action: name the services, such as `s3:*`
        resource control policies did not reach the service of `ec2:RunInstances` in 2026-11, but aoss, cognito-identity, cognito-idp, dynamodb, ecr, kms, logs, s3, secretsmanager, sqs, sts: it denies nothing, unless the service was added since
        "#);
    }
}
