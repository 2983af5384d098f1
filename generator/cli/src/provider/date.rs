//! The one date of everything in a release, so that no clock gets into it.

use std::env;
use std::path::Path;
use std::process::Command;

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, PrimitiveDateTime};

use super::Failure;

/// The variable that reproducible builds agree on: seconds since 1970
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub(super) const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date(OffsetDateTime);

impl Date {
    /// What [`VARIABLE`] says, else when the last commit was made.
    ///
    /// # Errors
    /// When the variable is no number, or there is neither variable nor commit.
    pub(super) fn of(workspace: &Path) -> Result<Date, Failure> {
        if let Some(text) = env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
            let text = text.to_string_lossy();
            return Date::parse(&text).ok_or_else(|| Failure::BadDate(text.clone().into_owned()));
        }
        let git = Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(workspace).output();
        let text = git.ok().filter(|output| output.status.success()).map(|output| output.stdout);
        text.and_then(|text| Date::parse(String::from_utf8_lossy(&text).trim())).ok_or(Failure::NoDate)
    }

    /// For archives that nobody compares: the first moment that a zip file can name.
    pub(super) fn none() -> Date {
        Date(
            zip::DateTime::DEFAULT
                .try_into()
                .map_or(OffsetDateTime::UNIX_EPOCH, PrimitiveDateTime::assume_utc),
        )
    }

    pub(super) fn parse(seconds: &str) -> Option<Date> {
        OffsetDateTime::from_unix_timestamp(seconds.parse().ok()?).ok().map(Date)
    }

    /// For [`VARIABLE`].
    pub(super) fn seconds(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// As JSON documents write it: `2026-01-31T23:59:59Z`.
    pub(super) fn rfc3339(self) -> String {
        // Only years of more than four digits cannot be written.
        self.0.format(&Rfc3339).unwrap_or_default()
    }

    /// As zip archives store it: in steps of two seconds, from 1980 to 2107; the nearest end for others.
    pub(super) fn zip(self) -> zip::DateTime {
        zip::DateTime::try_from(PrimitiveDateTime::new(self.0.date(), self.0.time())).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_its_forms() {
        let date = Date::parse("1764000000").unwrap();
        assert_eq!(date.rfc3339(), "2025-11-24T16:00:00Z");
        assert_eq!(date.zip().to_string(), "2025-11-24 16:00:00");
        assert_eq!(date.seconds(), 1_764_000_000);
        assert_eq!(Date::parse("0").unwrap().zip(), Date::none().zip());
        assert_eq!(Date::none().rfc3339(), "1980-01-01T00:00:00Z");
        assert_eq!(Date::parse("yesterday"), None);
    }
}
