//! What can be refused without asking AWS.

use super::desired::{Which, trust};
use super::model::{DeployRoles, DeployTrust};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::trust::OidcSubject;
use std::collections::BTreeSet;

/// Checks a configuration; what is unknown is checked later.
pub(super) fn validate(config: &DeployRoles, diagnostics: &mut Diagnostics) {
    if let (Some(plan), Some(apply)) = (config.plan_role.known(), config.apply_role.known())
        && plan == apply
    {
        let detail = "The role that plans and the one that applies are two: give them two names.";
        diagnostics.error_at(Path::root().attribute("apply_role"), "One name for two roles", detail);
    }
    if let Some(tags) = config.tags.known() {
        crate::tags::validate(tags, &Path::root().attribute("tags"), diagnostics);
    }
    if let Some(trusted) = config.trust.known() {
        let path = Path::root().attribute("trust");
        pull_requests(trusted, &path, diagnostics);
        somebody(trusted, &path, diagnostics);
    }
}

/// GitHub runs what anybody proposes in a pull request.
fn pull_requests(trusted: &DeployTrust, path: &Path, diagnostics: &mut Diagnostics) {
    for (number, it) in trusted.oidc.known().into_iter().flatten().enumerate() {
        let github = it.issuer.known().is_some_and(|issuer| issuer.0.is_github());
        let (attribute, subjects) = match &it.apply_subjects {
            Value::Null => ("subjects", &it.subjects),
            own => ("apply_subjects", own),
        };
        let of_anybody = |subjects: &BTreeSet<Text<OidcSubject>>| {
            subjects.iter().find(|it| it.0.is_pull_request()).map(|it| it.0.to_string())
        };
        if let Some(subject) = subjects.known().and_then(of_anybody).filter(|_| github) {
            let detail = format!(
                "`{subject}` is every pull request, which runs what anybody proposes. It may plan, not apply: name the subjects that may in `apply_subjects`."
            );
            let path = path.attribute("oidc").index(number).attribute(attribute);
            diagnostics.error_at(path, "Pull requests could apply", detail);
        }
    }
}

fn somebody(trusted: &DeployTrust, path: &Path, diagnostics: &mut Diagnostics) {
    for which in Which::BOTH {
        if trust(trusted, which).is_some_and(|trust| trust.is_empty()) {
            let detail = format!(
                "Name subjects of an OIDC issuer in `oidc`, or roles in `roles`: nobody may assume the {which}."
            );
            diagnostics.error_at(path.clone(), format!("The {which} is of no use"), detail);
        }
    }
    let nobody = |roles: &Value<BTreeSet<_>>| match roles {
        Value::Null => true,
        Value::Known(roles) => roles.is_empty(),
        Value::Unknown => false,
    };
    if trusted.external_id.is_known() && nobody(&trusted.roles) && nobody(&trusted.apply_roles) {
        let detail = "It is what roles must say when they assume; name them in `roles`. Tokens of OIDC issuers carry none.";
        diagnostics.error_at(path.attribute("external_id"), "An external ID of nobody", detail);
    }
}
