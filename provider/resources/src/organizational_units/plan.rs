//! Plans the tree: which units there will be, and what is in the way. Makes no write call.

use super::decide::{adopted, removals, unrecorded};
use super::desired::Desired;
use super::model::OrganizationalUnits;
use super::recorded::Recorded;
use super::refusals;
use super::seen::{self, Seen};
use super::status;
use super::steps::Step;
use crate::client::{Landform, failure};
use landform_cloud::{OrganizationsReads, Result};
use landform_framework::{Plan, Text, Value};
use landform_model::organization::OrganizationalUnitPath;

type Planning<'a> = Plan<'a, Landform, OrganizationalUnits>;

/// Fills the planned tree.
pub(super) async fn plan(plan: &mut Planning<'_>) {
    plan.planned.status = Value::Known(status::READY.to_owned());
    plan.planned.drift = Value::Known(Vec::new());
    let Some(client) = plan.client() else { return unknown(&mut plan.planned) };
    let stack = Text(client.stack().clone());
    let desired = Desired::of(&plan.planned, client);
    plan.planned.stack = Value::Known(stack);
    let Some(desired) = desired else { return unknown(&mut plan.planned) };
    let recorded = plan.prior.or(plan.resuming()).map(Recorded::of).unwrap_or_default();
    let recorded = recorded.renamed(&desired.renamed);
    outputs(&mut plan.planned, &desired, &recorded);
    let removed = recorded.0.keys().any(|path| !desired.units.contains_key(path));
    let added = desired.units.keys().any(|path| !recorded.0.contains_key(path));
    // A root that is not known yet is made by this apply, and so is all below it.
    let made_now = plan.config.root_id.is_unknown();
    if plan.prior.is_some() && !removed && !added || made_now {
        return;
    }
    look(plan, &desired, &recorded).await;
}

/// What only AWS can tell: units that exist already, and what is in units that are to go.
async fn look(plan: &mut Planning<'_>, desired: &Desired, recorded: &Recorded) {
    let Some(client) = plan.client() else { return };
    let seen = match found(client, desired, recorded).await {
        // It may be made by this very apply.
        Ok(None) => return,
        Ok(Some(seen)) => seen,
        Err(error) => {
            let doing = format!("Reading the organizational units for {}", desired.owner.name);
            return plan.diagnostics.extend(failure(doing, &error, ""));
        }
    };
    plan.fill(|units| &mut units.root_id, Text(seen.root.clone()));
    plan.fill(|units| &mut units.organization_id, Text(seen.organization.clone()));
    if let Some(root) = plan.planned.root_id.known().filter(|root| root.0 != seen.root) {
        let refusal = refusals::another_organization(root.as_str(), &seen);
        return plan.diagnostics.push(refusal);
    }
    let steps = removals(desired, recorded, &seen);
    plan.diagnostics.extend(refusals::in_the_way(desired, recorded, &seen));
    plan.diagnostics.extend(refusals::not_empty(&steps, &seen));
    let taken = adopted(desired, recorded, &seen);
    for path in desired.units.keys().filter(|path| !recorded.0.contains_key(*path)) {
        if let Some(unit) = seen.at(path) {
            known(&mut plan.planned.ids, path, unit.id.to_string());
            known(&mut plan.planned.arns, path, unit.arn.to_string());
        }
    }
    warn(plan, &taken, desired, recorded);
}

/// The tree with what decides about units that are to come or to go; none without an organization.
pub(super) async fn found(client: &Landform, desired: &Desired, recorded: &Recorded) -> Result<Option<Seen>> {
    let organizations = client.organizations().await?;
    let Some(seen) = seen::look(&organizations).await? else { return Ok(None) };
    closely(organizations.as_ref(), desired, recorded, seen).await.map(Some)
}

/// The same as AWS tells it now.
pub(super) async fn found_anew(
    organizations: &dyn OrganizationsReads,
    desired: &Desired,
    recorded: &Recorded,
) -> Result<Option<Seen>> {
    let Some(seen) = seen::look_anew(organizations).await? else { return Ok(None) };
    closely(organizations, desired, recorded, seen).await.map(Some)
}

