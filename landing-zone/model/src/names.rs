//! The names that people give: of resources and of stacks.

use serde::{Deserialize, Serialize};

use crate::text::text_type;

/// The name of one resource, such as `main` or `prod-use1`; unique per kind in its stack and part of its tags.
///
/// The rule is the narrowest of all places that a name ends up in: AWS names, tags, Terraform labels, file names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResourceName(String);

text_type!(
    ResourceName,
    "a resource name",
    "it has 1 to 63 characters of `a`-`z`, `0`-`9` and `-`, starts with a letter and does not end with `-`",
    |text| {
        (1..=63).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    }
);

/// `main`: of what a stack has once.
impl Default for ResourceName {
    fn default() -> ResourceName {
        ResourceName("main".to_owned())
    }
}

/// The identity of one state: the `stack` argument of the provider, and the first third of every ownership tag.
///
/// The generator writes `account/region/environment/name` here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StackName(String);

text_type!(
    StackName,
    "a stack name",
    "it has 1 to 256 characters in parts joined by single `/`; each part starts with a letter or digit and continues with letters, digits, `.`, `_` and `-`",
    |text| {
        text.len() <= 256
            && text.split('/').all(|part| {
                part.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            })
    }
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn resource_names_follow_the_allow_list() {
        for good in ["a", "main", "prod-use1", "a--b", &"x".repeat(63)] {
            assert_eq!(good.parse::<ResourceName>().unwrap().as_str(), good);
        }
        for bad in ["", "-a", "a-", "1a", "A", "a_b", "a/b", "a b", "é", "${x}", "a\n", &"x".repeat(64)] {
            let error = bad.parse::<ResourceName>().unwrap_err().to_string();
            assert!(error.contains("1 to 63 characters"), "{error}");
        }
    }

    #[test]
    fn stack_names_are_parts_joined_by_slashes() {
        for good in ["a", "prod/us-east-1/prod/main", "Team_1.x/y"] {
            assert_eq!(good.parse::<StackName>().unwrap().as_str(), good);
        }
        for bad in ["", "/", "/a", "a/", "a//b", "../a", "a/..", "a b", "a:b", &"x".repeat(257)] {
            assert!(bad.parse::<StackName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_longest_names_fit_into_tags() {
        let longest = ResourceName("x".repeat(63));
        assert!("organization/".len() + longest.as_str().len() <= limits::TAG_VALUE_CHARACTERS.value);
        let longest = StackName("x".repeat(256));
        assert!(longest.as_str().len() <= limits::TAG_VALUE_CHARACTERS.value);
    }

    #[test]
    fn serde_uses_the_rule() {
        assert_eq!(serde_json::from_str::<ResourceName>("\"main\"").unwrap().as_str(), "main");
        let error = serde_json::from_str::<ResourceName>("\"Main\"").unwrap_err().to_string();
        assert!(error.contains("`Main` is not a resource name"), "{error}");
        assert_eq!(serde_json::to_string(&ResourceName("main".into())).unwrap(), "\"main\"");
    }
}
