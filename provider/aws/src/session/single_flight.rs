//! Values made once, also when many ask for them at once.

use landform_cloud::{CloudError, Result};
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// A map that makes each value on first use, as [`Once`] does.
pub(super) struct SingleFlight<K, V>(Mutex<BTreeMap<K, Arc<Once<V>>>>);

impl<K: Ord + Clone, V: Clone> SingleFlight<K, V> {
    /// The value of `key`, made by `make` if there is none yet.
    pub(super) async fn get<Fut>(&self, key: &K, make: impl FnOnce() -> Fut) -> Result<V>
    where
        Fut: Future<Output = Result<V>>,
    {
        let once = {
            // The lock only guards the map: it is never held while a value is made.
            let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            map.entry(key.clone()).or_default().clone()
        };
        once.get(make).await.cloned()
    }
}

impl<K, V> Default for SingleFlight<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: fmt::Debug, V> fmt::Debug for SingleFlight<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values hold credentials: only the keys are shown.
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_set().entries(map.keys()).finish()
    }
}

/// A value made on first use. Others who want it wait for the first one.
///
/// A failure is that of everybody who waited for it: ten resources that wait for one endpoint that is not there fail
/// together, not one after the other. It is not kept beyond that, so who asks later tries again.
pub(super) struct Once<V> {
    value: OnceCell<V>,
    failures: Mutex<Failures>,
}

#[derive(Default)]
struct Failures {
    count: u64,
    last: Option<CloudError>,
}

impl<V> Once<V> {
    /// The value, made by `make` if there is none yet.
    pub(super) async fn get<Fut>(&self, make: impl FnOnce() -> Fut) -> Result<&V>
    where
        Fut: Future<Output = Result<V>>,
    {
        let seen = self.failures.lock().unwrap_or_else(PoisonError::into_inner).count;
        let make = || async {
            if let Some(error) = self.failure_since(seen) {
                return Err(error);
            }
            make().await.inspect_err(|error| {
                let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
                failures.count += 1;
                failures.last = Some(copy(error));
            })
        };
        self.value.get_or_try_init(make).await
    }

    fn failure_since(&self, seen: u64) -> Option<CloudError> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.last.as_ref().filter(|_| failures.count > seen).map(copy)
    }

    /// One that has its value already.
    #[cfg(test)]
    pub(super) fn with(value: V) -> Self {
        Self { value: OnceCell::new_with(Some(value)), failures: Mutex::default() }
    }
}

impl<V> Default for Once<V> {
    fn default() -> Self {
        Self { value: OnceCell::new(), failures: Mutex::default() }
    }
}

impl<V> fmt::Debug for Once<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("made", &self.value.initialized()).finish()
    }
}

fn copy(error: &CloudError) -> CloudError {
    CloudError {
        kind: error.kind,
        operation: error.operation,
        code: error.code.clone(),
        message: error.message.clone(),
        request_id: error.request_id.clone(),
        source: error.source.as_ref().map(|source| source.to_string().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use landform_cloud::ErrorKind;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn many_askers_make_one_value_per_key() {
        let flight = SingleFlight::<&str, u32>::default();
        let made = AtomicU32::new(0);
        let make = || async {
            tokio::task::yield_now().await;
            Ok(made.fetch_add(1, Ordering::Relaxed))
        };
        let (one, two, three) =
            tokio::join!(flight.get(&"a", make), flight.get(&"a", make), flight.get(&"b", make));
        let (one, two, three) = (one.unwrap(), two.unwrap(), three.unwrap());
        assert!(one == two && one != three, "{one} {two} {three}");
        assert_eq!(made.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_failure_is_shared_by_those_who_waited_and_tried_again_by_who_comes_later() {
        let once = Once::<u32>::default();
        let tried = AtomicU32::new(0);
        let make = || async {
            tokio::task::yield_now().await;
            match tried.fetch_add(1, Ordering::Relaxed) {
                0 => Err(CloudError::new(ErrorKind::Unreachable, "AssumeRole", "not there")),
                number => Ok(number),
            }
        };
        let (one, two, three) = tokio::join!(once.get(make), once.get(make), once.get(make));
        for error in [one, two, three].map(Result::unwrap_err) {
            assert_eq!(
                (error.kind, error.to_string().as_str()),
                (ErrorKind::Unreachable, "AssumeRole: not there")
            );
        }
        assert_eq!(tried.load(Ordering::Relaxed), 1);
        assert_eq!(once.get(make).await.unwrap(), &1);
    }
}
