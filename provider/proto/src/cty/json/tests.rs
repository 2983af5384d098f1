use super::super::{MAX_ABSENT, Number, Type, Value};
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

#[test]
fn numbers_keep_every_digit() {
    for digits in
        ["18446744073709551617", "-170141183460469231731687303715884105729", "0.1234567890123456789012345"]
    {
        let json = format!(r#"{{"n":{digits},"any":{{"value":{digits},"type":"number"}}}}"#);
        let ty = Type::object([("n", Type::Number), ("any", Type::Dynamic)]);
        for decode in [decode_json, decode_state_json] {
            let number = Value::Number(digits.parse::<Number>().unwrap());
            let read = decode(json.as_bytes(), &ty).unwrap();
            let dynamic = Value::Dynamic(Box::new(Type::Number), Box::new(number.clone()));
            assert_eq!(read, Value::object([("n", number), ("any", dynamic)]));
            assert!(String::from_utf8(encode_json(&read, &ty).unwrap()).unwrap().contains(digits));
        }
    }
}

#[test]
fn a_state_of_an_older_schema_loses_what_left() {
    let ty = Type::object([("tags", Type::list(Type::object([("k", Type::String)]))), ("new", Type::Bool)]);
    let json = br#"{"gone":{"a":[1e5,"]"]},"tags":[{"old":true,"k":"v"}]}"#;
    let tag = Value::object([("k", Value::from("v"))]);
    let expected = Value::object([("new", Value::Null), ("tags", Value::List(vec![tag]))]);
    assert_eq!(decode_state_json(json, &ty).unwrap(), expected);
    assert!(decode_state_json(br#"{"gone":tru}"#, &ty).is_err(), "what is passed over is JSON too");
    let deep = format!("{{\"gone\":{}", "[".repeat(100_000));
    assert!(decode_state_json(deep.as_bytes(), &ty).unwrap_err().message().contains("deeper"));
}

#[test]
fn text_is_written_and_read_in_normal_form() {
    let (one, two) = ("caf\u{e9}", "cafe\u{301}");
    let ty = Type::map(Type::String);
    let value = Value::Map([(two.to_owned(), Value::String(two.to_owned()))].into());
    assert_eq!(encode_json(&value, &ty).unwrap(), format!(r#"{{"{one}":"{one}"}}"#).into_bytes());
    let read = decode_json(br#"{"cafe\u0301":"cafe\u0301"}"#, &ty).unwrap();
    assert!(matches!(&read, Value::Map(entries) if entries.contains_key(one)));
    let ty = Type::from_json(format!(r#"["object",{{"{two}":"bool"}}]"#).as_bytes()).unwrap();
    assert_eq!(ty, Type::object([(one, Type::Bool)]));
}

#[test]
fn what_is_left_out_is_bounded() {
    let names: Vec<String> = (0..2000).map(|number| format!("a{number}")).collect();
    let ty = Type::list(Type::object(names.into_iter().map(|name| (name, Type::Bool))));
    let objects = |count: usize| format!("[{}]", vec!["{}"; count].join(","));
    assert!(decode_json(objects(MAX_ABSENT / 2000 / 100).as_bytes(), &ty).is_ok());
    let error = decode_json(objects(MAX_ABSENT / 2000 + 1).as_bytes(), &ty).unwrap_err();
    assert!(error.message().contains("left out"), "{error}");
}

#[test]
fn messages_are_short_however_long_the_input() {
    let long = "x".repeat(100_000);
    for (json, ty) in [
        (format!("{{\"{long}\":1}}"), Type::object([("a", Type::Bool)])),
        (format!("{{\"{long}\":1}}"), Type::map(Type::Bool)),
        (format!("{{\"{long}\":1}}"), Type::Dynamic),
        (format!("{{\"type\":\"{long}\"}}"), Type::Dynamic),
        (format!("{{\"type\":[\"{long}\",1]}}"), Type::Dynamic),
        (format!("\"{long}\""), Type::Number),
        (format!("1{}", "0".repeat(100_000)), Type::Number),
    ] {
        let error = decode_json(json.as_bytes(), &ty).unwrap_err().to_string();
        assert!(error.len() < 300, "{} bytes: {}", error.len(), &error[..300]);
    }
}
