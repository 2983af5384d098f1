use super::super::{Type, Value};
use super::*;

#[track_caller]
fn check(ty: &Type, value: &Value, json: &str) {
    assert_eq!(String::from_utf8(encode_json(value, ty).unwrap()).unwrap(), json);
    assert_eq!(&decode_json(json.as_bytes(), ty).unwrap(), value);
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn golden_values() {
    check(&Type::Bool, &Value::Bool(true), "true");
    check(&Type::String, &Value::Null, "null");
    check(&Type::String, &Value::from("a\"\\\n\u{1}é"), r#""a\"\\\n\u0001é""#);
    check(&Type::Number, &number("12345678901234567890123.5"), "12345678901234567890123.5");
    check(&Type::Number, &number("0.1"), "0.1");
    check(&Type::set(Type::Number), &Value::Set(vec![Value::from(2), Value::from(1)]), "[2,1]");
    check(
        &Type::Tuple(vec![Type::Bool, Type::String]),
        &Value::Tuple(vec![Value::Null, Value::from("x")]),
        "[null,\"x\"]",
    );
    let ty = Type::object([("tags", Type::map(Type::String)), ("any", Type::Dynamic)]);
    let value = Value::object([
        ("any", Value::Dynamic(Box::new(Type::list(Type::Bool)), Box::new(Value::List(vec![])))),
        ("tags", Value::Map([("k".to_owned(), Value::from("v"))].into())),
    ]);
    check(&ty, &value, r#"{"any":{"type":["list","bool"],"value":[]},"tags":{"k":"v"}}"#);
}

#[test]
fn spaces_and_order_do_not_matter() {
    let dynamic = Value::Dynamic(Box::new(Type::Number), Box::new(Value::from(1)));
    let json = " { \"value\" : 1 ,\n \"type\" : \"number\" } ";
    assert_eq!(decode_json(json.as_bytes(), &Type::Dynamic).unwrap(), dynamic);
    let escaped = decode_json(br#""\u00e9\ud83d\ude00\/""#, &Type::String).unwrap();
    assert_eq!(escaped, Value::from("é😀/"));
}

#[test]
fn lenient_as_terraform_is() {
    let ty = Type::object([("a", Type::Bool), ("b", Type::Bool)]);
    let read = decode_json(br#"{"a":true}"#, &ty).unwrap();
    assert_eq!(read, Value::object([("a", Value::Bool(true)), ("b", Value::Null)]));
    assert_eq!(decode_json(b"\"5\"", &Type::Number).unwrap(), Value::from(5));
    assert_eq!(decode_json(b"\"true\"", &Type::Bool).unwrap(), Value::Bool(true));
    assert_eq!(decode_json(b"1.50", &Type::String).unwrap(), Value::from("1.50"));
    assert_eq!(decode_json(b"false", &Type::String).unwrap(), Value::from("false"));
}

#[test]
fn what_does_not_fit_is_refused_with_its_path() {
    let ty = Type::object([("a", Type::list(Type::map(Type::Bool)))]);
    let error = decode_json(br#"{"a":[{},{"k v":3}]}"#, &ty).unwrap_err();
    assert_eq!(error.to_string(), r#"a[1]["k v"]: a bool is required"#);
    let error = decode_json(br#"{"b":1}"#, &ty).unwrap_err();
    assert_eq!(error.to_string(), "b: the object has no such attribute");
    let error = encode_json(&Value::List(vec![Value::unknown()]), &Type::list(Type::Bool)).unwrap_err();
    assert_eq!(error.to_string(), "[0]: JSON cannot express an unknown value");
    assert!(encode_json(&Value::Number(f64::INFINITY.into()), &Type::Number).is_err());
}

#[test]
fn malformed_text_is_refused() {
    for json in ["", "tru", "01", "1.", "-", "1e", "+1", ".5", "1 2", "\"", "\"\\x\"", "\"\n\"", "\u{feff}1"]
    {
        for ty in [Type::Bool, Type::Number, Type::String] {
            assert!(decode_json(json.as_bytes(), &ty).is_err(), "{json:?} as {ty}");
        }
    }
    for json in ["[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]"] {
        assert!(decode_json(json.as_bytes(), &Type::list(Type::Number)).is_err(), "{json:?}");
    }
    for json in ["{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{1:1}", "{\"a\" 1}"] {
        assert!(decode_json(json.as_bytes(), &Type::map(Type::Number)).is_err(), "{json:?}");
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let deep = r#"{"type":"dynamic","value":"#.repeat(100_000);
    assert!(decode_json(deep.as_bytes(), &Type::Dynamic).is_err());
    let skipped = format!("{{\"value\":{}", "[".repeat(100_000));
    assert!(decode_json(skipped.as_bytes(), &Type::Dynamic).unwrap_err().message().contains("deeper"));
}
