//! The rules that Terraform leaves to providers: null may become a value, a value never another.

use std::collections::BTreeMap;

use tfplugin_proto::cty::Value;

use crate::erased::AnyResource;
use crate::{Diagnostic, Diagnostics, show};

/// The identity to answer with about `object`, which had the identity `before`; that one stays when there is no
/// object any more, and when the object's own is another, which is an error.
pub(crate) fn after<C>(
    resource: &dyn AnyResource<C>,
    before: Option<Value>,
    object: Option<&Value>,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let schema = resource.identity_schema()?;
    let now = object.map_or(Ok(None), |object| resource.identity_object(object));
    let settled = now.and_then(|now| match (before.clone(), now) {
        (Some(before), Some(now)) => Ok(Some(settle(resource.type_name(), &before, &now)?)),
        (before, now) => Ok(before.or(now)),
    });
    let identity = settled.unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        before
    });
    schema.storable(identity?)
}

/// `before`, with what `now` adds to it.
fn settle(type_name: &str, before: &Value, now: &Value) -> Result<Value, Diagnostic> {
    let (Value::Object(old), Value::Object(new)) = (before, now) else { return Ok(before.clone()) };
    let mut settled = BTreeMap::new();
    for (name, old) in old {
        let new = new.get(name).unwrap_or(&Value::Null);
        let value = match (is_open(old), is_open(new)) {
            (true, _) => new,
            (false, true) => old,
            (false, false) if old == new => old,
            (false, false) => return Err(changed(type_name, before, now)),
        };
        settled.insert(name.clone(), value.clone());
    }
    Ok(Value::Object(settled))
}

/// Whether there is no value yet.
fn is_open(value: &Value) -> bool {
    value.is_null() || !value.is_wholly_known()
}

fn changed(type_name: &str, before: &Value, now: &Value) -> Diagnostic {
    Diagnostic::error(
        format!("The identity of this {type_name} changed"),
        format!(
            "It was {}, and now it is {}. An object keeps its identity for life.\n\
             This is a bug in the provider, which should be reported to its developers.",
            show::value(before, false),
            show::value(now, false)
        ),
    )
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn identity(id: &str, region: Value) -> Value {
        Value::object([("id", Value::from(id)), ("region", region)])
    }

    #[test]
    fn null_and_unknown_become_a_value_and_a_value_stays() {
        let full = || identity("a", Value::from("here"));
        for open in [Value::Null, Value::unknown()] {
            assert_eq!(settle("t", &identity("a", open.clone()), &full()), Ok(full()));
            assert_eq!(settle("t", &full(), &identity("a", open)), Ok(full()));
        }
        assert_eq!(settle("t", &full(), &full()), Ok(full()));
    }

    #[test]
    fn a_value_never_becomes_another() {
        let error = settle("landform_vpc", &identity("a", Value::Null), &identity("b", Value::from("here")));
        assert_snapshot!(error.unwrap_err(), @r#"
        error: The identity of this landform_vpc changed
        It was {id = "a"}, and now it is {id = "b", region = "here"}. An object keeps its identity for life.
        This is a bug in the provider, which should be reported to its developers.
        "#);
    }
}
