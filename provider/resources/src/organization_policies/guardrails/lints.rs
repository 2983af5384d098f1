//! What is wrong with a choice of guardrails although each of them is right.

use super::super::chosen::sentence;
use super::choice::TYPES;
use super::model::{Guardrails, ManagementRoles};
use landform_framework::{Diagnostic, Diagnostics, Path};
use landform_model::guardrails::document::Document;
use landform_model::guardrails::lint::{self, lock_outs, untried};
use landform_model::guardrails::{Filled, ParameterValue, Parameters, pack};
use landform_model::{Region, RoleName};
use std::collections::{BTreeMap, BTreeSet};

/// The guardrails that would keep the roles that build and repair accounts from doing so.
pub(super) fn lock_out(
    set: &Guardrails,
    filled: &[Filled],
    given: &Parameters,
    region: Option<&Region>,
    diagnostics: &mut Diagnostics,
) {
    let allowed = set.allow_lock_out.known().cloned().unwrap_or_default();
    let Some(roles) = roles(set) else { return };
    let regions: BTreeSet<Region> = region.cloned().into_iter().collect();
    let mut circumstances = BTreeMap::new();
    if let Some(ParameterValue::Text(organization)) = given.get("organization_id") {
        circumstances.insert("aws:PrincipalOrgID".to_owned(), BTreeSet::from([organization.clone()]));
    }
    for policy_type in TYPES {
        for (id, document) in pack::contents(filled, policy_type) {
            let alone = BTreeMap::from([(id.clone(), document)]);
            match lock_outs(&alone, &roles, &regions, &circumstances) {
                Ok(found) => {
                    for found in found {
                        let text = sentence(&found.to_string());
                        let refused = found.is_error() && !allowed.contains(&id);
                        diagnostics.push(told(&id, "locks out", text, refused));
                    }
                }
                Err(error) => {
                    diagnostics.push(told(&id, "may lock out", sentence(&error.to_string()), false));
                }
            }
        }
    }
}

fn told(id: &str, what: &str, text: String, refused: bool) -> Diagnostic {
    let path = Path::root().attribute("enable");
    let summary = format!("{id} {what} roles that build and repair accounts");
    if refused {
        let text = format!("{text}. If that is meant, list `{id}` in `allow_lock_out`.").replace("..", ".");
        return Diagnostic::error(summary, text).at(path);
    }
    Diagnostic::warning(summary, text).at(path)
}

/// The roles to look after; none while a name is unknown.
fn roles(set: &Guardrails) -> Option<lint::ManagementRoles> {
    if set.management_roles.is_unknown() {
        return None;
    }
    let named = set.management_roles.known().cloned().unwrap_or_default();
    let ManagementRoles { access, apply, plan, break_glass } = named;
    let role = |given: landform_framework::Value<landform_framework::Text<RoleName>>, default: &str| {
        given.into_known().map(|role| role.0).or_else(|| default.parse().ok())
    };
    Some(lint::ManagementRoles {
        access: role(access, "OrganizationAccountAccessRole")?,
        apply: role(apply, "landform-apply")?,
        plan: role(plan, "landform-plan")?,
        break_glass: break_glass.into_known().map(|role| role.0),
    })
}

/// The guardrails that neither hold for the targets already, nor are tried: an error each.
pub(super) fn staged(filled: &[Filled], tried: &[Document], staging: &str, diagnostics: &mut Diagnostics) {
    let mut untried_ids = Vec::new();
    for policy_type in TYPES {
        untried_ids.extend(untried(&pack::contents(filled, policy_type), tried));
    }
    for id in untried_ids {
        let detail = format!(
            "{id} is not on {staging} with these words, and would hold for the targets at once. Apply it there first, with a set \
             of its own in stage `staging`, or set `require_staging` to false."
        );
        diagnostics.push(
            Diagnostic::error(format!("{id} was not tried"), detail)
                .at(Path::root().attribute("require_staging")),
        );
    }
}
