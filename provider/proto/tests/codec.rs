//! Both codecs, over values and types that nobody thought of.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tfplugin_proto::cty::{
    Bound, Bounds, Number, Refinement, Type, Value, decode_json, decode_msgpack, encode_json, encode_msgpack,
};

fn types() -> BoxedStrategy<Type> {
    let leaf = prop_oneof![Just(Type::Bool), Just(Type::Number), Just(Type::String), Just(Type::Dynamic)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(Type::list),
            inner.clone().prop_map(Type::set),
            inner.clone().prop_map(Type::map),
            btree_map("[a-z_]{1,6}", inner.clone(), 0..4).prop_map(Type::Object),
            vec(inner, 0..4).prop_map(Type::Tuple),
        ]
    })
    .boxed()
}

fn numbers() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("finite", |value| value.is_finite().then(|| Number::from(value))),
        "-?[0-9]{1,40}(\\.[0-9]{1,20})?(e-?[0-9]{1,3})?".prop_map(|text| text.parse().unwrap()),
    ]
}

/// What can be promised of a value of type `ty`.
fn refinements(ty: &Type) -> BoxedStrategy<Refinement> {
    let bound = || {
        proptest::option::of(
            (numbers(), any::<bool>()).prop_map(|(value, inclusive)| Bound { value, inclusive }),
        )
    };
    let boxed = |bounds: Bounds| (bounds != Bounds::default()).then(|| Box::new(bounds));
    match ty {
        Type::Dynamic => Just(Refinement::default()).boxed(),
        Type::String => (any::<bool>(), proptest::option::of("\\PC{1,60}"))
            .prop_map(|(not_null, prefix)| Refinement { not_null, prefix, bounds: None })
            .boxed(),
        Type::Number => (any::<bool>(), bound(), bound())
            .prop_map(move |(not_null, a, b)| {
                // Only a range that holds a number can be promised.
                let (lower, upper) = match (a, b) {
                    (Some(a), Some(b)) if a.value > b.value => (Some(b), Some(a)),
                    (Some(a), Some(b)) if a.value == b.value => (Some(a), None),
                    other => other,
                };
                let bounds = boxed(Bounds { lower, upper, ..Bounds::default() });
                Refinement { not_null, prefix: None, bounds }
            })
            .boxed(),
        Type::List(_) | Type::Set(_) | Type::Map(_) => {
            let length = || proptest::option::of(0..=u64::from(u32::MAX));
            (any::<bool>(), length(), length())
                .prop_map(move |(not_null, a, b)| {
                    let (length_min, length_max) =
                        if a.is_some() && b.is_some() { (a.min(b), a.max(b)) } else { (a, b) };
                    let bounds = boxed(Bounds { length_min, length_max, ..Bounds::default() });
                    Refinement { not_null, prefix: None, bounds }
                })
                .boxed()
        }
        Type::Bool | Type::Object(_) | Type::Tuple(_) => {
            any::<bool>().prop_map(|not_null| Refinement { not_null, ..Refinement::default() }).boxed()
        }
    }
}

/// Values of type `ty`, unknown ones only where `unknowns` are wanted.
fn values(ty: &Type, unknowns: bool) -> BoxedStrategy<Value> {
    let known = match ty {
        Type::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Number => numbers().prop_map(Value::Number).boxed(),
        Type::String => any::<String>().prop_map(Value::String).boxed(),
        Type::Dynamic => types()
            .prop_flat_map(move |ty| (Just(ty.clone()), values(&ty, unknowns)))
            .prop_map(|(ty, value)| Value::Dynamic(Box::new(ty), Box::new(value)))
            .boxed(),
        Type::List(element) => vec(values(element, unknowns), 0..5).prop_map(Value::List).boxed(),
        Type::Set(element) => vec(values(element, unknowns), 0..5).prop_map(Value::Set).boxed(),
        Type::Map(element) => {
            btree_map(any::<String>(), values(element, unknowns), 0..5).prop_map(Value::Map).boxed()
        }
        Type::Object(attributes) => attributes
            .iter()
            .map(|(name, ty)| (Just(name.clone()), values(ty, unknowns)))
            .collect::<Vec<_>>()
            .prop_map(|attributes| Value::Object(attributes.into_iter().collect()))
            .boxed(),
        Type::Tuple(elements) => {
            elements.iter().map(|ty| values(ty, unknowns)).collect::<Vec<_>>().prop_map(Value::Tuple).boxed()
        }
    };
    if unknowns {
        prop_oneof![8 => known, 1 => Just(Value::Null), 1 => refinements(ty).prop_map(Value::Unknown)].boxed()
    } else {
        prop_oneof![8 => known, 1 => Just(Value::Null)].boxed()
    }
}

fn typed_values(unknowns: bool) -> impl Strategy<Value = (Type, Value)> {
    types().prop_flat_map(move |ty| (Just(ty.clone()), values(&ty, unknowns)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn types_round_trip(ty in types()) {
        prop_assert_eq!(Type::from_json(&ty.to_json()).unwrap(), ty);
    }

    #[test]
    fn msgpack_round_trips((ty, value) in typed_values(true)) {
        let bytes = encode_msgpack(&value, &ty).unwrap();
        prop_assert_eq!(decode_msgpack(&bytes, &ty).unwrap(), value);
    }

    #[test]
    fn json_round_trips((ty, value) in typed_values(false)) {
        prop_assert!(value.is_wholly_known());
        let text = encode_json(&value, &ty).unwrap();
        prop_assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&text).is_ok());
        prop_assert_eq!(decode_json(&text, &ty).unwrap(), value);
    }

    #[test]
    fn any_bytes_are_read_or_refused(ty in types(), bytes in vec(any::<u8>(), 0..200)) {
        for ty in [ty, Type::Dynamic] {
            if let Ok(value) = decode_msgpack(&bytes, &ty) {
                prop_assert_eq!(decode_msgpack(&encode_msgpack(&value, &ty).unwrap(), &ty).unwrap(), value);
            }
            let _ = decode_json(&bytes, &ty);
        }
        let _ = Type::from_json(&bytes);
    }

    #[test]
    fn damaged_values_are_read_or_refused(
        (ty, value) in typed_values(false),
        at: prop::sample::Index,
        put: u8,
        cut: prop::sample::Index,
    ) {
        let damage = |mut bytes: Vec<u8>| {
            let length = bytes.len();
            bytes[at.index(length)] = put;
            bytes.truncate(cut.index(length) + 1);
            bytes
        };
        if let Ok(read) = decode_msgpack(&damage(encode_msgpack(&value, &ty).unwrap()), &ty) {
            prop_assert!(encode_msgpack(&read, &ty).is_ok());
        }
        if let Ok(read) = decode_json(&damage(encode_json(&value, &ty).unwrap()), &ty) {
            prop_assert!(encode_json(&read, &ty).is_ok());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(ty in types(), text in "[\\[\\]{}\",:0-9.eE+\\-a-z\\\\ ]{0,60}") {
        let _ = decode_json(text.as_bytes(), &ty);
        let _ = Type::from_json(text.as_bytes());
    }
}
