//! `cargo run -p landform-bench`, with or without a word that says what to measure:
//!
//! - nothing: how soon the provider answers and what it takes. `--release` measures the release build too, which takes long
//!   to make and 10 GB of memory. `--growth` measures, with the toy provider instead, how plan and apply grow with the number
//!   of instances.
//! - `faults`: the fault table. Ends with 1 when an invariant is broken. `--only TEXT` runs the cases whose names hold it.
//! - `networks`: the calls of 1, 10 and 100 networks in one state. Ends with 1 when a plan makes more than it may.
//!   The emulator needs some minutes for 100; `--count NUMBER` measures another number alone.
//! - `generator`: how long `landform generate` takes for 10 to 10,000 units, and Terragrunt for the tree that comes of it.
//!   `--units NUMBER` measures that number alone, `--landform PROGRAM` another build than the release build.
//!
//! `--json` prints for machines, and `--markdown` the table of a page.
#![allow(clippy::print_stdout, reason = "the report is what was asked for")]

mod faults;
mod generator;
mod networks;

use std::error::Error;
use std::iter::successors;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use landform_bench::{Growth, Limits, Report};
use landform_sandbox::{Profile, ProviderBuild};

const USAGE: &str = "Usage: landform-bench [--growth] [--json] [--release]
       landform-bench faults [--only TEXT] [--json | --markdown]
       landform-bench networks [--count NUMBER] [--json]
       landform-bench generator [--units NUMBER] [--landform PROGRAM] [--json | --markdown]";

/// Enough for a median that does not move between runs.
const STARTS: usize = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.split_first() {
        Some((&"faults", rest)) => faults::command(rest),
        Some((&"networks", rest)) => networks::command(rest),
        Some((&"generator", rest)) => generator::command(rest),
        _ => measure(&words),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let chain = successors(Some(error.as_ref() as &(dyn Error + 'static)), |&error| error.source());
            eprintln!("{}", chain.map(ToString::to_string).collect::<Vec<_>>().join(": "));
            ExitCode::FAILURE
        }
    }
}

fn measure(words: &[&str]) -> Result<(), Box<dyn Error>> {
    if let Some(unknown) = words.iter().find(|word| !["--growth", "--json", "--release"].contains(word)) {
        return Err(format!("unknown argument `{unknown}`\n\n{USAGE}").into());
    }
    let asked = |name| words.contains(&name);
    match asked("--growth") {
        true => grow(asked("--release"), asked("--json")),
        false => run(asked("--release"), asked("--json")),
    }
}

fn run(release: bool, json: bool) -> Result<(), Box<dyn Error>> {
    let mut builds = vec![("dev", Profile::Dev, Limits::DEV)];
    if release {
        builds.push(("release", Profile::Release, Limits::RELEASE));
    }
    let mut document = serde_json::Map::new();
    for (name, profile, limits) in builds {
        let binary = ProviderBuild::new(&workspace(), profile).build(&|line| eprintln!("{line}"), &|_| ())?;
        let report = Report::measure(&binary, STARTS)?;
        let exceeded = limits.exceeded_by(&report);
        if json {
            let mut of_build = report.to_json();
            of_build["exceeded"] = exceeded.into();
            document.insert(name.to_owned(), of_build);
        } else {
            print!("Provider, {name} build, {STARTS} starts\n{report}");
            for sentence in exceeded {
                println!("  MISSED: {sentence}");
            }
        }
    }
    if json {
        println!("{}", serde_json::Value::Object(document));
    }
    Ok(())
}

fn grow(release: bool, json: bool) -> Result<(), Box<dyn Error>> {
    let (name, profile) = if release { ("release", Profile::Release) } else { ("dev", Profile::Dev) };
    let growth = Growth::measure(&workspace(), profile)?;
    if json {
        println!("{}", growth.to_json());
    } else {
        print!("Toy provider, {name} build\n{growth}");
    }
    Ok(())
}

fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.ancestors().nth(2).unwrap_or(folder).to_path_buf()
}
