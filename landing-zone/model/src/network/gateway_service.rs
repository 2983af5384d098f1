//! The AWS services that a VPC reaches through a gateway endpoint.

use serde::{Deserialize, Serialize};

use crate::Region;
use crate::text::word_type;

/// A service with gateway endpoints: entries in route tables, without network interfaces and without charge.
///
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum GatewayService {
    /// Amazon S3.
    S3,
    /// Amazon DynamoDB.
    DynamoDb,
    /// Amazon S3 Express One Zone:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-networking.html>.
    S3Express,
}

impl GatewayService {
    /// All services.
    pub const ALL: [GatewayService; 3] =
        [GatewayService::S3, GatewayService::DynamoDb, GatewayService::S3Express];

    /// The name in specs and Terraform: `s3`, `dynamodb` or `s3express`.
    pub const fn as_str(self) -> &'static str {
        match self {
            GatewayService::S3 => "s3",
            GatewayService::DynamoDb => "dynamodb",
            GatewayService::S3Express => "s3express",
        }
    }

    /// AWS's name of the service in a region: `com.amazonaws.us-east-1.s3`.
    pub fn service_name(self, region: &Region) -> String {
        format!("com.amazonaws.{region}.{self}")
    }
}

word_type!(GatewayService, "a service with gateway endpoints", "write `s3`, `dynamodb` or `s3express`");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_named_by_its_region() {
        let region = "eu-west-1".parse().unwrap();
        let names = GatewayService::ALL.map(|service| service.service_name(&region));
        assert_eq!(
            names,
            [
                "com.amazonaws.eu-west-1.s3",
                "com.amazonaws.eu-west-1.dynamodb",
                "com.amazonaws.eu-west-1.s3express"
            ]
        );
        let error = "sqs".parse::<GatewayService>().unwrap_err().to_string();
        assert!(error.ends_with("write `s3`, `dynamodb` or `s3express`"), "{error}");
    }
}
