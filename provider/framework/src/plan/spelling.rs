use tfplugin_proto::cty::Value;

use super::transform::in_common;

/// `new` with the original spelling of whatever did not change.
///
/// A model may lose how a value was written: `FD00::/8` is read as the same block as `fd00::/8`, and a list with one
/// unknown element as an unknown list. Terraform compares exactly, so where `new` equals what the model made of the
/// original (`respelled`, part by part), the original is what it gets back.
pub(crate) fn keep_spelling(original: &Value, respelled: &Value, new: Value) -> Value {
    if new == *respelled {
        return original.clone();
    }
    match (original, respelled, new) {
        (Value::Object(original), Value::Object(respelled), Value::Object(new)) => {
            Value::Object(each(original, respelled, new))
        }
        (Value::Map(original), Value::Map(respelled), Value::Map(new)) => {
            Value::Map(each(original, respelled, new))
        }
        (Value::List(original), Value::List(respelled), Value::List(new)) => {
            Value::List(list(original, respelled, new))
        }
        (Value::Set(original), Value::Set(respelled), Value::Set(new))
            if original.len() == respelled.len() =>
        {
            Value::Set(set(original, respelled, new))
        }
        (_, _, new) => new,
    }
}

/// Elements in order, which may have moved: one that is in its old place is compared with what was there, another one
/// with its equal.
fn list(original: &[Value], respelled: &[Value], new: Vec<Value>) -> Vec<Value> {
    let element = |(index, new): (usize, Value)| {
        let moved = || respelled.iter().position(|old| *old == new);
        let stayed = respelled.get(index).is_some_and(|old| completes(old, &new));
        let partner = if stayed { Some(index) } else { moved() };
        let partner = partner.unwrap_or(index);
        match (original.get(partner), respelled.get(partner)) {
            (Some(original), Some(respelled)) => keep_spelling(original, respelled, new),
            _ => new,
        }
    };
    new.into_iter().enumerate().map(element).collect()
}

/// Whether `new` is what was planned as `old`: equal, but for what was unknown.
fn completes(old: &Value, new: &Value) -> bool {
    let each = |old: &Fields, new: &Fields| {
        old.len() == new.len()
            && old.iter().all(|(name, old)| new.get(name).is_some_and(|new| completes(old, new)))
    };
    match (old, new) {
        (Value::Unknown(_), _) => true,
        (Value::Object(old), Value::Object(new)) | (Value::Map(old), Value::Map(new)) => each(old, new),
        (Value::List(old), Value::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| completes(old, new))
        }
        (old, new) => old == new,
    }
}

/// Elements without order. A model has one element where the original may have several spellings of it; they all stay.
fn set(original: &[Value], respelled: &[Value], new: Vec<Value>) -> Vec<Value> {
    let mut kept = Vec::new();
    let mut free = vec![true; original.len()];
    let mut changed = Vec::new();
    for new in new {
        let equal = (0..respelled.len()).filter(|index| respelled[*index] == new).collect::<Vec<_>>();
        if equal.is_empty() {
            changed.push(new);
            continue;
        }
        for index in equal {
            if std::mem::take(&mut free[index]) {
                kept.push(original[index].clone());
            }
        }
    }
    for new in changed {
        let Some(closest) = closest(respelled, &free, &new) else {
            kept.push(new);
            continue;
        };
        for index in 0..respelled.len() {
            if respelled[index] == respelled[closest] && std::mem::take(&mut free[index]) {
                kept.push(keep_spelling(&original[index], &respelled[index], new.clone()));
            }
        }
    }
    kept
}

/// Of the objects that are still `free`, the one that `new` completes; or else the one that has most attributes in
/// common with it.
fn closest(respelled: &[Value], free: &[bool], new: &Value) -> Option<usize> {
    let score = |index: &usize| (completes(&respelled[*index], new), in_common(&respelled[*index], new));
    let candidates = (0..respelled.len()).filter(|index| free[*index] && score(index).1 > 0);
    // Of several the first one.
    candidates.rev().max_by_key(score)
}

type Fields = std::collections::BTreeMap<String, Value>;

fn each(original: &Fields, respelled: &Fields, new: Fields) -> Fields {
    new.into_iter()
        .map(|(name, new)| match (original.get(&name), respelled.get(&name)) {
            (Some(original), Some(respelled)) => {
                let kept = keep_spelling(original, respelled, new);
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

    fn texts(texts: &[&str]) -> Vec<Value> {
        texts.iter().map(|text| Value::from(*text)).collect()
    }

    #[test]
    fn an_element_of_a_list_that_moved_keeps_its_spelling() {
        let (original, respelled) = (texts(&["X", "Y", "Z"]), texts(&["x", "y", "z"]));
        let kept = |new: &[&str]| {
            keep_spelling(
                &Value::List(original.clone()),
                &Value::List(respelled.clone()),
                Value::List(texts(new)),
            )
        };
        assert_eq!(kept(&["y", "z"]), Value::List(texts(&["Y", "Z"])));
        assert_eq!(kept(&["new", "x", "y", "z"]), Value::List(texts(&["new", "X", "Y", "Z"])));
    }

    #[test]
    fn all_spellings_of_an_element_of_a_set_stay_as_long_as_it_does() {
        let (original, respelled) = (texts(&["X", "x", "Y"]), texts(&["x", "x", "y"]));
        let kept = |new: &[&str]| {
            keep_spelling(
                &Value::Set(original.clone()),
                &Value::Set(respelled.clone()),
                Value::Set(texts(new)),
            )
        };
        assert_eq!(kept(&["x", "y"]), Value::Set(original.clone()));
        assert_eq!(kept(&["x"]), Value::Set(texts(&["X", "x"])));
        assert_eq!(kept(&["y", "z"]), Value::Set(texts(&["Y", "z"])));
    }

    #[test]
    fn an_element_of_a_set_that_changed_in_part_keeps_the_spelling_of_the_rest() {
        let element = |net: &str, id: Value| Value::object([("net", Value::from(net)), ("id", id)]);
        let original = Value::Set(vec![
            element("X", Value::unknown()),
            element("x", Value::unknown()),
            element("Y", 1.into()),
        ]);
        let respelled = Value::Set(vec![
            element("x", Value::unknown()),
            element("x", Value::unknown()),
            element("y", 1.into()),
        ]);
        let new = Value::Set(vec![element("x", 7.into()), element("y", 2.into())]);
        let expected = vec![element("X", 7.into()), element("x", 7.into()), element("Y", 2.into())];
        assert_eq!(keep_spelling(&original, &respelled, new), Value::Set(expected));
    }
}
