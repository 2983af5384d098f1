//! Names whose rules AWS sets.

use serde::{Deserialize, Serialize};

use crate::text::text_type;

/// The name of a general purpose S3 bucket.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BucketName(String);

text_type!(
    BucketName,
    "an S3 bucket name",
    "it has 3 to 63 characters of `a`-`z`, `0`-`9`, `-` and `.`, starts and ends with a letter or digit, and has no two dots in a row",
    |text| {
        let is_letter_or_digit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        (3..=63).contains(&text.len())
            && text.chars().all(|c| is_letter_or_digit(c) || c == '-' || c == '.')
            && text.starts_with(is_letter_or_digit)
            && text.ends_with(is_letter_or_digit)
            && !text.contains("..")
    }
);

/// The name of an IAM role, without path.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoleName(String);

text_type!(
    RoleName,
    "an IAM role name",
    "it has 1 to 64 characters of letters, digits and `+=,.@_-`, such as `OrganizationAccountAccessRole`; write the name, not the ARN",
    |text| {
        (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte))
    }
);

/// The role that AWS makes in a new account for the management account.
impl Default for RoleName {
    fn default() -> RoleName {
        RoleName("OrganizationAccountAccessRole".to_owned())
    }
}

/// The e-mail address of an account's root user: unique among all accounts of AWS.
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

text_type!(
    EmailAddress,
    "an e-mail address that AWS accepts",
    "it has 6 to 64 ASCII characters, a name that does not begin with a dot, one `@`, and a domain such as `example.com`",
    |text| {
        let (local, domain) = text.split_once('@').unwrap_or_default();
        (6..=64).contains(&text.len())
            && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$*+-./=?^_{}~".contains(&byte))
            && !local.is_empty()
            && !local.starts_with('.')
            && domain.split('.').count() >= 2
            && domain.split('.').all(|label| {
                let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                !label.is_empty()
                    && label.bytes().all(good)
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            })
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bucket_names() {
        assert!("acme-terraform-state".parse::<BucketName>().is_ok());
        for bad in ["", "ab", "Acme", "-acme", "acme-", "a..b", "a_b", "a/b", &"x".repeat(64)] {
            assert!(bad.parse::<BucketName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn role_names_are_not_arns() {
        assert!("OrganizationAccountAccessRole".parse::<RoleName>().is_ok());
        for bad in ["", "arn:aws:iam::123456789012:role/deploy", "a b", &"x".repeat(65)] {
            assert!(bad.parse::<RoleName>().unwrap_err().to_string().contains("not the ARN"), "{bad}");
        }
    }

    #[test]
    fn email_addresses() {
        assert!("aws+dev@example.com".parse::<EmailAddress>().is_ok());
        for bad in [
            "",
            "a@b.c",
            "example.com",
            "@example.com",
            "a@b@example.com",
            "a b@example.com",
            "a@example.",
            ".aws@example.com",
            "a'b@example.com",
            "a&b@example.com",
            "aws@-example.com",
            "aws@ex_ample.com",
        ] {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad}");
        }
    }
}
