//! One guardrail as a security engineer writes it: a statement, why, what it breaks, and what must hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::document::Statement;
use super::evaluate::{Principal, Request};
use super::fill::markers;
use super::parameter::Parameters;
use super::policy_type::PolicyType;

/// A guardrail of the catalogue, with markers such as `<exempt_roles>` where parameters go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guardrail {
    /// Its name, and that of its file.
    pub id: String,
    /// Raised whenever the policy that comes out can differ.
    pub version: u32,
    /// Which kind of policy it goes into.
    #[serde(rename = "type")]
    pub policy_type: PolicyType,
    /// Where it is meant for.
    pub profile: Profile,
    /// What it is for, in a sentence.
    pub purpose: String,
    /// What people will find broken, each with what to do about it.
    #[serde(default)]
    pub breaks: Vec<String>,
    /// Pages that the policy was written after.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The statements of a service or resource control policy.
    #[serde(default, rename = "statement")]
    pub statements: Vec<Statement>,
    /// The settings of a management policy, with `@@assign` and its like.
    #[serde(default)]
    pub document: Option<serde_json::Value>,
    /// Requests that it must deny.
    #[serde(default, rename = "denies")]
    pub denied: Vec<Case>,
    /// Requests that it must leave alone.
    #[serde(default, rename = "allows")]
    pub allowed: Vec<Case>,
}

/// Where a guardrail is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Every account of the organization but the management account: on by default.
    Baseline,
    /// Accounts that run workloads.
    Workloads,
    /// Accounts to try things out.
    Sandbox,
    /// Data perimeters: chosen one by one, and staged, because each needs the organization's own networks and partners.
    Perimeter,
    /// Set and taken off by Landform itself, in the life of an account.
    System,
}

impl Guardrail {
    /// The names of the parameters that it has: those that its markers name.
    pub fn parameters(&self) -> BTreeSet<String> {
        let statements = self.statements.iter().filter_map(|statement| serde_json::to_string(statement).ok());
        let document = self.document.as_ref().map(ToString::to_string);
        statements.chain(document).flat_map(|text| markers(&text)).collect()
    }

    /// Those of its parameters that name principals it leaves alone.
    pub fn exempting_parameters(&self) -> BTreeSet<String> {
        let of_principals = |key: &&String| key.eq_ignore_ascii_case("aws:PrincipalArn");
        let mut names = BTreeSet::new();
        for (operator, keys) in self.statements.iter().flat_map(|statement| &statement.conditions) {
            if operator.contains("Not") {
                let values = keys.iter().filter(|(key, _)| of_principals(key)).flat_map(|(_, values)| values);
                names.extend(values.flat_map(|value| markers(value)));
            }
        }
        names
    }

    /// The services whose actions it names, by prefix. Empty for one that denies all but some.
    pub fn services(&self) -> BTreeSet<&str> {
        let patterns = self.statements.iter().flat_map(|statement| statement.actions.patterns());
        patterns.filter_map(|pattern| pattern.split_once(':').map(|(service, _)| service)).collect()
    }
}

/// A request, and what is said of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What happens, for people: `a developer stops the trail`.
    pub when: String,
    /// The actions: the case holds for each.
    pub action: Listed,
    /// The ARN of the resource; none for actions on no certain resource.
    #[serde(default)]
    pub resource: Option<String>,
    /// Who asks; a role named `developer` if nothing is said.
    #[serde(default)]
    pub principal: Option<Principal>,
    /// Condition keys of the request.
    #[serde(default)]
    pub keys: BTreeMap<String, Listed>,
    /// Parameters that differ from their defaults and examples.
    #[serde(default)]
    pub with: Parameters,
}

/// Who asks in a [`Case`] in which nobody is named.
pub const DEVELOPER: &str = "arn:aws:iam::111122223333:role/developer";

impl Case {
    /// One request for each action.
    pub fn requests(&self) -> Vec<Request> {
        let principal = self.principal.clone().unwrap_or_else(|| Principal::Arn(DEVELOPER.to_owned()));
        let request = |action: &String| {
            let request = Request::new(principal.clone(), action);
            let request = request.on(self.resource.as_deref().unwrap_or("*"));
            self.keys.iter().fold(request, |request, (key, values)| request.with(key, values.as_slice()))
        };
        self.action.as_slice().iter().map(request).collect()
    }
}

/// A text, or a list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Listed {
    /// One.
    One(String),
    /// Any number.
    Many(Vec<String>),
}

impl Listed {
    /// All of them.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Listed::One(text) => std::slice::from_ref(text),
            Listed::Many(texts) => texts,
        }
    }
}
