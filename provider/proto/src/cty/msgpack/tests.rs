use super::super::{Bound, Bounds, Refinement, Type, Value};
use super::*;

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
fn golden_unknown_values() {
    check(&Type::String, &Value::unknown(), "d40000");
    check(&Type::String, &Value::Unknown(Refinement::not_null()), "c7030c8101c2");
    check(&Type::String, &Value::Unknown(Refinement::prefix("vpc-")), "c7090c8201c202a47670632d");
    let between = Bounds {
        lower: Some(Bound { value: 1.into(), inclusive: true }),
        upper: Some(Bound { value: 5.into(), inclusive: false }),
        ..Bounds::default()
    };
    let refinement = Refinement { bounds: Some(Box::new(between)), ..Refinement::default() };
    check(&Type::Number, &Value::Unknown(refinement), "c7090c82039201c3049205c2");
    let length = Bounds { length_min: Some(1), length_max: Some(3), ..Bounds::default() };
    let refinement = Refinement { bounds: Some(Box::new(length)), ..Refinement::default() };
    check(&Type::list(Type::Bool), &Value::Unknown(refinement), "c7050c8205010603");
}

#[test]
fn a_refinement_that_does_not_apply_is_left_out() {
    let plain = bytes("d40000");
    assert_eq!(encode_msgpack(&Value::Unknown(Refinement::not_null()), &Type::Dynamic).unwrap(), plain);
    let prefix = Refinement { prefix: Some("a".to_owned()), ..Refinement::default() };
    assert_eq!(encode_msgpack(&Value::Unknown(prefix), &Type::Bool).unwrap(), plain);
}

#[test]
fn a_long_prefix_is_shortened_at_a_character() {
    let unknown = Value::Unknown(Refinement::prefix("é".repeat(200) + "x"));
    let decoded = decode_msgpack(&encode_msgpack(&unknown, &Type::String).unwrap(), &Type::String).unwrap();
    assert_eq!(decoded, Value::Unknown(Refinement::prefix("é".repeat(128))));
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
fn every_form_of_an_unknown_value_is_read() {
    for hex in ["d40000", "d40700", "c70000", "c7040c81636100"] {
        assert_eq!(decode_msgpack(&bytes(hex), &Type::String).unwrap(), Value::unknown(), "{hex}");
    }
    assert!(decode_msgpack(&bytes("c7020c8100"), &Type::String).is_err(), "an entry that is cut short");
    assert!(decode_msgpack(&bytes("d5000000"), &Type::String).is_err(), "a payload needs code 12");
}

#[test]
fn a_refinement_to_null_is_null() {
    assert_eq!(decode_msgpack(&bytes("c7030c8101c3"), &Type::String).unwrap(), Value::Null);
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
        ("dfffffffff", Type::map(Type::Bool)),
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
