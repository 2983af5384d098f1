//! The test kit itself, with configurations that need no provider of ours.

use landform_test_support::Scenario;

const CONFIGURATION: &str = r#"
variable "account_id" {}
variable "size" { default = "small" }
resource "terraform_data" "thing" { input = "${var.size} in ${var.account_id}" }
output "thing" { value = terraform_data.thing.output }
"#;

#[test]
fn a_scenario_goes_from_apply_over_a_change_to_destroy() {
    let scenario = Scenario::empty().variable("size", "large");
    scenario.write("main.tf", CONFIGURATION);
    scenario.plan_has_changes();
    scenario.apply();
    scenario.plan_is_empty();
    assert_eq!(scenario.output("thing"), format!("large in {}", scenario.account()));
    assert_eq!(scenario.state()["values"]["root_module"]["resources"][0]["address"], "terraform_data.thing");

    scenario.write("main.tf", &CONFIGURATION.replace("in $", "of $"));
    assert!(scenario.plan_has_changes().stdout.contains("0 to add, 1 to change"));
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn steps_replace_the_configuration_and_keep_the_state() {
    let steps = tempfile::tempdir().unwrap();
    for (step, file) in [("step1", "first.tf"), ("step2", "second.tf")] {
        std::fs::create_dir(steps.path().join(step)).unwrap();
        std::fs::write(steps.path().join(step).join(file), CONFIGURATION).unwrap();
    }
    let scenario = Scenario::new(steps.path().join("step1"));
    scenario.apply();
    scenario.use_configuration(steps.path().join("step2"));
    assert!(!scenario.folder().join("first.tf").exists());
    scenario.plan_is_empty();
}

#[test]
fn what_terraform_did_not_make_is_left() {
    let scenario = Scenario::empty().in_regions(&["eu-west-1"]);
    scenario.nothing_left();
    let cidr = [("CidrBlock", "10.0.0.0/16")];
    scenario.client().query("ec2", "eu-west-1", scenario.account(), "CreateVpc", &cidr).unwrap();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| scenario.nothing_left()));
    let message = *outcome.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("1 objects are left") && message.contains("10.0.0.0/16"), "{message}");
}

#[test]
fn a_plan_that_is_not_as_expected_fails_the_test() {
    let scenario = Scenario::empty();
    scenario.write("main.tf", CONFIGURATION);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| scenario.plan_is_empty()));
    let message = *outcome.unwrap_err().downcast::<String>().unwrap();
    assert!(
        message.contains("the plan is not empty") && message.contains("terraform_data.thing"),
        "{message}"
    );
}
