//! Signals to a whole process group, so that no provider or worker outlives the program that started it.

use rustix::process::{Pid, Signal, kill_process_group};

/// Sends `signal` to the group led by the process `leader`. A group that is already gone is no error.
pub(crate) fn signal_group(leader: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // The only failures are "no such group" (it ended by itself) and "not yours" (it cannot be ours then).
        let _ = kill_process_group(pid, signal);
    }
}
