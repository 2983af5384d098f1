//! Amazon Resource Names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Region};

/// The name of one AWS resource, unique in all of AWS: `arn:aws:iam::210987654321:role/deploy`.
///
/// The form is checked, not the lists of partitions, services and regions: AWS adds to all of them. What a resource's own
/// name may look like differs from service to service, so that part is any text.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
///
/// Ordered by partition, service, region, account, resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Arn {
    partition: String,
    service: String,
    region: String,
    account: String,
    resource: String,
}

impl Arn {
    /// `aws` for most of the world, `aws-cn` in China, `aws-us-gov` for the government of the USA, and a few others.
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// The service's prefix, as in the names of its actions: `iam`, `s3`, `ec2`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The region; empty for resources that belong to none.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The region as one of those Landform works in.
    pub fn home(&self) -> Option<Region> {
        self.region.parse().ok()
    }

    /// The account: 12 digits, empty for resources such as buckets, or a word such as `aws` for what AWS owns.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The account, where it is one.
    pub fn account_id(&self) -> Option<AccountId> {
        self.account.parse().ok()
    }

    /// What is left: `role/deploy`, `vpc/vpc-1a2b3c4d`, `function:resize:12`, or the name of a bucket.
    pub fn resource(&self) -> &str {
        &self.resource
    }
}

/// Why a text is not an [`Arn`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArnError {
    /// Not six parts, of which the first is `arn`.
    #[error(
        "`{given}` is not an ARN: it has six parts with colons between them, such as \
         `arn:aws:iam::210987654321:role/deploy`"
    )]
    Form {
        /// The text as it was given.
        given: String,
    },
    /// One of the parts is wrong.
    #[error("`{given}` is not an ARN: its {part} is `{found}`, but {rule}")]
    Part {
        /// The text as it was given.
        given: String,
        /// Which part.
        part: &'static str,
        /// The part as it was given.
        found: String,
        /// The rule in words, with a good value.
        rule: &'static str,
    },
    /// Longer than any ARN.
    #[error(
        "an ARN has at most {LONGEST} characters, and this one, which begins with `{beginning}`, has {length}"
    )]
    TooLong {
        /// Its first characters.
        beginning: String,
        /// How many characters it has.
        length: usize,
    },
}

/// The most characters that IAM takes for an ARN: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>.
const LONGEST: usize = 2048;

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Arn, ArnError> {
        let length = text.chars().count();
        if length > LONGEST {
            return Err(ArnError::TooLong { beginning: text.chars().take(40).collect(), length });
        }
        let mut parts = text.splitn(6, ':');
        let mut part = || parts.next();
        let (Some("arn"), Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
            (part(), part(), part(), part(), part(), part())
        else {
            return Err(ArnError::Form { given: text.to_owned() });
        };
        let rules: [Rule<'_>; 5] = [
            (
                "partition",
                partition,
                is_partition,
                "a partition is `aws`, or `aws-` and more, such as `aws-cn`",
            ),
            (
                "service",
                service,
                is_service,
                "a service has small letters, digits and dashes, such as `iam` or `execute-api`",
            ),
            ("region", region, is_region, "a region is one such as `us-east-1`, or empty"),
            ("account", account, is_account, "an account is 12 digits, a word such as `aws`, or empty"),
            (
                "resource",
                resource,
                is_resource,
                "the resource is a text without control characters, such as `role/deploy`",
            ),
        ];
        for (part, found, follows_rule, rule) in rules {
            if !follows_rule(found) {
                let (given, found) = (text.to_owned(), found.to_owned());
                return Err(ArnError::Part { given, part, found, rule });
            }
        }
        Ok(Arn {
            partition: partition.to_owned(),
            service: service.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            resource: resource.to_owned(),
        })
    }
}

/// The name of a part, the part, its check, and the check in words.
type Rule<'a> = (&'static str, &'a str, fn(&str) -> bool, &'static str);

fn is_partition(text: &str) -> bool {
    text == "aws" || text.strip_prefix("aws-").is_some_and(is_service)
}

/// Words of small letters and digits, with dashes between them.
fn is_service(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Looser than [`Region`]: isolated partitions have names such as `us-isob-east-1` and `eusc-de-east-1`.
fn is_region(text: &str) -> bool {
    let words: Vec<&str> = text.split('-').collect();
    text.is_empty()
        || matches!(&words[..], [words @ .., number] if words.len() >= 2
            && words.iter().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
            && (1..=2).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_account(text: &str) -> bool {
    let is_word = text.starts_with(|c: char| c.is_ascii_lowercase()) && is_service(text);
    text.is_empty() || is_word || text.parse::<AccountId>().is_ok()
}

fn is_resource(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_control)
}

impl fmt::Display for Arn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Arn { partition, service, region, account, resource } = self;
        formatter.pad(&format!("arn:{partition}:{service}:{region}:{account}:{resource}"))
    }
}

impl TryFrom<String> for Arn {
    type Error = ArnError;

    fn try_from(text: String) -> Result<Arn, ArnError> {
        text.parse()
    }
}

