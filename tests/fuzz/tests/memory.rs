//! Reading a value never takes more memory than a multiple of its bytes, whatever these claim. One test, because the
//! allocator counts for the whole process.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_fuzz::values::{self, Form};
use landform_fuzz::{damage, run};
use peak_alloc::PeakAlloc;
use tfplugin_proto::cty::{
    Type, decode_json, decode_msgpack, decode_state_json, encode_json, encode_msgpack,
};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most bytes of memory for a byte of input: an object of one attribute takes four bytes as msgpack and three as JSON,
/// where the attribute can be left out, and a node of a `BTreeMap` in memory.
const FACTOR: usize = 400;

/// Errors, and room for the first elements of collections on the way down.
const BASE: usize = 300 << 10;

#[track_caller]
fn within_bounds<T>(what: &str, bytes: &[u8], read: impl FnOnce(&[u8]) -> T) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let value = read(bytes);
    let peak = MEMORY.peak_usage().saturating_sub(before);
    drop(value);
    let limit = BASE + FACTOR * bytes.len();
    assert!(peak <= limit, "{what}: {peak} bytes of memory for {} bytes of input", bytes.len());
}

fn all(bytes: &[u8], ty: &Type) {
    within_bounds("msgpack", bytes, |bytes| decode_msgpack(bytes, ty));
    within_bounds("JSON", bytes, |bytes| decode_json(bytes, ty));
    within_bounds("state JSON", bytes, |bytes| decode_state_json(bytes, ty));
    within_bounds("type", bytes, Type::from_json);
}

#[test]
fn memory_is_bounded_by_the_input() {
    let nested = |depth| (0..depth).fold(Type::Bool, |ty, _| Type::list(ty));
    let empty = Type::object([("a", Type::Bool)]);
    for (bytes, ty) in [
        (b"\xdd\xff\xff\xff\xff".repeat(200), nested(100)),
        (b"\xdd\x00\x00\xff\xff".repeat(20_000), nested(100)),
        (b"\xdf\xff\xff\xff\xff".to_vec(), Type::map(Type::String)),
        (b"\xdb\xff\xff\xff\xff".to_vec(), Type::String),
        (b"\xc9\xff\xff\xff\xff\x0c".to_vec(), Type::Bool),
        ([b"\xdd\x00\x0f\x00\x00".to_vec(), vec![0xc0; 0xf_0000]].concat(), Type::list(Type::Bool)),
        (
            [b"\xdd\x00\x01\x00\x00".to_vec(), b"\x81\xa1a\xc0".repeat(0x1_0000)].concat(),
            Type::list(empty.clone()),
        ),
        (format!("[{}]", ["{}"; 50_000].join(",")).into_bytes(), Type::list(empty)),
        (format!("[{}", "1,".repeat(100_000)).into_bytes(), Type::list(Type::Number)),
        (format!("{{\"{}\":1}}", "k".repeat(100_000)).into_bytes(), Type::map(Type::Bool)),
        ("e\u{301}".repeat(50_000).into_bytes(), Type::String),
        (format!("\"{}\"", "e\u{301}".repeat(50_000)).into_bytes(), Type::String),
        (format!("\"{}\"", "\u{301}\u{316}".repeat(50_000)).into_bytes(), Type::String),
        (b"[\"tuple\",[".repeat(50_000), Type::Dynamic),
        (b"1e999999999999".to_vec(), Type::Number),
    ] {
        all(&bytes, &ty);
    }
    run("memory: damaged and arbitrary input", 20_000, |chance| {
        let ty = values::ty(chance, 3);
        let bytes = match chance.below(20) {
            0 => chance.bytes(200),
            1 if chance.one_in(10) => damage::deep(chance),
            2..=10 => {
                let mut bytes = encode_msgpack(&values::value(chance, &ty, Form::Msgpack), &ty).unwrap();
                damage::bytes(chance, &mut bytes);
                bytes
            }
            _ => {
                let mut bytes = encode_json(&values::value(chance, &ty, Form::Json), &ty).unwrap();
                damage::json(chance, &mut bytes);
                bytes
            }
        };
        all(&bytes, &ty);
        all(&bytes, &Type::Dynamic);
    });
}
