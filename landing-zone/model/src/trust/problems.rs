//! What makes a trust policy unsafe.

use serde_json::{Map, Value};

use super::names::{PROVIDER, is_exact, is_host_and_path, is_role};
use crate::{Arn, PolicyJson};

/// One thing that makes a trust policy unsafe, or that this check does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("statement {statement}: {what}")]
pub struct Problem {
    /// Which statement, from 0, in the canonical form of the policy.
    pub statement: usize,
    /// What is wrong.
    pub what: String,
}

/// Everything that is wrong with a trust policy. Nothing is, when each statement that allows names exact roles, or one OIDC
/// provider with exact audiences and subjects.
///
/// What it does not know it refuses: other kinds of principals, other actions.
pub fn problems(policy: &PolicyJson) -> Vec<Problem> {
    let json: Value = serde_json::from_str(policy.as_str()).unwrap_or_default();
    let statements = match json.get("Statement") {
        Some(Value::Array(statements)) => statements.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    if statements.is_empty() {
        return vec![Problem { statement: 0, what: "there is no statement".to_owned() }];
    }
    let check = |(number, statement): (usize, &Value)| {
        let problem = move |what| Problem { statement: number, what };
        of_statement(statement).into_iter().map(problem).collect::<Vec<_>>()
    };
    statements.iter().enumerate().flat_map(check).collect()
}

fn of_statement(statement: &Value) -> Vec<String> {
    if statement.get("Effect").and_then(Value::as_str) == Some("Deny") {
        return Vec::new();
    }
    if statement.get("NotPrincipal").is_some() || statement.get("NotAction").is_some() {
        return vec!["it names whom or what it does not mean (`NotPrincipal`, `NotAction`)".to_owned()];
    }
    let Some(principal) = statement.get("Principal").and_then(Value::as_object) else {
        return vec!["it has no principal, or everybody".to_owned()];
    };
    let mut found = Vec::new();
    match principal.iter().collect::<Vec<_>>().as_slice() {
        [(kind, named)] if *kind == "AWS" => {
            found.extend(texts(named).into_iter().filter_map(|named| of_role(&named)));
            found.extend(of_actions(statement, "sts:AssumeRole"));
        }
        [(kind, named)] if *kind == "Federated" => {
            found.extend(texts(named).into_iter().flat_map(|named| of_provider(&named, statement)));
            found.extend(of_actions(statement, "sts:AssumeRoleWithWebIdentity"));
        }
        [(kind, _)] => found.push(format!("a principal of the kind `{kind}` is not known here")),
        _ => found.push("it has not exactly one kind of principal".to_owned()),
    }
    found
}

fn of_role(principal: &str) -> Option<String> {
    if principal.contains(['*', '?']) {
        return Some(format!("the principal `{principal}` stands for many"));
    }
    match principal.parse::<Arn>() {
        Ok(arn) if is_role(&arn) => None,
        // In canonical form the root user of an account is the bare number of the account.
        _ if principal.len() == 12 && principal.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("the principal is the whole account {principal}"))
        }
        _ => Some(format!("the principal `{principal}` is not the ARN of one role")),
    }
}

fn of_provider(principal: &str, statement: &Value) -> Vec<String> {
    let issuer =
        principal.parse::<Arn>().ok().filter(|arn| arn.service() == "iam" && arn.account_id().is_some());
    let issuer = issuer
        .as_ref()
        .and_then(|arn| arn.resource().strip_prefix(PROVIDER))
        .filter(|it| is_host_and_path(it));
    let Some(issuer) = issuer else {
        return vec![format!("the principal `{principal}` is not the ARN of an OIDC provider")];
    };
    let none = Map::new();
    let conditions = statement.get("Condition").and_then(Value::as_object).unwrap_or(&none);
    let mut found = Vec::new();
    for (claim, word) in [("aud", "audience"), ("sub", "subject")] {
        let key = format!("{issuer}:{claim}");
        let named = |operator: &Value| {
            let keys = operator.as_object()?;
            keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(&key)).map(|(_, values)| texts(values))
        };
        let exact = conditions.get("StringEquals").and_then(named).unwrap_or_default();
        if exact.is_empty() {
            found.push(format!("no `StringEquals` on `{key}` says which {word}"));
        }
        let all = conditions.values().filter_map(named).flatten();
        found.extend(
            all.filter(|text| !is_exact(text)).map(|text| format!("the {word} `{text}` stands for many")),
        );
    }
    found
}

fn of_actions(statement: &Value, expected: &str) -> Option<String> {
    let actions = statement.get("Action").map(texts).unwrap_or_default();
    (actions != [expected]).then(|| format!("its action is `{}`, not `{expected}`", actions.join("`, `")))
}

/// One text, or a list of them.
fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        one => vec![text(one)],
    }
}
