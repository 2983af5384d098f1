//! Failing a test with the whole story.

use landform_sandbox::Error;

/// The value, or a panic with the error and everything that caused it.
#[track_caller]
pub(super) fn or_panic<T>(result: Result<T, Error>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{}", words::chain(&error)),
    }
}

pub(super) mod words {
    use std::error::Error;
    use std::fmt::Write;

    /// An error with its causes, one per line.
    pub(in crate::scenario) fn chain(error: &dyn Error) -> String {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let _ = write!(text, "\n  because: {error}");
            cause = error.source();
        }
        text
    }

    /// The last lines of a text.
    pub(in crate::scenario) fn tail(text: &str, count: usize) -> String {
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(count)..].join("\n")
    }
}
