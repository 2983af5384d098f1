//! The demo, step by step.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use landform_generator::spec::Estate;
use landform_sandbox::aws::Client;
use landform_sandbox::{CliConfig, Emulator, Profile, ProviderBuild, Terraform, Toolchain};

use super::breakage::{self, Breakage};
use super::report::Report;
use super::stop::Stop;
use super::unit::{Runner, Unit};
use super::{Failure, estate, landing_zone, look};

/// Everything that is there once the tools are ready. Dropping it ends the emulator.
struct Scene {
    runner: Runner,
    client: Arc<Client>,
    emulator: Emulator,
}

/// Tells the story of `estate`; with `keep`, stops before its end and waits.
pub(super) fn tell(workspace: &Path, mut estate: Estate, keep: bool) -> Result<(), Failure> {
    let stop = Stop::watch()?;
    let mut report = Report::new(stop.clone());
    let _alone = alone(&workspace.join("target/demo"))?;
    let folder = workspace.join("target/demo/estate");

    report.chapter("Preparing: Terraform, the provider and an AWS on this machine");
    let scene = prepare(workspace, stop, &mut report)?;

    report.chapter("Building the landing zone");
    let zone = build_landing_zone(&scene, workspace, &mut estate, &mut report)?;

    report.chapter("Building the estate in its accounts");
    let mut units = report.step("Write the tree", |_| {
        start_empty(&folder)?;
        Ok(estate::generate(&estate, &folder)?.1)
    })?;
    for unit in &units {
        report.step(&format!("Apply {}", unit.id), |progress| scene.runner.create(unit, progress))?;
    }
    report.show(&format!("\n{}", look::what_exists(&scene.client, &estate, &units)?));
    let all: Vec<Unit> = [&zone].into_iter().chain(&units).cloned().collect();
    plan_again(&scene, &all, &mut report)?;

    report.chapter("Breaking it behind Terraform's back, and healing it");
    break_and_heal(&scene, &zone, &units, &mut report)?;

    if keep {
        report.show(&by_hand(&scene, &units, workspace)?);
        scene.runner.stop.wait();
        return Ok(());
    }

    report.chapter("Taking it down");
    lift_protection(&scene, &mut estate, &folder, &mut units, &mut report)?;
    for unit in units.iter().rev() {
        report.step(&format!("Destroy {}", unit.id), |progress| scene.runner.destroy(unit, progress))?;
    }
    take_down_landing_zone(&scene, &zone, &estate, &mut report)?;
    report.step("Look for anything that is left", |_| look::nothing_is_left(&scene.client, &estate))?;
    report.show(&format!("\nEvery step held.\n\n{}", report.summary()));
    Ok(())
}

/// Two demos would write into one folder. The lock ends with the file.
fn alone(folder: &Path) -> Result<File, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    let path = folder.join("lock");
    let file = File::create(&path).map_err(Failure::file("create", path))?;
    if file.try_lock().is_err() {
        return Err(Failure::Busy);
    }
    Ok(file)
}

fn prepare(workspace: &Path, stop: Stop, report: &mut Report) -> Result<Scene, Failure> {
    let toolchain = report.step("Prepare Terraform and the AWS emulator", |progress| {
        Ok(Toolchain::prepare(workspace, &|line| progress.note(line))?)
    })?;
    let provider = report.step("Build the provider (some minutes the first time)", |progress| {
        let build = ProviderBuild::new(workspace, Profile::Dev);
        Ok(build.build(&|_| (), &|name| progress.now(name))?)
    })?;
    let emulator = report.step("Start the AWS emulator", |_| Ok(Emulator::start(&toolchain)?))?;
    let client = Arc::new(Client::new(emulator.endpoint())?);
    report.count_calls_of(&client);
    let cli_config = CliConfig::write(toolchain.directory(), &provider)?;
    let terraform = Terraform::new(&toolchain, &cli_config, workspace, emulator.environment());
    Ok(Scene { runner: Runner { terraform, stop }, client, emulator })
}

/// Applies the landing zone, shows what its guardrails are packed into, and takes the ids of its accounts into the estate.
fn build_landing_zone(
    scene: &Scene,
    workspace: &Path,
    estate: &mut Estate,
    report: &mut Report,
) -> Result<Unit, Failure> {
    let folder = workspace.join("target/demo/landing-zone");
    start_empty(&folder)?;
    let zone = landing_zone::write(workspace, estate, &folder)?;
    report.step("Apply the landing zone", |progress| scene.runner.create(&zone, progress))?;
    report.step("Take over the ids of its accounts", |progress| {
        landing_zone::settle(estate, &zone, &scene.runner, &scene.client, progress)
    })?;
    let packing = report.step("Look at what its guardrails are packed into", |progress| {
        landing_zone::packing(&zone, &scene.runner, progress)
    })?;
    report.show(&format!("\n{packing}"));
    Ok(zone)
}

