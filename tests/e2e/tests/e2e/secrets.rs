//! No secret leaves the process: not into state, plan, output, tags or logs, even at TRACE.

use super::configuration;
use landform_test_support::Scenario;
use std::path::Path;

const SECRET: &str = "canary-of-the-secret-access-key";
const TOKEN: &str = "canary-of-the-session-token";

#[test]
fn credentials_appear_nowhere() {
    let scenario = Scenario::new(configuration("compact/step1"));
    let log = scenario.folder().join("trace.log");
    let terraform = scenario
        .terraform()
        .clone()
        .with_environment("AWS_SECRET_ACCESS_KEY", SECRET)
        .with_environment("AWS_SESSION_TOKEN", TOKEN)
        .with_environment("TF_LOG", "TRACE")
        .with_environment("TF_LOG_PATH", &log.to_string_lossy());
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
    no_canary("the output", &printed);
    let mut files = 0;
    every_file(scenario.folder(), &mut |path, text| {
        files += 1;
        no_canary(&path.display().to_string(), text);
    });
    assert!(files >= 4, "state, plan, log and configuration were looked at: {files}");
    scenario.nothing_left();
}

fn no_canary(place: &str, text: &str) {
    for canary in [SECRET, TOKEN] {
        assert!(!text.contains(canary), "{canary} is in {place}");
    }
}

fn every_file(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            // Links to the provider itself.
            true if path.ends_with(".terraform") => {}
            true => every_file(&path, look),
            false => look(&path, &String::from_utf8_lossy(&std::fs::read(&path).unwrap())),
        }
    }
}
