//! The first spec.

use std::fs;

use super::Desk;

const FLAGS: &str =
    "--organization acme --management-account 109876543210 --region eu-west-1 --bucket acme-states";

#[test]
fn the_first_spec_is_good_and_so_is_the_network_in_its_comments() {
    let desk = Desk::new();
    fs::remove_file(desk.path("landform.yaml")).unwrap();
    // A name that YAML would take for something else.
    let written = desk.run(&format!("init {FLAGS} --account no=123456789012"));
    assert_eq!(written.code, 0, "{}", written.stderr);
    let valid = desk.run("validate");
    assert_eq!(valid.code, 0, "{}", valid.stderr);
    assert_eq!(desk.run("generate").code, 0);

    let text = fs::read_to_string(desk.path("landform.yaml")).unwrap();
    let (before, network) = text.split_once("networks: []\n").unwrap();
    let network: String = network.lines().map(|line| line.replacen('#', "", 1) + "\n").collect();
    fs::write(desk.path("landform.yaml"), format!("{before}networks:\n{network}")).unwrap();
    let valid = desk.run("generate");
    assert_eq!(valid.code, 0, "{}", valid.stderr);
    assert!(desk.path("environments/accounts/no/eu-west-1/no/main").is_dir());
}

#[test]
fn what_is_there_stays_and_what_is_not_said_is_named() {
    let desk = Desk::new();
    let before = fs::read_to_string(desk.path("landform.yaml")).unwrap();
    let refused = desk.run(&format!("init {FLAGS} --account dev=123456789012"));
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("writing the spec landform.yaml"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(desk.path("landform.yaml")).unwrap(), before);

    let unsaid = desk.run(&format!("init {FLAGS} --spec new.yaml"));
    assert_eq!(unsaid.code, 1);
    assert!(unsaid.stderr.contains("--account"), "{}", unsaid.stderr);
    assert!(!desk.path("new.yaml").exists());
    for bad in ["dev", "dev=1", "De v=123456789012"] {
        assert_eq!(desk.run(&format!("init {FLAGS} --account {bad}")).code, 1, "{bad}");
    }
}
