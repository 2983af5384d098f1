//! One run of a program, with how long it takes and how much memory.

use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often the memory is looked at: the kernel keeps the peak, and forgets it with the process.
const LOOK: Duration = Duration::from_millis(1);

/// What one run took.
pub(super) struct Took {
    pub(super) time: Duration,
    /// The most memory that the program itself held, without those that it started.
    pub(super) memory_kb: u64,
}

impl Took {
    pub(super) fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "seconds": self.time.as_secs_f64(), "memory_kb": self.memory_kb })
    }
}

/// Runs the program to its end, which has to be a good one.
pub(super) fn took(command: &mut Command) -> Result<Took, Box<dyn Error>> {
    let told = tempfile::NamedTempFile::new()?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(told.reopen()?);
    let begin = Instant::now();
    let mut process = command.spawn().map_err(|error| format!("{command:?} does not start: {error}"))?;
    let mut memory_kb = 0;
    let status = loop {
        if let Some(status) = process.try_wait()? {
            break status;
        }
        memory_kb = memory_kb.max(peak(process.id()).unwrap_or_default());
        sleep(LOOK);
    };
    let time = begin.elapsed();
    if !status.success() {
        let told = fs::read_to_string(told.path()).unwrap_or_default();
        return Err(format!("{command:?} ends with {status}:\n{told}").into());
    }
    Ok(Took { time, memory_kb })
}

/// `VmHWM` (<https://man7.org/linux/man-pages/man5/proc_pid_status.5.html>).
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
