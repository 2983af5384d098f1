//! What service and resource control policies say to a request, as AWS decides.

mod condition;
mod request;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod wildcard;

pub use condition::OPERATORS;
pub use request::{Principal, Request};

use condition::Condition;

use super::document::{Actions, Document, Effect, Resources, Statement};

/// Policies that are attached to one target, ready to be asked.
///
/// Only the operators in [`OPERATORS`] and values without policy variables can be evaluated; all else is refused, because
/// a guess about a security policy is worse than no answer.
#[derive(Clone, Debug)]
pub struct Evaluator {
    statements: Vec<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    document: usize,
    statement: Statement,
    conditions: Vec<Condition>,
}

/// What the policies of one target say.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A statement with `Deny` matches. No other policy can undo it.
    Denied {
        /// The document that has the statement, in the order given.
        document: usize,
    },
    /// A statement with `Allow` matches, and none with `Deny`.
    Allowed,
    /// No statement matches, which is a denial, too: every target has `FullAWSAccess` for that reason.
    NotAllowed,
    /// The principal is a service-linked role, which these policies do not reach.
    OutOfReach,
}

impl Decision {
    /// Whether the request goes on, to the policies of the identity and the resource.
    pub fn is_let_through(self) -> bool {
        matches!(self, Decision::Allowed | Decision::OutOfReach)
    }
}

/// What of a policy cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsupported {
    /// An operator that is not in [`OPERATORS`], or one with a prefix or an ending that it is not evaluated with.
    #[error(
        "the condition operator `{operator}` cannot be evaluated, and is not guessed: those that can are {}; \
         `ForAnyValue:` and `ForAllValues:` go with those that begin with `String`", OPERATORS.join(", ")
    )]
    Operator {
        /// The operator as it is written.
        operator: String,
    },
    /// A value that does not fit its operator.
    #[error("`{value}` as value of `{key}` under `{operator}` cannot be evaluated: {rule}")]
    Value {
        /// The operator as it is written.
        operator: String,
        /// The condition key.
        key: String,
        /// The value.
        value: String,
        /// What it must be.
        rule: &'static str,
    },
    /// A policy variable in a pattern of actions or resources.
    #[error(
        "`{pattern}` cannot be evaluated: policy variables such as `${{aws:username}}` are not filled in"
    )]
    Variable {
        /// The pattern.
        pattern: String,
    },
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// AWS does not say what an operator for one value does with several.
    #[error(
        "the request has {count} values of `{key}`, and the policy compares it with an operator for one value: \
         use `ForAnyValue:` or `ForAllValues:`"
    )]
    SeveralValues {
        /// The condition key, in small letters.
        key: String,
        /// How many values.
        count: usize,
    },
}

impl Evaluator {
    /// The documents of one target, with `FullAWSAccess` if that is attached. An error names what cannot be evaluated.
    pub fn new<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Result<Evaluator, Unsupported> {
        let mut statements = Vec::new();
        for (document, content) in documents.into_iter().enumerate() {
            for statement in &content.statements {
                let patterns = statement.actions.patterns().iter().chain(statement.resources.patterns());
                if let Some(pattern) = patterns.clone().find(|pattern| pattern.contains("${")) {
                    return Err(Unsupported::Variable { pattern: pattern.clone() });
                }
                let conditions = statement
                    .conditions
                    .iter()
                    .flat_map(|(operator, keys)| {
                        keys.iter().map(move |(key, values)| (operator, key, values))
                    })
                    .map(|(operator, key, values)| Condition::new(operator, key, values))
                    .collect::<Result<_, _>>()?;
                statements.push(Compiled { document, statement: statement.clone(), conditions });
            }
        }
        Ok(Evaluator { statements })
    }

    /// What the documents say to the request.
    pub fn decide(&self, request: &Request) -> Result<Decision, EvaluationError> {
        if request.principal.is_service_linked_role() {
            return Ok(Decision::OutOfReach);
        }
        let mut decision = Decision::NotAllowed;
        for compiled in &self.statements {
            if compiled.matches(request)? {
                match compiled.statement.effect {
                    Effect::Deny => return Ok(Decision::Denied { document: compiled.document }),
                    Effect::Allow => decision = Decision::Allowed,
                }
            }
        }
        Ok(decision)
    }
}

/// What the policies say to a request from the root down to the account: each level must let it through, and what one level
/// does not is decided.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
pub fn decide_on_path(levels: &[Evaluator], request: &Request) -> Result<Decision, EvaluationError> {
    let mut decision = Decision::Allowed;
    for level in levels {
        decision = level.decide(request)?;
        if !decision.is_let_through() {
            break;
        }
    }
    Ok(decision)
}

impl Compiled {
    fn matches(&self, request: &Request) -> Result<bool, EvaluationError> {
        let is_action = |pattern: &String| wildcard::matches_any_case(pattern, &request.action);
        let is_resource = |pattern: &String| wildcard::matches(pattern, &request.resource);
        let action = match &self.statement.actions {
            Actions::Action(patterns) => patterns.iter().any(is_action),
            Actions::NotAction(patterns) => !patterns.iter().any(is_action),
        };
        let resource = match &self.statement.resources {
            Resources::Resource(patterns) => patterns.iter().any(is_resource),
            Resources::NotResource(patterns) => !patterns.iter().any(is_resource),
        };
        if !action || !resource {
            return Ok(false);
        }
        for condition in &self.conditions {
            if !condition.holds(request.keys.get(condition.key()))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
