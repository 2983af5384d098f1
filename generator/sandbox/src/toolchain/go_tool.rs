//! Programs that are built from source with Go, each pinned by a module of its own in `tests/tools`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::lock::Lock;
use super::terraform_program::on_path;
use crate::hash::short_hash;
use crate::{Error, leftovers};

/// One program. Its version is the one that its module requires.
pub(super) struct GoTool {
    /// The folder of its module below `tests/tools`.
    name: &'static str,
    /// For people.
    product: &'static str,
    /// The module that `go.mod` pins.
    module: &'static str,
    /// The package to build, which the `tool` line names.
    package: &'static str,
    /// The binary's name.
    program: &'static str,
    /// Options for the linker.
    link: &'static str,
    /// The checks that cannot run without it.
    needed_by: &'static str,
    /// What to do without Go.
    instead: &'static str,
}

/// OpenTofu as its releases are built: without the `-dev` that a build from source has otherwise
/// (<https://github.com/opentofu/opentofu/blob/v1.12.6/version/version.go>).
pub(super) const OPENTOFU: GoTool = GoTool {
    name: "opentofu",
    product: "OpenTofu",
    module: "github.com/opentofu/opentofu",
    package: "github.com/opentofu/opentofu/cmd/tofu",
    program: "tofu",
    link: "-s -w -X github.com/opentofu/opentofu/version.dev=no",
    needed_by: "landform-conformance and the test opentofu of landform-sandbox need it",
    instead: "name a tofu in LANDFORM_OPENTOFU",
};

const GO_HINT: &str = "go needs to reach a module proxy (GOPROXY, HTTPS_PROXY) and must be as new as go.mod in tests/tools asks; \
                       the next run continues where this one stopped";

impl GoTool {
    /// The binary under `<root>/target/tools`, built now if need be: by the same `go.mod`, it is built once.
    pub(super) fn build(&self, root: &Path, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
        let module = root.join("tests").join("tools").join(self.name);
        let read = |name: &str| {
            let path = module.join(name);
            fs::read_to_string(&path).map_err(Error::file("read", &path))
        };
        let (pins, sums) = (read("go.mod")?, read("go.sum")?);
        let directory = root.join("target").join("tools");
        let hash = short_hash(&[pins.as_bytes(), sums.as_bytes(), self.link.as_bytes()]);
        let name = format!("{}-{hash}", self.name);
        let program = directory.join(&name).join(self.program);
        if !program.is_file() {
            let _lock = Lock::wait(&directory, self.product, progress)?;
            if !program.is_file() {
                self.build_into(&program, &module, &pins, progress)?;
                leftovers::remove(&directory, |other| other.starts_with(self.name) && other != name);
            }
        }
        fs::canonicalize(&program).map_err(Error::file("resolve", &program))
    }

    fn build_into(
        &self,
        program: &Path,
        module: &Path,
        pins: &str,
        progress: &dyn Fn(&str),
    ) -> Result<(), Error> {
        let product = format!("{} {}", self.product, pinned(pins, self.module).trim_start_matches('v'));
        let go = on_path(OsStr::new("go")).ok_or_else(|| Error::Go {
            program: product.clone(),
            needed_by: self.needed_by,
            version: pinned(pins, "go").to_owned(),
            instead: self.instead,
        })?;
        progress(&format!("Building {product} (some minutes the first time)"));
        let begin = Instant::now();
        let folder = program.parent().unwrap_or(program);
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        let folder = fs::canonicalize(folder).map_err(Error::file("resolve", folder))?;
        let draft = folder.join("draft");
        // The same options as in .ci/run, which fills Go's cache before.
        let built = Command::new(&go)
            .args(["build", "-trimpath", "-ldflags", self.link, "-o"])
            .arg(&draft)
            .arg(self.package)
            .current_dir(module)
            .env("CGO_ENABLED", "0")
            .env("GOWORK", "off")
            .stdin(Stdio::null())
            .output()
            .map_err(|source| Error::Start { program: go.display().to_string(), source })?;
        if !built.status.success() {
            return Err(Error::preparation(&format!("building {product}"), &built, GO_HINT));
        }
        fs::rename(&draft, program).map_err(Error::file("rename to", program))?;
        progress(&format!("Built {product} in {:.0} s", begin.elapsed().as_secs_f64()));
        Ok(())
    }
}

/// What follows `word` on the line of `go.mod` that begins with it: a version.
fn pinned<'a>(pins: &'a str, word: &str) -> &'a str {
    let mut lines = pins.lines().map(|line| line.trim().trim_start_matches("require "));
    let line = lines.find_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
    line.and_then(|rest| rest.split(' ').next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_a_module_of_one_or_of_many_requirements() {
        let pins = "module m\n\ngo 1.26.6\n\ntool a.b/c/cmd/d\n\nrequire a.b/c v1.2.3\n";
        assert_eq!((pinned(pins, "go"), pinned(pins, "a.b/c")), ("1.26.6", "v1.2.3"));
        let pins = "module m\n\nrequire (\n\ta.b/cc v9.9.9\n\ta.b/c v1.2.3 // indirect\n)\n";
        assert_eq!((pinned(pins, "go"), pinned(pins, "a.b/c")), ("", "v1.2.3"));
    }
}
