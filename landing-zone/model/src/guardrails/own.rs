//! Policies that people write themselves, beside those of the catalogue.

use serde_json::Value;

use super::document::{Document, DocumentError};
use super::fill::{Content, Filled};
use super::policy_type::PolicyType;

/// What somebody has written, under a name of its own. Statements are read strictly; settings are any JSON object, because AWS
/// says only when it gets them whether it knows them.
pub fn own(id: &str, policy_type: PolicyType, text: &str) -> Result<Filled, DocumentError> {
    let content = match policy_type.has_statements() {
        true => Content::Statements(text.parse()?),
        false => Content::Settings(object(text)?),
    };
    Ok(Filled { id: id.to_owned(), version: 1, policy_type, content })
}

fn object(text: &str) -> Result<Value, DocumentError> {
    let wrong = |reason: String| DocumentError { reason };
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    match value.is_object() {
        true => Ok(value),
        false => Err(wrong("it is not a JSON object".to_owned())),
    }
}

/// Whether two texts are the same policy, spaces and the order of keys apart: a console may write it anew.
pub fn is_same(one: &str, other: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    one == other || read(one).is_some_and(|one| Some(one) == read(other))
}

impl Filled {
    /// The statements; none where it is made of settings.
    pub fn statements(&self) -> Option<&Document> {
        match &self.content {
            Content::Statements(document) => Some(document),
            Content::Settings(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_and_settings_are_told_apart_by_the_kind() {
        let statements =
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;
        let settings = r#"{"services":{"default":{"opt_out_policy":{"@@assign":"optOut"}}}}"#;
        let scp = PolicyType::ServiceControlPolicy;
        let ai = PolicyType::AiservicesOptOutPolicy;
        assert!(own("mine", scp, statements).unwrap().statements().is_some());
        assert!(own("mine", ai, settings).unwrap().statements().is_none());
        assert!(own("mine", scp, settings).unwrap_err().to_string().contains("unknown field `services`"));
        assert!(own("mine", ai, "[]").unwrap_err().to_string().contains("not a JSON object"));
        assert!(own("mine", ai, "{").unwrap_err().to_string().contains("cannot be read"));
    }

    #[test]
    fn spaces_say_nothing() {
        assert!(is_same(r#"{"a":1,"b":[2]}"#, "{ \"b\": [2],\n \"a\": 1 }"));
        assert!(!is_same(r#"{"a":1}"#, r#"{"a":2}"#));
        assert!(is_same("x", "x") && !is_same("x", "y"));
    }
}
