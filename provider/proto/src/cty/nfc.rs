//! Unicode's normal form C, in which Terraform keeps all text: "é" is one character, however it was typed.
//!
//! Terraform [normalises](https://pkg.go.dev/github.com/zclconf/go-cty/cty#NormalizeString) whatever it reads, so text
//! of another form would come back changed. ASCII, which is nearly all there is, costs one pass over its bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization};

use super::error::{Located, wrong};

/// The text in normal form.
pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// As [`nfc`], for text that need not be kept.
pub(super) fn into_nfc(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

fn is_nfc(text: &str) -> bool {
    text.is_ascii() || unicode_normalization::is_nfc(text)
}

/// Whether two texts are one text to Terraform.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    a == b || (!(is_nfc(a) && is_nfc(b)) && a.nfc().eq(b.nfc()))
}

/// Whether two maps are one map to Terraform.
pub(super) fn same_map<V: PartialEq>(a: &BTreeMap<String, V>, b: &BTreeMap<String, V>) -> bool {
    if a.len() == b.len() && a.iter().zip(b).all(|((k, x), (l, y))| same_text(k, l) && x == y) {
        return true;
    }
    if a.keys().chain(b.keys()).all(|key| is_nfc(key)) {
        return false;
    }
    // Other forms may sort otherwise.
    let normal = |map: &BTreeMap<String, V>| -> BTreeMap<String, usize> {
        map.keys().enumerate().map(|(position, key)| (nfc(key).into_owned(), position)).collect()
    };
    let (of_a, of_b) = (normal(a), normal(b));
    let (a, b): (Vec<&V>, Vec<&V>) = (a.values().collect(), b.values().collect());
    of_a.len() == of_b.len()
        && of_a.iter().zip(&of_b).all(|((k, x), (l, y))| k == l && a.get(*x) == b.get(*y))
}

/// The entries with their keys in normal form, in order of these.
///
/// # Errors
/// Two keys are one text.
pub(super) fn normal_keys<V>(map: &BTreeMap<String, V>) -> Result<Vec<(Cow<'_, str>, &V)>, Located> {
    let mut entries: Vec<(Cow<'_, str>, &V)> = map.iter().map(|(key, value)| (nfc(key), value)).collect();
    if entries.iter().any(|(key, _)| matches!(key, Cow::Owned(_))) {
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        if let Some(twice) = entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(wrong("two keys of the map are spellings of this one text").in_key(&twice[0].0));
        }
    }
    Ok(entries)
}

/// The longest beginning of `text`, which is in normal form, of at most `length` bytes that stays as it is whatever follows:
/// "e" may become "é", so a text that goes on with an accent is not cut before it.
pub(super) fn beginning(text: &str, length: usize) -> &str {
    let mut end = text.floor_char_boundary(length);
    while let Some(next) = text[end..].chars().next()
        && !begins_anew(next)
        && end > 0
    {
        end = text.floor_char_boundary(end - 1);
    }
    &text[..end]
}

/// Whether nothing before the character can ever combine with it.
fn begins_anew(character: char) -> bool {
    canonical_combining_class(character) == 0
        && unicode_normalization::is_nfc_quick(std::iter::once(character)) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "caf\u{e9}";
    const TWO: &str = "cafe\u{301}";

    #[test]
    fn two_spellings_are_one_text() {
        assert_eq!(nfc(TWO), ONE);
        assert!(matches!(nfc(ONE), Cow::Borrowed(_)));
        assert!(same_text(ONE, TWO) && same_text(TWO, TWO) && !same_text(ONE, "cafe"));
        // The Angstrom sign is the letter.
        assert_eq!(into_nfc("\u{212b}".to_owned()), "\u{c5}");
    }

    #[test]
    fn maps_compare_by_normal_keys() {
        let map = |pairs: &[(&str, u8)]| -> BTreeMap<String, u8> {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
        };
        // "cafe\u{301}" sorts before "cafz", and "caf\u{e9}" after it.
        assert!(same_map(&map(&[(ONE, 1), ("cafz", 2)]), &map(&[(TWO, 1), ("cafz", 2)])));
        assert!(!same_map(&map(&[(ONE, 1), ("cafz", 2)]), &map(&[(TWO, 2), ("cafz", 1)])));
        assert!(!same_map(&map(&[("a", 1)]), &map(&[("a", 1), ("b", 1)])));
        assert!(!same_map(&map(&[("a", 1)]), &map(&[("b", 1)])));
        let keys = |map: &BTreeMap<String, u8>| -> Result<Vec<String>, Located> {
            Ok(normal_keys(map)?.into_iter().map(|(key, _)| key.into_owned()).collect())
        };
        assert_eq!(keys(&map(&[(TWO, 1), ("cafz", 2)])).unwrap(), ["cafz", ONE]);
        assert!(keys(&map(&[(TWO, 1), (ONE, 2)])).unwrap_err().to_string().contains("one text"));
    }

    #[test]
    fn a_beginning_is_not_cut_before_an_accent() {
        assert_eq!(beginning("abc", 10), "abc");
        assert_eq!(beginning("abc", 2), "ab");
        assert_eq!(beginning("a\u{e9}b", 2), "a");
        // There is no single character for "x" with a dot below and an acute accent.
        assert_eq!(beginning("ax\u{323}\u{301}b", 2), "a");
        assert_eq!(beginning("ax\u{323}\u{301}b", 4), "a");
        assert_eq!(beginning("\u{301}\u{301}", 2), "");
    }
}
