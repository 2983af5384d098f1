//! The workflows for GitHub, read by actionlint and by zizmor, and the pipeline for GitLab, held to GitLab's schema.

use crate::desk::{Desk, find, ran};
use landform_sandbox::{GoProgram, check_jsonschema, zizmor};
use landform_test_support::scenario::TestBed;

const AUTOMATION: &str = r#"
automation:
  github: &pipelines
    image: registry.acme.example/landform@sha256:5f1c0e9a7d3b4c2e8f6a1d0b9c8e7f6a5d4c3b2a190817263544f3e2d1c0b9a8
    plan_role: arn:aws:iam::109876543210:role/landform-plan
    apply_role: arn:aws:iam::109876543210:role/landform-apply
  gitlab: *pipelines
"#;

#[test]
fn workflows_are_what_github_takes() {
    let desk = Desk::new("terraform", AUTOMATION);
    let folder = desk.path(".github/workflows");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    let actionlint = find(GoProgram::Actionlint);
    // No configuration of this machine and no other program has a say.
    let lint =
        || ran(desk.command(&actionlint).args(["-no-color", "-shellcheck=", "-pyflakes="]).args(&files));
    let clean = lint();
    assert_eq!((clean.code, clean.stdout.as_str()), (0, ""), "{}", clean.stderr);

    let broken = &files[0];
    let text = std::fs::read_to_string(broken).unwrap();
    std::fs::write(broken, text.replace("runs-on:", "runs-at:")).unwrap();
    assert!(lint().stdout.contains("runs-at"), "it would say so");
}

#[test]
fn workflows_have_no_known_weakness() {
    let desk = Desk::new("terraform", AUTOMATION);
    let zizmor = zizmor(&TestBed::workspace(), &|line| eprintln!("{line}")).unwrap();
    // `--offline`: nobody is asked, and `--no-config`: nobody on this machine has a say.
    let lint = || {
        ran(desk.command(&zizmor).args(["--offline", "--no-config", "--no-progress", ".github/workflows"]))
    };
    let clean = lint();
    assert_eq!(clean.code, 0, "{}\n{}", clean.stdout, clean.stderr);

    let workflow = desk.path(".github/workflows/landform.yml");
    let text = std::fs::read_to_string(&workflow).unwrap();
    std::fs::write(&workflow, text.replace("pull_request:", "pull_request_target:")).unwrap();
    let found = lint();
    assert_ne!(found.code, 0);
    assert!(found.stdout.contains("dangerous-triggers"), "it would say so: {}", found.stdout);
}

#[test]
fn pipelines_are_in_the_form_that_their_hosts_publish() {
    let desk = Desk::new("terragrunt", AUTOMATION);
    let program = check_jsonschema(&TestBed::workspace(), &|line| eprintln!("{line}")).unwrap();
    let check = |schema: &str, file: &str| {
        let arguments = ["--builtin-schema", schema, "--data-transform", "gitlab-ci", file];
        ran(desk.command(&program).args(arguments))
    };
    let (gitlab, file) = ("vendor.gitlab-ci", ".gitlab-ci.yml");
    for (schema, file) in [
        (gitlab, file),
        ("vendor.github-workflows", ".github/workflows/landform.yml"),
        ("vendor.github-workflows", ".github/workflows/landform-drift.yml"),
    ] {
        let checked = check(schema, file);
        assert_eq!(checked.code, 0, "{file}: {}", checked.stdout);
    }

    let text = std::fs::read_to_string(desk.path(file)).unwrap();
    for (from, to) in [("resource_group:", "resource_groups:"), ("aud: sts.amazonaws.com", "aud: 1")] {
        assert!(text.contains(from), "{text}");
        std::fs::write(desk.path(file), text.replace(from, to)).unwrap();
        let refused = check(gitlab, file);
        assert_eq!(refused.code, 1, "it would say so: {}", refused.stdout);
        assert!(refused.stdout.contains("apply"), "{}", refused.stdout);
    }
}
