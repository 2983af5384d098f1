//! A network whose state was lost: `terraform query` finds it and writes its configuration, and the import changes
//! nothing.

use super::three_zones;
use landform_sandbox::{Terraform, environment_for};
use landform_test_support::scenario::TestBed;
use std::fs;

#[test]
fn a_network_is_found_configured_and_imported() {
    let network = three_zones();
    network.apply();
    let (made, _) = super::network_in_state(&network).unwrap();

    // Terraform on PATH may be older than queries.
    let program = TestBed::newest_terraform();
    let folder = tempfile::tempdir().unwrap();
    let example = TestBed::workspace().join("examples/list-resources/landform_vpc");
    for file in fs::read_dir(example).unwrap().map(|entry| entry.unwrap()) {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let environment = environment_for(network.proxy().endpoint());
    let terraform = Terraform::new(program, TestBed::cli_config(), folder.path(), environment)
        .with_environment("TF_VAR_account_id", network.account())
        .with_environment("TF_VAR_stack", &format!("scenario-{}", network.account()));
    let run = |arguments: &[&str]| terraform.run(arguments).unwrap().success().unwrap();

    run(&["init"]);
    let found = run(&["query", "-no-color", "-generate-config-out=networks.tf"]).text();
    assert!(found.contains(made["id"].as_str().unwrap()), "{found}");
    let plan = run(&["plan"]).text();
    assert!(plan.contains("1 to import, 0 to add, 0 to change, 0 to destroy"), "{plan}");
    network.proxy().take_calls();
    run(&["apply", "-auto-approve"]);
    run(&["plan", "-detailed-exitcode"]);
    assert_eq!(network.proxy().take_calls().mutating().len(), 0);

    network.destroy();
    network.nothing_left();
}