/// Accounts are not closed: they are moved where nothing can be done in them. The organization stays.
fn take_down_landing_zone(
    scene: &Scene,
    zone: &Unit,
    estate: &Estate,
    report: &mut Report,
) -> Result<(), Failure> {
    report.step("Destroy the landing zone: refused", |progress| {
        let words = scene.runner.refused_destroy(zone, progress)?;
        if words.contains("deletion_protection") {
            return Ok(());
        }
        Err(Failure::Broken(format!("the landing zone was refused for another reason:\n{words}")))
    })?;
    report.step("Allow it, and destroy the landing zone", |progress| {
        landing_zone::set(estate, &zone.folder, false)?;
        scene.runner.apply(zone, progress)?;
        scene.runner.destroy(zone, progress)
    })
}

/// States of an earlier demo went with its emulator, and so must its tree.
fn start_empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::file("remove", folder))?;
    }
    fs::create_dir_all(folder).map_err(Failure::file("create", folder))
}

fn plan_again(scene: &Scene, units: &[Unit], report: &mut Report) -> Result<(), Failure> {
    report.step("Plan every unit again: no changes", |progress| {
        for unit in units {
            if let Some(changes) = scene.runner.plan(unit, progress)? {
                return Err(Failure::Broken(format!(
                    "{} was just applied and its plan is not empty:\n{}",
                    unit.id,
                    changes.join("\n")
                )));
            }
        }
        Ok(())
    })
}

fn break_and_heal(scene: &Scene, zone: &Unit, units: &[Unit], report: &mut Report) -> Result<(), Failure> {
    let breakages = report.step("Break something in the landing zone and in two units", |progress| {
        let mut breakages = breakage::inflict(&scene.client, units)?;
        if let Some(unit) = units.first() {
            breakages.extend(breakage::inflict_on_the_organization(&scene.client, zone, unit)?);
        }
        breakages.iter().for_each(|breakage| progress.note(&breakage.what));
        if breakages.is_empty() {
            return Err(Failure::Broken("the estate has nothing to break".to_owned()));
        }
        Ok(breakages)
    })?;
    let all: Vec<Unit> = [zone].into_iter().chain(units).cloned().collect();
    report.step("Plan every unit: the broken ones, and only those", |progress| {
        for unit in &all {
            let broken = breakages.iter().any(|breakage| breakage.unit == *unit);
            match scene.runner.plan(unit, progress)? {
                Some(changes) if broken => {
                    changes.iter().take(12).for_each(|line| progress.note(line));
                }
                None if !broken => {}
                Some(_) => {
                    return Err(Failure::Broken(format!("{} is not broken and would change", unit.id)));
                }
                None => return Err(Failure::Broken(format!("{} is broken and its plan is empty", unit.id))),
            }
        }
        Ok(())
    })?;
    for unit in all.iter().filter(|unit| breakages.iter().any(|breakage| breakage.unit == **unit)) {
        report.step(&format!("Heal {}", unit.id), |progress| scene.runner.apply(unit, progress))?;
    }
    report.step("See that all is as it was", |_| {
        let sick = breakages.iter().map(|breakage| Ok((breakage, breakage.is_healed(&scene.client)?)));
        for (Breakage { what, .. }, healed) in sick.collect::<Result<Vec<_>, Failure>>()? {
            if !healed {
                return Err(Failure::Broken(format!("not healed: {what}")));
            }
        }
        Ok(())
    })?;
    plan_again(scene, &all, report)
}

/// A protected network is refused first. Then the spec says that it may go, which is a change like any other.
fn lift_protection(
    scene: &Scene,
    estate: &mut Estate,
    folder: &Path,
    units: &mut Vec<Unit>,
    report: &mut Report,
) -> Result<(), Failure> {
    let protected: Vec<Unit> = units.iter().filter(|unit| unit.protected).cloned().collect();
    let Some(first) = protected.first() else { return Ok(()) };
    report.step(&format!("Destroy {}: refused", first.id), |progress| {
        let words = scene.runner.refused_destroy(first, progress)?;
        if words.contains("deletion_protection") {
            return Ok(());
        }
        Err(Failure::Broken(format!("{} was refused for another reason:\n{words}", first.id)))
    })?;
    *units = report.step("Allow deletion in the spec and write the tree again", |progress| {
        estate.networks.iter_mut().for_each(|network| network.deletion_protection = false);
        let (written, units) = estate::generate(estate, folder)?;
        progress.note(&format!("{} files changed", written.updated.len()));
        Ok(units)
    })?;
    for unit in &protected {
        report.step(&format!("Apply {}", unit.id), |progress| scene.runner.apply(unit, progress))?;
    }
    Ok(())
}

/// Writes the environment to a file and says how to go on without us.
fn by_hand(scene: &Scene, units: &[Unit], workspace: &Path) -> Result<String, Failure> {
    let terraform = &scene.runner.terraform;
    let mut lines: Vec<String> =
        terraform.environment().iter().map(|(name, value)| format!("export {name}='{value}'")).collect();
    lines.push(format!("alias terraform='{}'", terraform.program().display()));
    let file = workspace.join("target/demo/environment.sh");
    fs::write(&file, lines.join("\n") + "\n").map_err(Failure::file("write", &file))?;
    let folder = units.first().map(|unit| unit.folder.display().to_string()).unwrap_or_default();
    Ok(format!(
        "\nThe AWS emulator stays at {} until Ctrl-C. In another shell:\n\n  source {}\n  cd {folder}\n  terraform plan\n",
        scene.emulator.endpoint(),
        file.display()
    ))
}
