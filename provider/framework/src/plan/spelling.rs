use tfplugin_proto::cty::Value;

/// `new` with the original spelling of whatever did not change.
///
/// A model may lose how a value was written: `FD00::/8` is read as the same block as `fd00::/8`, and a list with one
/// unknown element as an unknown list. Terraform compares exactly, so where `new` equals what the model made of the
/// original (`normalized`), the original is what it gets back.
pub(crate) fn keep_spelling(original: &Value, normalized: &Value, new: Value) -> Value {
    if new == *normalized {
        return original.clone();
    }
    match (original, normalized, new) {
        (Value::Object(original), Value::Object(normalized), Value::Object(new)) => {
            Value::Object(each(original, normalized, new))
        }
        (Value::Map(original), Value::Map(normalized), Value::Map(new)) => {
            Value::Map(each(original, normalized, new))
        }
        (Value::List(original), Value::List(normalized), Value::List(new)) => Value::List(
            new.into_iter()
                .enumerate()
                .map(|(index, new)| match (original.get(index), normalized.get(index)) {
                    (Some(original), Some(normalized)) => keep_spelling(original, normalized, new),
                    _ => new,
                })
                .collect(),
        ),
        (_, _, new) => new,
    }
}

type Fields = std::collections::BTreeMap<String, Value>;

fn each(original: &Fields, normalized: &Fields, new: Fields) -> Fields {
    new.into_iter()
        .map(|(name, new)| match (original.get(&name), normalized.get(&name)) {
            (Some(original), Some(normalized)) => {
                let kept = keep_spelling(original, normalized, new);
                (name, kept)
            }
            _ => (name, new),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_change_keeps_its_spelling() {
        let original = Value::object([("v6", Value::from("FD00::/8")), ("size", Value::from(1))]);
        let normalized = Value::object([("v6", Value::from("fd00::/8")), ("size", Value::from(1))]);
        let new = Value::object([("v6", Value::from("fd00::/8")), ("size", Value::from(2))]);
        let kept = keep_spelling(&original, &normalized, new);
        assert_eq!(kept, Value::object([("v6", Value::from("FD00::/8")), ("size", Value::from(2))]));
    }

    #[test]
    fn a_partly_unknown_list_comes_back_whole() {
        let original = Value::List(vec![Value::from("a"), Value::unknown()]);
        assert_eq!(keep_spelling(&original, &Value::unknown(), Value::unknown()), original);
    }
}
