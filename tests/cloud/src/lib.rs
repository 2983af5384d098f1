//! An AWS in the process: the ports of `landform-cloud` over objects in memory.
//!
//! It answers as EC2 does where decisions depend on it: client tokens, natural keys, dependency violations, quotas, NAT gateways
//! that are pending for a while, accounts that are made in AWS's own time. Every call is logged. Three things can go wrong, alone or together:
//!
//! - a [`Fault`] strikes a call that the test names: it fails before it is executed, or loses its answer;
//! - [`Weather`] strikes by chance that follows from a seed, and lets reads lag behind writes;
//! - the process is killed at a write ([`InProcessCloud::kill_at`]): nothing that it asks for afterwards happens.
//!
//! Ids are counted and time is virtual, so runs are equal.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod account_management;
mod account_settings;
mod account_wide;
mod assume;
mod calls;
mod chance;
mod default_vpc;
mod faults;
mod history;
mod iam;
mod load_balancers;
mod network;
pub mod organizations;
mod part;
mod state_storage;
mod tokens;
mod weather;
mod world;

pub use account_management::AccountSettings;
pub use account_settings::RegionalSettings;
pub use account_wide::AccountWideWorld;
pub use calls::{Call, is_write};
pub use chance::Chance;
pub use default_vpc::DefaultVpcWorld;
pub use faults::{Fault, When};
pub use iam::{IamWorld, InMemoryPolicy, InMemoryRole};
pub use organizations::OrganizationWorld;
pub use state_storage::{InMemoryBucket, StateStorageWorld};
pub use weather::Weather;
pub use world::{Quotas, World};

use faults::{Death, Faults};
use landform_cloud::{
    AccountManagement, AccountWide, AssumedRole, Budgets, Cloud, CloudError, DefaultVpc, ErrorKind, Iam,
    LoadBalancers, Network, Organizations, ShortCredentials, StateStorage, Target,
};
use landform_model::{AccountId, Region};
use part::{Part, Parts, Timeline};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use weather::{Sky, Stroke};

/// How long one call takes.
const CALL: Duration = Duration::from_millis(50);

/// The in-process cloud. Clones share their objects.
#[derive(Clone)]
pub struct InProcessCloud {
    account: AccountId,
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    parts: Parts,
    log: Vec<Call>,
    faults: Faults,
    sky: Option<Sky>,
    death: Death,
    next_id: u64,
    began: Instant,
    calls: u32,
}

impl InProcessCloud {
    /// A cloud without any object, whose credentials belong to `account`.
    pub fn new(account: AccountId) -> Self {
        let shared = Shared {
            parts: Parts::new(&account),
            log: Vec::new(),
            faults: Faults::default(),
            sky: None,
            death: Death::default(),
            next_id: 0,
            began: Instant::now(),
            calls: 0,
        };
        Self { account, shared: Arc::new(Mutex::new(shared)) }
    }

    /// From now on, `fault` happens.
    pub fn inject(&self, fault: Fault) {
        self.lock().faults.add(fault);
    }

    /// From now on, faults happen by chance.
    pub fn set_weather(&self, weather: Weather) {
        self.lock().sky = Some(Sky::new(weather));
    }

    /// No fault happens any more.
    pub fn heal(&self) {
        let mut shared = self.lock();
        shared.faults = Faults::default();
        shared.sky = None;
        shared.parts.heal();
    }

    /// Kills the process at its `nth` write from now on, counted from 1: before or after AWS executes it.
    ///
    /// A killed process learns nothing any more and changes nothing any more: its calls are not even logged. What it would
    /// answer to Terraform must be thrown away by the test, as Terraform never gets it.
    pub fn kill_at(&self, nth: u32, when: When) {
        self.lock().death = Death::at(nth, when);
    }

    /// Whether the process has been killed.
    pub fn is_dead(&self) -> bool {
        self.lock().death.is_dead()
    }

    /// A new process takes the place of the killed one, or of the one that was to be killed.
    pub fn revive(&self) {
        self.lock().death = Death::default();
    }

