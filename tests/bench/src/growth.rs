//! How plan and apply grow with the number of instances, under real Terraform.

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::served::Served;
use landform_conformance::WORLD;
use landform_conformance::configuration::{REQUIRED_PROVIDERS, many_things};
use landform_sandbox::{CliConfig, LocalProvider, Profile, Terraform, TerraformProgram};

/// From one instance to a thousand.
const COUNTS: [usize; 4] = [1, 10, 100, 1000];

/// Plan, apply and plan again, for some numbers of instances of the toy resource.
#[derive(Clone, Debug)]
pub struct Growth {
    terraform: String,
    rows: Vec<Row>,
}

/// What one number of instances took.
#[derive(Clone, Copy, Debug)]
struct Row {
    count: usize,
    plan: Cost,
    apply: Cost,
    /// With nothing to do: every instance is read and planned.
    refresh: Cost,
    /// Of the provider at the end, in bytes.
    memory: u64,
}

/// One command.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// With Terraform's own work.
    whole: Duration,
    /// The provider's time on the processor, where the system tells it.
    provider: Option<Duration>,
}

impl Growth {
    /// Builds the toy provider and runs Terraform in a temporary folder.
    ///
    /// # Errors
    /// The provider does not build, there is no Terraform, or a run fails.
    pub fn measure(workspace: &Path, profile: Profile) -> Result<Growth, Box<dyn Error>> {
        let program = TerraformProgram::chosen(workspace, &|line| eprintln!("{line}"))?;
        let toy = build(workspace, profile)?;
        let rows =
            COUNTS.iter().map(|count| Row::measure(&program, &toy, *count)).collect::<Result<Vec<_>, _>>()?;
        Ok(Growth { terraform: format!("{:?} {}", program.flavour(), program.version()), rows })
    }

    /// For machines; durations in milliseconds.
    pub fn to_json(&self) -> serde_json::Value {
        let milliseconds = |time: Duration| (time.as_secs_f64() * 1e3).round();
        let cost = |cost: Cost| {
            let provider = cost.provider.map(milliseconds);
            serde_json::json!({"whole_ms": milliseconds(cost.whole), "provider_ms": provider})
        };
        let row = |row: &Row| {
            serde_json::json!({
                "instances": row.count,
                "plan": cost(row.plan),
                "apply": cost(row.apply),
                "refresh": cost(row.refresh),
                "provider_memory_bytes": row.memory,
            })
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        serde_json::json!({"terraform": self.terraform, "rows": rows})
    }
}

impl Row {
    fn measure(program: &TerraformProgram, toy: &Path, count: usize) -> Result<Row, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let world = folder.path().join("world");
        let configuration = folder.path().join("configuration");
        fs::create_dir(&world)?;
        fs::create_dir(&configuration)?;
        fs::write(configuration.join("main.tf"), REQUIRED_PROVIDERS.to_owned() + &many_things(count))?;
        let served = Served::start(toy, program.flavour(), (WORLD, &world))?;
        let config = CliConfig::overrides(folder.path(), &[LocalProvider::new("landform/toy", toy)])?;
        let (name, address) = served.environment();
        let terraform = Terraform::new(program, &config, &configuration, Default::default())
            .with_environment(name, address);
        let cost = |arguments: &[&str]| -> Result<Cost, Box<dyn Error>> {
            let (begin, before) = (Instant::now(), served.processor_time());
            terraform.run(arguments)?.success()?;
            let provider = served.processor_time().zip(before).map(|(after, before)| after - before);
            Ok(Cost { whole: begin.elapsed(), provider })
        };
        Ok(Row {
            count,
            plan: cost(&["plan", "-out=create.plan"])?,
            apply: cost(&["apply", "create.plan"])?,
            refresh: cost(&["plan", "-detailed-exitcode"])?,
            memory: served.memory()?,
        })
    }
}

/// The toy provider's binary. Cargo builds no binaries of a dependency.
fn build(workspace: &Path, profile: Profile) -> Result<PathBuf, Box<dyn Error>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--package", "landform-conformance", "--bin", "terraform-provider-toy"]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    let status = cargo.current_dir(workspace).status()?;
    if !status.success() {
        return Err(format!("the toy provider does not build: cargo ended with {status}").into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
    Ok(target.join(folder).join("terraform-provider-toy"))
}

/// A table: each command as a whole, and in parentheses the provider's own share.
impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (plan, apply, refresh) = ("plan", "apply", "refresh");
        writeln!(
            f,
            "  instances  {plan:>16}  {apply:>16}  {refresh:>16}  provider memory   ({})",
            self.terraform
        )?;
        for Row { count, plan, apply, refresh, memory } in &self.rows {
            writeln!(
                f,
                "  {count:>9}  {plan:>16}  {apply:>16}  {refresh:>16}  {:>6.1} MB",
                *memory as f64 / 1e6
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |time: Duration| format!("{:.2}", time.as_secs_f64());
        let provider = self.provider.map_or_else(|| "?".to_owned(), seconds);
        f.pad(&format!("{} s ({provider} s)", seconds(self.whole)))
    }
}
