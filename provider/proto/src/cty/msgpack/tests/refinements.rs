use super::super::super::{Bound, Bounds, Refinement};
use super::*;

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

fn bound(text: &str, inclusive: bool) -> Option<Bound> {
    Some(Bound { value: text.parse().unwrap(), inclusive })
}

#[test]
fn golden_refinements_of_every_kind() {
    let open = |bounds: Bounds| Refinement { bounds: Some(Box::new(bounds)), ..Refinement::default() };
    let prefix_only = Refinement { prefix: Some("arn:".to_owned()), ..Refinement::default() };
    let strings = Type::map(Type::String);
    for (ty, refinement, hex) in [
        (Type::Bool, Refinement::not_null(), "c7030c8101c2"),
        (Type::object([("a", Type::Bool)]), Refinement::not_null(), "c7030c8101c2"),
        (Type::Tuple(vec![]), Refinement::not_null(), "c7030c8101c2"),
        (Type::String, prefix_only, "c7070c8102a461726e3a"),
        (
            Type::Number,
            open(Bounds { lower: bound("0.1", false), ..Bounds::default() }),
            "d70c810392a3302e31c2",
        ),
        (
            Type::Number,
            open(Bounds { upper: bound("0.5", true), ..Bounds::default() }),
            "c70d0c810492cb3fe0000000000000c3",
        ),
        (
            Type::Number,
            Refinement::between(bound("-1", true), bound("-1", true)),
            "c70b0c8301c20392ffc30492ffc3",
        ),
        (Type::set(Type::Bool), Refinement::length(Some(1), None), "c7050c8201c20501"),
        (strings.clone(), Refinement::length(None, Some(300)), "c7070c8201c206cd012c"),
        (strings, Refinement::length(Some(0), Some(0)), "c7070c8301c205000600"),
    ] {
        check(&ty, &Value::Unknown(refinement), hex);
    }
}

#[test]
fn bounds_that_nothing_satisfies_are_refused() {
    let number = |lower, upper| Value::Unknown(Refinement::between(lower, upper));
    for (lower, upper) in [
        (bound("2", true), bound("1", true)),
        (bound("1", true), bound("1", false)),
        (bound("1", false), bound("1", true)),
        (bound("18446744073709551617", true), bound("18446744073709551616", true)),
    ] {
        let error = encode_msgpack(&number(lower, upper), &Type::Number).unwrap_err();
        assert_eq!(error.to_string(), "no number lies between the bounds of the refinement");
    }
    let length = Value::Unknown(Refinement::length(Some(2), Some(1)));
    assert!(encode_msgpack(&length, &Type::set(Type::Bool)).is_err());
    assert!(encode_msgpack(&length, &Type::Bool).is_ok(), "a length does not apply to a bool");
}

#[test]
fn a_promise_that_the_type_cannot_keep_is_refused() {
    for (hex, ty, message) in [
        ("c7040c8102a161", Type::Bool, "bool cannot have a refinement of kind 2"),
        ("c7050c81039201c3", Type::String, "string cannot have a refinement of kind 3"),
        ("c7030c810501", Type::Tuple(vec![]), "tuple([]) cannot have a refinement of kind 5"),
        ("c7030c810201", Type::String, "the prefix of a refinement must be a string"),
        ("c7030c810101", Type::String, "a bool is required"),
        ("c7030c8101c0", Type::String, "a bool is required"),
        ("c7050c81039201c0", Type::Number, "a bound of a refinement must be a number and a bool"),
        ("c7030c8105ff", Type::list(Type::Bool), "a length in a refinement must not be negative"),
        ("c7040c81a16100", Type::String, "the kind of a refinement must be an integer"),
        ("d50cc0c0", Type::String, "a refinement must be a map"),
        ("d50cc0c0", Type::Dynamic, "a refinement must be a map"),
    ] {
        assert_eq!(decode_msgpack(&bytes(hex), &ty).unwrap_err().to_string(), message, "{hex}");
    }
}

#[test]
fn unknown_kinds_are_passed_over_whatever_their_value() {
    for unknown in
        ["63a26161", "6392cc019181c0c0", "63c40100", "63c70007", "63cb0000000000000000", "cd0100c0"]
    {
        let entries = format!("82{unknown}01c2");
        let hex = format!("c7{:02x}0c{entries}", entries.len() / 2);
        let decoded = decode_msgpack(&bytes(&hex), &Type::String).unwrap();
        assert_eq!(decoded, Value::Unknown(Refinement::not_null()), "{hex}");
    }
}

#[test]
fn a_refinement_has_at_most_1024_bytes() {
    let payload = |length: usize| {
        let filler = u16::try_from(length - 5).unwrap().to_be_bytes();
        [&[0x81, 0x63, 0xc5][..], &filler, &vec![0; length - 5]].concat()
    };
    let extension = |payload: &[u8]| {
        let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
        [&[0xc8][..], &length, &[0x0c], payload].concat()
    };
    assert_eq!(decode_msgpack(&extension(&payload(1024)), &Type::String).unwrap(), Value::unknown());
    let error = decode_msgpack(&extension(&payload(1025)), &Type::String).unwrap_err();
    assert!(error.message().contains("too long"), "{error}");
    // Nested as deep as the limit lets it.
    let deep = [vec![0x81, 0x63], vec![0x91; 1021], vec![0xc0]].concat();
    assert_eq!(decode_msgpack(&extension(&deep), &Type::String).unwrap(), Value::unknown());
    let huge = decode_msgpack(&extension(&[0xdf, 0xff, 0xff, 0xff, 0xff]), &Type::String).unwrap_err();
    assert!(huge.message().contains("cut short"), "{huge}");
}

#[test]
fn the_largest_refinements_stay_within_the_limit() {
    let digits = Some(Bound { value: "7".repeat(155).parse().unwrap(), inclusive: true });
    for (ty, refinement) in [
        (Type::Number, Refinement::between(digits.clone(), digits)),
        (Type::String, Refinement::prefix("x".repeat(5000))),
    ] {
        let encoded = encode_msgpack(&Value::Unknown(refinement), &ty).unwrap();
        assert!(matches!(decode_msgpack(&encoded, &ty), Ok(Value::Unknown(_))));
    }
    let endless = Some(Bound { value: "7".repeat(2000).parse().unwrap(), inclusive: true });
    let error = encode_msgpack(&Value::Unknown(Refinement::between(None, endless)), &Type::Number);
    assert_eq!(error.unwrap_err().to_string(), "the refinement of an unknown value is too long");
}

#[test]
fn a_prefix_is_in_normal_form_and_not_cut_before_an_accent() {
    let accented =
        Value::Unknown(Refinement { prefix: Some("e\u{301}".to_owned()), ..Refinement::default() });
    check(&Type::String, &accented, "c7050c8102a2c3a9");
    let long = format!("{}x\u{323}y", "a".repeat(255));
    let encoded = encode_msgpack(&Value::Unknown(Refinement::prefix(long)), &Type::String).unwrap();
    let decoded = decode_msgpack(&encoded, &Type::String).unwrap();
    assert_eq!(decoded, Value::Unknown(Refinement::prefix("a".repeat(255))));
}

#[test]
fn an_empty_prefix_is_none() {
    assert_eq!(decode_msgpack(&bytes("c7030c8102a0"), &Type::String).unwrap(), Value::unknown());
}
