use std::collections::{BTreeMap, BTreeSet};

use super::nfc::nfc;
use super::{Bound, Refinement, Value};

/// Up to so many comparisons, comparing is quicker than writing down.
const FEW: usize = 64;

/// Whether each holds the elements of the other. Sets of thousands of elements, such as the rules of a firewall, are
/// common, so the time must not grow with the square of their size.
pub(super) fn same_set(a: &[Value], b: &[Value]) -> bool {
    // Most sets arrive in the order in which they were sent, so the cheap comparison comes first.
    if a == b {
        return true;
    }
    if a.len().saturating_mul(b.len()) <= FEW {
        return a.iter().all(|value| b.contains(value)) && b.iter().all(|value| a.contains(value));
    }
    written(a) == written(b)
}

fn written(values: &[Value]) -> BTreeSet<Vec<u8>> {
    let one = |value| {
        let mut bytes = Vec::new();
        write(&mut bytes, value);
        bytes
    };
    values.iter().map(one).collect()
}

/// Appends bytes that are the same for equal values, and for no others.
fn write(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => bytes.push(0),
        Value::Unknown(refinement) => {
            bytes.push(1);
            write_refinement(bytes, refinement);
        }
        Value::Bool(value) => bytes.extend([2, u8::from(*value)]),
        Value::Number(value) => {
            bytes.push(3);
            write_text(bytes, &value.to_string());
        }
        Value::String(value) => {
            bytes.push(4);
            write_text(bytes, value);
        }
        Value::List(values) => write_all(bytes, 5, values),
        Value::Tuple(values) => write_all(bytes, 6, values),
        Value::Set(values) => {
            let elements = written(values);
            bytes.push(7);
            write_length(bytes, elements.len());
            bytes.extend(elements.into_iter().flatten());
        }
        Value::Map(values) => write_entries(bytes, 8, values),
        Value::Object(values) => write_entries(bytes, 9, values),
        Value::Dynamic(ty, value) => {
            bytes.push(10);
            let ty = ty.to_json();
            write_length(bytes, ty.len());
            bytes.extend(ty);
            write(bytes, value);
        }
    }
}

fn write_all(bytes: &mut Vec<u8>, kind: u8, values: &[Value]) {
    bytes.push(kind);
    write_length(bytes, values.len());
    values.iter().for_each(|value| write(bytes, value));
}

fn write_entries(bytes: &mut Vec<u8>, kind: u8, values: &BTreeMap<String, Value>) {
    let normal: BTreeMap<_, _> = values.iter().map(|(key, value)| (nfc(key), value)).collect();
    bytes.push(kind);
    write_length(bytes, normal.len());
    for (key, value) in normal {
        write_text(bytes, &key);
        write(bytes, value);
    }
}

fn write_refinement(bytes: &mut Vec<u8>, refinement: &Refinement) {
    bytes.push(u8::from(refinement.not_null));
    let mut optional = |text: Option<String>| {
        bytes.push(u8::from(text.is_some()));
        write_text(bytes, &text.unwrap_or_default());
    };
    optional(refinement.prefix.clone());
    let end = |bound: &Option<Bound>| bound.as_ref().map(|end| format!("{} {}", end.value, end.inclusive));
    let bounds = refinement.bounds.as_deref();
    optional(bounds.and_then(|bounds| end(&bounds.lower)));
    optional(bounds.and_then(|bounds| end(&bounds.upper)));
    optional(bounds.and_then(|bounds| bounds.length_min).map(|length| length.to_string()));
    optional(bounds.and_then(|bounds| bounds.length_max).map(|length| length.to_string()));
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    let text = nfc(text);
    write_length(bytes, text.len());
    bytes.extend(text.bytes());
}

fn write_length(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend((length as u64).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::Type;
    use super::*;

    /// One of every kind, some of them alike.
    fn kinds() -> Vec<Value> {
        let text = |text: &str| Value::String(text.to_owned());
        let map = |key: &str| BTreeMap::from([(key.to_owned(), Value::Null)]);
        vec![
            Value::Null,
            Value::unknown(),
            Value::Unknown(Refinement::not_null()),
            Value::Unknown(Refinement::prefix("a")),
            Value::Unknown(Refinement::length(Some(1), None)),
            Value::Unknown(Refinement::length(None, Some(1))),
            Value::Unknown(Refinement::between(
                Some(Bound { value: 1.into(), inclusive: true }),
                Some(Bound { value: 1.into(), inclusive: false }),
            )),
            Value::Bool(true),
            Value::Bool(false),
            Value::from(1),
            Value::Number("0.1".parse().unwrap()),
            text("1"),
            text(""),
            text("caf\u{e9}"),
            Value::List(vec![text("a"), text("b")]),
            Value::List(vec![text("ab")]),
            Value::Tuple(vec![text("ab")]),
            Value::Set(vec![text("a"), text("b")]),
            Value::Map(map("a")),
            Value::Object(map("a")),
            Value::Map(map("caf\u{e9}")),
            Value::Dynamic(Box::new(Type::String), Box::new(text("a"))),
            Value::Dynamic(Box::new(Type::Bool), Box::new(Value::Null)),
        ]
    }

    #[test]
    fn what_is_written_is_equal_where_the_values_are() {
        for (i, a) in kinds().iter().enumerate() {
            for (j, b) in kinds().iter().enumerate() {
                assert_eq!(written(std::slice::from_ref(a)) == written(std::slice::from_ref(b)), i == j);
                assert_eq!(a == b, i == j, "{a:?} and {b:?}");
            }
        }
        let spelled =
            |text: &str| vec![Value::Map([(text.to_owned(), Value::String(text.to_owned()))].into())];
        assert_eq!(written(&spelled("caf\u{e9}")), written(&spelled("cafe\u{301}")));
    }

    #[test]
    fn large_sets_in_another_order_are_equal_and_soon_compared() {
        let forth: Vec<Value> = (0..20_000).map(Value::from).collect();
        let back: Vec<Value> = forth.iter().rev().cloned().collect();
        let other: Vec<Value> = (1..20_001).map(Value::from).collect();
        let begin = Instant::now();
        assert_eq!(Value::Set(forth.clone()), Value::Set(back.clone()));
        assert_ne!(Value::Set(forth), Value::Set(other.clone()));
        assert_eq!(Value::Set(other.clone()), Value::Set([other, vec![Value::from(7)]].concat()));
        assert_ne!(Value::Set(back), Value::Set(kinds()));
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    }
}
