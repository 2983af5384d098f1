//! An AWS in the process: the ports of `landform-cloud` over objects in memory.
//!
//! It answers as EC2 does where decisions depend on it: client tokens, natural keys, dependency violations, NAT gateways that
//! are pending for a while. Every call is logged, and any call can be told to fail before it is executed or to lose its answer.
//! Ids are counted, so runs are equal.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod calls;
mod faults;
mod network;
mod world;

pub use calls::{Call, is_write};
pub use faults::{Fault, When};
pub use world::World;

use faults::Faults;
use landform_cloud::{Cloud, CloudError, ErrorKind, Network, Target};
use landform_model::{AccountId, Region};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The in-process cloud. Clones share their objects.
#[derive(Clone)]
pub struct InProcessCloud {
    account: AccountId,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    worlds: BTreeMap<Target, World>,
    log: Vec<Call>,
    faults: Faults,
    next_id: u64,
}

impl InProcessCloud {
    /// A cloud without any object, whose credentials belong to `account`.
    pub fn new(account: AccountId) -> Self {
        Self { account, shared: Arc::default() }
    }

    /// From now on, `fault` happens.
    pub fn inject(&self, fault: Fault) {
        self.lock().faults.add(fault);
    }

    /// No fault happens any more.
    pub fn heal(&self) {
        self.lock().faults = Faults::default();
    }

    /// The calls since the last time they were taken.
    pub fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.lock().log)
    }

    /// Looks at, or changes, the objects of one account and region behind everybody's back.
    pub fn world<T>(&self, target: &Target, look: impl FnOnce(&mut World) -> T) -> T {
        look(self.lock().worlds.entry(target.clone()).or_default())
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs one call: logs it, and lets faults strike before or after it.
    fn call<T>(
        &self,
        target: &Target,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut World, &mut dyn FnMut(&str) -> String) -> Result<T, CloudError>,
    ) -> Result<T, CloudError> {
        let mut shared = self.lock();
        let Shared { worlds, log, faults, next_id } = &mut *shared;
        log.push(Call { operation, subject: subject.into() });
        let fault = faults.strike(operation);
        if let Some((When::Before, kind)) = fault {
            return Err(CloudError::new(kind, operation, "told to fail before it was executed"));
        }
        let mut new_id = |prefix: &str| {
            *next_id += 1;
            format!("{prefix}{next_id:08x}")
        };
        let answer = act(worlds.entry(target.clone()).or_default(), &mut new_id);
        match fault {
            Some((When::After, kind)) => Err(CloudError::new(kind, operation, "told to lose the answer")),
            _ => answer,
        }
    }
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
}

/// The error that AWS gives for `code`, with the class that the adapter gives it.
fn refuse(kind: ErrorKind, operation: &'static str, code: &str, message: impl Into<String>) -> CloudError {
    CloudError::new(kind, operation, message).with_code(code)
}
