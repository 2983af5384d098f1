//! The resource `landform_organization`.

use super::decide::{Step, decide};
use super::desired::Desired;
use super::identity::OrganizationIdentity;
use super::model::Organization;
use super::seen::{self, Seen};
use super::state::{self, observed, status};
use super::{act, permissions, refusals};
use crate::client::{Landform, failure};
use landform_cloud::id::OrganizationId;
use landform_cloud::{CloudError, ErrorKind, Organizations};
use landform_framework::docs::Permissions;
use landform_framework::{
    Context, DefaultTimeouts, Diagnostic, Diagnostics, IdentifiedBy, Plan, Resource, Value,
};
use std::time::Duration;

pub(super) type Call = Context<Landform, Organization>;

/// The resource `landform_organization`.
pub struct OrganizationResource;

#[async_trait::async_trait]
impl Resource for OrganizationResource {
    type Client = Landform;
    type Model = Organization;

    fn name(&self) -> &'static str {
        "organization"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    /// A kind of policy takes minutes in large organizations.
    fn timeouts(&self) -> DefaultTimeouts {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        DefaultTimeouts { create: minutes(60), read: minutes(10), update: minutes(60), delete: minutes(10) }
    }

    fn validate(&self, config: &Organization, diagnostics: &mut Diagnostics) {
        refusals::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, Organization>) {
        plan.planned.status = Value::Known(status::READY.to_owned());
        plan.planned.drift = Value::Known(Vec::new());
        let Some(client) = plan.client() else { return };
        let seen = match look(client).await {
            Ok(seen) => seen,
            Err(error) => {
                return plan.diagnostics.extend(failure("Reading the organization", &error, ""));
            }
        };
        if let Err(refusal) = refusals::unfit(&plan.planned, &seen) {
            return plan.diagnostics.extend(refusal);
        }
        if plan.prior.is_none() {
            state::name(&mut plan.planned, &seen);
        }
        let former = plan.prior.or(plan.resuming()).map(Desired::of).unwrap_or_default();
        let steps = decide(&Desired::of(&plan.planned), &former, &seen);
        plan.diagnostics.extend(refusals::warnings(&steps));
    }

    async fn plan_destroy(&self, prior: &Organization, diagnostics: &mut Diagnostics) {
        diagnostics.push(refusals::forgotten(prior));
    }

    async fn read(&self, cx: &Call, state: Organization) -> Result<Option<Organization>, Diagnostics> {
        let failed = |error: CloudError| failure("Reading the organization", &error, "");
        let snapshot = cx.client().organizations().await.map_err(failed)?;
        let seen = seen::look(snapshot.as_ref()).await.map_err(failed)?;
        if seen.organization.is_none() {
            return Ok(None);
        }
        refusals::unfit(&state, &seen)?;
        let desired = Desired::of(&state);
        let drift: Vec<String> = decide(&desired, &desired, &seen).iter().map(Step::to_string).collect();
        let now = match state.status.known().map(String::as_str) {
            Some(status::INCOMPLETE) => status::INCOMPLETE,
            _ if drift.is_empty() => status::READY,
            _ => status::DRIFTED,
        };
        let report = seen::report(&snapshot, &seen).await.map_err(failed)?;
        Ok(Some(observed(&state, &seen, report, now, drift)))
    }

    async fn create(&self, cx: &Call, planned: Organization) -> Result<Organization, Diagnostics> {
        let former = cx.resumed_from().map(Desired::of).unwrap_or_default();
        if let Some(begun) = cx.resumed_from() {
            // Terraform has forgotten it by now: an error before the first step must not lose it.
            cx.checkpoint(begun);
        }
        let checkpoint = |seen: &Seen, left: &[Step]| {
            if seen.organization.is_some() {
                let drift = left.iter().map(Step::to_string).collect();
                cx.checkpoint(&observed(&planned, seen, (0, Vec::new()), status::INCOMPLETE, drift));
            }
        };
        carry_out(cx, "Creating the organization", &planned, &former, checkpoint).await
    }

