//! Both codecs, with valid, damaged and arbitrary input: 100,000 cases.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_fuzz::values::{self, Form};
use landform_fuzz::{Chance, damage, run};
use tfplugin_proto::cty::{
    Type, Value, decode_json, decode_msgpack, decode_state_json, encode_json, encode_msgpack,
};

fn typed(chance: &mut Chance, form: Form) -> (Type, Value) {
    let ty = values::ty(chance, 3);
    let value = values::value(chance, &ty, form);
    (ty, value)
}

/// Whatever can be read can be written, and is then the same value.
#[track_caller]
fn msgpack_is_read_or_refused(bytes: &[u8], ty: &Type) {
    if let Ok(value) = decode_msgpack(bytes, ty) {
        match encode_msgpack(&value, ty) {
            Ok(written) => assert_eq!(decode_msgpack(&written, ty).unwrap(), value),
            // Bounds that nothing satisfies can be received, but are not sent.
            Err(error) => assert!(error.message().contains("refinement"), "{error}"),
        }
    }
}

#[track_caller]
fn json_is_read_or_refused(bytes: &[u8], ty: &Type) {
    for decode in [decode_json, decode_state_json] {
        if let Ok(value) = decode(bytes, ty) {
            let written = encode_json(&value, ty).unwrap();
            assert_eq!(decode(&written, ty).unwrap(), value);
        }
    }
}

#[test]
fn valid_msgpack_comes_back() {
    run("codec: valid msgpack", 20_000, |chance| {
        let (ty, value) = typed(chance, Form::Msgpack);
        let bytes = encode_msgpack(&value, &ty).unwrap();
        let read = decode_msgpack(&bytes, &ty).unwrap();
        assert_eq!(read, value);
        assert_eq!(encode_msgpack(&read, &ty).unwrap(), bytes);
        assert_eq!(Type::from_json(&ty.to_json()).unwrap(), ty);
    });
}

#[test]
fn valid_json_comes_back() {
    run("codec: valid JSON", 15_000, |chance| {
        let (ty, value) = typed(chance, Form::Json);
        let bytes = encode_json(&value, &ty).unwrap();
        for decode in [decode_json, decode_state_json] {
            let read = decode(&bytes, &ty).unwrap();
            assert_eq!(read, value);
            assert_eq!(encode_json(&read, &ty).unwrap(), bytes);
        }
    });
}

#[test]
fn damaged_msgpack_is_read_or_refused() {
    run("codec: damaged msgpack", 25_000, |chance| {
        let (ty, value) = typed(chance, Form::Msgpack);
        let mut bytes = encode_msgpack(&value, &ty).unwrap();
        damage::bytes(chance, &mut bytes);
        msgpack_is_read_or_refused(&bytes, &ty);
        let other = values::ty(chance, 2);
        msgpack_is_read_or_refused(&bytes, &other);
    });
}

#[test]
fn damaged_json_is_read_or_refused() {
    run("codec: damaged JSON", 20_000, |chance| {
        let (ty, value) = typed(chance, Form::Json);
        let mut bytes = encode_json(&value, &ty).unwrap();
        damage::json(chance, &mut bytes);
        json_is_read_or_refused(&bytes, &ty);
        let other = values::ty(chance, 2);
        json_is_read_or_refused(&bytes, &other);
        let mut json = ty.to_json();
        damage::json(chance, &mut json);
        if let Ok(ty) = Type::from_json(&json) {
            assert_eq!(Type::from_json(&ty.to_json()).unwrap(), ty);
        }
    });
}

#[test]
fn arbitrary_input_is_read_or_refused() {
    run("codec: arbitrary input", 20_000, |chance| {
        let bytes = if chance.one_in(100) { damage::deep(chance) } else { chance.bytes(60) };
        for ty in [values::ty(chance, 3), Type::Dynamic] {
            msgpack_is_read_or_refused(&bytes, &ty);
            json_is_read_or_refused(&bytes, &ty);
        }
        let _ = Type::from_json(&bytes);
    });
}
