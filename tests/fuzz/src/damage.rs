//! What can happen to valid input.

use crate::Chance;

/// First bytes of MessagePack values, among them those that announce a length or that nothing begins with.
const MARKERS: [u8; 24] = [
    0x00, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0x91, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc3, 0xc4, 0xc6, 0xc7, 0xc9,
    0xcb, 0xcf, 0xd4, 0xd9, 0xdb, 0xdd, 0xdf,
];

/// Changes `bytes` in a few places.
pub fn bytes(chance: &mut Chance, bytes: &mut Vec<u8>) {
    for _ in 0..=chance.below(4) {
        once(chance, bytes);
    }
}

fn once(chance: &mut Chance, bytes: &mut Vec<u8>) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + 1 + chance.below(8)).min(bytes.len());
    match chance.below(9) {
        0 => bytes.truncate(at),
        1 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        2 if at < bytes.len() => bytes[at] = *chance.pick(&MARKERS),
        3 if at < bytes.len() => drop(bytes.drain(at..end)),
        4 => {
            let copy: Vec<u8> = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        5 => {
            let more = chance.bytes(6);
            bytes.splice(at..at, more);
        }
        // A length that nobody has.
        6 => {
            let marker = *chance.pick(&[0xc6, 0xc9, 0xdb, 0xdd, 0xdf]);
            let length = u32::try_from(chance.number() >> (32 + chance.below(32))).unwrap_or(u32::MAX);
            bytes.splice(at..end, [&[marker][..], &length.to_be_bytes()].concat());
        }
        7 => bytes[at..end].reverse(),
        _ if at < bytes.len() => bytes[at] = chance.number().to_le_bytes()[0],
        _ => bytes.push(*chance.pick(&MARKERS)),
    }
}

/// Changes `text`, mostly so that it is still a text, and often still JSON.
pub fn json(chance: &mut Chance, text: &mut Vec<u8>) {
    const PIECES: [&str; 28] = [
        "null",
        "true",
        "0",
        "-1",
        "1e999",
        "18446744073709551616",
        "\"\"",
        "\"a\"",
        "\"1\"",
        "[]",
        "{}",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "\"type\":\"dynamic\"",
        "\"type\"",
        "\"value\"",
        "[\"list\",",
        " ",
        "\u{e9}",
        "1.",
    ];
    for _ in 0..=chance.below(3) {
        let at = chance.below(text.len() + 1);
        let end = (at + chance.below(6)).min(text.len());
        if chance.one_in(5) {
            once(chance, text);
        } else {
            text.splice(at..end, chance.pick(&PIECES).bytes());
        }
    }
}

/// Nested much deeper than anything real, in one of the ways that a value can nest.
pub fn deep(chance: &mut Chance) -> Vec<u8> {
    const DYNAMIC: &[u8] = b"\x92\xc4\x09\"dynamic\"";
    const PIECES: [&[u8]; 10] = [
        DYNAMIC,
        b"\x91",
        b"\x81\xa1a",
        b"[",
        b"{\"a\":",
        b"[\"list\",",
        b"{\"type\":\"dynamic\",\"value\":",
        b"{\"value\":",
        b"[\"object\",{\"a\":",
        b"[\"tuple\",[",
    ];
    chance.pick(&PIECES).repeat(1 + chance.below(20_000))
}
