//! One provider process for many commands of Terraform, so that its own share can be measured.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use landform_sandbox::Flavour;

use crate::start::{Process, resident_memory};

/// A provider that runs until it is dropped.
pub(crate) struct Served {
    process: Process,
    /// The value of `TF_REATTACH_PROVIDERS`.
    address: String,
}

impl Served {
    /// Starts `binary` with `--reattach`.
    pub(crate) fn start(
        binary: &Path,
        flavour: Flavour,
        environment: (&str, &Path),
    ) -> Result<Served, Box<dyn Error>> {
        let mut process = Command::new(binary)
            .arg("--reattach")
            .env(environment.0, environment.1)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let process = Process(process);
        let (_, address) = line.trim().split_once('=').ok_or("the provider did not say how to reach it")?;
        // OpenTofu looks for it under its own registry.
        let address = address.trim_matches('\'').replace("registry.terraform.io", flavour.registry());
        Ok(Served { process, address })
    }

    /// What Terraform must have in its environment to use this process.
    pub(crate) fn environment(&self) -> (&'static str, &str) {
        ("TF_REATTACH_PROVIDERS", &self.address)
    }

    /// The time on the processor so far, in steps of 10 ms; only Linux tells it.
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        let about = std::fs::read_to_string(format!("/proc/{}/stat", self.process.0.id())).ok()?;
        // After the name in parentheses: state, then ten more fields, then user and system time in ticks of 10 ms
        // (<https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>).
        let fields: Vec<&str> = about.rsplit(')').next()?.split_whitespace().collect();
        let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        Some(Duration::from_millis(ticks * 10))
    }

    /// The resident memory in bytes.
    pub(crate) fn memory(&self) -> std::io::Result<u64> {
        resident_memory(self.process.0.id())
    }
}
