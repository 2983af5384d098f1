//! Paths in a tree.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A relative path with `/` between its parts. No part is `.`, `..` or empty, so it cannot leave the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TreePath(String);

/// A text that is not a [`TreePath`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path inside a tree")]
pub struct BadPath(String);

impl TreePath {
    /// The path of these parts, which are names that the model has checked, or constants of this crate.
    pub(crate) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let path = parts.into_iter().collect::<Vec<_>>().join("/");
        debug_assert!(Self::try_from(path.clone()).is_ok(), "{path}");
        Self(path)
    }

    /// The file or folder `name` in this folder.
    pub(crate) fn join(&self, name: &str) -> Self {
        Self::of([self.as_str(), name])
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts in order.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// The number of parts.
    pub fn depth(&self) -> usize {
        self.parts().count()
    }

    /// The folder that holds this; none at the top of the tree.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }
}

/// The longest name of a file on most systems, in bytes.
const LONGEST_PART: usize = 255;

/// Whether Windows opens a device for a file of this name, whatever its ending.
/// <https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file>
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    ["aux", "con", "nul", "prn"].contains(&stem.as_str())
        || numbered
            .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit() && c != '0'))
}

impl TryFrom<String> for TreePath {
    type Error = BadPath;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        // The parts are those of names in a spec: `\` and `:` would mean something on some systems.
        let is_good = |part: &str| {
            !part.is_empty()
                && part.len() <= LONGEST_PART
                && !part.ends_with('.')
                && !is_device(part)
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        if path.split('/').all(is_good) { Ok(Self(path)) } else { Err(BadPath(path)) }
    }
}

impl From<TreePath> for String {
    fn from(path: TreePath) -> String {
        path.0
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_tree() {
        for bad in [
            "",
            "/etc/passwd",
            "..",
            "a/../b",
            "a//b",
            "a/",
            ".",
            "a\\b",
            "c:",
            "a b",
            "a\0",
            "a/con",
            "a/NUL.tf",
            "lpt1",
            "a.",
        ] {
            assert!(TreePath::try_from(bad.to_owned()).is_err(), "{bad:?}");
        }
        assert!(TreePath::try_from("x".repeat(256)).is_err());
        for good in ["console", "com", "com0", ".tf", "a..b", &"x".repeat(255)] {
            assert!(TreePath::try_from(good.to_owned()).is_ok(), "{good:?}");
        }
        assert_eq!(TreePath::of(["a", "b.tf"]).parent(), Some(TreePath("a".into())));
    }
}
