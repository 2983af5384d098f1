use super::super::{MAX_DEPTH, Type, Value};
use super::*;

mod refinements;

#[track_caller]
fn check(ty: &Type, value: &Value, hex: &str) {
    let encoded = encode_msgpack(value, ty).unwrap();
    let encoded_hex: String = encoded.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(encoded_hex, hex);
    assert_eq!(&decode_msgpack(&encoded, ty).unwrap(), value);
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn golden_primitives() {
    check(&Type::Bool, &Value::Bool(true), "c3");
    check(&Type::String, &Value::Null, "c0");
    check(&Type::String, &Value::from("é"), "a2c3a9");
    check(&Type::Number, &number("1"), "01");
    check(&Type::Number, &number("-1"), "ff");
    check(&Type::Number, &number("300"), "cd012c");
    check(&Type::Number, &number("0.5"), "cb3fe0000000000000");
    check(&Type::Number, &number("0.1"), "a3302e31");
    check(&Type::Number, &number("18446744073709551616"), "b43138343436373434303733373039353531363136");
}

#[test]
fn golden_collections() {
    let ty = Type::object([("b", Type::list(Type::Bool)), ("a", Type::map(Type::Number))]);
    let value = Value::object([
        ("a", Value::Map([("k".to_owned(), Value::from(7))].into())),
        ("b", Value::List(vec![Value::Bool(false), Value::Null])),
    ]);
    check(&ty, &value, "82a16181a16b07a16292c2c0");
    check(
        &Type::Tuple(vec![Type::Bool, Type::String]),
        &Value::Tuple(vec![Value::Bool(true), Value::from("")]),
        "92c3a0",
    );
    check(&Type::set(Type::Number), &Value::Set(vec![Value::from(2), Value::from(1)]), "920201");
}

#[test]
fn golden_dynamic_values() {
    let value = Value::Dynamic(Box::new(Type::String), Box::new(Value::from("a")));
    check(&Type::Dynamic, &value, "92c40822737472696e6722a161");
    check(&Type::Dynamic, &Value::unknown(), "d40000");
    check(&Type::Dynamic, &Value::Null, "c0");
}

#[test]
fn every_form_of_a_number_is_read() {
    for (hex, text) in [
        ("cc01", "1"),
        ("cf8000000000000000", "9223372036854775808"),
        ("d3ffffffffffffffff", "-1"),
        ("ca3f000000", "0.5"),
        ("cb4000000000000000", "2"),
        ("a3302e35", "0.5"),
        ("a3316532", "100"),
    ] {
        assert_eq!(decode_msgpack(&bytes(hex), &Type::Number).unwrap(), number(text), "{hex}");
    }
}

#[test]
fn an_object_has_exactly_its_attributes() {
    let inner = Type::object([("a", Type::Bool), ("b", Type::Bool)]);
    let ty = Type::object([("x", Type::list(inner))]);
    let outer = |inner: Value| Value::object([("x", Value::List(vec![inner]))]);
    let few = encode_msgpack(&outer(Value::object([("a", Value::Null)])), &ty).unwrap_err();
    assert_eq!(few.to_string(), "x[0].b: this attribute is missing");
    let many = Value::object([("a", Value::Null), ("b", Value::Null), ("c", Value::Null)]);
    let many = encode_msgpack(&outer(many), &ty).unwrap_err();
    assert_eq!(many.to_string(), "x[0].c: the object has no such attribute");
    let few = decode_msgpack(&bytes("81a1789181a161c3"), &ty).unwrap_err();
    assert_eq!(few.to_string(), "x[0].b: this attribute is missing");
    let many = decode_msgpack(&bytes("81a1789181a163c3"), &ty).unwrap_err();
    assert_eq!(many.to_string(), "x[0].c: the object has no such attribute");
}

#[test]
fn a_value_of_another_type_is_named_with_its_path() {
    let error =
        encode_msgpack(&Value::Map([("k".to_owned(), Value::from(1))].into()), &Type::map(Type::Bool));
    assert_eq!(error.unwrap_err().to_string(), r#"["k"]: bool is required, this is a number"#);
    assert!(encode_msgpack(&Value::Number(f64::NAN.into()), &Type::Number).is_err());
}

#[test]
fn claimed_lengths_beyond_the_input_are_refused_at_once() {
    for (hex, ty) in [
        ("ddffffffff", Type::list(Type::Bool)),
        ("ddffffffff", Type::set(Type::Bool)),
        ("dfffffffff", Type::map(Type::Bool)),
        ("dfffffffff", Type::object([("a", Type::Bool)])),
        ("dfffffffff81", Type::object([("a", Type::Bool)])),
        ("dbffffffff", Type::String),
        ("c9ffffffff00", Type::Bool),
        ("92c6ffffffff", Type::Dynamic),
    ] {
        assert!(decode_msgpack(&bytes(hex), &ty).unwrap_err().message().contains("cut short"), "{hex}");
    }
    assert!(decode_msgpack(&bytes("c3c3"), &Type::Bool).unwrap_err().message().contains("surplus"));
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let deep: Vec<u8> = b"\x92\xc4\x09\"dynamic\"".repeat(100_000);
    assert!(decode_msgpack(&deep, &Type::Dynamic).unwrap_err().message().contains("deeper"));
}

#[test]
fn text_is_written_and_read_in_normal_form() {
    let (one, two) = ("caf\u{e9}", "cafe\u{301}");
    check(&Type::String, &Value::String(two.to_owned()), "a5636166c3a9");
    check(&Type::map(Type::Bool), &Value::Map([(two.to_owned(), Value::Null)].into()), "81a5636166c3a9c0");
    let decoded = decode_msgpack(&bytes("a663616665cc81"), &Type::String).unwrap();
    assert!(matches!(decoded, Value::String(text) if text == one));
    let decoded = decode_msgpack(&bytes("81a663616665cc81c0"), &Type::object([(one, Type::Bool)])).unwrap();
    assert_eq!(decoded, Value::object([(one, Value::Null)]));
    let both = Value::Map([(one.to_owned(), Value::Null), (two.to_owned(), Value::Null)].into());
    let error = encode_msgpack(&both, &Type::map(Type::Bool)).unwrap_err();
    assert_eq!(error.to_string(), "[\"caf\u{e9}\"]: two keys of the map are spellings of this one text");
}

#[test]
fn the_deepest_value_is_read_and_written_and_one_deeper_is_refused() {
    let nested = |depth: usize| {
        let mut pair = (Type::Bool, Value::Bool(true));
        for _ in 0..depth {
            pair = (Type::list(pair.0), Value::List(vec![pair.1]));
        }
        pair
    };
    let (ty, value) = nested(MAX_DEPTH);
    let encoded = encode_msgpack(&value, &ty).unwrap();
    assert_eq!(decode_msgpack(&encoded, &ty).unwrap(), value);
    assert_eq!(Type::from_json(&ty.to_json()).unwrap(), ty);
    let (ty, value) = nested(MAX_DEPTH + 1);
    assert!(encode_msgpack(&value, &ty).unwrap_err().message().contains("deeper"));
    let deeper = [vec![0x91], encoded].concat();
    assert!(decode_msgpack(&deeper, &ty).unwrap_err().message().contains("deeper"));
    assert!(Type::from_json(&ty.to_json()).unwrap_err().message().contains("deeper"));
}
