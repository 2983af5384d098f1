//! Which AWS action an HTTP request is, in any of AWS's protocols.

use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method};

use super::call::decoded;

/// How a service writes its requests and errors (<https://smithy.io/2.0/aws/protocols/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Ec2Query,
    Query,
    Json,
    S3,
    RestJson,
}

/// What a request says about itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) protocol: Protocol,
    pub(super) service: String,
    pub(super) region: String,
    pub(super) access_key: String,
    pub(super) action: String,
    pub(super) mutating: bool,
}

impl Name {
    pub(super) fn of(request: &Parts, body: &str) -> Name {
        let scope = text(&request.headers, AUTHORIZATION.as_str());
        let credential = scope.split_once("Credential=").map_or("", |(_, rest)| rest);
        // AccessKeyId/date/region/service/aws4_request
        let mut parts = credential.split([',', ' ']).next().unwrap_or_default().split('/');
        let access_key = parts.next().unwrap_or_default().to_owned();
        let region = parts.nth(1).unwrap_or_default().to_owned();
        let service = parts.next().unwrap_or_default().to_owned();

        let (protocol, action) = protocol_and_action(request, body, &service);
        let dry_run = body.split('&').any(|pair| pair == "DryRun=true");
        let mutating = !dry_run && is_mutating(&action);
        Name { protocol, service, region, access_key, action, mutating }
    }
}

fn protocol_and_action(request: &Parts, body: &str, service: &str) -> (Protocol, String) {
    let target = text(&request.headers, "x-amz-target");
    if let Some((_, action)) = target.rsplit_once('.') {
        return (Protocol::Json, action.to_owned());
    }
    let form = text(&request.headers, CONTENT_TYPE.as_str()).starts_with("application/x-www-form-urlencoded");
    let query = request.uri.query().unwrap_or_default();
    let pairs = if form { body } else { query };
    if let Some(action) = pairs.split('&').find_map(|pair| pair.strip_prefix("Action=")) {
        let protocol = if service == "ec2" { Protocol::Ec2Query } else { Protocol::Query };
        return (protocol, decoded(action));
    }
    if service == "s3" {
        return (Protocol::S3, s3_action(&request.method, request.uri.path(), query, &request.headers));
    }
    let path = request.uri.path();
    // Every action of Account Management is a path of its own name
    // (<https://docs.aws.amazon.com/accounts/latest/reference/API_PutAccountName.html>).
    if service == "account" && path.len() > 1 && path.is_ascii() {
        return (Protocol::RestJson, format!("{}{}", path[1..2].to_ascii_uppercase(), &path[2..]));
    }
    (Protocol::RestJson, format!("{} {path}", request.method))
}

/// Sub-resources of a bucket and what the API calls them
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html>).
const BUCKET_PARTS: [(&str, &str); 12] = [
    ("acl", "BucketAcl"),
    ("cors", "BucketCors"),
    ("encryption", "BucketEncryption"),
    ("lifecycle", "BucketLifecycleConfiguration"),
    ("location", "BucketLocation"),
    ("logging", "BucketLogging"),
    ("object-lock", "ObjectLockConfiguration"),
    ("ownershipControls", "BucketOwnershipControls"),
    ("policy", "BucketPolicy"),
    ("publicAccessBlock", "PublicAccessBlock"),
    ("tagging", "BucketTagging"),
    ("versioning", "BucketVersioning"),
];

fn s3_action(method: &Method, path: &str, query: &str, headers: &HeaderMap) -> String {
    let (bucket, key) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_matches('/'), ""));
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    let has = |name: &str| names.contains(&name);
    let verb = match *method {
        Method::GET => "Get",
        Method::HEAD => "Head",
        Method::PUT => "Put",
        Method::DELETE => "Delete",
        _ => "Post",
    };
    // S3 Control is of the same service
    // (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html>).
    if path == "/v20180820/configuration/publicAccessBlock" {
        return format!("{verb}AccountPublicAccessBlock");
    }
    let action = match (verb, bucket.is_empty(), key.is_empty()) {
        ("Get", true, _) => "ListBuckets",
        ("Put", _, false) if has("partNumber") => "UploadPart",
        ("Put", _, false) if headers.contains_key("x-amz-copy-source") => "CopyObject",
        ("Post", _, false) if has("uploads") => "CreateMultipartUpload",
        ("Post", _, false) => "CompleteMultipartUpload",
        ("Post", _, true) => "DeleteObjects",
        (_, _, false) => return format!("{verb}Object"),
        _ => match BUCKET_PARTS.iter().find(|(part, _)| has(part)) {
            Some((_, name)) => return format!("{verb}{name}"),
            None if verb == "Get" && has("versions") => "ListObjectVersions",
            None if verb == "Get" => "ListObjectsV2",
            None if verb == "Put" => "CreateBucket",
            None => return format!("{verb}Bucket"),
        },
    };
    action.to_owned()
}

