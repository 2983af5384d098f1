//! `landform_organizational_units`: the whole tree of an organization as one resource.
//!
//! [`decide`] compares the [`desired`] tree and what state has [`recorded`] with what was [`seen`] and gives [`steps`]; [`act`]
//! carries them out.

mod act;
mod decide;
mod desired;
mod identity;
mod import;
mod list;
mod model;
mod permissions;
mod plan;
mod recorded;
mod refusals;
mod seen;
mod steps;
#[cfg(test)]
mod tests;
mod validate;

pub use list::OrganizationalUnitsList;
pub use model::{OrganizationalUnits, Unit};

use crate::client::{Landform, failure};
use decide::decide;
use desired::Desired;
use identity::OrganizationalUnitsIdentity;
use landform_cloud::CloudError;
use landform_framework::docs::Permissions;
use landform_framework::{
    Context, Diagnostic, Diagnostics, IdentifiedBy, ListedBy, Plan, Resource, Text, Value,
};
use recorded::Recorded;
use seen::Seen;
use steps::Step;

type Call = Context<Landform, OrganizationalUnits>;

/// The values of `status`.
mod status {
    pub(super) const READY: &str = "ready";
    pub(super) const DRIFTED: &str = "drifted";
    pub(super) const DEGRADED: &str = "degraded";
    pub(super) const INCOMPLETE: &str = "incomplete";
}

/// The resource `landform_organizational_units`.
pub struct OrganizationalUnitsResource;

#[async_trait::async_trait]
impl Resource for OrganizationalUnitsResource {
    type Client = Landform;
    type Model = OrganizationalUnits;

    fn name(&self) -> &'static str {
        "organizational_units"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    fn validate(&self, config: &OrganizationalUnits, diagnostics: &mut Diagnostics) {
        validate::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, OrganizationalUnits>) {
        plan::plan(plan).await;
    }

    async fn look_before_destroy(
        &self,
        client: &Landform,
        prior: &OrganizationalUnits,
        diagnostics: &mut Diagnostics,
    ) {
        let (desired, recorded) = match nothing_left(client, prior) {
            Ok(wish) => wish,
            Err(errors) => return diagnostics.extend(errors),
        };
        match plan::found(client, &desired, &recorded).await {
            Ok(Some(seen)) => {
                let steps = decide(&desired, &recorded, &seen);
                diagnostics.extend(refusals::not_empty(&steps, &seen));
            }
            Ok(None) => {}
            Err(error) => {
                let doing = format!("Reading what is in the organizational units {}", name(prior));
                diagnostics.extend(failure(doing, &error, ""));
            }
        }
    }

    async fn read(
        &self,
        cx: &Call,
        state: OrganizationalUnits,
    ) -> Result<Option<OrganizationalUnits>, Diagnostics> {
        let failed = |error| failure(format!("Reading organizational units {}", name(&state)), &error, "");
        let desired = declared(cx.client(), &state)?;
        let organizations = cx.client().organizations().await.map_err(failed)?;
        let Some(mut seen) = seen::look(&organizations).await.map_err(failed)? else {
            return Ok(None);
        };
        of_this_organization(&state, &seen)?;
        let mut recorded = Recorded::of(&state).renamed(&desired.renamed);
        recorded.0.retain(|_, unit| seen.exists(&unit.id));
        let others = decide::unrecorded(&desired, &recorded, &seen);
        seen::look_at_tags(organizations.as_ref(), &mut seen, &others).await.map_err(failed)?;
        let drift: Vec<String> = decide(&desired, &recorded, &seen).iter().map(Step::to_string).collect();
        let now = match state.status.known().map(String::as_str) {
            Some(status::INCOMPLETE) => status::INCOMPLETE,
            _ if drift.is_empty() => status::READY,
            Some(status::DEGRADED) => status::DEGRADED,
            _ => status::DRIFTED,
        };
        Ok(Some(observed(&state, recorded, &seen, now, drift)))
    }

    async fn create(
        &self,
        cx: &Call,
        planned: OrganizationalUnits,
    ) -> Result<OrganizationalUnits, Diagnostics> {
        let recorded = match cx.resumed_from() {
            Some(begun) => {
                // Terraform has forgotten it by now: an error before the first step must not lose it.
                cx.checkpoint(begun);
                Recorded::of(begun)
            }
            None => Recorded::default(),
        };
        let doing = format!("Creating organizational units {}", name(&planned));
        carry_out(cx, &doing, planned, recorded, status::INCOMPLETE).await
    }

    async fn update(
        &self,
        cx: &Call,
        prior: OrganizationalUnits,
        planned: OrganizationalUnits,
    ) -> Result<OrganizationalUnits, Diagnostics> {
        let doing = format!("Updating organizational units {}", name(&planned));
        carry_out(cx, &doing, planned, Recorded::of(&prior), status::DEGRADED).await
    }

