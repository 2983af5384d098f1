//! Reading the spec, and the arguments of the command.

use std::fs;
use std::path::Path;

use super::{Desk, PROJECT, UNITS, json};

#[test]
fn a_bad_spec_names_its_line_and_writes_nothing() {
    let desk = Desk::new();
    desk.edit("cidr: 10.16.0.0/16", "cidr: 10.32.0.0/16");
    for command in ["generate", "generate --check", "validate"] {
        let bad = desk.run(command);
        assert_eq!((bad.code, bad.stdout.as_str()), (1, ""), "{command}");
        assert!(
            bad.stderr.contains("overlap") && bad.stderr.contains("--> landform.yaml:"),
            "{}",
            bad.stderr
        );
        let bad = json(&desk.run(&format!("{command} --json")));
        assert_eq!(
            (&bad["status"], &bad["problems"][0]["file"]),
            (&"invalid".into(), &"landform.yaml".into())
        );
        assert!(
            bad["problems"][0]["line"].as_u64() > Some(1) && bad["problems"][0]["hint"].is_string(),
            "{bad}"
        );
    }
    assert!(!desk.path("environments").exists());
}

#[test]
fn validate_counts_the_units() {
    let desk = Desk::new();
    let good = desk.run("validate");
    assert_eq!((good.code, good.stdout.as_str()), (0, "landform.yaml: 4 unit(s), no problem\n"));
    assert_eq!(json(&desk.run("validate --json"))["units"], serde_json::json!(UNITS));
}

#[test]
fn a_spec_may_be_in_any_format() {
    let yaml = Desk::new();
    yaml.run("generate");
    for ending in ["toml", "json", "hcl"] {
        let desk = Desk::new();
        fs::remove_file(desk.path("landform.yaml")).unwrap();
        let spec = format!("examples/estates/small.{ending}");
        fs::copy(Path::new(PROJECT).join(spec), desk.path(&format!("landform.{ending}"))).unwrap();
        assert_eq!(desk.run("generate").code, 0, "{ending}");
        let manifest = |desk: &Desk| fs::read(desk.path("environments/.landform/manifest.json")).unwrap();
        assert_eq!(manifest(&desk), manifest(&yaml), "{ending}");

        fs::write(desk.path(&format!("landform.{ending}")), "{ [").unwrap();
        let bad = json(&desk.run("validate --json"));
        assert_eq!(bad["status"], "invalid");
        assert_eq!(bad["problems"][0]["file"], format!("landform.{ending}"));
        assert_eq!(bad["problems"][0]["line"], 1, "{bad}");
    }
}

#[test]
fn the_schema_is_the_committed_one() {
    let printed = Desk::new().run("schema");
    let committed = Path::new(PROJECT).join("examples/estates/landform.schema.json");
    assert_eq!((printed.code, printed.stdout), (0, fs::read_to_string(committed).unwrap()));
}

#[test]
fn missing_files_and_bad_arguments_are_the_users_problem() {
    let desk = Desk::new();
    for (arguments, part) in [
        ("validate --spec nowhere.yaml", "nowhere.yaml"),
        ("generate --layout pulumi", "terragrunt"),
        ("generat", "generate"),
        ("run plan", "landform generate --out DIR"),
    ] {
        let bad = desk.run(arguments);
        assert_eq!(bad.code, 1, "{arguments}: {}", bad.stderr);
        assert!(bad.stderr.contains(part), "{arguments}: {}", bad.stderr);
    }
    fs::remove_file(desk.path("landform.yaml")).unwrap();
    assert!(desk.run("validate").stderr.contains("--spec FILE"));
    assert_eq!(desk.run("--help").code, 0);
}
