//! OpenTofu, built from its pinned module: the slow test of this crate, minutes the first time and then a second.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use landform_sandbox::{CliConfig, Flavour, Terraform, TerraformProgram};

fn opentofu() -> TerraformProgram {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    TerraformProgram::opentofu(&root, &|line| eprintln!("{line}")).unwrap()
}

#[test]
fn opentofu_is_built_as_its_releases_are() {
    let program = opentofu();
    let pins =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tools/opentofu/go.mod"))
            .unwrap();
    assert_eq!(program.flavour(), Flavour::OpenTofu);
    assert!(pins.contains(&format!("github.com/opentofu/opentofu v{} ", program.version())), "{program:?}");
    assert!(program.is_at_least(Flavour::OpenTofu, 1, 12), "{program:?}");
}

#[test]
fn opentofu_runs_as_terraform_does() {
    let program = opentofu();
    let folder = tempfile::tempdir().unwrap();
    let configuration = "resource \"terraform_data\" \"one\" {\n  input = \"x\"\n}\n";
    fs::write(folder.path().join("main.tf"), configuration).unwrap();
    let cli_config = CliConfig::mirror(folder.path(), &[]).unwrap();
    let tofu = Terraform::new(&program, &cli_config, folder.path(), [].into());
    tofu.run(&["init"]).unwrap().success().unwrap();
    let plan = tofu.run(&["plan", "-detailed-exitcode"]).unwrap();
    assert_eq!(plan.code, 2, "{}", plan.text());
    assert_eq!(plan.command, "tofu plan -detailed-exitcode");
    assert!(!plan.stdout.contains('\u{1b}'), "colours in a pipe: {}", plan.stdout);
    tofu.run(&["apply", "-auto-approve"]).unwrap().success().unwrap();
    let state = tofu.run(&["state", "list"]).unwrap().success().unwrap();
    assert_eq!(state.stdout, "terraform_data.one\n");
}

#[test]
fn the_word_tofu_chooses_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let chosen =
        TerraformProgram::choose(&root, Some(OsStr::new("tofu")), &|line| eprintln!("{line}")).unwrap();
    assert_eq!(chosen.flavour(), Flavour::OpenTofu);
}
