//! What all text types of the model share: the error, and the trait impls around one check.

/// A text that breaks the rule of its type. The message states what it should be, the given text and the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {what}: {rule}")]
pub struct InvalidText {
    /// What the text was meant to be, with its article: "an AWS account ID".
    pub what: &'static str,
    /// The text as it was given.
    pub given: String,
    /// The rule in words, with a good value.
    pub rule: &'static str,
}

/// Gives a `struct Name(String)` its parse, print and serde forms around `fn follows_rule(&str) -> bool`.
macro_rules! text_type {
    ($name:ident, $what:literal, $rule:literal, $follows_rule:expr) => {
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::InvalidText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let follows_rule: fn(&str) -> bool = $follows_rule;
                if follows_rule(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err($crate::InvalidText { what: $what, given: text.to_owned(), rule: $rule })
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::InvalidText;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        /// Maps by this type are searched by text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

pub(crate) use text_type;

/// Gives an enum with `ALL` and `as_str` its parse and print forms.
macro_rules! word_type {
    ($name:ident, $what:literal, $rule:literal) => {
        impl std::str::FromStr for $name {
            type Err = $crate::InvalidText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .into_iter()
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| $crate::InvalidText { what: $what, given: text.to_owned(), rule: $rule })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::InvalidText;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.as_str().to_owned()
            }
        }
    };
}

pub(crate) use word_type;
