//! Terraform in the folder of one unit.

use std::path::PathBuf;

use landform_sandbox::{Output, Terraform};
use serde_json::Value;

use super::Failure;
use super::report::Progress;
use super::stop::Stop;

/// One root module of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// `account/region/environment/name`.
    pub(super) id: String,
    /// Where its files are.
    pub(super) folder: PathBuf,
    /// The 12 digits of its account.
    pub(super) account: String,
    /// Its region.
    pub(super) region: String,
    /// The provider refuses to destroy it.
    pub(super) protected: bool,
}

/// What runs Terraform in any unit.
pub(super) struct Runner {
    pub(super) terraform: Terraform,
    pub(super) stop: Stop,
}

impl Runner {
    /// `init` and `apply`.
    pub(super) fn create(&self, unit: &Unit, progress: &Progress) -> Result<(), Failure> {
        self.run(unit, &["init"], &[0], progress)?;
        self.apply(unit, progress)
    }

    pub(super) fn apply(&self, unit: &Unit, progress: &Progress) -> Result<(), Failure> {
        self.run(unit, &["apply", "-auto-approve"], &[0], progress).map(drop)
    }

    pub(super) fn destroy(&self, unit: &Unit, progress: &Progress) -> Result<(), Failure> {
        self.run(unit, &["destroy", "-auto-approve"], &[0], progress).map(drop)
    }

    /// Tries to destroy a protected unit and returns what Terraform said.
    pub(super) fn refused_destroy(&self, unit: &Unit, progress: &Progress) -> Result<String, Failure> {
        let output = self.run(unit, &["destroy", "-auto-approve"], &[0, 1], progress)?;
        match output.code {
            0 => Err(Failure::Broken(format!("{} is protected and was destroyed", unit.id))),
            _ => Ok(output.text()),
        }
    }

    /// The changes that a plan wants; `None` when there are none.
    pub(super) fn plan(&self, unit: &Unit, progress: &Progress) -> Result<Option<Vec<String>>, Failure> {
        let output = self.run(unit, &["plan", "-detailed-exitcode"], &[0, 2], progress)?;
        Ok((output.code == 2).then(|| changes(&output.stdout)))
    }

    /// The value of an output.
    pub(super) fn output(&self, unit: &Unit, name: &str, progress: &Progress) -> Result<Value, Failure> {
        let output = self.run(unit, &["output", "-json", name], &[0], progress)?;
        serde_json::from_str(&output.stdout)
            .map_err(|error| Failure::Broken(format!("the output {name} of {} is no JSON: {error}", unit.id)))
    }

    fn run(
        &self,
        unit: &Unit,
        arguments: &[&str],
        codes: &[i32],
        progress: &Progress,
    ) -> Result<Output, Failure> {
        self.stop.check()?;
        let running = self.terraform.in_folder(&unit.folder).start(arguments)?;
        self.stop.enter(running.killer());
        let outcome = running.wait_streaming(&mut |_, line| {
            if !line.trim().is_empty() {
                progress.now(line);
            }
        });
        self.stop.leave();
        // An interrupted run ends with an error of its own, which is not the reason.
        self.stop.check()?;
        Ok(outcome?.code_in(codes)?)
    }
}

/// The lines of a plan that begin with a sign of change, without the indentation and without the legend of signs.
fn changes(plan: &str) -> Vec<String> {
    let (_, actions) = plan.split_once(" will perform").unwrap_or(("", plan));
    actions
        .lines()
        .map(str::trim)
        .filter(|line| ["~ ", "+ ", "- ", "-/+ ", "# "].iter().any(|sign| line.starts_with(sign)))
        .filter(|line| !line.contains("unchanged"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_the_lines_with_a_sign() {
        let plan = "  ~ update in-place\n\nTerraform will perform:\n\n  # module.network.landform_vpc.this will be updated in-place\n  ~ resource \"landform_vpc\" \"this\" {\n        id = \"vpc-1\"\n      ~ status = \"drifted\" -> \"ready\"\n        # (12 unchanged attributes hidden)\n    }\n\nPlan: 0 to add, 1 to change, 0 to destroy.\n";
        assert_eq!(
            changes(plan),
            [
                "# module.network.landform_vpc.this will be updated in-place",
                "~ resource \"landform_vpc\" \"this\" {",
                "~ status = \"drifted\" -> \"ready\""
            ]
        );
    }
}
