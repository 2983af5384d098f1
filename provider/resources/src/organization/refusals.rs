//! What is refused, and what is warned of.

use super::decide::Step;
use super::model::Organization;
use super::seen::Seen;
use landform_cloud::organizations::Organization as Found;
use landform_framework::{Diagnostic, Diagnostics, Path, Text, Value};

/// An organization that state does not mean, or that has no policies at all.
pub(super) fn unfit(model: &Organization, seen: &Seen) -> Result<(), Diagnostics> {
    let Some(Found { id, all_features, .. }) = &seen.organization else { return Ok(()) };
    if let Some(Text(known)) = model.id.known().filter(|known| known.0 != *id) {
        let detail = format!(
            "State says {known}, the credentials belong to {id}. Use credentials of the management account of {known}, or \
             `organization_role_arn` in the provider block."
        );
        return Err(Diagnostic::error("The credentials belong to another organization", detail).into());
    }
    if !all_features {
        let detail = format!(
            "{id} shares one bill and nothing else. Enable all features of it first: \
             https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html"
        );
        return Err(Diagnostic::error("The organization has no policies", detail).into());
    }
    Ok(())
}

/// Principals that are none, and an administrator of nothing.
pub(super) fn validate(config: &Organization, diagnostics: &mut Diagnostics) {
    let is_principal = |it: &str| {
        let rest = it.strip_suffix(".amazonaws.com").or(it.strip_suffix(".amazonaws.com.cn"));
        rest.is_some_and(|it| {
            !it.is_empty() && it.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        })
    };
    let mut check = |path: Path, service: &str| {
        if !is_principal(service) {
            let detail = format!("`{service}` is none: write it as AWS does, such as `sso.amazonaws.com`.");
            diagnostics.error_at(path, "Not the principal of a service", detail);
        }
    };
    for service in config.trusted_services.known().into_iter().flatten() {
        check(Path::root().attribute("trusted_services"), service);
    }
    for service in config.delegated_administrators.known().into_iter().flat_map(|it| it.keys()) {
        check(Path::root().attribute("delegated_administrators").key(service), service);
    }
}

/// Warns of what takes policies or services out of force.
pub(super) fn warnings(steps: &[Step]) -> Diagnostics {
    let mut warnings = Diagnostics::default();
    for step in steps {
        let detail = match step {
            Step::DisablePolicyType(_) => "AWS detaches every policy of the kind from everything.",
            Step::Distrust(_) => {
                "The service keeps what it has made in the accounts, and can no longer look after it: AWS advises to end it in the \
                 service itself first."
            }
            _ => continue,
        };
        warnings.push(Diagnostic::warning(format!("The apply will {step}"), detail));
    }
    warnings
}

/// What a destroy does not do.
pub(super) fn forgotten(prior: &Organization) -> Diagnostic {
    let id = match &prior.id {
        Value::Known(id) => id.to_string(),
        _ => "the organization".to_owned(),
    };
    let detail = "Nothing in AWS is changed: policies stay in force, services trusted, administrators registered. An organization \
                  with accounts in it cannot be deleted.";
    Diagnostic::warning(format!("Landform only forgets {id}"), detail)
}
