//! How long the generator takes for 10 to 10,000 units, and Terragrunt for the tree that comes of it.
//!
//! Both are programs that are started anew for each figure, as people and pipelines start them.

mod estate;
mod program;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use landform_sandbox::{GoProgram, TerraformProgram};
use program::{Took, took};

/// How many units there are.
const UNITS: [usize; 4] = [10, 100, 1_000, 10_000];
/// Above this, Terragrunt is not waited for.
const MOST_FOR_TERRAGRUNT: usize = 1_000;
/// Where Terragrunt reads nothing of AWS: no unit is applied, so outputs are the mocks of the tree.
const NO_OUTPUTS: (&str, &str) = ("TG_EXPERIMENT", "optional-dependency-outputs");

/// The programs that are measured.
struct Programs {
    landform: PathBuf,
    terragrunt: PathBuf,
    terraform: PathBuf,
}

/// What was measured for one number of units, in the order of [`COLUMNS`].
struct Row {
    units: usize,
    files: usize,
    took: Vec<Option<Took>>,
}

const COLUMNS: [&str; 7] =
    ["generate", "again", "whole --check", "--check", "find --dag", "render --all", "stack generate"];

/// Measures and prints.
pub(crate) fn command(words: &[&str]) -> Result<(), Box<dyn Error>> {
    let (mut form, mut counts, mut landform) = ("", UNITS.to_vec(), None);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            "--json" | "--markdown" => form = word,
            "--units" => counts = vec![rest.next().ok_or("--units needs a number")?.parse()?],
            "--landform" => landform = Some(PathBuf::from(rest.next().ok_or("--landform needs a program")?)),
            other => return Err(format!("unknown argument `{other}`\n\n{}", super::USAGE).into()),
        }
    }
    let workspace = super::workspace();
    let say = |line: &str| eprintln!("{line}");
    let programs = Programs {
        landform: landform.map_or_else(|| build(&workspace), Ok)?.canonicalize()?,
        terragrunt: GoProgram::Terragrunt.find(&workspace, &say)?,
        terraform: TerraformProgram::chosen(&workspace, &say)?.path().to_owned(),
    };
    let mut rows = Vec::new();
    for units in counts {
        eprintln!("{units} units");
        rows.push(Row::measure(&programs, &workspace, units)?);
    }
    match form {
        "--json" => println!("{}", rows.iter().map(Row::to_json).collect::<serde_json::Value>()),
        _ => print!("{}", table(&rows, form == "--markdown")),
    }
    Ok(())
}

/// The release build of the command: what users have.
fn build(workspace: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--release", "--quiet", "--package", "landform"]).current_dir(workspace);
    if !build.status()?.success() {
        return Err("landform does not build".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
    Ok(target.join("release").join("landform"))
}

impl Row {
    fn measure(programs: &Programs, workspace: &Path, units: usize) -> Result<Row, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        estate::write(folder.path(), workspace, units)?;
        let landform = |check: &[&str], cache: &Path| {
            let mut command = Command::new(&programs.landform);
            command.args(["generate", "--out", "tree"]).args(check).current_dir(folder.path());
            took(command.env("LANDFORM_CACHE", cache))
        };
        // Without it, nothing is known of the tree from before.
        let (cache, none) = (folder.path().join("cache"), Path::new(""));
        let mut all = vec![
            Some(landform(&[], &cache)?),
            Some(landform(&[], none)?),
            Some(landform(&["--check"], none)?),
            Some(landform(&["--check"], &cache)?),
        ];

        let tree = folder.path().join("tree");
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(tree.join(".landform/manifest.json"))?)?;
        let files = manifest["files"].as_object().map_or(0, serde_json::Map::len);
        if units <= MOST_FOR_TERRAGRUNT {
            let terragrunt = |arguments: &[&str], folder: &Path| {
                let mut command = Command::new(&programs.terragrunt);
                command.args(arguments).args(["--non-interactive", "--no-color"]).current_dir(folder);
                took(command.env(NO_OUTPUTS.0, NO_OUTPUTS.1).env("TG_TF_PATH", &programs.terraform))
            };
            all.push(Some(terragrunt(&["find", "--dag", "--json"], &tree)?));
            all.push(Some(terragrunt(&["render", "--all", "--json", "--no-dependency-outputs"], &tree)?));
            let stack = folder.path().join("stack");
            estate::write_stack(&stack, &tree)?;
            all.push(Some(terragrunt(&["stack", "generate"], &stack)?));
        } else {
            all.extend([None, None, None]);
        }
        Ok(Row { units, files, took: all })
    }

    fn to_json(&self) -> serde_json::Value {
        let figures: serde_json::Map<String, serde_json::Value> = COLUMNS
            .iter()
            .zip(&self.took)
            .filter_map(|(name, took)| Some(((*name).to_owned(), took.as_ref()?.to_json())))
            .collect();
        serde_json::json!({ "units": self.units, "files": self.files, "took": figures })
    }
}

fn table(rows: &[Row], as_markdown: bool) -> String {
    let mut lines =
        vec![["units", "files"].into_iter().chain(COLUMNS).map(str::to_owned).collect::<Vec<_>>()];
    for row in rows {
        let figures = row.took.iter().map(|took| took.as_ref().map_or_else(|| "-".to_owned(), shown));
        lines.push([row.units.to_string(), row.files.to_string()].into_iter().chain(figures).collect());
    }
    if as_markdown {
        lines.insert(1, vec!["---".to_owned(); COLUMNS.len() + 2]);
        return lines.iter().map(|line| format!("| {} |\n", line.join(" | "))).collect();
    }
    lines
        .iter()
        .map(|line| line.iter().map(|cell| format!("{cell:<18}")).collect::<String>() + "\n")
        .collect()
}

/// Such as `0.25 s, 18 MB`.
fn shown(took: &Took) -> String {
    let second = Duration::from_secs(1);
    let time = match took.time {
        short if short < second => format!("{} ms", short.as_millis()),
        long => format!("{:.1} s", long.as_secs_f64()),
    };
    format!("{time}, {} MB", took.memory_kb / 1024)
}
