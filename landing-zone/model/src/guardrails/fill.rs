//! From a guardrail with markers to the policy that AWS gets.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue;
use super::document::{Actions, Conditions, Document, Resources, Statement};
use super::guardrail::Guardrail;
use super::parameter::{ParameterValue, Parameters, vocabulary};
use super::policy_type::PolicyType;

/// A guardrail with all parameters filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The guardrail's id, or a name for statements that are not of the catalogue.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Which kind of policy it goes into.
    pub policy_type: PolicyType,
    /// What goes into it.
    pub content: Content,
}

/// What a guardrail comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Statements.
    Statements(Document),
    /// Settings with `@@assign`.
    Settings(serde_json::Value),
}

/// Why guardrails cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum FillError {
    /// No guardrail of that name.
    #[error("there is no guardrail `{id}`: {hint}")]
    UnknownGuardrail {
        /// The name as it was given.
        id: String,
        /// The nearest name, or all of them.
        hint: String,
    },
    /// A parameter that no chosen guardrail has.
    #[error("none of the chosen guardrails has a parameter `{parameter}`: they have {}", .known.join(", "))]
    UnknownParameter {
        /// The name as it was given.
        parameter: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A parameter without default that was not given.
    #[error("{guardrail} needs the parameter `{parameter}`: {meaning} For example {example}")]
    Missing {
        /// The guardrail.
        guardrail: String,
        /// The parameter.
        parameter: String,
        /// What it is for.
        meaning: String,
        /// A good value.
        example: String,
    },
    /// A value that is not of the parameter's type.
    #[error("the parameter `{parameter}` is wrong: {fault}. For example {example}")]
    WrongType {
        /// The parameter.
        parameter: String,
        /// What is wrong.
        fault: String,
        /// A good value.
        example: String,
    },
    /// An empty list where something must be.
    #[error(
        "with an empty `{parameters}`, {guardrail} would be about nothing, or about everything: give it a value, or \
         leave the guardrail out"
    )]
    Empty {
        /// The guardrail.
        guardrail: String,
        /// The parameters in the place that became empty.
        parameters: String,
    },
}

/// Guardrails of the catalogue by id, filled in from one set of parameters: each takes those that it has.
///
/// All that is wrong is told at once.
pub fn choose(ids: &BTreeSet<String>, parameters: &Parameters) -> Result<Vec<Filled>, Vec<FillError>> {
    let mut errors = BTreeSet::new();
    let mut chosen = Vec::new();
    for id in ids {
        match catalogue::find(id) {
            Some(guardrail) => chosen.push(guardrail),
            None => {
                errors.insert(FillError::UnknownGuardrail { id: id.clone(), hint: catalogue::hint(id) });
            }
        }
    }
    let known: BTreeSet<String> = chosen.iter().flat_map(|guardrail| guardrail.parameters()).collect();
    // With an unknown guardrail nobody can tell which parameters are too many.
    if errors.is_empty() {
        for parameter in parameters.keys().filter(|name| !known.contains(*name)) {
            let known = known.iter().cloned().collect();
            errors.insert(FillError::UnknownParameter { parameter: parameter.clone(), known });
        }
    }
    let mut filled = Vec::new();
    for guardrail in chosen {
        match fill(guardrail, parameters) {
            Ok(policy) => filled.push(policy),
            Err(faults) => errors.extend(faults),
        }
    }
    if errors.is_empty() { Ok(filled) } else { Err(errors.into_iter().collect()) }
}

