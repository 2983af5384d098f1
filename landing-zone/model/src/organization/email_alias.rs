//! One mailbox for many accounts: `aws+payments-prod@example.com`.

use crate::limits::ACCOUNT_EMAIL_CHARACTERS;
use crate::{EmailAddress, InvalidText};

/// Why an alias cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailAliasError {
    /// The address itself is none.
    #[error("an alias cannot be made of this address: {0}")]
    Email(InvalidText),
    /// The suffix cannot stand in an address, or not so that it is always the same.
    #[error(
        "`{suffix}` cannot be the end of an alias: it has letters `a`-`z`, digits, and `-`, `.` or `_` between them. \
         Write {proposal}"
    )]
    Suffix {
        /// The suffix as it was given.
        suffix: String,
        /// A good one that is near, in backticks, or what to write.
        proposal: String,
    },
    /// The alias would be too long.
    #[error(
        "`{alias}` has {length} characters, and AWS takes {} ({}): make the suffix `{suffix}` {} shorter",
        ACCOUNT_EMAIL_CHARACTERS.value, ACCOUNT_EMAIL_CHARACTERS.source, length - ACCOUNT_EMAIL_CHARACTERS.value
    )]
    TooLong {
        /// The alias as it would be.
        alias: String,
        /// How many characters it has.
        length: usize,
        /// The suffix.
        suffix: String,
    },
}

/// An address that reaches the same mailbox and is another one to AWS: `aws@example.com` with the suffix `payments-prod`
/// is `aws+payments-prod@example.com`. AWS wants another address for each account.
///
/// An address that has a `+` already gets `-` and the suffix, because mail servers cut at a `+`, some at the first and
/// some at the last one. The suffix is in small letters: AWS takes addresses that differ only in case for the same. The
/// whole has at most [64 characters](ACCOUNT_EMAIL_CHARACTERS).
///
/// Whether the mail server knows [such addresses](https://www.rfc-editor.org/rfc/rfc5233) cannot be seen here: send one.
pub fn email_alias(email: &str, suffix: &str) -> Result<EmailAddress, EmailAliasError> {
    let email: EmailAddress = email.parse().map_err(EmailAliasError::Email)?;
    let is_letter_or_digit = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let is_good = suffix.starts_with(is_letter_or_digit)
        && suffix.ends_with(is_letter_or_digit)
        && suffix.chars().all(|letter| is_letter_or_digit(letter) || "-._".contains(letter))
        && !suffix.contains("..");
    if !is_good {
        return Err(EmailAliasError::Suffix { suffix: suffix.to_owned(), proposal: proposal(suffix) });
    }
    let (local, domain) = email.as_str().split_once('@').unwrap_or_default();
    let separator = if local.contains('+') { '-' } else { '+' };
    let alias = format!("{local}{separator}{suffix}@{domain}");
    let length = alias.chars().count();
    if length > ACCOUNT_EMAIL_CHARACTERS.value {
        return Err(EmailAliasError::TooLong { alias, length, suffix: suffix.to_owned() });
    }
    alias.parse().map_err(EmailAliasError::Email)
}

/// The nearest suffix that is good.
fn proposal(suffix: &str) -> String {
    let kept: String = suffix
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' })
        .collect();
    match kept.split_whitespace().collect::<Vec<_>>().join("-") {
        good if good.is_empty() => "the account's name, such as `payments-prod`".to_owned(),
        good => format!("`{good}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(email: &str, suffix: &str) -> String {
        match email_alias(email, suffix) {
            Ok(alias) => alias.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn aliases_reach_the_same_mailbox() {
        assert_eq!(alias("aws@example.com", "payments-prod"), "aws+payments-prod@example.com");
        assert_eq!(alias("aws+acme@example.com", "payments-prod"), "aws+acme-payments-prod@example.com");
        assert_eq!(alias("Cloud.Team@Example.com", "a.b_1"), "Cloud.Team+a.b_1@Example.com");
        let longest = "x".repeat(64 - "aws+@example.com".len());
        assert_eq!(alias("aws@example.com", &longest).len(), 64);
    }

    #[test]
    fn errors_name_the_fix() {
        insta::assert_snapshot!(alias("aws.example.com", "x"), @"an alias cannot be made of this address: `aws.example.com` is not an e-mail address that AWS accepts: it has 6 to 64 ASCII characters, a name that does not begin with a dot, one `@`, and a domain such as `example.com`");
        insta::assert_snapshot!(alias("aws@example.com", "Payments Prod!"), @"`Payments Prod!` cannot be the end of an alias: it has letters `a`-`z`, digits, and `-`, `.` or `_` between them. Write `payments-prod`");
        insta::assert_snapshot!(alias("aws@example.com", "a..b"), @"`a..b` cannot be the end of an alias: it has letters `a`-`z`, digits, and `-`, `.` or `_` between them. Write `a-b`");
        insta::assert_snapshot!(alias("aws@example.com", ""), @"`` cannot be the end of an alias: it has letters `a`-`z`, digits, and `-`, `.` or `_` between them. Write the account's name, such as `payments-prod`");
        insta::assert_snapshot!(alias("aws@example.com", &"x".repeat(52)), @"`aws+xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.com` has 68 characters, and AWS takes 64 (https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html): make the suffix `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` 4 shorter");
    }
}
