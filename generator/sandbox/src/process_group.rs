//! Signals to a whole process group, so that no provider or worker outlives the program that started it.

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// Sends `signal` to the group led by the process `leader`. A group that is already gone is no error.
pub(crate) fn signal_group(leader: u32, signal: Signal) {
    if let Some(pid) = pid(leader) {
        // The only failures are "no such group" (it ended by itself) and "not yours" (it cannot be ours then).
        let _ = kill_process_group(pid, signal);
    }
}

/// Sends `signal` to the one process `id`, which may be gone already.
pub(crate) fn signal_one(id: u32, signal: Signal) {
    if let Some(pid) = pid(id) {
        let _ = kill_process(pid, signal);
    }
}

fn pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}