/// One guardrail with its parameters filled in. Parameters that it does not have are passed over.
pub fn fill(guardrail: &Guardrail, parameters: &Parameters) -> Result<Filled, Vec<FillError>> {
    let mut errors = Vec::new();
    let mut values = BTreeMap::new();
    for name in guardrail.parameters() {
        let Some(parameter) = vocabulary().get(&name) else { continue };
        let example = parameter.example.to_string();
        match parameters.get(&name).or(parameter.default.as_ref()) {
            Some(value) => match parameter.kind.fault(value) {
                None if value.texts().is_empty() && !parameter.may_be_empty => {
                    errors.push(FillError::Empty { guardrail: guardrail.id.clone(), parameters: name });
                }
                None => drop(values.insert(name, value.clone())),
                Some(fault) => errors.push(FillError::WrongType { parameter: name, fault, example }),
            },
            None => errors.push(FillError::Missing {
                guardrail: guardrail.id.clone(),
                parameter: name,
                meaning: parameter.meaning.clone(),
                example,
            }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let filler = Filler { guardrail: &guardrail.id, values };
    let content = match &guardrail.document {
        Some(settings) => filler.settings(settings).map(Content::Settings),
        None => guardrail
            .statements
            .iter()
            .map(|statement| filler.statement(statement))
            .collect::<Result<_, _>>()
            .map(|statements| Content::Statements(Document { statements })),
    };
    content
        .map(|content| Filled {
            id: guardrail.id.clone(),
            version: guardrail.version,
            policy_type: guardrail.policy_type,
            content,
        })
        .map_err(|error| vec![error])
}

/// The names between `<` and `>`.
pub(super) fn markers(text: &str) -> Vec<String> {
    let after = text.split('<').skip(1);
    after.filter_map(|rest| rest.split_once('>')).map(|(name, _)| name.to_owned()).collect()
}

struct Filler<'a> {
    guardrail: &'a str,
    values: BTreeMap<String, ParameterValue>,
}

impl Filler<'_> {
    fn statement(&self, statement: &Statement) -> Result<Statement, FillError> {
        let actions = match &statement.actions {
            Actions::Action(patterns) => Actions::Action(self.not_empty(patterns)?),
            Actions::NotAction(patterns) => Actions::NotAction(self.not_empty(patterns)?),
        };
        let resources = match &statement.resources {
            Resources::Resource(patterns) => Resources::Resource(self.not_empty(patterns)?),
            Resources::NotResource(patterns) => Resources::NotResource(self.not_empty(patterns)?),
        };
        let conditions = self.conditions(&statement.conditions)?;
        Ok(Statement { actions, resources, conditions, ..statement.clone() })
    }

    /// A key that is compared with nothing is dropped where that changes no meaning: "none of these" holds for an empty
    /// list. "One of these" never holds, so the statement would be about nothing: an error.
    fn conditions(&self, conditions: &Conditions) -> Result<Conditions, FillError> {
        let mut filled = Conditions::new();
        for (operator, keys) in conditions {
            for (key, patterns) in keys {
                for key in self.texts(key) {
                    let values = if operator.contains("Not") {
                        patterns.iter().flat_map(|pattern| self.texts(pattern)).collect()
                    } else {
                        self.not_empty(patterns)?
                    };
                    if !values.is_empty() {
                        filled.entry(operator.clone()).or_default().insert(key, values);
                    }
                }
            }
        }
        Ok(filled)
    }

    fn not_empty(&self, patterns: &BTreeSet<String>) -> Result<BTreeSet<String>, FillError> {
        let filled: BTreeSet<String> = patterns.iter().flat_map(|pattern| self.texts(pattern)).collect();
        if filled.is_empty() {
            let names: BTreeSet<String> = patterns.iter().flat_map(|pattern| markers(pattern)).collect();
            let parameters = names.into_iter().collect::<Vec<_>>().join("`, `");
            return Err(FillError::Empty { guardrail: self.guardrail.to_owned(), parameters });
        }
        Ok(filled)
    }

    /// The texts that a text with markers stands for: one for each value of a list.
    fn texts(&self, text: &str) -> Vec<String> {
        let Some(name) = markers(text).into_iter().next() else { return vec![text.to_owned()] };
        let Some(value) = self.values.get(&name) else { return Vec::new() };
        let marker = format!("<{name}>");
        value.texts().iter().flat_map(|value| self.texts(&text.replace(&marker, value))).collect()
    }

    /// In settings a marker in a list stands for all values, and numbers are texts, as AWS writes them there.
    fn settings(&self, value: &serde_json::Value) -> Result<serde_json::Value, FillError> {
        use serde_json::Value;
        Ok(match value {
            Value::Array(elements) => {
                let mut filled = Vec::new();
                for element in elements {
                    match element {
                        Value::String(text) => filled.extend(self.texts(text).into_iter().map(Value::from)),
                        other => filled.push(self.settings(other)?),
                    }
                }
                Value::Array(filled)
            }
            Value::Object(entries) => {
                let mut filled = serde_json::Map::new();
                for (key, value) in entries {
                    for key in self.texts(key) {
                        filled.insert(key, self.settings(value)?);
                    }
                }
                Value::Object(filled)
            }
            Value::String(text) => Value::from(self.texts(text).join(",")),
            other => other.clone(),
        })
    }
}
