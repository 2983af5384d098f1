//! The errors that AWS Organizations gives, with the class that the adapter gives them.

use super::*;
use std::fmt::Display;

pub(super) fn not_in_use(operation: &'static str) -> CloudError {
    let text = "Your account is not a member of an organization.";
    refuse(ErrorKind::NotFound, operation, "AWSOrganizationsNotInUseException", text)
}

pub(super) fn absent(operation: &'static str, code: &str, id: impl Display) -> CloudError {
    refuse(ErrorKind::NotFound, operation, code, format!("You specified something that doesn't exist: {id}"))
}

pub(super) fn exists(operation: &'static str, code: &str, what: impl Display) -> CloudError {
    refuse(ErrorKind::AlreadyExists, operation, code, format!("{what} exists already."))
}

/// `ConstraintViolationException`: its reason says what is violated.
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html#API_AttachPolicy_Errors>
pub(super) fn constraint(kind: ErrorKind, operation: &'static str, reason: &str) -> CloudError {
    refuse(kind, operation, "ConstraintViolationException", format!("a constraint is violated ({reason})"))
}

pub(super) fn invalid_input(operation: &'static str, reason: &str) -> CloudError {
    let text = format!("You provided a value that is not valid ({reason})");
    refuse(ErrorKind::Invalid, operation, "InvalidInputException", text)
}
