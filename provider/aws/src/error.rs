//! The one classifier of AWS's errors.
//!
//! EC2's codes: <https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html>. What matters most is whether a call
//! may have been executed: only then is [`ErrorKind::Ambiguous`] right, and then it must not be anything else.

mod codes;
mod credentials;
mod organizations;

use crate::session::ConnectFailed;
use aws_sdk_ec2::config::http::HttpResponse;
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ec2::operation::RequestId;
use landform_cloud::{CloudError, ErrorKind};
use std::error::Error;

pub(crate) use credentials::classify_credentials;

/// For `map_err`: classifies the failure of `operation`.
pub(crate) fn of<E>(operation: &'static str) -> impl Fn(SdkError<E, HttpResponse>) -> CloudError
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    move |error| classify(operation, &error)
}

/// As [`of`], for calls whose account or region may be too new for them. Such an account becomes usable by itself, so what is a
/// refusal for good elsewhere is one for a while here.
pub(crate) fn of_new_account<E>(operation: &'static str) -> impl Fn(SdkError<E, HttpResponse>) -> CloudError
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    move |error| {
        let error = classify(operation, &error);
        match error.code.as_deref().is_some_and(codes::is_too_new) {
            true => CloudError { kind: ErrorKind::NotReady, ..error },
            false => error,
        }
    }
}

/// Classifies the failure of `operation`.
pub(crate) fn classify<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> CloudError
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    // Credentials are fetched inside a call, before it is sent: their failure looks like one of the call.
    if let Some(error) = credentials::inside(operation, error) {
        return error;
    }
    let cause = || Some(root_cause(error).to_string().into());
    let (kind, message, source) = match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let reason = organizations::reason(error);
            let kind = match reason.map(organizations::Reason::kind) {
                Some(Some(kind)) => kind,
                _ => error.code().and_then(codes::kind).unwrap_or_else(|| kind_of_status(operation, status)),
            };
            match error.message() {
                Some(message) => (kind, organizations::with_reason(message, reason), None),
                // What the SDK cannot parse it reports as an error of the service without code and message.
                None => (kind, unreadable(status), cause()),
            }
        }
        SdkError::ResponseError(answer) => {
            let status = answer.raw().status().as_u16();
            let kind = match status {
                400..=499 => kind_of_status(operation, status),
                _ => unread(operation),
            };
            (kind, unreadable(status), cause())
        }
        SdkError::DispatchFailure(failure) => match find::<ConnectFailed>(error) {
            Some(failed) => (ErrorKind::Unreachable, failed.to_string(), cause()),
            None if failure.is_user() => {
                (ErrorKind::Invalid, "the request could not be built".to_owned(), cause())
            }
            None => (unread(operation), "no answer came back".to_owned(), cause()),
        },
        SdkError::TimeoutError(_) => (unread(operation), "no answer came back in time".to_owned(), cause()),
        SdkError::ConstructionFailure(_) => {
            (ErrorKind::Invalid, "the request could not be built".to_owned(), cause())
        }
        _ => (unread(operation), "failed for an unknown reason".to_owned(), cause()),
    };
    CloudError {
        kind,
        operation,
        code: error.code().map(str::to_owned),
        message,
        request_id: error.request_id().map(str::to_owned),
        source,
    }
}

/// The failure of one item of a call that succeeded as a whole.
pub(crate) fn of_item(operation: &'static str, code: Option<&str>, message: Option<&str>) -> CloudError {
    CloudError {
        kind: code.and_then(codes::kind).unwrap_or(ErrorKind::Other),
        operation,
        code: code.map(str::to_owned),
        message: message.unwrap_or("AWS gives no reason").to_owned(),
        request_id: None,
        source: None,
    }
}

/// The kind of an error after which it is unknown whether AWS executed the call: a read executes nothing.
pub(crate) fn unread(operation: &str) -> ErrorKind {
    // AWS names its reads so. AssumeRole makes nothing that lasts.
    let reads = ["Describe", "Get", "List", "Assume"].iter().any(|verb| operation.starts_with(verb));
    if reads { ErrorKind::Other } else { ErrorKind::Ambiguous }
}

fn unreadable(status: u16) -> String {
    format!("the answer, with HTTP status {status}, is not one of AWS's")
}

/// What an HTTP status says when AWS's code says nothing.
fn kind_of_status(operation: &str, status: u16) -> ErrorKind {
    match status {
        401 | 403 => ErrorKind::Denied,
        429 => ErrorKind::Throttled,
        400..=499 => ErrorKind::Other,
        _ => unread(operation),
    }
}

/// The first error of type `T` in the chain.
pub(crate) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// The last error in the chain: the SDK's own links ("dispatch failure", "other") say nothing to a user.
fn root_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last
}

#[cfg(test)]
mod tests;
