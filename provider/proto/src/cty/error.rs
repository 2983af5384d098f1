use std::borrow::Cow;
use std::fmt;

/// A value could not be read: malformed bytes, or a value of another type than asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DecodeError(Located);

/// A value could not be written: it is not of the given type, or the format cannot express it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EncodeError(Located);

impl DecodeError {
    /// Where in the value, such as `subnets["private"].cidr[0]`; empty for the value as a whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl EncodeError {
    /// Where in the value, such as `subnets["private"].cidr[0]`; empty for the value as a whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl From<Located> for DecodeError {
    fn from(located: Located) -> DecodeError {
        DecodeError(located)
    }
}

impl From<Located> for EncodeError {
    fn from(located: Located) -> EncodeError {
        EncodeError(located)
    }
}

/// A message and the path it applies to. The path is built on the way out, so that good values pay nothing for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located {
    path: String,
    message: String,
}

/// The beginning of a text that a peer chose, so that no message is as long as the peer likes.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

pub(super) fn wrong(message: impl Into<String>) -> Located {
    Located { path: String::new(), message: message.into() }
}

impl Located {
    pub(super) fn in_attribute(mut self, name: &str) -> Located {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{}{separator}{}", shortened(name), self.path);
        self
    }

    pub(super) fn in_key(self, key: &str) -> Located {
        self.in_step(format!("[{:?}]", shortened(key)))
    }

    pub(super) fn in_index(self, index: usize) -> Located {
        self.in_step(format!("[{index}]"))
    }

    fn in_step(mut self, step: String) -> Located {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = step + separator + &self.path;
        self
    }
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_like_an_expression() {
        let error = wrong("a string is required")
            .in_index(0)
            .in_attribute("cidr")
            .in_key("private")
            .in_attribute("subnets");
        assert_eq!(error.to_string(), r#"subnets["private"].cidr[0]: a string is required"#);
    }

    #[test]
    fn a_path_shows_the_beginning_of_a_long_name() {
        let long = "ä".repeat(100_000);
        let error = wrong("no").in_key(&long).in_attribute(&long);
        assert_eq!(error.to_string(), format!("{0}…[\"{0}…\"]: no", "ä".repeat(60)));
    }
}
