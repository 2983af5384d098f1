//! The parts of the cloud that have objects of their own: each account and region, and the organization.

use super::history::History;
use super::organizations::OrganizationWorld;
use super::{World, refuse};
use landform_cloud::{CloudError, ErrorKind, Target};
use landform_model::AccountId;
use std::collections::BTreeMap;
use std::time::Duration;

/// Objects that calls look at and change.
pub(super) trait Part: Clone {
    /// Says what time it is, since the cloud's beginning.
    fn set_time(&mut self, _now: Duration) {}

    /// Whether the next object that is made in AWS's own time ends as failed.
    fn let_next_object_fail(&mut self, fails: bool);
}

/// One part as it is, and as it was.
#[derive(Debug)]
pub(super) struct Timeline<P> {
    pub(super) world: P,
    pub(super) past: History<P>,
}

impl<P> Timeline<P> {
    fn new(world: P) -> Self {
        Self { world, past: History::default() }
    }
}

/// All parts.
#[derive(Debug)]
pub(super) struct Parts {
    worlds: BTreeMap<Target, Timeline<World>>,
    pub(super) organization: Timeline<OrganizationWorld>,
}

impl Parts {
    /// Nothing is there; no organization either.
    pub(super) fn new(account: &AccountId) -> Self {
        Self { worlds: BTreeMap::new(), organization: Timeline::new(OrganizationWorld::new(account.clone())) }
    }

    /// One account and region.
    pub(super) fn of(&mut self, target: &Target) -> &mut Timeline<World> {
        self.worlds.entry(target.clone()).or_insert_with(|| Timeline::new(World::default()))
    }

    /// One account and region for a call to it.
    ///
    /// # Errors
    /// `OptInRequired` while the account is too new.
    pub(super) fn ready(
        &mut self,
        target: &Target,
        operation: &'static str,
    ) -> Result<&mut Timeline<World>, CloudError> {
        match self.organization.world.look_whether_ready(&target.account) {
            true => Ok(self.of(target)),
            false => {
                let text = format!("account {} is not subscribed to this service yet", target.account);
                Err(refuse(ErrorKind::NotReady, operation, "OptInRequired", text))
            }
        }
    }

    /// No object that is being made will fail any more.
    pub(super) fn heal(&mut self) {
        self.worlds.values_mut().for_each(|it| it.world.let_next_object_fail(false));
        self.organization.world.let_next_object_fail(false);
    }
}

impl Part for World {
    fn set_time(&mut self, now: Duration) {
        self.tokens.now = now;
    }

    fn let_next_object_fail(&mut self, fails: bool) {
        self.next_object_fails = fails;
    }
}
