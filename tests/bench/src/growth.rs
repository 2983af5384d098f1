//! How plan and apply grow with the number of instances, under real Terraform.

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

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

/// What one number of instances took. Terraform's own work is in it.
#[derive(Clone, Copy, Debug)]
struct Row {
    count: usize,
    plan: Duration,
    apply: Duration,
    /// With nothing to do: every instance is read and planned.
    refresh: Duration,
}

impl Growth {
    /// Builds the toy provider and runs Terraform in a temporary folder.
    ///
    /// # Errors
    /// The provider does not build, there is no Terraform, or a run fails.
    pub fn measure(workspace: &Path, profile: Profile) -> Result<Growth, Box<dyn Error>> {
        let program = TerraformProgram::chosen(workspace, &|line| eprintln!("{line}"))?;
        let toy = LocalProvider::new("landform/toy", &build(workspace, profile)?);
        let rows =
            COUNTS.iter().map(|count| Row::measure(&program, &toy, *count)).collect::<Result<Vec<_>, _>>()?;
        Ok(Growth { terraform: format!("{:?} {}", program.flavour(), program.version()), rows })
    }

    /// For machines; durations in milliseconds.
    pub fn to_json(&self) -> serde_json::Value {
        let milliseconds = |time: Duration| (time.as_secs_f64() * 1e3).round();
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| {
                serde_json::json!({
                    "instances": row.count,
                    "plan_ms": milliseconds(row.plan),
                    "apply_ms": milliseconds(row.apply),
                    "refresh_ms": milliseconds(row.refresh),
                })
            })
            .collect();
        serde_json::json!({"terraform": self.terraform, "rows": rows})
    }
}

impl Row {
    fn measure(program: &TerraformProgram, toy: &LocalProvider, count: usize) -> Result<Row, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let world = folder.path().join("world");
        let configuration = folder.path().join("configuration");
        fs::create_dir(&world)?;
        fs::create_dir(&configuration)?;
        fs::write(configuration.join("main.tf"), REQUIRED_PROVIDERS.to_owned() + &many_things(count))?;
        let config = CliConfig::overrides(folder.path(), std::slice::from_ref(toy))?;
        let terraform = Terraform::new(program, &config, &configuration, Default::default())
            .with_environment(WORLD, &world.to_string_lossy());
        let timed = |arguments: &[&str]| -> Result<Duration, Box<dyn Error>> {
            let begin = Instant::now();
            terraform.run(arguments)?.success()?;
            Ok(begin.elapsed())
        };
        Ok(Row {
            count,
            plan: timed(&["plan", "-out=create.plan"])?,
            apply: timed(&["apply", "create.plan"])?,
            refresh: timed(&["plan", "-detailed-exitcode"])?,
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

/// A table, and what one more instance takes.
impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  instances      plan     apply   refresh   ({})", self.terraform)?;
        for Row { count, plan, apply, refresh } in &self.rows {
            let [plan, apply, refresh] = [plan, apply, refresh].map(Duration::as_secs_f64);
            writeln!(f, "  {count:>9} {plan:>7.2} s {apply:>7.2} s {refresh:>7.2} s")?;
        }
        if let [first, .., last] = self.rows.as_slice() {
            let more = (last.count - first.count) as f64;
            let each = |time: fn(&Row) -> Duration| {
                (time(last).as_secs_f64() - time(first).as_secs_f64()) * 1e3 / more
            };
            let (plan, apply, refresh) =
                (each(|row| row.plan), each(|row| row.apply), each(|row| row.refresh));
            writeln!(f, "  each more {plan:>6.2} ms {apply:>6.2} ms {refresh:>6.2} ms")?;
        }
        Ok(())
    }
}
