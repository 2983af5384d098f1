//! Faults on order.

use super::is_write;
use landform_cloud::ErrorKind;

/// One fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The operation it strikes; none for any write.
    pub operation: Option<&'static str>,
    /// Which of those calls, counted from 1 since it was injected.
    pub nth: u32,
    /// How many calls in a row, from the `nth` on.
    pub times: u32,
    /// Whether the call is executed.
    pub when: When,
    /// The error that the caller gets.
    pub kind: ErrorKind,
}

/// Whether a call that fails is executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is not.
    Before,
    /// It is, and its answer is lost.
    After,
}

#[derive(Default)]
pub(super) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    /// Counts one call and says what strikes it.
    pub(super) fn strike(&mut self, operation: &str) -> Option<(When, ErrorKind)> {
        let mut strikes = None;
        for (fault, count) in &mut self.0 {
            let meant = fault.operation.map_or_else(|| is_write(operation), |it| it == operation);
            if !meant {
                continue;
            }
            *count += 1;
            if (fault.nth..fault.nth + fault.times).contains(count) {
                strikes = strikes.or(Some((fault.when, fault.kind)));
            }
        }
        strikes
    }
}

/// When the process is killed, and whether it has been.
#[derive(Default)]
pub(super) struct Death {
    at: Option<(u32, When)>,
    writes: u32,
}

impl Death {
    pub(super) fn at(nth: u32, when: When) -> Self {
        Self { at: Some((nth, when)), writes: 0 }
    }

    pub(super) fn is_dead(&self) -> bool {
        self.at.is_some_and(|(nth, _)| self.writes >= nth)
    }

    /// Counts one call; whether it is the last one of the process, and whether it is executed.
    pub(super) fn strike(&mut self, operation: &str) -> Option<When> {
        let (nth, when) = self.at?;
        if is_write(operation) {
            self.writes += 1;
        }
        (self.writes >= nth).then_some(when)
    }
}
