//! Every Terraform that tests can ask for, each for what it differs in. Builds OpenTofu: minutes the first time, then nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use landform_sandbox::{CliConfig, Error, Flavour, LocalProvider, Terraform, TerraformProgram};

const TOY: &str = "terraform {\n  required_providers {\n    toy = { source = \"landform/toy\" }\n  }\n}\n\nprovider \"toy\" {}\n";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn say(line: &str) {
    eprintln!("{line}");
}

/// A tool that is missing is told in the error's own words.
fn or_panic(made: Result<TerraformProgram, Error>) -> TerraformProgram {
    made.unwrap_or_else(|error| panic!("{error}"))
}

fn every_program() -> [TerraformProgram; 3] {
    [TerraformProgram::chosen, TerraformProgram::newest_from_pypi, TerraformProgram::opentofu]
        .map(|make| or_panic(make(&workspace(), &say)))
}

#[test]
fn opentofu_is_built_as_its_releases_are() {
    let program = or_panic(TerraformProgram::opentofu(&workspace(), &say));
    let pins = fs::read_to_string(workspace().join("tests/tools/opentofu/go.mod")).unwrap();
    assert!(pins.contains(&format!("github.com/opentofu/opentofu v{} ", program.version())), "{program:?}");
    assert!(program.is_at_least(Flavour::OpenTofu, 1, 12), "{program:?}");
    assert!(!program.is_at_least(Flavour::Terraform, 1, 0), "{program:?}");
}

#[test]
fn a_word_chooses_a_program() {
    let choose = |word| TerraformProgram::choose(&workspace(), Some(OsStr::new(word)), &say);
    assert_eq!(or_panic(choose("tofu")).flavour(), Flavour::OpenTofu);
    let newest = or_panic(choose("pypi"));
    assert_eq!((newest.flavour(), newest.version()), (Flavour::Terraform, "1.15.5"));
    assert!(matches!(choose("no-such-program"), Err(Error::Start { .. })));
}

#[test]
fn every_program_plans_and_applies() {
    for program in every_program() {
        let folder = tempfile::tempdir().unwrap();
        let configuration = "resource \"terraform_data\" \"one\" {\n  input = \"x\"\n}\n";
        fs::write(folder.path().join("main.tf"), configuration).unwrap();
        let cli_config = CliConfig::mirror(folder.path(), &[]).unwrap();
        let terraform = Terraform::new(&program, &cli_config, folder.path(), [].into());

        terraform.run(&["init"]).unwrap().success().unwrap();
        let plan = terraform.run(&["plan", "-detailed-exitcode"]).unwrap();
        assert_eq!(plan.code, 2, "{}", plan.text());
        assert_eq!(plan.command, format!("{} plan -detailed-exitcode", program.flavour().command()));
        terraform.run(&["apply", "-auto-approve"]).unwrap().success().unwrap();
        for arguments in [&["state", "list"][..], &["show"]] {
            let output = terraform.run(arguments).unwrap().success().unwrap();
            assert!(output.stdout.contains("terraform_data.one"), "{}", output.text());
            assert!(!output.stdout.contains('\u{1b}'), "colours in a pipe: {}", output.stdout);
        }
    }
}

#[test]
fn a_mirror_serves_a_short_address_and_both_registries() {
    for program in every_program() {
        for address in
            ["landform/toy", "registry.terraform.io/landform/toy", "registry.opentofu.org/landform/toy"]
        {
            let folder = tempfile::tempdir().unwrap();
            let configuration = TOY.replace("landform/toy", address);
            let terraform = toy(&program, folder.path(), &configuration, CliConfig::mirror);
            terraform.run(&["init"]).unwrap().success().unwrap();
            let lock = fs::read_to_string(folder.path().join(".terraform.lock.hcl")).unwrap();
            let registry = address.strip_suffix("/landform/toy").unwrap_or(program.flavour().registry());
            assert!(lock.contains(&format!("provider \"{registry}/landform/toy\"")), "{program:?}: {lock}");
        }
    }
}

#[test]
fn overrides_need_no_init_and_allow_it() {
    for program in every_program() {
        let folder = tempfile::tempdir().unwrap();
        let terraform = toy(&program, folder.path(), TOY, CliConfig::overrides);
        // The file is no provider. That it is started at all shows that no installation was asked for.
        let plan = terraform.run(&["plan"]).unwrap();
        assert!(plan.stderr.replace('\n', "").contains("terraform-provider-toy_v0.1.0"), "{}", plan.text());
        terraform.run(&["init"]).unwrap().success().unwrap();
    }
}

/// Terraform with a file in the place of a provider `toy`.
fn toy(
    program: &TerraformProgram,
    folder: &Path,
    configuration: &str,
    configure: fn(&Path, &[LocalProvider]) -> Result<CliConfig, Error>,
) -> Terraform {
    fs::write(folder.join("main.tf"), configuration).unwrap();
    let binary = folder.join("binary");
    fs::write(&binary, "").unwrap();
    let cli_config = configure(folder, &[LocalProvider::new("landform/toy", &binary)]).unwrap();
    Terraform::new(program, &cli_config, folder, [].into())
}