/// Verbs that only look. `AssumeRole` makes a session and changes nothing.
const READS: [&str; 13] = [
    "AssumeRole",
    "BatchGet",
    "Check",
    "Decode",
    "Describe",
    "GET ",
    "Get",
    "HEAD ",
    "Head",
    "List",
    "Search",
    "Simulate",
    "Validate",
];

fn is_mutating(action: &str) -> bool {
    !READS.iter().any(|read| action.starts_with(read))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    fn name(method: &str, uri: &str, headers: &[(&str, &str)], service: &str, body: &str) -> Name {
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/{service}/aws4_request, SignedHeaders=host"
        );
        let mut request = Request::builder().method(method).uri(uri).header("authorization", scope);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Name::of(&request.body(()).unwrap().into_parts().0, body)
    }

    #[test]
    fn every_protocol_names_its_action() {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let target = [("x-amz-target", "AWSOrganizationsV20161128.CreateAccount")];
        for (got, protocol, action, mutating) in [
            (
                name("POST", "/", &form, "ec2", "Action=CreateVpc&CidrBlock=10.0.0.0%2F16"),
                Protocol::Ec2Query,
                "CreateVpc",
                true,
            ),
            (
                name("POST", "/", &form, "ec2", "Action=CreateVpc&DryRun=true"),
                Protocol::Ec2Query,
                "CreateVpc",
                false,
            ),
            (
                name("POST", "/", &form, "ec2", "Version=1&Action=DescribeVpcs"),
                Protocol::Ec2Query,
                "DescribeVpcs",
                false,
            ),
            (name("POST", "/", &form, "sts", "Action=AssumeRole"), Protocol::Query, "AssumeRole", false),
            (
                name("GET", "/?Action=GetCallerIdentity", &[], "sts", ""),
                Protocol::Query,
                "GetCallerIdentity",
                false,
            ),
            (name("POST", "/", &target, "organizations", "{}"), Protocol::Json, "CreateAccount", true),
            (name("POST", "/clusters", &[], "eks", "{}"), Protocol::RestJson, "POST /clusters", true),
            (name("GET", "/clusters/a", &[], "eks", ""), Protocol::RestJson, "GET /clusters/a", false),
            (
                name("POST", "/putAccountName", &[], "account", "{}"),
                Protocol::RestJson,
                "PutAccountName",
                true,
            ),
            (name("POST", "/listRegions", &[], "account", "{}"), Protocol::RestJson, "ListRegions", false),
        ] {
            assert_eq!((got.protocol, got.action.as_str(), got.mutating), (protocol, action, mutating));
        }
    }

    #[test]
    fn s3_requests_are_named_by_method_path_and_query() {
        for (method, uri, action) in [
            ("GET", "/", "ListBuckets"),
            ("PUT", "/b", "CreateBucket"),
            ("PUT", "/b/", "CreateBucket"),
            ("HEAD", "/b", "HeadBucket"),
            ("DELETE", "/b", "DeleteBucket"),
            ("GET", "/b?list-type=2&prefix=x", "ListObjectsV2"),
            ("GET", "/b?versions", "ListObjectVersions"),
            ("PUT", "/b?versioning", "PutBucketVersioning"),
            ("GET", "/b?policy=", "GetBucketPolicy"),
            ("DELETE", "/b?policy", "DeleteBucketPolicy"),
            ("POST", "/b?delete", "DeleteObjects"),
            ("GET", "/b/policy/k", "GetObject"),
            ("HEAD", "/b/k", "HeadObject"),
            ("PUT", "/b/k?x-id=PutObject", "PutObject"),
            ("PUT", "/b/k?partNumber=1&uploadId=2", "UploadPart"),
            ("DELETE", "/b/k", "DeleteObject"),
            ("PUT", "/v20180820/configuration/publicAccessBlock", "PutAccountPublicAccessBlock"),
        ] {
            assert_eq!(name(method, uri, &[], "s3", "").action, action, "{method} {uri}");
        }
    }

    #[test]
    fn the_credential_scope_names_key_region_and_service() {
        let name = name("POST", "/", &[], "kms", "");
        assert_eq!(
            (name.access_key.as_str(), name.region.as_str(), name.service.as_str()),
            ("AKIA1", "eu-west-1", "kms")
        );
    }
}
