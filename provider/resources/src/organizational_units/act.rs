//! Carries out steps one after the other: AWS refuses a second write that comes meanwhile.

use super::Call;
use super::desired::{Desired, child};
use super::recorded::{Recorded, RecordedUnit};
use super::seen::Seen;
use super::steps::Step;
use crate::client::failure;
use landform_cloud::id::OrganizationalUnitId;
use landform_cloud::once::create_once;
use landform_cloud::organizations::{OrganizationalUnit, ParentId};
use landform_cloud::patience::{ORGANIZATION, patiently};
use landform_cloud::{CloudError, ErrorKind, Organizations, Result};
use landform_framework::{Diagnostic, Diagnostics};
use landform_model::organization::OrganizationalUnitPath;
use landform_model::ownership::OWNERSHIP_TAGS;
use std::future::Future;
use tokio_util::sync::CancellationToken;

/// Runs `steps`, and tells `checkpoint` after each what is recorded now and what is left to do.
pub(super) async fn run(
    cx: &Call,
    organizations: &dyn Organizations,
    desired: &Desired,
    seen: &Seen,
    mut recorded: Recorded,
    steps: &[Step],
    checkpoint: impl Fn(&Recorded, &[Step]),
) -> std::result::Result<Recorded, Diagnostics> {
    let act = Act { organizations, desired, seen, stop: cx.stopped() };
    checkpoint(&recorded, steps);
    for (done, step) in steps.iter().enumerate() {
        let state = format!(
            "{done} of {} steps are done; what exists is in state. The next apply goes on from there and makes nothing twice.",
            steps.len()
        );
        let name = &desired.owner.name;
        if cx.stopped().is_cancelled() {
            return Err(Diagnostic::error(format!("Organizational units {name}: stopped"), state).into());
        }
        act.perform(step, &mut recorded).await.map_err(|error| {
            failure(format!("Organizational units {name}: could not {step}"), &error, &state)
        })?;
        checkpoint(&recorded, &steps[done + 1..]);
    }
    Ok(recorded)
}

struct Act<'a> {
    organizations: &'a dyn Organizations,
    desired: &'a Desired,
    seen: &'a Seen,
    stop: &'a CancellationToken,
}

impl Act<'_> {
    async fn perform(&self, step: &Step, recorded: &mut Recorded) -> Result<()> {
        let port = self.organizations;
        match step {
            Step::Rename { id, path, .. } => {
                self.patiently(step, || port.rename_organizational_unit(id, path.name())).await?;
            }
            Step::Create { path } => {
                let unit = self.patiently(step, || self.create(path, recorded)).await?;
                self.record(path, unit.id, unit.arn.to_string(), recorded);
            }
            Step::Adopt { id, path } => {
                let tags = self.desired.tags(path);
                self.patiently(step, || port.set_tags(id.as_str(), &tags)).await?;
                let arn = self.seen.at(path).map(|unit| unit.arn.to_string()).unwrap_or_default();
                self.record(path, id.clone(), arn, recorded);
            }
            Step::Tag { id, path, set, remove } => {
                if !set.is_empty() {
                    self.patiently(step, || port.set_tags(id.as_str(), set)).await?;
                }
                if !remove.is_empty() {
                    self.patiently(step, || port.remove_tags(id.as_str(), remove)).await?;
                }
                if let Some(unit) = recorded.0.get_mut(path) {
                    unit.tags = self.desired.units.get(path).cloned().flatten().unwrap_or_default();
                }
            }
            Step::Delete { id, path } => {
                self.patiently(step, || port.delete_organizational_unit(id)).await?;
                recorded.0.remove(path);
            }
            Step::Release { id, path } => {
                let keys = OWNERSHIP_TAGS.map(str::to_owned);
                match self.patiently(step, || port.remove_tags(id.as_str(), &keys)).await {
                    Err(error) if !error.is_not_found() => return Err(error),
                    _ => drop(recorded.0.remove(path)),
                }
            }
        }
        Ok(())
    }

    /// Others change the organization as well.
    async fn patiently<T, F: Future<Output = Result<T>>>(
        &self,
        step: &Step,
        call: impl FnMut() -> F,
    ) -> Result<T> {
        patiently(&step.to_string(), ORGANIZATION, self.stop, call).await
    }

    async fn create(&self, path: &OrganizationalUnitPath, recorded: &Recorded) -> Result<OrganizationalUnit> {
        let (parent, tags) = (self.parent(path, recorded)?, self.desired.tags(path));
        let create = || self.organizations.create_organizational_unit(&parent, path.name(), &tags);
        let find = || async {
            let below = self.organizations.organizational_units(&parent).await?;
            let Some(unit) = below.into_iter().find(|unit| unit.name == path.name()) else { return Ok(None) };
            let tags = self.organizations.tags(unit.id.as_str()).await?;
            Ok((self.desired.owner.child_of(&tags) == Some(child())).then_some(unit))
        };
        create_once(create, find).await
    }

    /// The unit or root that a path is directly below. By now it exists.
    fn parent(&self, path: &OrganizationalUnitPath, recorded: &Recorded) -> Result<ParentId> {
        let Some(above) = path.parent() else { return Ok(ParentId::Root(self.seen.root.clone())) };
        match recorded.0.get(&above) {
            Some(unit) => Ok(ParentId::Unit(unit.id.clone())),
            None => {
                let text = format!("{above} does not exist");
                Err(CloudError::new(ErrorKind::NotFound, "CreateOrganizationalUnit", text))
            }
        }
    }

    fn record(
        &self,
        path: &OrganizationalUnitPath,
        id: OrganizationalUnitId,
        arn: String,
        recorded: &mut Recorded,
    ) {
        let tags = self.desired.units.get(path).cloned().flatten().unwrap_or_default();
        recorded.0.insert(path.clone(), RecordedUnit { id, arn, tags });
    }
}
