//! Values made once per key, also when many ask for the same key at once.

use landform_cloud::Result;
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// A map that makes each value on first use. Others who want it wait; a failure is not kept, so the next one tries again.
pub(super) struct SingleFlight<K, V>(Mutex<BTreeMap<K, Arc<OnceCell<V>>>>);

impl<K: Ord + Clone, V: Clone> SingleFlight<K, V> {
    /// The value of `key`, made by `make` if there is none yet.
    pub(super) async fn get<Fut>(&self, key: &K, make: impl FnOnce() -> Fut) -> Result<V>
    where
        Fut: Future<Output = Result<V>>,
    {
        let cell = {
            // The lock only guards the map: it is never held while a value is made.
            let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            cells.entry(key.clone()).or_default().clone()
        };
        cell.get_or_try_init(make).await.cloned()
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
        let cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_set().entries(cells.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use landform_cloud::{CloudError, ErrorKind};
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn many_askers_make_one_value_and_a_failure_is_tried_again() {
        let flight = SingleFlight::<&str, u32>::default();
        let made = AtomicU32::new(0);
        let make = || async {
            tokio::task::yield_now().await;
            match made.fetch_add(1, Ordering::Relaxed) {
                0 => Err(CloudError::new(ErrorKind::Other, "AssumeRole", "not yet")),
                number => Ok(number),
            }
        };
        assert!(flight.get(&"a", make).await.is_err());
        let (one, two, three) =
            tokio::join!(flight.get(&"a", make), flight.get(&"a", make), flight.get(&"b", make));
        let (one, two, three) = (one.unwrap(), two.unwrap(), three.unwrap());
        assert!(one == two && one != three, "{one} {two} {three}");
        assert_eq!(made.load(Ordering::Relaxed), 3);
    }
}
