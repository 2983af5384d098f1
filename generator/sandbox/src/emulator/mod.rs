//! One AWS emulator process on a free port of this machine.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::process_group::signal_group;
use crate::{Error, Toolchain, leftovers};

const OVERLAY: &str = include_str!("overlay.py");

/// What AWS does and moto does not, by service, in the order of their imports.
const BEHAVIOURS: [(&str, &str); 13] = [
    ("patch", include_str!("overlay/patch.py")),
    ("organizations", include_str!("overlay/organizations.py")),
    ("accounts", include_str!("overlay/accounts.py")),
    ("policy_types", include_str!("overlay/policy_types.py")),
    ("policies", include_str!("overlay/policies.py")),
    ("effective_policies", include_str!("overlay/effective_policies.py")),
    ("account", include_str!("overlay/account.py")),
    ("account_defaults", include_str!("overlay/account_defaults.py")),
    ("root_access", include_str!("overlay/root_access.py")),
    ("budgets", include_str!("overlay/budgets.py")),
    ("buckets", include_str!("overlay/buckets.py")),
    ("oidc_providers", include_str!("overlay/oidc_providers.py")),
    ("managed_policies", include_str!("overlay/managed_policies.py")),
];

/// Generous: a cold start on a busy machine with two cores takes about ten seconds.
const START_DEADLINE: Duration = Duration::from_secs(90);

/// Switches that make moto check what AWS checks (<https://docs.getmoto.org/en/latest/docs/configuration/environment_variables.html>).
const SETTINGS: [(&str, &str); 4] = [
    ("MOTO_ENABLE_AMI_VALIDATION", "1"),
    ("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "1"),
    ("MOTO_ENABLE_KEYPAIR_VALIDATION", "1"),
    ("MOTO_IAM_LOAD_MANAGED_POLICIES", "true"),
];

/// A running emulator. It ends, with all it started, when this value is dropped or this process dies.
#[derive(Debug)]
pub struct Emulator {
    process: Child,
    endpoint: String,
    log: PathBuf,
}

impl Emulator {
    /// The account that requests without an assumed role belong to.
    pub const MANAGEMENT_ACCOUNT: &'static str = "123456789012";

    /// Starts moto and waits until it accepts requests, about 3 seconds. An empty AWS: every account and region
    /// has its default VPC and nothing else.
    pub fn start(toolchain: &Toolchain) -> Result<Emulator, Error> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        leftovers::remove(toolchain.directory(), |name| name.starts_with("emulator-"));
        let log = toolchain.directory().join(format!("emulator-{}-{number}.log", std::process::id()));
        let log_file = File::create(&log).map_err(Error::file("create", &log))?;

        let mut process = Command::new(toolchain.python())
            .args(["-c", OVERLAY])
            .args(BEHAVIOURS.iter().flat_map(|(name, text)| [name, text]))
            .envs(SETTINGS)
            .env_remove("MOTO_ACCOUNT_ID")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log_file)
            .process_group(0)
            .spawn()
            .map_err(|source| Error::Start { program: "the AWS emulator".to_owned(), source })?;
        let (send, receive) = mpsc::channel();
        if let Some(stdout) = process.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if let Some(port) = line.strip_prefix("listening ") {
                        let _ = send.send(port.to_owned());
                    }
                }
            });
        }
        // From here on an early return drops the emulator, and with it the process.
        let mut emulator = Emulator { process, endpoint: String::new(), log };
        match receive.recv_timeout(START_DEADLINE) {
            Ok(port) => {
                emulator.endpoint = format!("http://127.0.0.1:{port}");
                Ok(emulator)
            }
            Err(mpsc::RecvTimeoutError::Timeout) => Err(emulator
                .start_error(format!("it listens on no port after {} seconds", START_DEADLINE.as_secs()))),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(emulator.start_error("its process ended".to_owned()))
            }
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The environment that points the AWS SDKs and Terraform's S3 backend at this emulator, and at nothing else:
    /// no profile, no instance metadata.
    pub fn environment(&self) -> BTreeMap<String, String> {
        environment_for(&self.endpoint)
    }

    /// Everything the emulator wrote, for instance the traceback behind an HTTP 500.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn start_error(&self, reason: String) -> Error {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        Error::EmulatorStart { reason, log_tail: lines[lines.len().saturating_sub(20)..].join("\n") }
    }
}

/// The environment for another endpoint in front of an emulator, such as a proxy that counts requests.
pub fn environment_for(endpoint: &str) -> BTreeMap<String, String> {
    [
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("NO_PROXY", "127.0.0.1,localhost"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

impl Drop for Emulator {
    fn drop(&mut self) {
        signal_group(self.process.id(), Signal::KILL);
        let _ = self.process.wait();
        let _ = fs::remove_file(&self.log);
    }
}
