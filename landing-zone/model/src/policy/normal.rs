//! From any spelling of a policy to the one that stands for all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::PolicyError;
use super::json::{Json, shortened};
use crate::{AccountId, Arn};

type Elements = BTreeMap<String, Json>;

/// The policy in canonical form.
pub(super) fn policy(json: Json) -> Result<Json, PolicyError> {
    let mut elements = object(json, "policy")?;
    only(&elements, &["Id", "Statement", "Version"], "")?;
    for name in ["Id", "Version"] {
        if let Some(value) = elements.get(name) {
            text(value, name)?;
        }
    }
    if let Some(Json::Text(version)) = elements.get("Version")
        && !["2008-10-17", "2012-10-17"].contains(&version.as_str())
    {
        return Err(wrong("Version", "it is `2012-10-17`, or `2008-10-17` in old policies"));
    }
    let statements = match elements.remove("Statement") {
        Some(Json::List(statements)) => statements,
        Some(one @ Json::Object(_)) => vec![one],
        Some(other) => {
            let found = other.kind();
            return Err(wrong("Statement", format!("it is a statement or a list of them, not {found}")));
        }
        None => return Err(wrong("Statement", "it is missing")),
    };
    let statements: BTreeSet<Json> = statements
        .into_iter()
        .enumerate()
        .map(|(number, json)| statement(json, &format!("Statement[{number}]")))
        .collect::<Result<_, _>>()?;
    elements.insert("Statement".to_owned(), Json::List(statements.into_iter().collect()));
    Ok(Json::Object(elements))
}

/// The elements of which a statement has at most one.
const OPPOSITES: [(&str, &str); 3] =
    [("Action", "NotAction"), ("Principal", "NotPrincipal"), ("Resource", "NotResource")];

fn statement(json: Json, path: &str) -> Result<Json, PolicyError> {
    let mut elements = object(json, path)?;
    let mut known = vec!["Condition", "Effect", "Sid"];
    known.extend(OPPOSITES.iter().flat_map(|(one, other)| [*one, *other]));
    only(&elements, &known, path)?;
    for (one, other) in OPPOSITES {
        if elements.contains_key(one) && elements.contains_key(other) {
            return Err(wrong(path, format!("it has either `{one}` or `{other}`, not both")));
        }
    }
    match elements.get("Effect") {
        Some(Json::Text(effect)) if effect == "Allow" || effect == "Deny" => {}
        _ => return Err(wrong(format!("{path}.Effect"), "it is `Allow` or `Deny`")),
    }
    if !elements.contains_key("Action") && !elements.contains_key("NotAction") {
        return Err(wrong(path, "it has neither `Action` nor `NotAction`"));
    }
    if let Some(sid) = elements.get("Sid")
        && text(sid, &format!("{path}.Sid"))?.is_empty()
    {
        elements.remove("Sid");
    }
    for (name, value) in &mut elements {
        let path = format!("{path}.{name}");
        let given = std::mem::replace(value, Json::Null);
        *value = match name.as_str() {
            "Action" | "NotAction" | "Resource" | "NotResource" => values(given, &path, plain)?,
            "Principal" | "NotPrincipal" => principal(given, &path)?,
            "Condition" => condition(given, &path)?,
            _ => given,
        };
    }
    Ok(Json::Object(elements))
}

fn principal(json: Json, path: &str) -> Result<Json, PolicyError> {
    let kinds = match json {
        Json::Text(all) if all == "*" => Elements::from([("AWS".to_owned(), Json::Text(all))]),
        Json::Object(kinds) => kinds,
        _ => {
            return Err(wrong(
                path,
                "it is `*`, or an object such as `{\"Service\": \"ec2.amazonaws.com\"}`",
            ));
        }
    };
    let known = ["AWS", "CanonicalUser", "Federated", "Service"];
    only(&kinds, &known, path)?;
    let kind = |(name, value): (String, Json)| {
        let path = format!("{path}.{name}");
        let value = if name == "AWS" { values(value, &path, account)? } else { values(value, &path, plain)? };
        Ok((name, value))
    };
    kinds.into_iter().map(kind).collect::<Result<Elements, PolicyError>>().map(Json::Object)
}

/// The ARN of an account's root user stands for the account, as its bare id does.
fn account(text: Json) -> Option<Json> {
    let Json::Text(text) = text else { return None };
    let account = text
        .parse::<Arn>()
        .ok()
        .filter(|arn| arn.service() == "iam" && arn.resource() == "root")
        .and_then(|arn| arn.account_id());
    Some(Json::Text(account.as_ref().map_or(text.as_str(), AccountId::as_str).to_owned()))
}

/// `{operator: {key: values}}`.
fn condition(json: Json, path: &str) -> Result<Json, PolicyError> {
    let mut operators = object(json, path)?;
    for (operator, keys) in &mut operators {
        let path = format!("{path}.{}", shortened(operator));
        let mut normal = object(std::mem::replace(keys, Json::Null), &path)?;
        for (key, value) in &mut normal {
            let given = std::mem::replace(value, Json::Null);
            *value = values(given, &format!("{path}.{}", shortened(key)), scalar)?;
        }
        *keys = Json::Object(normal);
    }
    Ok(Json::Object(operators))
}

/// One value, or a list of values as a set; of a set of one the value.
fn values(json: Json, path: &str, normal: fn(Json) -> Option<Json>) -> Result<Json, PolicyError> {
    let given = match json {
        Json::List(values) => values,
        one => vec![one],
    };
    let mut set = BTreeSet::new();
    for value in given {
        let kind = value.kind();
        let value = normal(value)
            .ok_or_else(|| wrong(path, format!("it is a text or a list of texts; {kind} is given")))?;
        set.insert(value);
    }
    let mut values: Vec<Json> = set.into_iter().collect();
    match (values.pop(), values.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            values.push(last);
            Ok(Json::List(values))
        }
        (None, _) => Ok(Json::List(Vec::new())),
    }
}

fn plain(value: Json) -> Option<Json> {
    matches!(value, Json::Text(_)).then_some(value)
}

/// AWS compares the values of conditions as text, whatever they are in JSON.
fn scalar(value: Json) -> Option<Json> {
    match value {
        Json::Text(_) => Some(value),
        Json::Number(_) | Json::Bool(_) => Some(Json::Text(value.to_string())),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

fn object(json: Json, path: &str) -> Result<Elements, PolicyError> {
    match json {
        Json::Object(elements) => Ok(elements),
        other => Err(wrong(path, format!("it is an object; {} is given", other.kind()))),
    }
}

fn text<'a>(json: &'a Json, path: &str) -> Result<&'a str, PolicyError> {
    match json {
        Json::Text(text) => Ok(text),
        other => Err(wrong(path, format!("it is a text; {} is given", other.kind()))),
    }
}

/// Refuses elements that AWS does not know, such as `Actions`.
fn only(elements: &Elements, known: &[&str], path: &str) -> Result<(), PolicyError> {
    let Some(unknown) = elements.keys().find(|name| !known.contains(&name.as_str())) else {
        return Ok(());
    };
    let separator = if path.is_empty() { "" } else { "." };
    let names = known.join("`, `");
    Err(wrong(
        format!("{path}{separator}{}", shortened(unknown)),
        format!("there is no such element; there are `{names}`"),
    ))
}

fn wrong(element: impl Into<String>, rule: impl Into<String>) -> PolicyError {
    PolicyError::Element { element: element.into(), rule: rule.into() }
}
