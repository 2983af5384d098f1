//! The workflows for GitHub, read by actionlint.

use crate::desk::{Desk, find, ran};
use landform_sandbox::GoProgram;

const AUTOMATION: &str = r#"
automation:
  github:
    image: registry.acme.example/landform@sha256:5f1c0e9a7d3b4c2e8f6a1d0b9c8e7f6a5d4c3b2a190817263544f3e2d1c0b9a8
    plan_role: arn:aws:iam::109876543210:role/landform-plan
    apply_role: arn:aws:iam::109876543210:role/landform-apply
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
