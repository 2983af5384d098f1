//! Programs that judge or run what is generated.

use std::env;
use std::path::{Path, PathBuf};

use super::go_tool::GoTool;
use crate::Error;

/// A program of others, pinned in `tests/tools` and built from source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoProgram {
    /// Runs Terraform in a tree of units: <https://terragrunt.gruntwork.io>.
    Terragrunt,
    /// Plans and applies pull requests: <https://www.runatlantis.io>.
    Atlantis,
    /// Checks workflows of GitHub Actions: <https://github.com/rhysd/actionlint>.
    Actionlint,
}

/// As its releases are built (<https://github.com/gruntwork-io/terragrunt/blob/v1.1.3/Makefile>). The version is that of
/// `go.mod`, which a test compares: configurations say which versions may read them.
const TERRAGRUNT: GoTool = GoTool {
    name: "terragrunt",
    product: "Terragrunt",
    module: "github.com/gruntwork-io/terragrunt",
    package: "github.com/gruntwork-io/terragrunt",
    program: "terragrunt",
    link: "-s -w -X github.com/gruntwork-io/terragrunt/internal/version.Version=v1.1.3",
    instead: "name a terragrunt in LANDFORM_TERRAGRUNT",
};

const ATLANTIS: GoTool = GoTool {
    name: "atlantis",
    product: "Atlantis",
    module: "github.com/runatlantis/atlantis",
    package: "github.com/runatlantis/atlantis",
    program: "atlantis",
    link: "-s -w",
    instead: "name an atlantis in LANDFORM_ATLANTIS",
};

const ACTIONLINT: GoTool = GoTool {
    name: "actionlint",
    product: "actionlint",
    module: "github.com/rhysd/actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    program: "actionlint",
    link: "-s -w",
    instead: "name an actionlint in LANDFORM_ACTIONLINT",
};

impl GoProgram {
    /// The binary: the one that a variable such as `LANDFORM_TERRAGRUNT` names, else the pinned one below
    /// `<root>/target/tools`, which is built when it is first asked for (some minutes; two processes wait for each other).
    ///
    /// # Errors
    /// When it does not build, with what to do.
    pub fn find(self, root: &Path, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
        let (variable, tool) = match self {
            GoProgram::Terragrunt => ("LANDFORM_TERRAGRUNT", TERRAGRUNT),
            GoProgram::Atlantis => ("LANDFORM_ATLANTIS", ATLANTIS),
            GoProgram::Actionlint => ("LANDFORM_ACTIONLINT", ACTIONLINT),
        };
        match env::var_os(variable).filter(|path| !path.is_empty()) {
            Some(path) => Ok(PathBuf::from(path)),
            None => tool.build(root, progress),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terragrunt_says_that_it_is_of_the_pinned_version() {
        let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tools");
        let pins = std::fs::read_to_string(tools.join(TERRAGRUNT.name).join("go.mod")).unwrap();
        let version = TERRAGRUNT.link.rsplit('=').next().unwrap();
        assert!(pins.contains(&format!("{} {version}", TERRAGRUNT.module)), "{version}");
    }
}
