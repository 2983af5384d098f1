//! The tags that people give.

use serde::{Deserialize, Serialize};

use crate::limits;
use crate::ownership::TAG_PREFIX;
use crate::text::text_type;

/// The key of a user's tag: never one of AWS's or of Landform's own.
///
/// <https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TagKey(String);

text_type!(
    TagKey,
    "a tag key",
    "it has 1 to 128 letters, digits, blanks and `_.:/=+-@`; `Name` and keys that start with `aws:` or `landform:` are taken",
    |text| {
        (1..=limits::TAG_KEY_CHARACTERS.value).contains(&text.chars().count())
            && text.chars().all(may_be_in_tag)
            && text != "Name"
            && !["aws:", TAG_PREFIX].iter().any(|prefix| text.to_ascii_lowercase().starts_with(prefix))
    }
);

/// The value of a tag; may be empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TagValue(String);

text_type!(TagValue, "a tag value", "it has at most 256 letters, digits, blanks and `_.:/=+-@`", |text| text
    .chars()
    .count()
    <= limits::TAG_VALUE_CHARACTERS.value
    && text.chars().all(may_be_in_tag));

/// The characters that every AWS service takes in tags.
fn may_be_in_tag(c: char) -> bool {
    c.is_alphanumeric() || c == ' ' || "_.:/=+-@".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_taken_are_refused() {
        assert!("cost-center".parse::<TagKey>().is_ok());
        for bad in ["", "Name", "aws:x", "AWS:x", "landform:stack", "a${b}", "a\nb", &"x".repeat(129)] {
            assert!(bad.parse::<TagKey>().unwrap_err().to_string().contains("are taken"), "{bad}");
        }
    }

    #[test]
    fn values_take_letters_of_any_language_and_no_code() {
        for good in ["", "Größe 3", "a=b/c@d", &"ö".repeat(256)] {
            assert!(good.parse::<TagValue>().is_ok(), "{good}");
        }
        for bad in ["${x}", "%{x}", "a\"b", "a\\b", "a\nb", &"x".repeat(257)] {
            assert!(bad.parse::<TagValue>().is_err(), "{bad}");
        }
    }
}
