//! The log of calls.

use std::fmt;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// AWS's name of the call.
    pub operation: &'static str,
    /// What it was about: a child key or an id.
    pub subject: String,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.subject)
    }
}

/// Whether a call changes anything.
pub fn is_write(operation: &str) -> bool {
    !(operation.starts_with("Describe") || operation.starts_with("Get") || operation.starts_with("List"))
}
