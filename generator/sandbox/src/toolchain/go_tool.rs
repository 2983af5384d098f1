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
    needed_by: "The tests of landform-conformance, landform-e2e and landform-sandbox that run OpenTofu need it",
    instead: "name a tofu in LANDFORM_OPENTOFU",
};

const GO_HINT: &str = "go needs to reach a module proxy (GOPROXY, HTTPS_PROXY) and must be as new as go.mod in tests/tools asks; \
                       the next run continues where this one stopped";

impl GoTool {
    /// The binary under `<root>/target/tools`, built now if need be: by the same `go.mod`, it is built once.
    pub(super) fn build(&self, root: &Path, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
        self.build_with(on_path(OsStr::new("go")), root, progress)
    }

    fn build_with(
        &self,
        go: Option<PathBuf>,
        root: &Path,
        progress: &dyn Fn(&str),
    ) -> Result<PathBuf, Error> {
        let module = Module::read(&root.join("tests").join("tools").join(self.name))?;
        let directory = root.join("target").join("tools");
        let name = format!("{}-{}", self.name, module.hash(self.link));
        let program = directory.join(&name).join(self.program);
        if !program.is_file() {
            let _lock = Lock::wait(&directory, self.product, progress)?;
            if !program.is_file() {
                self.build_into(&program, &module, go, progress)?;
                leftovers::remove(&directory, |other| other.starts_with(self.name) && other != name);
            }
        }
        fs::canonicalize(&program).map_err(Error::file("resolve", &program))
    }

    fn build_into(
        &self,
        program: &Path,
        module: &Module,
        go: Option<PathBuf>,
        progress: &dyn Fn(&str),
    ) -> Result<(), Error> {
        let product = format!("{} {}", self.product, module.version_of(self.module).trim_start_matches('v'));
        let go = go.ok_or_else(|| Error::Go {
            program: product.clone(),
            needed_by: self.needed_by,
            version: module.version_of("go").to_owned(),
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
            .current_dir(&module.folder)
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

/// A Go module that pins one program.
struct Module {
    folder: PathBuf,
    /// The text of `go.mod`.
    pins: String,
    /// The text of `go.sum`.
    sums: String,
}

impl Module {
    fn read(folder: &Path) -> Result<Module, Error> {
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read_to_string(&path).map_err(Error::file("read", &path))
        };
        Ok(Module { folder: folder.to_path_buf(), pins: read("go.mod")?, sums: read("go.sum")? })
    }

    /// Stands for all that the binary is made from.
    fn hash(&self, link: &str) -> String {
        short_hash(&[self.pins.as_bytes(), self.sums.as_bytes(), link.as_bytes()])
    }

    /// What follows `word`, the path of a module or `go`, on the line of `go.mod` that begins with it.
    fn version_of(&self, word: &str) -> &str {
        let mut lines = self.pins.lines().map(|line| line.trim().trim_start_matches("require "));
        let line = lines.find_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
        line.and_then(|rest| rest.split(' ').next()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PINS: &str = "module m\n\ngo 1.26.6\n\nrequire (\n\tgithub.com/opentofu/opentofu-x v9.9.9\n\t\
                        github.com/opentofu/opentofu v1.2.3 // indirect\n)\n";

    /// A workspace with a module for OpenTofu.
    fn workspace() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let module = root.path().join("tests/tools/opentofu");
        fs::create_dir_all(&module).unwrap();
        fs::write(module.join("go.mod"), PINS).unwrap();
        fs::write(module.join("go.sum"), "").unwrap();
        root
    }

    #[test]
    fn versions_are_read_from_a_module_of_one_or_of_many_requirements() {
        let module =
            |pins: &str| Module { folder: PathBuf::new(), pins: pins.to_owned(), sums: String::new() };
        let one = module("module m\n\ngo 1.26.6\n\ntool a.b/c/cmd/d\n\nrequire a.b/c v1.2.3\n");
        assert_eq!((one.version_of("go"), one.version_of("a.b/c")), ("1.26.6", "v1.2.3"));
        let many = module(PINS);
        assert_eq!((many.version_of(OPENTOFU.module), many.version_of("a.b/c")), ("v1.2.3", ""));
    }

    #[test]
    fn without_go_the_error_names_what_needs_it_and_how_to_get_it() {
        let root = workspace();
        let error = OPENTOFU.build_with(None, root.path(), &|_| ()).unwrap_err().to_string();
        for part in ["OpenTofu 1.2.3", "Go 1.26.6", "landform-conformance", "LANDFORM_OPENTOFU"] {
            assert!(error.contains(part), "{part}: {error}");
        }
    }

    #[test]
    fn what_is_built_needs_no_go() {
        let root = workspace();
        let module = Module::read(&root.path().join("tests/tools/opentofu")).unwrap();
        let name = format!("target/tools/opentofu-{}", module.hash(OPENTOFU.link));
        fs::create_dir_all(root.path().join(&name)).unwrap();
        fs::write(root.path().join(&name).join("tofu"), "").unwrap();
        let built = OPENTOFU.build_with(None, root.path(), &|_| ()).unwrap();
        assert!(built.ends_with(format!("{name}/tofu")), "{}", built.display());
    }

    #[test]
    fn a_build_that_fails_says_what_to_do_and_leaves_nothing_that_counts_as_built() {
        let root = workspace();
        for _ in 0..2 {
            let failed = OPENTOFU.build_with(Some("false".into()), root.path(), &|_| ());
            let error = failed.unwrap_err().to_string();
            assert!(error.contains("building OpenTofu 1.2.3 failed"), "{error}");
            assert!(error.contains("GOPROXY"), "{error}");
        }
    }
}
