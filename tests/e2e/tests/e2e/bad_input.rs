//! Bad input gives one clear error that names the attribute and the fix, and changes nothing.

use super::configuration;
use landform_test_support::Scenario;

/// Plans the small network with one text replaced; the plan must fail with all of `expected`.
fn refused(from: &str, to: &str, expected: &[&str]) {
    let scenario = Scenario::new(configuration("compact/step1"));
    let text = std::fs::read_to_string(scenario.folder().join("main.tf")).unwrap();
    assert!(text.contains(from), "{from:?} is not in the configuration");
    scenario.write("main.tf", &text.replace(from, to));
    let output = scenario.run(&["plan"]);
    assert_eq!(output.code, 1, "{}", output.text());
    let printed = output.text().replace(['│', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    for part in expected {
        assert!(printed.contains(part), "{part:?} is not in:\n{}", output.text());
    }
    assert_eq!(printed.matches("Error: ").count(), 1, "{}", output.text());
    assert!(scenario.proxy().calls().mutating().of_service("ec2").is_empty());
    scenario.nothing_left();
}

#[test]
fn cidr_with_host_bits() {
    refused("10.1.0.0/24", "10.1.0.7/24", &["cidr", "10.1.0.0/24", "line"]);
}

#[test]
fn cidr_too_small_for_the_profile() {
    refused("10.1.0.0/24", "10.1.0.0/27", &["does not fit its profile", "/21 to /24"]);
}

#[test]
fn tier_that_the_profile_lacks() {
    refused(
        "  profile  ",
        "  tiers = [\"public\", \"private\", \"database\"]\n  profile  ",
        &["tier `database`", "compact"],
    );
}

#[test]
fn zone_by_name() {
    refused("use1-az1", "us-east-1a", &["use1-az1", "differ from account to account"]);
}

#[test]
fn unknown_zone() {
    refused("use1-az1", "use1-az99", &["Unknown availability zone", "use1-az99", "use1-az1"]);
}

#[test]
fn zone_of_another_region() {
    refused("use1-az1", "euw1-az1", &["Zone of another region", "us-east-1"]);
}

#[test]
fn slot_that_is_no_letter() {
    refused("{ a = ", "{ z = ", &["Invalid slot", "`a` to `h`"]);
}

#[test]
fn wrong_account() {
    refused(
        "allowed_account_ids = [var.account_id]",
        "allowed_account_ids = [\"999999999999\"]",
        &["999999999999", "allowed_account_ids"],
    );
}

#[test]
fn nat_without_public_tier() {
    refused("  profile  ", "  tiers = [\"private\"]\n  profile  ", &["need a public and a private tier"]);
}

#[test]
fn unreachable_endpoint() {
    refused("  stack  ", "  endpoint_url = \"http://127.0.0.1:9\"\n  stack  ", &["127.0.0.1:9"]);
}

#[test]
fn changing_what_cannot_change_is_an_error_at_plan() {
    let scenario = Scenario::new(configuration("compact/step1"));
    scenario.apply();
    let text = std::fs::read_to_string(scenario.folder().join("main.tf")).unwrap();
    scenario.write("main.tf", &text.replace("10.1.0.0/24", "10.2.0.0/24"));
    let output = scenario.run(&["plan"]);
    assert_eq!(output.code, 1, "{}", output.text());
    for part in ["cidr", "10.1.0.0/24", "10.2.0.0/24", "allow_replace"] {
        assert!(output.text().contains(part), "{part:?} is not in:\n{}", output.text());
    }
    scenario.write("main.tf", &text);
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn missing_credentials() {
    let scenario = Scenario::new(configuration("compact/step1"));
    let mut terraform = scenario.terraform().clone();
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        terraform = terraform.with_environment(name, "");
    }
    terraform = terraform.with_environment("AWS_EC2_METADATA_DISABLED", "true");
    scenario.run(&["version"]);
    let output = terraform.run(&["plan"]).unwrap();
    assert_eq!(output.code, 1, "{}", output.text());
    assert!(output.text().contains("AWS_PROFILE"), "{}", output.text());
}
