//! One error type for every port, classified by what the caller may do next.

use std::error::Error;

/// A failed call, in AWS's words.
///
/// `Display` prints the operation, the code and the message; the source is for whoever prints the chain.
#[derive(Debug, thiserror::Error)]
#[error("{operation}: {}{message}{}", code_text(.code), request_text(.request_id))]
pub struct CloudError {
    /// What the caller may do next.
    pub kind: ErrorKind,
    /// AWS's name of the call, such as `CreateSubnet`.
    pub operation: &'static str,
    /// AWS's error code, such as `InvalidSubnet.Conflict`; none when no answer came.
    pub code: Option<String>,
    /// AWS's message, or what happened to the connection.
    pub message: String,
    /// The request id that AWS support asks for.
    pub request_id: Option<String>,
    /// What lies beneath, such as a connection error.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

/// The classes of errors that callers tell apart. The adapter classifies; nobody else compares AWS codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// The object does not exist, or is not visible yet.
    NotFound,
    /// An object with this natural key (CIDR, name, destination, attachment) exists already.
    AlreadyExists,
    /// Something still depends on the object (`DependencyViolation` and its kin).
    InUse,
    /// The object is in a state that refuses the call for now; trying again helps.
    NotReady,
    /// AWS refused the call before executing it because of its rate; trying again is safe.
    Throttled,
    /// The caller may not do this.
    Denied,
    /// There are no credentials, or they have expired.
    Credentials,
    /// A quota of the account is used up.
    Quota,
    /// The arguments are wrong; trying again cannot help.
    Invalid,
    /// The request never reached AWS: the endpoint cannot be resolved or connected to.
    Unreachable,
    /// The request was sent and its answer lost (timeout, closed connection, 5xx): it may or may not have been executed.
    Ambiguous,
    /// Anything else.
    Other,
}

impl CloudError {
    /// An error without AWS's code, request id and source.
    pub fn new(kind: ErrorKind, operation: &'static str, message: impl Into<String>) -> Self {
        Self { kind, operation, code: None, message: message.into(), request_id: None, source: None }
    }

    /// The same error with AWS's code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Whether the object was not found.
    pub fn is_not_found(&self) -> bool {
        self.kind == ErrorKind::NotFound
    }

    /// One sentence on what the user can do about this class of error, if there is one.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self.kind {
            ErrorKind::Denied => {
                "Allow this action for the role that Landform uses in this account, then apply again."
            }
            ErrorKind::Credentials => {
                "Provide credentials (AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role of the machine) and try again."
            }
            ErrorKind::Quota => "Ask AWS for a higher quota in this account and region, then apply again.",
            ErrorKind::Unreachable => {
                "Check the network, the region's name and `endpoint_url`, then try again."
            }
            ErrorKind::Throttled | ErrorKind::Ambiguous | ErrorKind::NotReady => {
                "Apply again; it continues where it stopped."
            }
            _ => return None,
        })
    }
}

fn code_text(code: &Option<String>) -> String {
    code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default()
}

fn request_text(id: &Option<String>) -> String {
    id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_has_operation_code_message_and_request_id_but_no_source() {
        let mut error =
            CloudError::new(ErrorKind::AlreadyExists, "CreateSubnet", "The CIDR '10.0.0.0/24' conflicts")
                .with_code("InvalidSubnet.Conflict");
        error.request_id = Some("r-1".into());
        error.source = Some("socket closed".into());
        assert_eq!(
            error.to_string(),
            "CreateSubnet: InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts (request id r-1)"
        );
    }
}
