//! What Terraform itself demands of plans and of what becomes of them; it refuses whatever breaks these.

use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::schema::Block;

/// Checks the plan of an object that is wanted.
///
/// # Panics
/// The plan says another thing than the configuration, or something that the configuration leaves out and the provider
/// may not decide.
pub fn check_plan(block: &Block, prior: &Value, config: &Value, planned: &Value) {
    let Value::Object(config) = config else {
        assert!(planned.is_null(), "an object that is not wanted is planned: {planned:?}");
        return;
    };
    let Value::Object(planned) = planned else { panic!("an object that is wanted is not planned") };
    let prior = match prior {
        Value::Object(prior) => Some(prior),
        _ => None,
    };
    // What is within nested attributes is compared by real Terraform only.
    for attribute in block.attributes.iter().filter(|attribute| attribute.nested_type.is_none()) {
        let (name, null) = (&attribute.name, Value::Null);
        let (wanted, is) = (config.get(name).unwrap_or(&null), planned.get(name).unwrap_or(&null));
        let before = prior.and_then(|prior| prior.get(name)).unwrap_or(&null);
        if attribute.write_only {
            assert!(is.is_null(), "{name} is write-only and planned as {is:?}");
        } else if !wanted.is_null() {
            assert!(is == wanted || is == before, "{name} is {wanted:?} and planned as {is:?}");
        } else if !attribute.computed {
            assert!(is.is_null(), "{name} is left out and planned as {is:?}");
        }
    }
}

/// Checks what an apply without errors has made of a plan.
///
/// # Panics
/// A value that was known has changed.
pub fn check_apply(planned: &Value, new: &Value) {
    check_at("", planned, new);
}

fn check_at(path: &str, planned: &Value, new: &Value) {
    match (planned, new) {
        (Value::Unknown(_), _) => {}
        (Value::Object(planned), Value::Object(new)) | (Value::Map(planned), Value::Map(new)) => {
            assert!(planned.keys().eq(new.keys()), "{path}: other keys: {planned:?}, {new:?}");
            for ((name, planned), new) in planned.iter().zip(new.values()) {
                check_at(&format!("{path}.{name}"), planned, new);
            }
        }
        (Value::List(planned), Value::List(new)) => {
            assert_eq!(planned.len(), new.len(), "{path}: another length");
            planned.iter().zip(new).for_each(|(planned, new)| check_at(path, planned, new));
        }
        (Value::Set(_), Value::Set(_)) if !planned.is_wholly_known() => {}
        _ => assert_eq!(planned, new, "{path}"),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use tfplugin_proto::cty::Type;
    use tfplugin_proto::wire::schema::Attribute;

    use super::*;

    fn block() -> Block {
        let attribute = |name: &str| Attribute {
            name: name.to_owned(),
            r#type: Type::String.to_json(),
            optional: true,
            ..Attribute::default()
        };
        let attributes = vec![
            attribute("free"),
            Attribute { computed: true, ..attribute("filled") },
            Attribute { write_only: true, ..attribute("secret") },
        ];
        Block { attributes, ..Block::default() }
    }

    fn object(free: Value, filled: Value, secret: Value) -> Value {
        Value::object([("free", free), ("filled", filled), ("secret", secret)])
    }

    #[test]
    fn plans_that_terraform_refuses_are_found() {
        let text = |text: &str| Value::from(text);
        let config = object(text("a"), Value::Null, text("s"));
        let prior = object(text("A"), text("b"), Value::Null);
        for (planned, is_good) in [
            (object(text("a"), Value::unknown(), Value::Null), true),
            (object(text("A"), text("b"), Value::Null), true),
            (object(text("x"), text("b"), Value::Null), false),
            (object(text("a"), text("b"), text("s")), false),
            (Value::Null, false),
        ] {
            let checked = catch_unwind(|| check_plan(&block(), &prior, &config, &planned));
            assert_eq!(checked.is_ok(), is_good, "{planned:?}");
        }
        let nothing = object(Value::Null, Value::Null, Value::Null);
        let invented = object(text("a"), Value::Null, Value::Null);
        assert!(catch_unwind(|| check_plan(&block(), &Value::Null, &nothing, &invented)).is_err());
        assert!(catch_unwind(|| check_plan(&block(), &prior, &Value::Null, &prior)).is_err());
    }

    #[test]
    fn applies_that_terraform_refuses_are_found() {
        let list = |last: Value| Value::List(vec![Value::from("a"), last]);
        check_apply(&list(Value::unknown()), &list(Value::from("b")));
        check_apply(&Value::Null, &Value::Null);
        assert!(catch_unwind(|| check_apply(&list(Value::from("b")), &list(Value::from("c")))).is_err());
        assert!(catch_unwind(|| check_apply(&list(Value::unknown()), &Value::List(vec![]))).is_err());
        assert!(catch_unwind(|| check_apply(&Value::Null, &Value::from("a"))).is_err());
    }
}