    /// What fails leaves the prior state: what it had and the plan has not must still be taken away.
    async fn update(
        &self,
        cx: &Call,
        prior: Organization,
        planned: Organization,
    ) -> Result<Organization, Diagnostics> {
        carry_out(cx, "Updating the organization", &planned, &Desired::of(&prior), |_, _| {}).await
    }

    /// It is only forgotten.
    async fn delete(&self, _: &Call, _: Organization) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<Organization, Diagnostics> {
        import(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<OrganizationIdentity>())
    }

    /// There is one for the credentials.
    fn identity(&self, _: &Organization) -> Option<String> {
        Some("organization".to_owned())
    }

    fn is_incomplete(&self, model: &Organization) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}

async fn look(client: &Landform) -> landform_cloud::Result<Seen> {
    seen::look(client.organizations().await?.as_ref()).await
}

/// From what was formerly desired to what is planned, step by step.
async fn carry_out(
    cx: &Call,
    doing: &str,
    planned: &Organization,
    former: &Desired,
    checkpoint: impl Fn(&Seen, &[Step]),
) -> Result<Organization, Diagnostics> {
    let unchanged = |error: CloudError| failure(doing, &error, "Nothing was changed.");
    let port = cx.client().organizations_for_change().await.map_err(unchanged)?;
    let mut seen = seen::look(port.as_ref()).await.map_err(unchanged)?;
    refusals::unfit(planned, &seen)?;
    let desired = Desired::of(planned);
    if seen.organization.is_none() {
        seen = made(cx, port.as_ref(), doing).await?;
    }
    let steps = decide(&desired, former, &seen);
    checkpoint(&seen, &steps);
    for (done, step) in steps.iter().enumerate() {
        let state = format!("{done} of {} steps are done. The next apply goes on from there.", steps.len());
        if cx.stopped().is_cancelled() {
            return Err(Diagnostic::error(format!("{doing}: stopped"), state).into());
        }
        let failed = |error: CloudError| failure(format!("{doing}: could not {step}"), &error, &state);
        let root = seen.root.as_ref().ok_or_else(|| failed(no_root()))?;
        act::perform(port.as_ref(), step, root, cx.stopped()).await.map_err(failed)?;
        checkpoint(&seen, &steps[done + 1..]);
    }
    let state = "All steps are done.";
    let reread = |error: CloudError| failure(doing, &error, state);
    let snapshot = cx.client().organizations().await.map_err(reread)?;
    let seen = seen::look(snapshot.as_ref()).await.map_err(reread)?;
    let report = seen::report(&snapshot, &seen).await.map_err(reread)?;
    Ok(observed(planned, &seen, report, status::READY, Vec::new()))
}

/// Makes the organization.
async fn made(cx: &Call, port: &dyn Organizations, doing: &str) -> Result<Seen, Diagnostics> {
    let step = Step::Create;
    let failed = |error: CloudError| failure(format!("{doing}: could not {step}"), &error, "");
    act::create(port, cx.stopped()).await.map_err(failed)?;
    seen::look(port).await.map_err(failed)
}

fn no_root() -> CloudError {
    CloudError::new(ErrorKind::NotFound, "ListRoots", "the organization has no root yet")
}

/// The organization that `id` names, as it is.
pub(super) async fn import(client: &Landform, id: &str) -> Result<Organization, Diagnostics> {
    let wanted: OrganizationId = id.parse().map_err(|error| {
        let detail = format!("{error}. Write the id of the organization, such as `o-a1b2c3d4e5`.");
        Diagnostic::error("Invalid import id", detail)
    })?;
    let doing = format!("Importing organization {wanted}");
    let failed = |error: CloudError| failure(&doing, &error, "Nothing was imported.");
    let snapshot = client.organizations().await.map_err(failed)?;
    let seen = seen::look(snapshot.as_ref()).await.map_err(failed)?;
    if seen.organization.as_ref().is_none_or(|it| it.id != wanted) {
        let detail = "The account of the credentials is not in that organization.";
        return Err(Diagnostic::error(doing, detail).into());
    }
    let report = seen::report(&snapshot, &seen).await.map_err(failed)?;
    Ok(observed(&state::configured(&seen), &seen, report, status::READY, Vec::new()))
}
