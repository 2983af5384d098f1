//! What can be checked without AWS.

use super::model::Account;
use landform_framework::{Diagnostics, Path};

/// AWS takes `<` and `>` in the name of a new account, and no such name later: the account could never be renamed back.
/// <https://docs.aws.amazon.com/accounts/latest/reference/API_PutAccountName.html>
pub(super) fn account_name(name: &str) -> Result<(), String> {
    let good = |letter: char| matches!(letter, ' '..='~') && letter != '<' && letter != '>';
    match (1..=50).contains(&name.chars().count()) && name.chars().all(good) {
        true => Ok(()),
        false => Err("A name has 1 to 50 printable ASCII characters, without `<` and `>`.".to_owned()),
    }
}

/// <https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html>
pub(super) fn contact_name(text: &str) -> Result<(), String> {
    length(text, 64)
}

/// As [`contact_name`].
pub(super) fn contact_title(text: &str) -> Result<(), String> {
    length(text, 50)
}

/// As [`contact_name`].
pub(super) fn contact_email(text: &str) -> Result<(), String> {
    length(text, 254)?;
    match text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.')) {
        true => Ok(()),
        false => Err("It is not an e-mail address.".to_owned()),
    }
}

/// As [`contact_name`].
pub(super) fn contact_phone(text: &str) -> Result<(), String> {
    length(text, 25)?;
    match text
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || "()+-".contains(letter))
    {
        true => Ok(()),
        false => Err("A phone number has digits, blanks and `()+-`.".to_owned()),
    }
}

fn length(text: &str, most: usize) -> Result<(), String> {
    match (1..=most).contains(&text.chars().count()) {
        true => Ok(()),
        false => Err(format!("It has 1 to {most} characters.")),
    }
}

/// Checks a configuration; what is unknown is checked when it is known.
pub(super) fn validate(config: &Account, diagnostics: &mut Diagnostics) {
    if let Some(tags) = config.tags.known() {
        crate::tags::validate(tags, &Path::root().attribute("tags"), diagnostics);
    }
    if let Some(role) = config.role_name.known().filter(|role| role.as_str().starts_with("AWSServiceRoleFor"))
    {
        let detail = format!("{} is a name that AWS keeps for itself.", role.0);
        diagnostics.error_at(Path::root().attribute("role_name"), "Not a name for a role", detail);
    }
}
