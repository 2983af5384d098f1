//! One condition of a statement: an operator, a key and the values it is compared with.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::wildcard;
use super::{EvaluationError, Unsupported};

/// An operator with its values, checked and ready to be asked.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// In small letters: keys are compared in any case.
    key: String,
    quantifier: Quantifier,
    negated: bool,
    if_exists: bool,
    test: Test,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantifier {
    /// The key has one value.
    One,
    /// One of the key's values is enough.
    ForAnyValue,
    /// All of the key's values must pass; a key without values passes.
    ForAllValues,
}

#[derive(Clone, Debug)]
enum Test {
    Equals(BTreeSet<String>),
    Like(BTreeSet<String>),
    Arn(BTreeSet<String>),
    Bool(BTreeSet<bool>),
    /// Smaller, or larger, than one of these.
    LessThan(Vec<f64>),
    GreaterThan(Vec<f64>),
    IpAddress(Vec<IpNet>),
    /// The key is absent (`true`) or there (`false`).
    Null(bool),
}

/// The names of the operators that can be evaluated, without `ForAnyValue:`, `ForAllValues:` and `IfExists`: those that
/// the catalogue uses. The others are refused.
pub const OPERATORS: [&str; 12] = [
    "ArnLike",
    "ArnNotLike",
    "Bool",
    "IpAddress",
    "NotIpAddress",
    "Null",
    "NumericGreaterThan",
    "NumericLessThan",
    "StringEquals",
    "StringLike",
    "StringNotEquals",
    "StringNotLike",
];

/// `ForAnyValue:StringLikeIfExists` is `ForAnyValue`, `StringLike`, `IfExists`.
pub(super) fn base_name(operator: &str) -> &str {
    let name = operator.strip_prefix("ForAnyValue:").or_else(|| operator.strip_prefix("ForAllValues:"));
    let name = name.unwrap_or(operator);
    name.strip_suffix("IfExists").unwrap_or(name)
}

impl Condition {
    pub(super) fn new(
        operator: &str,
        key: &str,
        values: &BTreeSet<String>,
    ) -> Result<Condition, Unsupported> {
        let name = base_name(operator);
        let refused = |value: &str, rule| Unsupported::Value {
            operator: operator.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            rule,
        };
        let quantifier = match operator.split_once(':') {
            None => Quantifier::One,
            Some(("ForAnyValue", _)) => Quantifier::ForAnyValue,
            _ => Quantifier::ForAllValues,
        };
        let if_exists = operator.ends_with("IfExists");
        // AWS has `ForAnyValue` and `ForAllValues` for other operators, too, but the catalogue has no use for them.
        let plain = quantifier == Quantifier::One;
        if !OPERATORS.contains(&name)
            || !(plain || name.starts_with("String"))
            || (name == "Null" && if_exists)
        {
            return Err(Unsupported::Operator { operator: operator.to_owned() });
        }
        if let Some(value) = values.iter().find(|value| value.contains("${")) {
            return Err(refused(value, "policy variables such as `${aws:username}` are not evaluated"));
        }
        let bools = || -> Result<BTreeSet<bool>, Unsupported> {
            let read =
                |value: &String| value.parse().map_err(|_| refused(value, "it must be `true` or `false`"));
            values.iter().map(read).collect()
        };
        let numbers = || -> Result<Vec<f64>, Unsupported> {
            values
                .iter()
                .map(|value| value.parse().map_err(|_| refused(value, "it must be a number")))
                .collect()
        };
        let test = match name {
            "StringEquals" | "StringNotEquals" => Test::Equals(values.clone()),
            "StringLike" | "StringNotLike" => Test::Like(values.clone()),
            "ArnLike" | "ArnNotLike" => {
                if let Some(value) = values.iter().find(|value| value.splitn(6, ':').count() < 6) {
                    return Err(refused(value, "an ARN pattern has six parts with colons between them"));
                }
                Test::Arn(values.clone())
            }
            "Bool" => Test::Bool(bools()?),
            "NumericLessThan" => Test::LessThan(numbers()?),
            "NumericGreaterThan" => Test::GreaterThan(numbers()?),
            "IpAddress" | "NotIpAddress" => {
                let read = |value: &String| {
                    network(value).ok_or_else(|| refused(value, "it must be an address or a CIDR"))
                };
                Test::IpAddress(values.iter().map(read).collect::<Result<_, _>>()?)
            }
            _ => match bools()?.into_iter().collect::<Vec<bool>>()[..] {
                [absent] => Test::Null(absent),
                _ => return Err(refused("true, false", "it must be one of `true` and `false`")),
            },
        };
        let negated = name.contains("Not");
        Ok(Condition { key: key.to_ascii_lowercase(), quantifier, negated, if_exists, test })
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Whether the condition holds for a key with these values; `None` for a key that the request does not have.
    pub(super) fn holds(&self, values: Option<&BTreeSet<String>>) -> Result<bool, EvaluationError> {
        if let Test::Null(absent) = self.test {
            return Ok(values.is_none() == absent);
        }
        let Some(values) = values else {
            return Ok(match self.quantifier {
                _ if self.if_exists => true,
                Quantifier::One => self.negated,
                Quantifier::ForAnyValue => false,
                Quantifier::ForAllValues => true,
            });
        };
        let passes = |value: &String| self.test.matches(value) != self.negated;
        match self.quantifier {
            Quantifier::ForAnyValue => Ok(values.iter().any(passes)),
            Quantifier::ForAllValues => Ok(values.iter().all(passes)),
            Quantifier::One => match values.first() {
                Some(value) if values.len() == 1 => Ok(passes(value)),
                _ => Err(EvaluationError::SeveralValues { key: self.key.clone(), count: values.len() }),
            },
        }
    }
}

impl Test {
    /// Whether a value of the request equals one of the policy's, in the way of the operator.
    fn matches(&self, value: &str) -> bool {
        let number = || value.parse::<f64>();
        match self {
            Test::Equals(wanted) => wanted.contains(value),
            Test::Like(patterns) => patterns.iter().any(|pattern| wildcard::matches(pattern, value)),
            Test::Arn(patterns) => patterns.iter().any(|pattern| wildcard::arn_matches(pattern, value)),
            Test::Bool(wanted) => {
                value.to_ascii_lowercase().parse().is_ok_and(|value: bool| wanted.contains(&value))
            }
            Test::LessThan(limits) => number().is_ok_and(|value| limits.iter().any(|limit| value < *limit)),
            Test::GreaterThan(limits) => {
                number().is_ok_and(|value| limits.iter().any(|limit| value > *limit))
            }
            Test::IpAddress(networks) => {
                network(value).is_some_and(|value| networks.iter().any(|network| network.contains(&value)))
            }
            Test::Null(_) => false,
        }
    }
}

/// `192.0.2.0/24`, or `192.0.2.1` for a network of one address.
fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from))
}
