//! What `landform provider install` writes and says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{AMD64, ARM64, Desk, executable};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn archive(mirror: &Path, host: &str, platform: &str) -> PathBuf {
    mirror.join(format!("{host}/landform/landform/terraform-provider-landform_{VERSION}_{platform}.zip"))
}

#[test]
fn a_second_install_writes_nothing_and_a_new_build_replaces_the_old() {
    let desk = Desk::new();
    let binary = desk.file("binary", executable(AMD64, "one"));
    let from = ["install", "--from", binary.to_str().unwrap()];
    let mirror = desk.path("home/.terraform.d/plugins");
    let foreign = desk.file("home/.terraform.d/plugins/registry.terraform.io/other/other/file.zip", "theirs");

    let first = desk.provider(&from);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert_eq!(first.stderr, "");
    assert!(first.stdout.starts_with("Installed terraform-provider-landform "), "{}", first.stdout);
    assert!(first.stdout.contains("source  = \"landform/landform\""), "{}", first.stdout);
    let written = archive(&mirror, "registry.terraform.io", "linux_amd64");
    let (bytes, time) = (fs::read(&written).unwrap(), fs::metadata(&written).unwrap().modified().unwrap());

    let second = desk.provider(&from);
    assert!(second.stdout.contains("was already in"), "{}", second.stdout);
    assert_eq!(second.stderr, "");
    assert_eq!(fs::metadata(&written).unwrap().modified().unwrap(), time);

    desk.file("binary", executable(AMD64, "two"));
    let third = desk.provider(&from);
    assert!(third.stdout.contains("  ~ registry.opentofu.org/landform/landform/"), "{}", third.stdout);
    assert!(third.stderr.contains("warning: another build of"), "{}", third.stderr);
    assert_ne!(fs::read(&written).unwrap(), bytes);

    assert_eq!(fs::read_to_string(foreign).unwrap(), "theirs");
    let names = fs::read_dir(written.parent().unwrap()).unwrap().count();
    assert_eq!(names, 1, "no draft is left");
}

#[test]
fn the_outcome_as_json() {
    let desk = Desk::new();
    let binary = desk.file("binary", executable(ARM64, ""));
    let arguments = ["install", "--from", binary.to_str().unwrap(), "--mirror", "mirror"];
    let value = desk.json(&arguments);
    assert_eq!((&value["status"], &value["platform"]), (&"changed".into(), &"linux_arm64".into()));
    let mirror = Path::new(value["mirror"].as_str().unwrap());
    assert!(mirror.is_absolute() && mirror.ends_with("mirror"), "{value}");
    for (index, host) in ["registry.terraform.io", "registry.opentofu.org"].into_iter().enumerate() {
        let path = archive(mirror, host, "linux_arm64");
        assert_eq!(value["files"][index]["path"], path.to_str().unwrap());
        assert!(path.is_file());
    }
    assert!(value["cli_configuration"].as_str().unwrap().contains("filesystem_mirror"));
    assert_eq!(desk.json(&arguments)["status"], "clean");
    assert!(!desk.path("home/.terraform.d").exists(), "nothing but the named folder is touched");
}

#[test]
fn a_cli_configuration_that_hides_the_mirror_is_pointed_out() {
    let desk = Desk::new();
    let binary = desk.file("binary", executable(AMD64, ""));
    desk.file("home/.terraformrc", "provider_installation {\n  direct {}\n}\n");
    let outcome = desk.provider(&["install", "--from", binary.to_str().unwrap()]);
    assert_eq!(outcome.code, 0);
    assert!(outcome.stderr.contains(".terraformrc has a block provider_installation"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("install --mirror"), "{}", outcome.stderr);
}

#[test]
fn what_is_no_binary_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    let script = desk.file("script", "#!/bin/sh\n");
    for (arguments, part) in [
        (["install", "--from", script.to_str().unwrap()], "is not an executable for Linux or macOS"),
        (["install", "--from", "nowhere"], "cannot read nowhere"),
    ] {
        let outcome = desk.provider(&arguments);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
        assert!(outcome.stderr.contains(part), "{}", outcome.stderr);
    }
    assert_eq!(fs::read_dir(desk.path("home")).unwrap().count(), 0);

    let homeless = Desk::new().with("HOME", "");
    let outcome = homeless.provider(&["install", "--from", script.to_str().unwrap()]);
    assert!(outcome.stderr.contains("`--mirror DIR`"), "{}", outcome.stderr);
}