async fn closely(
    organizations: &dyn OrganizationsReads,
    desired: &Desired,
    recorded: &Recorded,
    mut seen: Seen,
) -> Result<Seen> {
    let others = unrecorded(desired, recorded, &seen);
    seen::look_at_tags(organizations, &mut seen, &others).await?;
    let deleted: Vec<_> = removals(desired, recorded, &seen)
        .into_iter()
        .filter_map(|step| match step {
            Step::Delete { id, .. } => Some(id),
            _ => None,
        })
        .collect();
    seen::look_at_accounts(organizations, &mut seen, &deleted).await?;
    Ok(seen)
}

fn outputs(planned: &mut OrganizationalUnits, desired: &Desired, recorded: &Recorded) {
    let of = |path: &OrganizationalUnitPath, value: fn(&super::recorded::RecordedUnit) -> String| {
        recorded.0.get(path).map_or(Value::Unknown, |unit| Value::Known(value(unit)))
    };
    let paths = || desired.units.keys();
    planned.ids =
        Value::Known(paths().map(|path| (path.to_string(), of(path, |unit| unit.id.to_string()))).collect());
    planned.arns =
        Value::Known(paths().map(|path| (path.to_string(), of(path, |unit| unit.arn.clone()))).collect());
    planned.paths = Value::Known(paths().map(|path| (path.to_string(), path.to_string())).collect());
    let tags = |tags: &Option<landform_cloud::Tags>| tags.clone().map_or(Value::Unknown, Value::Known);
    let all = desired.units.iter().map(|(path, given)| (path.to_string(), tags(given)));
    planned.tags_all = Value::Known(all.collect());
    planned.depth = i64::try_from(desired.depth()).ok().into();
}

fn unknown(planned: &mut OrganizationalUnits) {
    planned.stack = Value::Unknown;
    planned.ids = Value::Unknown;
    planned.arns = Value::Unknown;
    planned.paths = Value::Unknown;
    planned.tags_all = Value::Unknown;
    planned.depth = Value::Unknown;
}

fn known(
    map: &mut Value<std::collections::BTreeMap<String, Value<String>>>,
    path: &OrganizationalUnitPath,
    value: String,
) {
    if let Value::Known(map) = map {
        map.insert(path.to_string(), Value::Known(value));
    }
}

/// Says what is not seen in the plan's table: units that are taken in, and paths that change though AWS cannot move a unit.
fn warn(plan: &mut Planning<'_>, taken: &[OrganizationalUnitPath], desired: &Desired, recorded: &Recorded) {
    let names = |paths: &[OrganizationalUnitPath]| {
        paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    if !taken.is_empty() {
        let detail = format!(
            "{} exist already and belong to nobody. They get the tags of this resource; what is in them stays.",
            names(taken)
        );
        plan.diagnostics.warning("Organizational units are taken in", detail);
    }
    let gone = recorded.0.keys().filter(|path| !desired.units.contains_key(*path));
    let moved: Vec<String> = gone
        .filter_map(|old| {
            let new =
                |path: &&OrganizationalUnitPath| !recorded.0.contains_key(*path) && path.name() == old.name();
            let sibling = |path: &&OrganizationalUnitPath| {
                !recorded.0.contains_key(*path) && path.parent() == old.parent()
            };
            let new = desired.units.keys().find(new).or_else(|| desired.units.keys().find(sibling))?;
            Some(format!("{old} is deleted and {new} made"))
        })
        .collect();
    if !moved.is_empty() {
        let detail = format!(
            "{}. AWS cannot move a unit, so these are other units with other ids. Where only the name changes, write \
             `renamed_from` with the old path at the new one: the unit and all in it then stays.",
            moved.join("; ")
        );
        plan.diagnostics.warning("Another path is another organizational unit", detail);
    }
}
