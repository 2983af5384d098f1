//! `cargo run -p landform-bench [-- --json] [--release] [--growth]`: measures the provider's dev build and, when asked, the
//! release build too, which takes long to make and 10 GB of memory. `--growth` measures, with the toy provider instead,
//! how plan and apply grow with the number of instances.
#![allow(clippy::print_stdout, reason = "the report is what was asked for")]

use std::error::Error;
use std::iter::successors;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use landform_bench::{Growth, Limits, Report};
use landform_sandbox::{Profile, ProviderBuild};

/// Enough for a median that does not move between runs.
const STARTS: usize = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) =
        arguments.iter().find(|argument| !["--growth", "--json", "--release"].contains(&argument.as_str()))
    {
        eprintln!("unknown argument `{unknown}`\n\nUsage: landform-bench [--growth] [--json] [--release]");
        return ExitCode::FAILURE;
    }
    let asked = |name: &str| arguments.iter().any(|argument| argument == name);
    let result = match asked("--growth") {
        true => grow(asked("--release"), asked("--json")),
        false => run(asked("--release"), asked("--json")),
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
