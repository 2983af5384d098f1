//! The length of policies, for people who write their own.

use super::document::{Document, DocumentError};
use super::merge::merge;

/// A service or resource control policy in the fewest letters that mean the same: without spaces and `Sid`s, lists of one
/// as that one, and statements joined as [`merge`] does.
///
/// What the policy may say is not restricted by what can be evaluated here: any operator goes.
pub fn scp_minify(text: &str) -> Result<String, DocumentError> {
    text.parse::<Document>().map(|document| merge([&document]).to_string())
}

/// The bytes that AWS counts when it gets the policy in this very text, spaces and line breaks included.
///
/// Of the shortest form it is `scp_bytes(scp_minify(text))`. A text that is no policy is an error, and not a number.
pub fn scp_bytes(text: &str) -> Result<usize, DocumentError> {
    text.parse::<Document>().map(|_| text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = r#"{
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "One", "Effect": "Deny", "Action": ["s3:PutBucketPolicy"], "Resource": ["*"]},
            {"Sid": "Two", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"},
            {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}}
        ]
    }"#;

    #[test]
    fn a_policy_of_ones_own_gets_short() {
        let short = scp_minify(WRITTEN).unwrap();
        insta::assert_snapshot!(short, @r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}},{"Effect":"Deny","Action":["s3:DeleteBucket","s3:PutBucketPolicy"],"Resource":"*"}]}"#);
        assert_eq!(scp_minify(&short).as_ref(), Ok(&short));
        assert_eq!(scp_bytes(&short), Ok(short.len()));
        assert_eq!(scp_bytes(WRITTEN), Ok(WRITTEN.len()));
    }

    #[test]
    fn bytes_are_counted_not_characters() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::ü"}}"#;
        assert_eq!(scp_bytes(text), Ok(text.chars().count() + 1));
    }

    #[test]
    fn what_is_no_policy_is_an_error_with_the_place() {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Actions":"*","Resource":"*"}]}"#;
        insta::assert_snapshot!(scp_minify(text).unwrap_err(), @"the policy cannot be read: unknown field `Actions`, expected one of `Sid`, `Effect`, `Principal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition` at line 1 column 63. Write it as AWS's policy grammar has it, with nothing but known elements");
        assert_eq!(scp_bytes(text), scp_minify(text).map(|short| short.len()));
    }
}
