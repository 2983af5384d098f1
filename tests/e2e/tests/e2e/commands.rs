//! Terraform's commands.

use super::{configuration, three_zones};
use landform_sandbox::Flavour;
use landform_test_support::Scenario;
use landform_test_support::scenario::TestBed;
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn validate_and_schema() {
    let scenario = three_zones();
    assert_eq!(scenario.run(&["validate"]).code, 0);
    let output = scenario.run(&["providers", "schema", "-json"]);
    let schema: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let registry = TestBed::toolchain().flavour().registry();
    let provider = &schema["provider_schemas"][format!("{registry}/landform/landform")];
    let vpc = &provider["resource_schemas"]["landform_vpc"]["block"]["attributes"];
    assert_eq!(vpc["cidr"]["required"], true);
    assert_eq!(vpc["subnets"]["computed"], true);
    assert!(provider["functions"]["cidr_layout"].is_object());
    assert!(provider["data_source_schemas"]["landform_vpc"].is_object());
    let without_description: Vec<&String> = vpc
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, it)| it["description"].is_null())
        .map(|(name, _)| name)
        .collect();
    assert!(without_description.is_empty(), "{without_description:?}");
}

#[test]
fn the_plan_shows_every_cidr_and_the_console_agrees() {
    let scenario = three_zones();
    let plan = scenario.plan().text();
    for cidr in
        ["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19", "10.0.128.0/22", "10.0.132.0/22", "10.0.136.0/22"]
    {
        assert!(plan.contains(cidr), "{cidr} is not in:\n{plan}");
    }
    scenario.write(
        "layout.tf",
        "output \"layout\" { value = provider::landform::cidr_layout(var.cidr, \"standard\") }\n",
    );
    scenario.run(&["apply", "-auto-approve", "-target=output.layout"]);
    let answer =
        console(&scenario, "provider::landform::cidr_layout(\"10.0.0.0/16\", \"standard\").private.b");
    if TestBed::toolchain().flavour() == Flavour::OpenTofu {
        // Its console ends the providers before it evaluates, so that no provider's function works there (1.12.6).
        assert!(answer.contains("the client connection is closing"), "{answer}");
        return;
    }
    assert_eq!(answer, "\"10.0.32.0/19\"");
    let refused = console(&scenario, "provider::landform::cidr_layout(\"10.0.0.9/16\", \"standard\")");
    assert!(refused.contains("10.0.0.0/16"), "{refused}");
}

/// What `terraform console` answers to one line.
fn console(scenario: &Scenario, line: &str) -> String {
    let mut process = Command::new(TestBed::toolchain().terraform())
        .arg("console")
        .current_dir(scenario.folder())
        .envs(scenario.terraform().environment())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(process.stdin.take().unwrap(), "{line}").unwrap();
    let output = process.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    text.trim().to_owned()
}

#[test]
fn import_by_vpc_id_gives_an_empty_plan() {
    let scenario = three_zones();
    scenario.apply();
    let (network, _) = super::network_in_state(&scenario).unwrap();
    let id = format!("{}/us-east-1/{}", scenario.account(), network["id"].as_str().unwrap());
    assert_eq!(scenario.run(&["state", "rm", "landform_vpc.main"]).code, 0);
    let output = scenario.run(&["import", "landform_vpc.main", &id]);
    assert_eq!(output.code, 0, "{}", output.text());
    // Imported networks are protected until the configuration says otherwise; nothing else differs.
    let plan = scenario.plan_has_changes().text();
    assert!(plan.contains("deletion_protection") && plan.contains("1 to change"), "{plan}");
    scenario.proxy().take_calls();
    scenario.apply();
    assert!(
        scenario.proxy().calls().mutating().of_service("ec2").is_empty(),
        "{:?}",
        scenario.proxy().calls().by_action()
    );
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}

/// Terraform 1.12 and later import by identity. Earlier ones say that they do not know the argument.
#[test]
fn import_by_identity() {
    let scenario = three_zones();
    scenario.apply();
    let (network, _) = super::network_in_state(&scenario).unwrap();
    let id = network["id"].as_str().unwrap();
    let account = scenario.account();
    assert_eq!(scenario.run(&["state", "rm", "landform_vpc.main"]).code, 0);
    // Terraform before 1.12 would refuse to initialize with this, so it comes after that.
    let block = scenario.folder().join("import.tf");
    let text = format!(
        "import {{\n  to = landform_vpc.main\n  identity = {{ id = \"{id}\", account_id = \"{account}\" }}\n}}\n"
    );
    std::fs::write(&block, text).unwrap();
    if version(&scenario) < (1, 12) {
        let output = scenario.run(&["plan"]);
        assert_eq!(output.code, 1);
        let words: Vec<&str> = output.stderr.split_whitespace().filter(|word| *word != "│").collect();
        let refusal = "An argument named \"identity\" is not expected here.";
        assert!(words.join(" ").contains(refusal), "{}", output.text());
        std::fs::remove_file(&block).unwrap();
        let id = format!("{account}/us-east-1/{id}");
        assert_eq!(scenario.run(&["import", "landform_vpc.main", &id]).code, 0);
    }
    let before = super::ids(&scenario);
    let output = scenario.apply();
    let expected = if block.exists() { "1 imported, 0 added, 1 changed" } else { "0 added, 1 changed" };
    assert!(output.text().contains(expected), "{}", output.text());
    assert_eq!(super::ids(&scenario), before);
    if block.exists() {
        let state = scenario.state();
        let identity = &state["values"]["root_module"]["resources"][0]["identity"];
        let whole = serde_json::json!({"account_id": account, "id": id, "region": "us-east-1"});
        assert_eq!(*identity, whole);
    }
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}

/// Major and minor version of the Terraform in use.
fn version(scenario: &Scenario) -> (u32, u32) {
    let output = scenario.run(&["version", "-json"]);
    let answer: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let version = answer["terraform_version"].as_str().unwrap().to_owned();
    let mut numbers = version.split('.').map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

#[test]
fn a_protected_network_is_not_destroyed() {
    let scenario = three_zones().variable("deletion_protection", "true");
    scenario.apply();
    let before = super::ids(&scenario);
    let output = scenario.try_destroy();
    assert_eq!(output.code, 1);
    assert!(output.text().contains("is protected"), "{}", output.text());
    assert_eq!(super::ids(&scenario), before);
    let scenario = scenario.variable("deletion_protection", "false");
    scenario.apply();
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn read_only_plans_and_refuses_to_apply() {
    let scenario = Scenario::new(configuration("compact/step1"));
    let file = scenario.folder().join("main.tf");
    let text = std::fs::read_to_string(&file).unwrap();
    scenario.write("main.tf", &text.replace("  stack  ", "  read_only = true\n  stack  "));
    scenario.plan_has_changes();
    let output = scenario.try_apply();
    assert_eq!(output.code, 1);
    assert!(output.text().contains("read_only"), "{}", output.text());
    scenario.nothing_left();
}