    /// The calls since the last time they were taken.
    pub fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.lock().log)
    }

    /// Looks at, or changes, the roles of an account behind everybody's back.
    pub fn iam_world<T>(&self, target: &Target, look: impl FnOnce(&mut IamWorld) -> T) -> T {
        self.world(&iam::home(target), |world| look(&mut world.iam))
    }

    /// Looks at, or changes, the objects of one account and region behind everybody's back.
    pub fn world<T>(&self, target: &Target, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.lock().parts.of(target).world)
    }

    /// Looks at, or changes, the organization behind everybody's back.
    pub fn organization_world<T>(&self, look: impl FnOnce(&mut OrganizationWorld) -> T) -> T {
        look(&mut self.lock().parts.organization.world)
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one call in one account and region. A new account that is not ready refuses it.
    fn call<T>(
        &self,
        target: &Target,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut World, &mut dyn FnMut(&str) -> String) -> Result<T, CloudError>,
    ) -> Result<T, CloudError> {
        self.run(operation, subject, |parts| parts.ready(target, operation), act)
    }

    /// Runs one call over a part of the cloud: logs it, and lets faults strike before or after it.
    fn run<P: Part, T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        find: impl FnOnce(&mut Parts) -> Result<&mut Timeline<P>, CloudError>,
        act: impl FnOnce(&mut P, &mut dyn FnMut(&str) -> String) -> Result<T, CloudError>,
    ) -> Result<T, CloudError> {
        let mut shared = self.lock();
        let Shared { parts, log, faults, sky, death, next_id, began, calls } = &mut *shared;
        if death.is_dead() {
            return Err(killed(operation));
        }
        *calls += 1;
        let now = began.elapsed() + CALL * *calls;
        log.push(Call { operation, subject: subject.into() });
        let dies = death.strike(operation);
        if dies == Some(When::Before) {
            return Err(killed(operation));
        }
        let ordered = faults.strike(operation).map(|(when, kind)| Stroke::Fail(when, kind));
        let stroke = ordered.or_else(|| sky.as_mut()?.strike(operation));
        if let Some(Stroke::Fail(When::Before, kind)) = stroke {
            return Err(CloudError::new(kind, operation, "told to fail before it was executed"));
        }
        let mut new_id = |prefix: &str| {
            *next_id += 1;
            format!("{prefix}{next_id:08x}")
        };
        let Timeline { world, past } = find(parts)?;
        world.set_time(now);
        if let Some(Stroke::Stale(lag)) = stroke
            && let Some(mut then) = past.at(now.saturating_sub(lag))
        {
            return act(&mut then, &mut new_id);
        }
        if let Some(sky) = sky {
            world.let_next_object_fail(sky.fails_later());
            if is_write(operation) {
                past.keep(now, world);
            }
        }
        let answer = act(world, &mut new_id);
        match (dies, stroke) {
            (Some(_), _) => Err(killed(operation)),
            (None, Some(Stroke::Fail(When::After, kind))) => {
                Err(CloudError::new(kind, operation, "told to lose the answer"))
            }
            _ => answer,
        }
    }
}

fn killed(operation: &'static str) -> CloudError {
    CloudError::new(ErrorKind::Unreachable, operation, "the process was killed")
}

#[async_trait::async_trait]
impl Cloud for InProcessCloud {
    async fn caller_account(&self) -> Result<AccountId, CloudError> {
        Ok(self.account.clone())
    }

    async fn region(&self) -> Option<Region> {
        None
    }

    async fn network(&self, target: &Target) -> Result<Arc<dyn Network>, CloudError> {
        Ok(Arc::new(network::InProcessNetwork { cloud: self.clone(), target: target.clone() }))
    }

    async fn load_balancers(&self, target: &Target) -> Result<Arc<dyn LoadBalancers>, CloudError> {
        Ok(Arc::new(load_balancers::InProcessLoadBalancers { cloud: self.clone(), target: target.clone() }))
    }

    async fn organizations(&self) -> Result<Arc<dyn Organizations>, CloudError> {
        Ok(Arc::new(organizations::InProcessOrganizations { cloud: self.clone() }))
    }

    async fn account_management(&self) -> Result<Arc<dyn AccountManagement>, CloudError> {
        Ok(Arc::new(account_management::InProcessAccountManagement { cloud: self.clone() }))
    }

    async fn iam(&self, target: &Target) -> Result<Arc<dyn Iam>, CloudError> {
        Ok(Arc::new(iam::InProcessIam::new(self.clone(), target)))
    }

    async fn credentials_of(&self, role: &AssumedRole) -> Result<ShortCredentials, CloudError> {
        self.assume(role)
    }

    async fn account_settings(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn landform_cloud::AccountSettings>, CloudError> {
        let (cloud, target) = (self.clone(), target.clone());
        Ok(Arc::new(account_settings::InProcessAccountSettings { cloud, target }))
    }

    async fn default_vpc(&self, target: &Target) -> Result<Arc<dyn DefaultVpc>, CloudError> {
        Ok(Arc::new(default_vpc::InProcessDefaultVpc { cloud: self.clone(), target: target.clone() }))
    }

    async fn account_wide(&self, target: &Target) -> Result<Arc<dyn AccountWide>, CloudError> {
        let (cloud, account) = (self.clone(), target.account.clone());
        Ok(Arc::new(account_wide::InProcessAccountWide { cloud, account }))
    }

    async fn budgets(&self, target: &Target) -> Result<Arc<dyn Budgets>, CloudError> {
        let (cloud, account) = (self.clone(), target.account.clone());
        Ok(Arc::new(account_wide::InProcessAccountWide { cloud, account }))
    }

    async fn state_storage(&self, target: &Target) -> Result<Arc<dyn StateStorage>, CloudError> {
        Ok(Arc::new(state_storage::InProcessStateStorage { cloud: self.clone(), target: target.clone() }))
    }
}

/// The error that AWS gives for `code`, with the class that the adapter gives it.
fn refuse(kind: ErrorKind, operation: &'static str, code: &str, message: impl Into<String>) -> CloudError {
    CloudError::new(kind, operation, message).with_code(code)
}
