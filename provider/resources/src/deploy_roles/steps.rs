//! What can be done, and what waits for what.

use super::desired::Which;
use landform_cloud::Tags;
use landform_model::Arn;
use landform_model::trust::{OidcAudience, OidcIssuer};
use std::collections::BTreeSet;
use std::fmt;

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    CreateBoundary,
    DeleteBoundaryVersion(String),
    ChangeBoundary,
    DeleteBoundary,
    CreateProvider(OidcIssuer),
    AddAudience(OidcIssuer, OidcAudience),
    /// Takes our tags off a provider that others use.
    ReleaseProvider(OidcIssuer),
    DeleteProvider(OidcIssuer),
    CreateRole(Which),
    UpdateRole(Which),
    UpdateTrust(Which),
    SetBoundary(Which),
    Attach(Which, Arn),
    Detach(Which, Arn),
    PutInline(Which, String),
    DeleteInline(Which, String),
    DeleteRole(Which),
    SetTags(Object, Tags),
    RemoveTags(Object, BTreeSet<String>),
}

/// What carries tags.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Role(Which),
    Boundary,
    Provider(OidcIssuer),
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Object::Role(which) => which.fmt(f),
            Object::Boundary => f.write_str("permission boundary"),
            Object::Provider(issuer) => write!(f, "OIDC provider of {issuer}"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::CreateBoundary => f.write_str("create permission boundary"),
            Step::DeleteBoundaryVersion(version) => {
                write!(f, "delete version {version} of permission boundary")
            }
            Step::ChangeBoundary => f.write_str("change permission boundary"),
            Step::DeleteBoundary => f.write_str("delete permission boundary"),
            Step::CreateProvider(issuer) => write!(f, "create OIDC provider of {issuer}"),
            Step::AddAudience(issuer, audience) => {
                write!(f, "add audience {audience} to OIDC provider of {issuer}")
            }
            Step::ReleaseProvider(issuer) => write!(f, "leave OIDC provider of {issuer} to others"),
            Step::DeleteProvider(issuer) => write!(f, "delete OIDC provider of {issuer}"),
            Step::CreateRole(which) => write!(f, "create {which}"),
            Step::UpdateRole(which) => write!(f, "change {which}"),
            Step::UpdateTrust(which) => write!(f, "change trust policy of {which}"),
            Step::SetBoundary(which) => write!(f, "set permission boundary of {which}"),
            Step::Attach(which, policy) => write!(f, "attach {policy} to {which}"),
            Step::Detach(which, policy) => write!(f, "detach {policy} from {which}"),
            Step::PutInline(which, policy) => write!(f, "put inline policy {policy} of {which}"),
            Step::DeleteInline(which, policy) => write!(f, "delete inline policy {policy} of {which}"),
            Step::DeleteRole(which) => write!(f, "delete {which}"),
            Step::SetTags(object, _) => write!(f, "tag {object}"),
            Step::RemoveTags(object, _) => write!(f, "remove tags of {object}"),
        }
    }
}

/// Whether `later` must wait for `earlier`.
pub(super) fn waits_for(later: &Step, earlier: &Step) -> bool {
    phase(later) > phase(earlier)
}

/// What roles name is there before them; a role is bounded before it gets permissions, and empty before it goes.
fn phase(step: &Step) -> u8 {
    match step {
        Step::DeleteBoundaryVersion(_) => 0,
        Step::CreateBoundary | Step::ChangeBoundary | Step::CreateProvider(_) | Step::AddAudience(..) => 1,
        Step::CreateRole(_) | Step::SetBoundary(_) => 2,
        Step::UpdateRole(_)
        | Step::UpdateTrust(_)
        | Step::Attach(..)
        | Step::Detach(..)
        | Step::PutInline(..)
        | Step::DeleteInline(..)
        | Step::SetTags(..)
        | Step::RemoveTags(..) => 3,
        Step::DeleteRole(_) => 4,
        Step::DeleteBoundary | Step::ReleaseProvider(_) | Step::DeleteProvider(_) => 5,
    }
}
