//! S3: the buckets that hold Terraform's state.

use roxmltree::Document;
use ureq::http::Method;

use super::Client;
use super::client::{Scope, answer, encoded};
use crate::Error;

impl Client {
    /// Makes a versioned bucket; one that this account already has stays as it is.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
    pub fn create_bucket(&self, account: &str, region: &str, bucket: &str) -> Result<(), Error> {
        let body = if region == "us-east-1" {
            String::new()
        } else {
            format!(
                "<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>"
            )
        };
        let scope = Scope { service: "s3", region, account, action: "CreateBucket" };
        match self.rest(&scope, Method::PUT, &format!("/{}", encoded(bucket)), body) {
            Ok(_) => {}
            Err(Error::Refused { code, .. }) if code == "BucketAlreadyOwnedByYou" => {}
            Err(error) => return Err(error),
        }
        let scope = Scope { action: "PutBucketVersioning", ..scope };
        let versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        self.rest(&scope, Method::PUT, &format!("/{}?versioning", encoded(bucket)), versioning.to_owned())
            .map(drop)
    }

    /// Whether the bucket exists and this account may see it.
    pub fn bucket_exists(&self, account: &str, region: &str, bucket: &str) -> Result<bool, Error> {
        let scope = Scope { service: "s3", region, account, action: "HeadBucket" };
        match self.rest(&scope, Method::HEAD, &format!("/{}", encoded(bucket)), String::new()) {
            Ok(_) => Ok(true),
            Err(Error::Refused { status: 404, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The keys of the first thousand objects in the bucket, sorted. A state lock is an object whose key ends in `.tflock`.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>
    pub fn list_objects(&self, account: &str, region: &str, bucket: &str) -> Result<Vec<String>, Error> {
        let scope = Scope { service: "s3", region, account, action: "ListObjectsV2" };
        let xml =
            self.rest(&scope, Method::GET, &format!("/{}?list-type=2", encoded(bucket)), String::new())?;
        let document = Document::parse(&xml).map_err(|error| answer(scope.action, &error.to_string()))?;
        let mut keys: Vec<String> = document
            .descendants()
            .filter(|node| node.tag_name().name() == "Key")
            .filter_map(|node| node.text().map(str::to_owned))
            .collect();
        keys.sort();
        Ok(keys)
    }
}
