//! `landform provider install`.

use std::fs;
use std::path::PathBuf;

use landform_sandbox::{Profile, ProviderBuild};
use serde_json::{Value, json};

use super::arguments::Install;
use super::date::Date;
use super::mirror::Mirror;
use super::place::{Outcome, Placed};
use super::platform::Platform;
use super::release::{NAME, VERSION};
use super::{Failure, archive, configuration};
use crate::output::print;
use crate::source_tree;

/// Builds the provider, unless a binary is given, and puts it into the mirror. Only this version's archives are written.
pub(super) fn install(arguments: &Install) -> Result<(), Failure> {
    let mirror = Mirror::choose(arguments.mirror.as_deref())?;
    let path = match &arguments.from {
        Some(path) => path.clone(),
        None => build(if arguments.dev { Profile::Dev } else { Profile::Release })?,
    };
    let binary = fs::read(&path).map_err(Failure::file("read", &path))?;
    let platform = Platform::of(&binary).ok_or(Failure::NotAProvider(path))?;
    let placed = mirror.add(platform, &archive::pack(&binary, Date::none())?)?;
    match arguments.json {
        true => print(&as_value(&mirror, platform, &placed).to_string()),
        false => tell(&mirror, platform, &placed),
    }
    warn(&mirror, &placed);
    Ok(())
}

fn build(profile: Profile) -> Result<PathBuf, Failure> {
    let workspace = source_tree::find().ok_or(Failure::NoSource)?;
    let build = ProviderBuild::new(&workspace, profile);
    Ok(build.build(&|line| anstream::eprintln!("{line}"), &|_| ())?)
}

fn tell(mirror: &Mirror, platform: Platform, placed: &[Placed]) {
    let folder = mirror.folder.display();
    if is_clean(placed) {
        print(&format!("{NAME} {VERSION} ({platform}) was already in {folder}"));
    } else {
        print(&format!("Installed {NAME} {VERSION} ({platform}) in {folder}"));
    }
    for Placed { path, outcome } in placed {
        let below = path.strip_prefix(&mirror.folder).unwrap_or(path);
        print(&format!("  {} {}", outcome.sign(), below.display()));
    }
    if mirror.needs_configuration {
        print("\nIn ~/.terraformrc, for OpenTofu ~/.tofurc:\n");
        print(&configuration::installation(&mirror.folder));
        print("\nIn the configuration:\n");
    } else {
        print("\nTerraform and OpenTofu find it there. In the configuration:\n");
    }
    print(&configuration::required_providers());
}

fn as_value(mirror: &Mirror, platform: Platform, placed: &[Placed]) -> Value {
    let files: Vec<Value> = placed
        .iter()
        .map(|placed| json!({ "path": placed.path, "outcome": placed.outcome.as_str() }))
        .collect();
    json!({
        "status": if is_clean(placed) { "clean" } else { "changed" },
        "version": VERSION,
        "platform": platform.to_string(),
        "mirror": mirror.folder,
        "files": files,
        "required_providers": configuration::required_providers(),
        "cli_configuration": mirror.needs_configuration.then(|| configuration::installation(&mirror.folder)),
    })
}

/// What the user would run into later.
fn warn(mirror: &Mirror, placed: &[Placed]) {
    let folder = mirror.folder.display();
    if placed.iter().any(|placed| placed.outcome == Outcome::Replaced) {
        anstream::eprintln!(
            "warning: another build of {NAME} {VERSION} was replaced; folders that were initialized with it go on using it"
        );
        anstream::eprintln!(
            "  help: to use the new one there, remove .terraform/providers, run `terraform providers lock -fs-mirror={folder}`, then `terraform init`"
        );
    }
    if let (false, Some(file)) = (mirror.needs_configuration, configuration::explicit()) {
        anstream::eprintln!(
            "warning: {} has a block provider_installation, so nothing is looked for in {folder} by itself",
            file.display()
        );
        anstream::eprintln!(
            "  help: name the folder in a filesystem_mirror of that block; `landform provider install --mirror {folder}` prints one"
        );
    }
}

fn is_clean(placed: &[Placed]) -> bool {
    placed.iter().all(|placed| placed.outcome == Outcome::Unchanged)
}
