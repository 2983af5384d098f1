//! What the provider is asked about what exists in AWS, and what it answers: `terraform-provider-landform inventory`.
//!
//! One JSON [`Request`] on standard input, one JSON [`Answer`] per line on standard output. An exit code other than 0 says that
//! the answers are not all of them.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{AccountId, Region};

/// One request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The arguments of the provider block that Terraform would be given.
    pub provider: Map<String, Value>,
    /// What to do.
    pub action: Action,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// List the resources of every stack that have objects in these places, by the tags of the objects.
    List(Vec<Place>),
    /// Remove every object that carries the tags of this resource.
    Remove(Resource),
}

/// A part of an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The account.
    pub account_id: AccountId,
    /// Which part.
    pub scope: Scope,
}

/// Where in an account AWS keeps an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// In one region.
    Region(Region),
    /// Once for all regions, as IAM does.
    Account,
    /// In the organization whose management account it is.
    Organization,
}

impl Scope {
    /// The region; none of what has none.
    pub const fn region(&self) -> Option<&Region> {
        match self {
            Scope::Region(region) => Some(region),
            Scope::Account | Scope::Organization => None,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Region(region) => region.fmt(formatter),
            Scope::Account => formatter.pad("global"),
            Scope::Organization => formatter.pad("organization"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "account {}, {}", self.account_id, self.scope)
    }
}

/// A resource in a place, as the tags of its objects name it. Somebody may have taken a tag off: then its value is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Where it is.
    pub place: Place,
    /// The value of the tag `landform:stack`.
    pub stack: String,
    /// The value of the tag `landform:resource`, such as `vpc/main`.
    pub resource: String,
}

/// One object of AWS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// AWS's word for what it is, such as `subnet`.
    pub kind: String,
    /// The id.
    pub id: String,
}

/// One line of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// A resource that exists.
    Exists {
        /// Which one.
        resource: Resource,
        /// Its objects that exist, ordered.
        objects: Vec<Object>,
        /// Why it is never removed; none where it can be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept: Option<String>,
    },
    /// All objects of the resource are gone.
    Removed(Resource),
    /// Something went wrong in a place; the other places are answered all the same.
    Failed {
        /// Where.
        place: Place,
        /// What, why in AWS's words, and what to do.
        error: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_answers_are_json_that_a_person_can_write() {
        let request = r#"{"provider":{"stack":"a/b"},"action":{"list":[{"account_id":"123456789012","scope":{"region":"us-east-1"}},{"account_id":"123456789012","scope":"account"}]}}"#;
        let read: Request = serde_json::from_str(request).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), request);
        let answer = r#"{"exists":{"resource":{"place":{"account_id":"123456789012","scope":{"region":"us-east-1"}},"stack":"a/b","resource":"vpc/main"},"objects":[{"kind":"vpc","id":"vpc-1"}]}}"#;
        let read: Answer = serde_json::from_str(answer).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), answer);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for bad in [
            r#"{"provider":{},"action":{"list":[]},"dry_run":true}"#,
            r#"{"provider":{},"action":{"list":[{"account_id":"1","scope":"account"}]}}"#,
            r#"{"provider":{},"action":{"list":[{"account_id":"123456789012","scope":"continent"}]}}"#,
            r#"{"provider":{},"action":"list"}"#,
        ] {
            assert!(serde_json::from_str::<Request>(bad).is_err(), "{bad}");
        }
    }
}
