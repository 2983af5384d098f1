//! A real Atlantis server on this machine, for the repository of a [`GitHost`].

use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::git_host::GitHost;

const USER: &str = "atlantis";
const TOKEN: &str = "token";
/// Atlantis listens on all addresses and has no option against it. What others send has to be signed with this.
const SECRET: &str = "only this test";
const START_DEADLINE: Duration = Duration::from_secs(60);

/// A running server. It ends, with all it started, when dropped.
#[derive(Debug)]
pub struct Atlantis {
    process: Child,
    endpoint: String,
    folder: TempDir,
}

/// What a server is started with.
#[derive(Debug)]
pub struct AtlantisSettings<'a> {
    /// The binary.
    pub program: &'a Path,
    /// `repos.yaml`.
    pub repositories: &'a Path,
    /// The programs that its workflows call, by the names that they call them.
    pub programs: &'a [(&'a str, &'a Path)],
    /// The environment of the server and of its workflows; no other variable is handed on.
    pub environment: &'a [(String, String)],
}

impl Atlantis {
    /// Starts a server and waits until it answers.
    ///
    /// # Panics
    /// When it does not answer within a minute, with its log: also when it refuses `repos.yaml`.
    pub fn start(host: &GitHost, settings: &AtlantisSettings<'_>) -> Atlantis {
        let started =
            start(host, settings).unwrap_or_else(|error| panic!("Atlantis does not start: {error}"));
        let begin = Instant::now();
        let mut atlantis = started;
        while !atlantis.is_healthy() {
            let is_over = atlantis.process.try_wait().is_ok_and(|status| status.is_some());
            if is_over || begin.elapsed() > START_DEADLINE {
                panic!("Atlantis does not answer:\n{}", atlantis.log());
            }
            sleep(Duration::from_millis(50));
        }
        atlantis
    }

    /// Delivers a webhook: `event` is what Gitea calls it, such as `pull_request`.
    ///
    /// # Panics
    /// When the server refuses it.
    pub fn deliver(&self, event: &str, body: &Value) {
        let body = body.to_string();
        let sent = agent()
            .post(format!("{}/events", self.endpoint))
            .header("X-Gitea-Event", event)
            .header("X-Gitea-Event-Type", event)
            .header("X-Gitea-Signature", signature(SECRET.as_bytes(), body.as_bytes()))
            .header("Content-Type", "application/json")
            .send(&body);
        match sent {
            Ok(answer) if answer.status().is_success() => {}
            other => panic!("Atlantis refuses the event: {other:?}\n{}", self.log()),
        }
    }

    /// All that the server has written.
    pub fn log(&self) -> String {
        fs::read_to_string(log_file(self.folder.path())).unwrap_or_default()
    }

    /// What is in the cache of providers that all projects share.
    pub fn plugin_cache(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join("data/plugin-cache")).into_iter().flatten();
        entries.flatten().map(|entry| entry.path()).collect()
    }

    fn is_healthy(&self) -> bool {
        agent()
            .get(format!("{}/healthz", self.endpoint))
            .call()
            .is_ok_and(|answer| answer.status().is_success())
    }
}

impl Drop for Atlantis {
    fn drop(&mut self) {
        if let Some(leader) = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw) {
            // The only failure is that it has ended by itself.
            let _ = kill_process_group(leader, Signal::KILL);
        }
        let _ = self.process.wait();
    }
}

fn start(host: &GitHost, settings: &AtlantisSettings<'_>) -> io::Result<Atlantis> {
    let folder = TempDir::new()?;
    let (home, programs) = (folder.path().join("home"), folder.path().join("programs"));
    fs::create_dir(&home)?;
    fs::create_dir(&programs)?;
    for (name, program) in settings.programs {
        std::os::unix::fs::symlink(program, programs.join(name))?;
    }
    fs::write(home.join(".gitconfig"), host.git_configuration(USER, TOKEN))?;
    let log = File::create(log_file(folder.path()))?;
    let path = std::env::var("PATH").unwrap_or_default();
    let port = free_port()?;
    let endpoint = format!("http://127.0.0.1:{port}");
    let process = Command::new(settings.program)
        .args(["server", "--log-level", "info", "--port", &port.to_string(), "--atlantis-url", &endpoint])
        .args(["--repo-allowlist", &host.repository_id(), "--repo-config"])
        .arg(settings.repositories)
        .args(["--gitea-base-url", &host.endpoint(), "--gitea-user", USER])
        // As the guide of an estate says, and no download of another Terraform.
        .args(["--checkout-strategy", "merge", "--fail-on-pre-workflow-hook-error", "--tf-download=false"])
        .arg("--data-dir")
        .arg(folder.path().join("data"))
        .env_clear()
        .envs(settings.environment.iter().map(|(name, value)| (name, value)))
        .env("ATLANTIS_GITEA_TOKEN", TOKEN)
        .env("ATLANTIS_GITEA_WEBHOOK_SECRET", SECRET)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", &home)
        .env("PATH", format!("{}:{path}", programs.display()))
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0)
        .spawn()?;
    Ok(Atlantis { process, endpoint, folder })
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("atlantis.log")
}

/// A port that nobody listens on now. Atlantis takes no socket that is open already.
fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .new_agent()
}

/// HMAC with SHA-256, in hexadecimal (<https://www.rfc-editor.org/rfc/rfc2104>), of a key that is not longer than a block.
fn signature(key: &[u8], message: &[u8]) -> String {
    let padded = |pad: u8| -> [u8; 64] {
        std::array::from_fn(|index| key.get(index).copied().unwrap_or_default() ^ pad)
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    let outer = Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize();
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // The second test case of <https://www.rfc-editor.org/rfc/rfc4231#section-4.3>.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature(b"Jefe", b"what do ya want for nothing?"), expected);
    }
}
