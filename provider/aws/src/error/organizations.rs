//! What AWS Organizations says beside its code: which constraint, or which rule of the input.
//!
//! <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html#API_CreateAccount_Errors>

use super::{codes, find};
use aws_sdk_organizations::types::error::{ConstraintViolationException, InvalidInputException};
use landform_cloud::ErrorKind;
use std::error::Error;

/// AWS's reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason<'a> {
    /// Of a `ConstraintViolationException`.
    Constraint(&'a str),
    /// Of an `InvalidInputException`.
    Input(&'a str),
}

impl Reason<'_> {
    /// The class, where the reason tells more than the code.
    pub(super) fn kind(self) -> Option<ErrorKind> {
        match self {
            Reason::Constraint(reason) => Some(codes::kind_of_reason(reason)),
            Reason::Input(_) => None,
        }
    }
}

/// The reason in an error's chain, if there is one.
pub(super) fn reason<'a>(error: &'a (dyn Error + 'static)) -> Option<Reason<'a>> {
    let constraint = find::<ConstraintViolationException>(error).and_then(|it| it.reason());
    let input = || find::<InvalidInputException>(error).and_then(|it| it.reason());
    match constraint {
        Some(reason) => Some(Reason::Constraint(reason.as_str())),
        None => input().map(|reason| Reason::Input(reason.as_str())),
    }
}

/// AWS's message with the reason at its end.
pub(super) fn with_reason(message: &str, reason: Option<Reason<'_>>) -> String {
    match reason {
        Some(Reason::Constraint(reason) | Reason::Input(reason)) => format!("{message} ({reason})"),
        None => message.to_owned(),
    }
}
