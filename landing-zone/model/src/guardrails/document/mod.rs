//! A service or resource control policy as data: read, compared and printed.

#[cfg(test)]
mod tests;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use texts::{Single, Texts, UniqueMap};

/// Condition keys and their values, by operator.
pub type Conditions = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// A service control policy or a resource control policy.
///
/// Read strictly: an element that is not listed here, a key that is there twice, and a version of the language other
/// than `2012-10-17` are refused. What has no meaning is dropped: `Sid`, the order of lists, values given twice. Printed
/// without spaces, a list of one value as that value.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The statements. A request that one `Deny` matches is denied, whatever the others say.
    pub statements: Vec<Statement>,
}

impl Document {
    /// The bytes that AWS counts: of the printed text, in UTF-8.
    ///
    /// AWS counts all characters that come in by its API, spaces between elements, too; there are none here.
    pub fn bytes(&self) -> usize {
        self.to_string().len()
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "Written")]
pub struct Statement {
    /// Whether what matches is denied or allowed.
    pub effect: Effect,
    /// Whether it has `"Principal": "*"`, which a resource control policy must have and a service control policy must not.
    pub everyone: bool,
    /// Which actions.
    pub actions: Actions,
    /// On which resources.
    pub resources: Resources,
    /// Under which conditions: all must hold. None holds always.
    pub conditions: Conditions,
}

/// What a statement does with the requests that it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Effect {
    /// They are denied.
    Deny,
    /// They are let through, if nothing denies them.
    Allow,
}

/// The actions of a statement, as patterns such as `s3:Get*`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actions {
    /// Those that one pattern matches.
    Action(BTreeSet<String>),
    /// Those that no pattern matches.
    NotAction(BTreeSet<String>),
}

impl Actions {
    /// The patterns, whichever way they are meant.
    pub fn patterns(&self) -> &BTreeSet<String> {
        match self {
            Actions::Action(patterns) | Actions::NotAction(patterns) => patterns,
        }
    }
}

/// The resources of a statement, as patterns of ARNs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resources {
    /// Those that one pattern matches.
    Resource(BTreeSet<String>),
    /// Those that no pattern matches.
    NotResource(BTreeSet<String>),
}

impl Resources {
    /// The patterns, whichever way they are meant.
    pub fn patterns(&self) -> &BTreeSet<String> {
        match self {
            Resources::Resource(patterns) | Resources::NotResource(patterns) => patterns,
        }
    }
}

/// Why a text is not a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the policy cannot be read: {reason}. Write it as AWS's policy grammar has it, with nothing but known elements"
)]
pub struct DocumentError {
    /// What is wrong and where, in the words of the JSON parser.
    pub reason: String,
}

const LANGUAGE: &str = "2012-10-17";

impl FromStr for Document {
    type Err = DocumentError;

    fn from_str(text: &str) -> Result<Document, DocumentError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "PascalCase")]
        struct Whole {
            version: String,
            #[serde(default, rename = "Id")]
            _id: Option<String>,
            statement: Single<Statement>,
        }
        let whole: Whole =
            serde_json::from_str(text).map_err(|error| DocumentError { reason: error.to_string() })?;
        if whole.version != LANGUAGE {
            let reason = format!("`Version` is `{}` and must be `{LANGUAGE}`", whole.version);
            return Err(DocumentError { reason });
        }
        if whole.statement.0.is_empty() {
            return Err(DocumentError { reason: "`Statement` is empty".to_owned() });
        }
        Ok(Document { statements: whole.statement.0 })
    }
}

impl fmt::Display for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Whole<'a> {
            version: &'a str,
            statement: &'a [Statement],
        }
        let whole = Whole { version: LANGUAGE, statement: &self.statements };
        formatter.pad(&serde_json::to_string(&whole).map_err(|_| fmt::Error)?)
    }
}

/// A statement as it is written. Numbers and bools of conditions may be written as such.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Written {
    #[serde(default, rename = "Sid", skip_serializing)]
    _sid: Option<String>,
    effect: Effect,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    principal: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<Texts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_action: Option<Texts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource: Option<Texts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_resource: Option<Texts>,
    #[serde(default, skip_serializing_if = "UniqueMap::is_empty")]
    condition: UniqueMap<UniqueMap<Texts>>,
}

impl TryFrom<Written> for Statement {
    type Error = String;

    fn try_from(written: Written) -> Result<Statement, String> {
        let actions = match (written.action, written.not_action) {
            (Some(texts), None) => Actions::Action(texts.0),
            (None, Some(texts)) => Actions::NotAction(texts.0),
            _ => return Err("a statement has `Action` or `NotAction`, one of them".to_owned()),
        };
        let resources = match (written.resource, written.not_resource) {
            (Some(texts), None) => Resources::Resource(texts.0),
            (None, Some(texts)) => Resources::NotResource(texts.0),
            _ => return Err("a statement has `Resource` or `NotResource`, one of them".to_owned()),
        };
        if actions.patterns().is_empty() || resources.patterns().is_empty() {
            return Err("a list of actions or resources is empty".to_owned());
        }
        if written.principal.as_ref().is_some_and(|principal| principal != "*") {
            return Err("`Principal` can only be `*`; other principals are matched by conditions".to_owned());
        }
        let keys = |keys: UniqueMap<Texts>| keys.0.into_iter().map(|(key, texts)| (key, texts.0)).collect();
        let conditions: Conditions =
            written.condition.0.into_iter().map(|(name, tests)| (name, keys(tests))).collect();
        if conditions.values().any(|tests| tests.is_empty() || tests.values().any(BTreeSet::is_empty)) {
            return Err("a condition has no key or no value".to_owned());
        }
        let everyone = written.principal.is_some();
        Ok(Statement { effect: written.effect, everyone, actions, resources, conditions })
    }
}

impl Serialize for Statement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (action, not_action) = match &self.actions {
            Actions::Action(texts) => (Some(Texts(texts.clone())), None),
            Actions::NotAction(texts) => (None, Some(Texts(texts.clone()))),
        };
        let (resource, not_resource) = match &self.resources {
            Resources::Resource(texts) => (Some(Texts(texts.clone())), None),
            Resources::NotResource(texts) => (None, Some(Texts(texts.clone()))),
        };
        let keys = |keys: &BTreeMap<String, BTreeSet<String>>| {
            UniqueMap(keys.iter().map(|(key, texts)| (key.clone(), Texts(texts.clone()))).collect())
        };
        Written {
            _sid: None,
            effect: self.effect,
            principal: self.everyone.then(|| "*".to_owned()),
            action,
            not_action,
            resource,
            not_resource,
            condition: UniqueMap(
                self.conditions.iter().map(|(name, tests)| (name.clone(), keys(tests))).collect(),
            ),
        }
        .serialize(serializer)
    }
}