impl From<Arn> for String {
    fn from(arn: Arn) -> String {
        arn.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arns_of_many_services() {
        for (text, parts) in [
            ("arn:aws:iam::210987654321:role/deploy", ["aws", "iam", "", "210987654321", "role/deploy"]),
            ("arn:aws:iam::aws:policy/ReadOnlyAccess", ["aws", "iam", "", "aws", "policy/ReadOnlyAccess"]),
            ("arn:aws:s3:::logs/2026/a b.txt", ["aws", "s3", "", "", "logs/2026/a b.txt"]),
            (
                "arn:aws-cn:ec2:cn-north-1:210987654321:vpc/vpc-1",
                ["aws-cn", "ec2", "cn-north-1", "210987654321", "vpc/vpc-1"],
            ),
            (
                "arn:aws-us-gov:lambda:us-gov-west-1:210987654321:function:f:12",
                ["aws-us-gov", "lambda", "us-gov-west-1", "210987654321", "function:f:12"],
            ),
            (
                "arn:aws-iso-b:sns:us-isob-east-1:210987654321:t",
                ["aws-iso-b", "sns", "us-isob-east-1", "210987654321", "t"],
            ),
            (
                "arn:aws-eusc:kms:eusc-de-east-1:210987654321:key/k",
                ["aws-eusc", "kms", "eusc-de-east-1", "210987654321", "key/k"],
            ),
            (
                "arn:aws:elasticbeanstalk:us-east-2::platform/Go/1",
                ["aws", "elasticbeanstalk", "us-east-2", "", "platform/Go/1"],
            ),
            (
                "arn:aws:cloudwatch:us-east-1:210987654321:alarm:Größe: 5 %",
                ["aws", "cloudwatch", "us-east-1", "210987654321", "alarm:Größe: 5 %"],
            ),
        ] {
            let arn: Arn = text.parse().unwrap();
            assert_eq!(
                [arn.partition(), arn.service(), arn.region(), arn.account(), arn.resource()],
                parts,
                "{text}"
            );
            assert_eq!(arn.to_string(), text);
        }
    }

    #[test]
    fn accounts_and_regions_of_ours_are_typed() {
        let arn: Arn = "arn:aws:ec2:us-east-1:210987654321:vpc/vpc-1".parse().unwrap();
        assert_eq!(arn.account_id(), Some("210987654321".parse().unwrap()));
        assert_eq!(arn.home(), Some("us-east-1".parse().unwrap()));
        let arn: Arn = "arn:aws:iam::aws:policy/ReadOnlyAccess".parse().unwrap();
        assert_eq!((arn.account_id(), arn.home()), (None, None));
    }

    #[test]
    fn errors_name_the_part() {
        for (text, part) in [
            ("", "six parts"),
            ("arn:aws:iam::210987654321", "six parts"),
            ("ARN:aws:iam::210987654321:role/a", "six parts"),
            ("vpc-1a2b3c4d", "six parts"),
            ("arn:azure:iam::210987654321:role/a", "its partition is `azure`"),
            ("arn:aws-:iam::210987654321:role/a", "its partition is `aws-`"),
            ("arn:aws:IAM::210987654321:role/a", "its service is `IAM`"),
            ("arn:aws:::210987654321:role/a", "its service is ``"),
            ("arn:aws:ec2:us-east-1a:210987654321:vpc/a", "its region is `us-east-1a`"),
            ("arn:aws:ec2:*:210987654321:vpc/a", "its region is `*`"),
            ("arn:aws:iam::21098765432:role/a", "its account is `21098765432`"),
            ("arn:aws:iam::210987654321:", "its resource is ``"),
            ("arn:aws:iam::210987654321:role/a\n", "its resource is `role/a\n`"),
        ] {
            let error = text.parse::<Arn>().unwrap_err().to_string();
            assert!(error.contains(part) && error.contains("such as"), "{text}: {error}");
        }
        let long = format!("arn:aws:s3:::{}", "x".repeat(3000));
        let error = long.parse::<Arn>().unwrap_err().to_string();
        assert!(error.contains("has 3013") && error.len() < 200, "{error}");
    }

    proptest! {
        #[test]
        fn text_goes_there_and_back(
            text in "arn:aws(-[a-z]{2,4}){0,2}:[a-z][a-z0-9]{1,8}(-[a-z]{1,5})?:([a-z]{2}-[a-z]{4,9}-[1-9])?:([0-9]{12}|aws)?:[ -~]{1,60}"
        ) {
            let arn: Arn = text.parse().unwrap();
            prop_assert_eq!(arn.to_string(), text);
            prop_assert_eq!(&arn.to_string().parse::<Arn>().unwrap(), &arn);
            prop_assert_eq!(serde_json::from_str::<Arn>(&serde_json::to_string(&arn).unwrap()).unwrap(), arn);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|(arn)?(:[\\PC]{0,6}){0,8}") {
            if let Ok(arn) = text.parse::<Arn>() {
                prop_assert_eq!(arn.to_string(), text);
            }
        }
    }
}
