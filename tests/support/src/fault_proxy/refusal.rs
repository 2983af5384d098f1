//! Errors as the services of AWS write them.

use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;

use super::action_name::Protocol;

const REQUEST_ID: &str = "00000000-fa17-0000-0000-000000000000";

/// An error answer in the words of the protocol.
pub(super) fn refusal(protocol: Protocol, status: u16, code: &str, message: &str) -> Response<Full<Bytes>> {
    let (content_type, body) = match protocol {
        // <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#api-error-response>
        Protocol::Ec2Query => (
            "text/xml",
            format!(
                "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>\
                 <RequestID>{REQUEST_ID}</RequestID></Response>"
            ),
        ),
        // <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization>
        Protocol::Query => (
            "text/xml",
            format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
            ),
        ),
        // <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
        Protocol::S3 => (
            "application/xml",
            format!(
                "<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{REQUEST_ID}</RequestId></Error>"
            ),
        ),
        // <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization>
        Protocol::Json | Protocol::RestJson => (
            "application/x-amz-json-1.1",
            serde_json::json!({ "__type": code, "message": message }).to_string(),
        ),
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    if let Ok(status) = status.try_into() {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    for (name, value) in
        [("content-type", content_type), ("x-amzn-errortype", code), ("x-amzn-requestid", REQUEST_ID)]
    {
        if let (Ok(name), Ok(value)) = (name.parse::<hyper::header::HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    response
}

/// The refusal of a service that gets too many calls.
pub(super) fn throttle(protocol: Protocol, service: &str) -> Response<Full<Bytes>> {
    let (status, code, message) = match (protocol, service) {
        // <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TooManyRequestsException.html>
        (_, "organizations") => {
            (400, "TooManyRequestsException", "AWS Organizations is busy. Try again later.")
        }
        // <https://docs.aws.amazon.com/accounts/latest/reference/API_PutAccountName.html#API_PutAccountName_Errors>
        (_, "account") => (429, "TooManyRequestsException", "Too many requests. Try again later."),
        (Protocol::Ec2Query, _) => (503, "RequestLimitExceeded", "Request limit exceeded."),
        (Protocol::S3, _) => (503, "SlowDown", "Please reduce your request rate."),
        (Protocol::Query, _) => (400, "Throttling", "Rate exceeded"),
        (Protocol::Json | Protocol::RestJson, _) => (400, "ThrottlingException", "Rate exceeded"),
    };
    refusal(protocol, status, code, message)
}
