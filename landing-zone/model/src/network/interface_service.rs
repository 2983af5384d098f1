//! The services that a VPC reaches through an interface endpoint.

use crate::Region;
use crate::text::InvalidText;
use std::fmt;
use std::str::FromStr;

/// The name of a service with interface endpoints: short, such as `ssm` or `ecr.api`, or whole, such as
/// `com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0`.
///
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
///
/// It is a small value, as the other names of parts are, because it is part of the key of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceService([u8; InterfaceService::LONGEST]);

impl InterfaceService {
    const LONGEST: usize = 96;

    /// The name as it was written.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::LONGEST);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// AWS's name of the service in a region: `com.amazonaws.us-east-1.ssm`.
    pub fn service_name(&self, region: &Region) -> String {
        let whole = ["com.amazonaws.", "cn.com.amazonaws.", "aws."];
        match whole.iter().any(|prefix| self.as_str().starts_with(prefix)) {
            true => self.to_string(),
            false => format!("com.amazonaws.{region}.{self}"),
        }
    }
}

impl FromStr for InterfaceService {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let is_part = |part: &str| {
            let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            !part.is_empty() && part.bytes().all(inner)
        };
        if text.len() > Self::LONGEST || !text.split('.').all(is_part) {
            return Err(InvalidText {
                what: "a service with interface endpoints",
                given: text.to_owned(),
                rule: "it has at most 96 of `a`-`z`, `0`-`9`, `-` and `.`, such as `ssm`, `ecr.api` or a whole name such as `com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d`",
            });
        }
        let mut name = [0; Self::LONGEST];
        name[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(name))
    }
}

impl fmt::Display for InterfaceService {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Debug for InterfaceService {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "InterfaceService({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_get_their_region_and_whole_ones_stay() {
        let region = "eu-west-1".parse().unwrap();
        for (name, whole) in [
            ("ssm", "com.amazonaws.eu-west-1.ssm"),
            ("ecr.api", "com.amazonaws.eu-west-1.ecr.api"),
            ("com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b", "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b"),
            ("aws.sagemaker.eu-west-1.notebook", "aws.sagemaker.eu-west-1.notebook"),
        ] {
            let service: InterfaceService = name.parse().unwrap();
            assert_eq!((service.as_str(), service.service_name(&region).as_str()), (name, whole));
        }
        for bad in ["", "SSM", "ecr.", ".api", "ecr..api", "a/b", "x".repeat(97).as_str()] {
            let error = bad.parse::<InterfaceService>().unwrap_err().to_string();
            assert!(error.contains("such as `ssm`"), "{error}");
        }
    }
}
