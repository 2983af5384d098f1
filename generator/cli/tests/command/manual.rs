//! Completions and manual pages.

use std::fs;

use super::Desk;

#[test]
fn shells_complete_each_command() {
    let desk = Desk::new();
    for (shell, part) in
        [("bash", "complete -F _landform"), ("zsh", "#compdef landform"), ("fish", "complete -c landform")]
    {
        let script = desk.run(&format!("completions {shell}"));
        assert_eq!(script.code, 0, "{}", script.stderr);
        assert!(script.stdout.contains(part) && script.stdout.contains("fail-on-changes"), "{shell}");
    }
    assert_eq!(desk.run("completions tcsh").code, 1);
}

#[test]
fn each_command_has_a_manual_page() {
    let desk = Desk::new();
    let written = desk.run("manual man/man1");
    assert_eq!(written.code, 0, "{}", written.stderr);
    for (page, part) in [
        ("landform.1", "landform\\-orphans(1)"),
        ("landform-generate.1", "\\-\\-check"),
        ("landform-provider-install.1", "\\-\\-mirror"),
    ] {
        let text = fs::read_to_string(desk.path("man/man1").join(page)).unwrap();
        assert!(text.contains(".TH") && text.contains(part), "{page}:\n{text}");
    }
    let in_the_way = desk.run("manual landform.yaml/man");
    assert_eq!(in_the_way.code, 1);
    assert!(
        in_the_way.stderr.contains("writing manual pages into landform.yaml/man"),
        "{}",
        in_the_way.stderr
    );
}
