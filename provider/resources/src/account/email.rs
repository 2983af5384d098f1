//! E-mail addresses of root users, which AWS compares without regard to case.

use landform_framework::string_attribute;
use landform_model::EmailAddress;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The address in small letters. Whether it is one that AWS takes, [`valid`] says: accounts that exist may have others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// The address as AWS takes it.
    pub(super) fn address(&self) -> Option<EmailAddress> {
        self.0.parse().ok()
    }
}

impl FromStr for Email {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Email, Infallible> {
        Ok(Email(text.to_ascii_lowercase()))
    }
}

impl From<&str> for Email {
    fn from(text: &str) -> Email {
        Email(text.to_ascii_lowercase())
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

string_attribute!(Email);

/// The rule of AWS for the addresses of new accounts.
pub(super) fn valid(email: &Email) -> Result<(), String> {
    email.0.parse::<EmailAddress>().map(drop).map_err(|error| format!("{error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_differ_in_case_are_one() {
        assert_eq!(Email::from("AWS+Dev@Example.com"), Email::from("aws+dev@example.com"));
        assert!(valid(&Email::from("aws+dev@example.com")).is_ok());
        assert!(valid(&Email::from("no address")).is_err());
    }
}
