//! What means the same as before is planned as before: then nothing changes.

use std::collections::BTreeMap;

use tfplugin_proto::cty::Value;

use super::transform::{attribute_of, index_of};
use crate::schema::{Nesting, ObjectSchema, Shape};

/// A value as it is written, and as its type writes it, part by part.
#[derive(Clone)]
pub(super) struct Spelled {
    written: Value,
    respelled: Value,
}

impl Spelled {
    pub(super) fn new(written: Value, respelled: Value) -> Spelled {
        Spelled { written, respelled }
    }

    fn part<'a>(&'a self, part: impl Fn(&'a Value) -> &'a Value) -> Spelled {
        Spelled { written: part(&self.written).clone(), respelled: part(&self.respelled).clone() }
    }

    fn elements(&self) -> Vec<Spelled> {
        match (&self.written, &self.respelled) {
            (Value::Set(written), Value::Set(respelled)) if written.len() == respelled.len() => {
                let both = written.iter().zip(respelled);
                both.map(|(written, respelled)| Spelled::new(written.clone(), respelled.clone())).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// `planned` with the prior spelling of every attribute that means the same as before. Terraform takes for an attribute
/// what is configured or what was there before, so a plain list is of one spelling or of the other.
///
/// An element of a set that means the same as a prior one, in another spelling, is a new one to Terraform; here it gets
/// the computed values of the prior one back.
pub(super) fn prior_spelling(schema: &ObjectSchema, planned: Spelled, prior: &Spelled) -> Value {
    let Value::Object(written) = &planned.written else { return planned.written };
    let attributes = written.iter().map(|(name, value)| {
        let value = match schema.attributes.get(name) {
            Some(schema) => {
                let (planned, prior) = (
                    planned.part(|value| attribute_of(value, name)),
                    prior.part(|value| attribute_of(value, name)),
                );
                attribute(&schema.shape, planned, &prior)
            }
            None => value.clone(),
        };
        (name.clone(), value)
    });
    Value::Object(attributes.collect())
}

fn attribute(shape: &Shape, planned: Spelled, prior: &Spelled) -> Value {
    if planned.written == prior.written || planned.written.is_null() || prior.written.is_null() {
        return planned.written;
    }
    if planned.respelled == prior.respelled {
        return prior.written.clone();
    }
    let Shape::Nested(nesting, schema) = shape else { return planned.written };
    match (nesting, &planned.written) {
        (Nesting::Single, _) => prior_spelling(schema, planned, prior),
        (Nesting::List, Value::List(elements)) => {
            let element = |index| {
                let of = |list: &Spelled| list.part(|value| index_of(value, index));
                prior_spelling(schema, of(&planned), &of(prior))
            };
            Value::List((0..elements.len()).map(element).collect())
        }
        (Nesting::Map, Value::Map(elements)) => {
            let element = |key: &String| {
                let of = |map: &Spelled| map.part(|value| attribute_of(value, key));
                (key.clone(), prior_spelling(schema, of(&planned), &of(prior)))
            };
            Value::Map(elements.keys().map(element).collect())
        }
        (Nesting::Set, Value::Set(_)) => set(schema, &planned, prior),
        _ => planned.written,
    }
}

/// The set as it was before, if every element means the same; else as it is configured, with prior computed values.
fn set(schema: &ObjectSchema, planned: &Spelled, prior: &Spelled) -> Value {
    let mut elements = planned.elements();
    let before = prior.elements();
    let mut free = vec![true; before.len()];
    // Elements that lack nothing first, so that no other one takes what is theirs.
    for lacking in [false, true] {
        for element in &mut elements {
            let fits = |before: &Spelled| match lacking {
                false => element.respelled == before.respelled,
                true => continues(schema, &element.respelled, &before.respelled),
            };
            let fitting = || (0..before.len()).filter(|index| fits(&before[*index]));
            // One that is written in two ways continues the same one twice.
            let found = fitting().find(|index| free[*index]).or_else(|| fitting().next());
            if let Some(index) = found {
                free[index] = false;
                if lacking {
                    *element = Spelled {
                        written: completed(schema, &element.written, &before[index].written),
                        respelled: completed(schema, &element.respelled, &before[index].respelled),
                    };
                }
            }
        }
    }
    let respelled = Value::Set(elements.iter().map(|element| element.respelled.clone()).collect());
    if respelled == prior.respelled {
        return prior.written.clone();
    }
    Value::Set(elements.into_iter().map(|element| element.written).collect())
}

/// Whether `element` lacks computed values, and is `before` but for those.
fn continues(schema: &ObjectSchema, element: &Value, before: &Value) -> bool {
    let mut lacks = false;
    let same = schema.attributes.iter().all(|(name, schema)| {
        let (now, before) = (attribute_of(element, name), attribute_of(before, name));
        let open = schema.computed && now.is_null() && !before.is_null();
        lacks |= open;
        open || now == before
    });
    same && lacks
}

/// `element` with the computed values of `before` that it lacks.
fn completed(schema: &ObjectSchema, element: &Value, before: &Value) -> Value {
    let Value::Object(attributes) = element else { return element.clone() };
    let attribute = |(name, value): (&String, &Value)| {
        let computed = schema.attributes.get(name).is_some_and(|schema| schema.computed);
        let value = if computed && value.is_null() { attribute_of(before, name) } else { value };
        (name.clone(), value.clone())
    };
    Value::Object(attributes.iter().map(attribute).collect::<BTreeMap<_, _>>())
}
