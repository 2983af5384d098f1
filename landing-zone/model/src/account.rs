//! AWS account IDs.

use serde::{Deserialize, Serialize};

use crate::text::text_type;

/// The 12 digits of an AWS account, kept as text because leading zeros count.
///
/// <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

text_type!(
    AccountId,
    "an AWS account ID",
    "it has exactly 12 digits, such as `210987654321`; in YAML write it in quotes",
    |text| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_and_nothing_else() {
        assert_eq!("000000000012".parse::<AccountId>().unwrap().to_string(), "000000000012");
        for bad in
            ["", "12345678901", "1234567890123", "12345678901a", "1234 5678901", "１２３４５６７８９０１２"]
        {
            let error = bad.parse::<AccountId>().unwrap_err().to_string();
            assert!(error.contains("exactly 12 digits") && error.contains(&format!("`{bad}`")), "{error}");
        }
    }
}
