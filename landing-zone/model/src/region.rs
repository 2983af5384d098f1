//! AWS regions and availability zone IDs.

use serde::{Deserialize, Serialize};

use crate::text::text_type;

/// A region code such as `us-east-1`.
///
/// The form is checked, not the list of regions: AWS opens several a year.
/// <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

text_type!(
    Region,
    "an AWS region",
    "a region is an area, a direction and a number, such as `us-east-1` or `ap-southeast-2`",
    |text| short_code(text).is_some()
);

impl Region {
    /// The short code that availability zone IDs start with: `use1` for `us-east-1`, `apse2` for `ap-southeast-2`.
    pub fn short_code(&self) -> String {
        short_code(&self.0).unwrap_or_default()
    }

    /// The partition that ARNs of the region name: `aws`, `aws-cn` or `aws-us-gov`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
    pub fn partition(&self) -> &'static str {
        if self.0.starts_with("cn-") {
            "aws-cn"
        } else if self.0.starts_with("us-gov-") {
            "aws-us-gov"
        } else {
            "aws"
        }
    }
}

/// An availability zone ID such as `use1-az1`: the same physical zone in every account, unlike the name `us-east-1a`.
///
/// <https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AvailabilityZoneId(String);

text_type!(
    AvailabilityZoneId,
    "an availability zone ID",
    "it is the region's short code, `-az` and a number, such as `use1-az1`; zone names such as `us-east-1a` differ from account to account and are not accepted",
    |text| {
        text.split_once("-az").is_some_and(|(code, number)| {
            let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
            let digits = code.len() - letters.len();
            (3..=6).contains(&letters.len())
                && letters.bytes().all(|byte| byte.is_ascii_lowercase())
                && (1..=2).contains(&digits)
                && (1..=2).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !number.starts_with('0')
        })
    }
);

impl AvailabilityZoneId {
    /// Whether the zone lies in `region`, by the region's short code.
    pub fn belongs_to(&self, region: &Region) -> bool {
        self.0.split_once("-az").is_some_and(|(code, _)| code == region.short_code())
    }
}

/// `us-east-1` -> `use1`; none when the text has not the form of a region.
fn short_code(region: &str) -> Option<String> {
    let parts: Vec<&str> = region.split('-').collect();
    let (area, partition, direction, number) = match parts.as_slice() {
        [area, direction, number] => (*area, "", *direction, *number),
        [area, "gov", direction, number] => (*area, "g", *direction, *number),
        _ => return None,
    };
    let direction = match direction {
        "north" => "n",
        "northeast" => "ne",
        "east" => "e",
        "southeast" => "se",
        "south" => "s",
        "southwest" => "sw",
        "west" => "w",
        "northwest" => "nw",
        "central" => "c",
        _ => return None,
    };
    let area_is_good = area.len() == 2 && area.bytes().all(|byte| byte.is_ascii_lowercase());
    let number_is_good = (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.starts_with('0');
    (area_is_good && number_is_good).then(|| format!("{area}{partition}{direction}{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_codes_are_those_of_aws() {
        for (region, code) in [
            ("us-east-1", "use1"),
            ("us-west-2", "usw2"),
            ("eu-central-1", "euc1"),
            ("ap-southeast-2", "apse2"),
            ("ap-northeast-1", "apne1"),
            ("cn-northwest-1", "cnnw1"),
            ("us-gov-west-1", "usgw1"),
        ] {
            assert_eq!(region.parse::<Region>().unwrap().short_code(), code);
        }
    }

    #[test]
    fn partitions_are_those_of_aws() {
        for (region, partition) in
            [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov")]
        {
            assert_eq!(region.parse::<Region>().unwrap().partition(), partition);
        }
    }

    #[test]
    fn other_forms_of_region_are_refused() {
        for bad in ["", "us-east", "us-east-1a", "US-EAST-1", "us_east_1", "useast1", "us-up-1", "us-east-0"]
        {
            assert!(bad.parse::<Region>().unwrap_err().to_string().contains("such as `us-east-1`"), "{bad}");
        }
    }

    #[test]
    fn a_zone_belongs_to_one_region() {
        let zone: AvailabilityZoneId = "use1-az1".parse().unwrap();
        assert!(zone.belongs_to(&"us-east-1".parse().unwrap()));
        for other in ["us-east-2", "eu-west-1", "us-southeast-1"] {
            assert!(!zone.belongs_to(&other.parse().unwrap()), "{other}");
        }
    }

    #[test]
    fn zone_names_are_refused() {
        for bad in
            ["us-east-1a", "use1", "use1-az", "use1-az0", "use1-az123", "use-az1", "USE1-az1", "use1-az1 "]
        {
            let error = bad.parse::<AvailabilityZoneId>().unwrap_err().to_string();
            assert!(error.contains("such as `use1-az1`"), "{error}");
        }
    }
}
