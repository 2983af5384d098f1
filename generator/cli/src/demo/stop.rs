//! Ctrl-C: the first one lets Terraform finish what it is doing, the second one kills it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use landform_sandbox::Killer;

use super::Failure;

/// Whether somebody asked to stop. Clones are the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Arc<State>);

#[derive(Debug, Default)]
struct State {
    requests: AtomicUsize,
    running: Mutex<Option<Killer>>,
    changed: Condvar,
}

impl Stop {
    /// Begins to watch for Ctrl-C and SIGTERM. Possible once in a process.
    pub(super) fn watch() -> Result<Stop, Failure> {
        let stop = Stop::default();
        let handler = stop.clone();
        ctrlc::set_handler(move || handler.request()).map_err(Failure::Signals)?;
        Ok(stop)
    }

    /// An error once a stop was requested.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.requested() { Err(Failure::Stopped) } else { Ok(()) }
    }

    /// Passes stops on to a running Terraform, until [`Stop::leave`].
    pub(super) fn enter(&self, killer: Killer) {
        *self.running() = Some(killer);
        // A request that came between the last check and now found nobody to tell.
        if self.requested() {
            self.pass_on();
        }
    }

    /// The run is over.
    pub(super) fn leave(&self) {
        *self.running() = None;
    }

    /// Blocks until a stop is requested.
    pub(super) fn wait(&self) {
        let mut running = self.running();
        while !self.requested() {
            running = self.0.changed.wait(running).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn request(&self) {
        self.0.requests.fetch_add(1, Ordering::SeqCst);
        self.pass_on();
        // Taken and dropped, so that a waiter is either before its check or asleep.
        drop(self.running());
        self.0.changed.notify_all();
    }

    fn pass_on(&self) {
        if let Some(killer) = self.running().as_ref() {
            if self.0.requests.load(Ordering::SeqCst) > 1 { killer.kill() } else { killer.interrupt() }
        }
    }

    fn requested(&self) -> bool {
        self.0.requests.load(Ordering::SeqCst) > 0
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<Killer>> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_request_wakes_the_waiter_and_stays() {
        let stop = Stop::default();
        assert!(stop.check().is_ok());
        let waiter = stop.clone();
        let waiting = thread::spawn(move || waiter.wait());
        stop.request();
        assert!(waiting.join().is_ok());
        assert!(matches!(stop.check(), Err(Failure::Stopped)));
    }
}