    async fn delete(&self, cx: &Call, prior: OrganizationalUnits) -> Result<(), Diagnostics> {
        let doing = format!("Deleting organizational units {}", name(&prior));
        let untouched = |error: CloudError| failure(&doing, &error, "Nothing was deleted.");
        let (desired, recorded) = nothing_left(cx.client(), &prior)?;
        let organizations = cx.client().organizations_for_change().await.map_err(untouched)?;
        let seen = plan::found_anew(organizations.as_ref(), &desired, &recorded).await.map_err(untouched)?;
        let Some(seen) = seen else { return Ok(()) };
        of_this_organization(&prior, &seen)?;
        let steps = decide(&desired, &recorded, &seen);
        refused(refusals::not_empty(&steps, &seen))?;
        let checkpoint = |recorded: &Recorded, left: &[Step]| {
            let drift = left.iter().map(Step::to_string).collect();
            let now = prior.status.known().map_or(status::DEGRADED, String::as_str);
            cx.checkpoint(&observed(&prior, recorded.clone(), &seen, now, drift));
        };
        act::run(cx, organizations.as_ref(), &desired, &seen, recorded, &steps, checkpoint).await.map(drop)
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<OrganizationalUnits, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<OrganizationalUnitsIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<OrganizationalUnitsList>())
    }

    /// The root is that of the credentials, which the configuration need not say.
    fn generate_config(&self, config: OrganizationalUnits) -> OrganizationalUnits {
        OrganizationalUnits { root_id: Value::Null, ..config }
    }

    fn identity(&self, model: &OrganizationalUnits) -> Option<String> {
        Some(format!("{}/organizational_units/{}", model.stack.known()?.0, model.name.known()?.0))
    }

    fn is_incomplete(&self, model: &OrganizationalUnits) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}

/// From what state knows to what is planned, step by step.
async fn carry_out(
    cx: &Call,
    doing: &str,
    planned: OrganizationalUnits,
    recorded: Recorded,
    unfinished: &str,
) -> Result<OrganizationalUnits, Diagnostics> {
    let desired = declared(cx.client(), &planned)?;
    let recorded = recorded.renamed(&desired.renamed);
    let unchanged = |error: CloudError| failure(doing, &error, "Nothing was changed.");
    let organizations = cx.client().organizations_for_change().await.map_err(unchanged)?;
    let seen = plan::found_anew(organizations.as_ref(), &desired, &recorded).await.map_err(unchanged)?;
    let seen = seen.ok_or_else(refusals::no_organization)?;
    of_this_organization(&planned, &seen)?;
    let steps = decide(&desired, &recorded, &seen);
    refused(refusals::in_the_way(&desired, &recorded, &seen))?;
    refused(refusals::not_empty(&steps, &seen))?;
    let checkpoint = |recorded: &Recorded, left: &[Step]| {
        let drift = left.iter().map(Step::to_string).collect();
        // A create that has made nothing leaves nothing to remember.
        if unfinished == status::DEGRADED || !recorded.0.is_empty() {
            cx.checkpoint(&observed(&planned, recorded.clone(), &seen, unfinished, drift));
        }
    };
    let mut recorded = recorded;
    recorded.0.retain(|_, unit| seen.exists(&unit.id));
    let recorded =
        act::run(cx, organizations.as_ref(), &desired, &seen, recorded, &steps, checkpoint).await?;
    Ok(observed(&planned, recorded, &seen, status::READY, Vec::new()))
}

/// What `model` declares, fully known.
fn declared(client: &Landform, model: &OrganizationalUnits) -> Result<Desired, Diagnostics> {
    let desired = Desired::of(model, client).filter(|it| it.units.values().all(Option::is_some));
    let desired = desired.ok_or_else(|| {
        let detail = "An attribute is still unknown. This is a fault of the provider; please report it.";
        Diagnostic::error(format!("Organizational units {} are not fully known", name(model)), detail)
    })?;
    match model.stack.known().filter(|stack| stack.0 != *client.stack()) {
        None => Ok(desired),
        Some(stack) => {
            let detail = format!(
                "State says stack \"{}\", the provider block says \"{}\". The stack is part of the identity of every object: \
                 set it back.",
                stack.0,
                client.stack()
            );
            let summary = format!("Organizational units {} belong to another stack", name(model));
            Err(Diagnostic::error(summary, detail).into())
        }
    }
}

/// The wish of a destroy: no units at all.
fn nothing_left(client: &Landform, prior: &OrganizationalUnits) -> Result<(Desired, Recorded), Diagnostics> {
    let mut desired = declared(client, prior)?;
    let recorded = Recorded::of(prior).renamed(&desired.renamed);
    desired.units.clear();
    Ok((desired, recorded))
}

fn of_this_organization(model: &OrganizationalUnits, seen: &Seen) -> Result<(), Diagnostics> {
    match model.root_id.known().filter(|root| root.0 != seen.root) {
        Some(root) => Err(refusals::another_organization(root.as_str(), seen).into()),
        None => Ok(()),
    }
}

fn refused(refusals: Diagnostics) -> Result<(), Diagnostics> {
    if refusals.has_errors() { Err(refusals) } else { Ok(()) }
}

/// `like` with what is recorded, and where.
fn observed(
    like: &OrganizationalUnits,
    recorded: Recorded,
    seen: &Seen,
    status: &str,
    drift: Vec<String>,
) -> OrganizationalUnits {
    let mut model = like.clone();
    recorded.into_model(&mut model);
    model.root_id = Value::Known(Text(seen.root.clone()));
    model.organization_id = Value::Known(Text(seen.organization.clone()));
    model.status = Value::Known(status.to_owned());
    model.drift = Value::Known(drift);
    model
}

/// The name, for messages.
fn name(model: &OrganizationalUnits) -> String {
    model.name.known().map(|name| name.0.to_string()).unwrap_or_default()
}
