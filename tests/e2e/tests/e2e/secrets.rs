//! No secret leaves the process: not into state, plan, output, tags or logs, even at TRACE.

use super::configuration;
use landform_test_support::Scenario;
use landform_test_support::invariants::Secrets;

#[test]
fn credentials_appear_nowhere() {
    let scenario = Scenario::new(configuration("compact/step1"));
    let log = scenario.folder().join("trace.log");
    let mut terraform = scenario
        .terraform()
        .clone()
        .with_environment("TF_LOG", "TRACE")
        .with_environment("TF_LOG_PATH", &log.to_string_lossy());
    for (name, value) in Secrets::ENVIRONMENT {
        terraform = terraform.with_environment(name, value);
    }
    let mut printed = String::new();
    for arguments in [
        &["init"][..],
        &["plan", "-out=tf.plan"],
        &["show", "-json", "tf.plan"],
        &["apply", "tf.plan"],
        &["show", "-json"],
        &["destroy", "-auto-approve"],
    ] {
        printed += &terraform.run(arguments).unwrap().success().unwrap().text();
    }
    let logged = std::fs::read_to_string(&log).unwrap();
    assert!(logged.contains("create NAT gateway a"), "the provider's own lines are not in the log");
    assert_eq!(Secrets::in_text("the output", &printed), Vec::<String>::new());
    let (seen, files) = Secrets::in_folder(scenario.folder()).unwrap();
    assert_eq!(seen, Vec::<String>::new());
    assert!(files >= 4, "state, plan, log and configuration were looked at: {files}");
    scenario.nothing_left();
}
