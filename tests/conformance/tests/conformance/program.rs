//! The programs that every scenario runs on.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use landform_sandbox::{CliConfig, Error, LocalProvider, TerraformProgram};

/// A program that plays Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// Terraform from PyPI.
    Newest,
    /// The Terraform that this machine would use for everything else.
    Chosen,
    /// OpenTofu.
    OpenTofu,
}

impl Program {
    pub(crate) const ALL: [Program; 3] = [Program::Newest, Program::Chosen, Program::OpenTofu];

    /// Finds it or makes it, once per process.
    pub(crate) fn get(self) -> &'static TerraformProgram {
        static FOUND: [OnceLock<TerraformProgram>; 3] = [const { OnceLock::new() }; 3];
        FOUND[self as usize].get_or_init(|| {
            let (root, say) = (workspace(), |line: &str| eprintln!("{line}"));
            or_panic(match self {
                Program::Newest => TerraformProgram::newest_from_pypi(&root, &say),
                Program::Chosen => TerraformProgram::chosen(&root, &say),
                Program::OpenTofu => TerraformProgram::opentofu(&root, &say),
            })
        })
    }
}

/// A configuration that makes every program use the toy provider of this build, without `init`.
pub(crate) fn cli_config() -> &'static CliConfig {
    static WRITTEN: OnceLock<CliConfig> = OnceLock::new();
    WRITTEN.get_or_init(|| or_panic(CliConfig::overrides(&workspace().join("target/sandbox/toy"), &[toy()])))
}

/// A configuration with which `init` installs it.
pub(crate) fn mirror() -> &'static CliConfig {
    static WRITTEN: OnceLock<CliConfig> = OnceLock::new();
    WRITTEN.get_or_init(|| or_panic(CliConfig::mirror(&workspace().join("target/sandbox/toy"), &[toy()])))
}

fn toy() -> LocalProvider {
    LocalProvider::new("landform/toy", Path::new(env!("CARGO_BIN_EXE_terraform-provider-toy")))
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The value, or a panic with the error and everything beneath it.
#[track_caller]
pub(crate) fn or_panic<T>(result: Result<T, Error>) -> T {
    result.unwrap_or_else(|error| {
        let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
        panic!("{}", causes.map(ToString::to_string).collect::<Vec<_>>().join("\n  because: "))
    })
}

/// Makes one test per program of each scenario.
macro_rules! scenarios {
    ($($(#[$doc:meta])* fn $name:ident($stage:ident) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            use $crate::program::Program;
            use $crate::stage::Stage;

            fn scenario($stage: &Stage) $body

            #[test]
            fn terraform_newest() {
                scenario(&Stage::new(Program::Newest));
            }

            #[test]
            fn terraform_chosen() {
                scenario(&Stage::new(Program::Chosen));
            }

            #[test]
            fn opentofu() {
                scenario(&Stage::new(Program::OpenTofu));
            }
        }
    )+};
}
