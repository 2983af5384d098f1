//! Running the units of a tree, with a stand-in for Terraform.

use std::fs;

use serde_json::Value;

use super::{Desk, UNITS, outcome, without_the_last_network};

/// A stand-in for Terraform that notes what it is asked, and fails where there is a file `fail`.
impl Desk {
    fn with_terraform() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let desk = Self::new();
        assert_eq!(desk.run("generate --layout terraform").code, 0);
        let script = format!(
            "#!/bin/sh\necho \"${{PWD##*accounts/}}: $*\" >> {}\n[ \"$1\" = init ] || [ ! -e fail ]\n",
            desk.path("log").display()
        );
        fs::write(desk.path("terraform"), script).unwrap();
        fs::set_permissions(desk.path("terraform"), fs::Permissions::from_mode(0o755)).unwrap();
        desk
    }

    /// The exit code, stderr, and what Terraform was asked.
    fn run_units(&self, arguments: &str) -> (i32, String, Vec<String>) {
        let outcome =
            outcome(self.command(&format!("run {arguments}")).env("LANDFORM_TERRAFORM", "./terraform"));
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        let _ = fs::remove_file(self.path("log"));
        (outcome.code, outcome.stderr, log.lines().map(str::to_owned).collect())
    }

    fn fail(&self, unit: &str) {
        fs::write(self.path("environments/accounts").join(unit).join("fail"), "").unwrap();
    }
}

#[test]
fn a_retired_unit_is_pruned_when_its_state_is_empty() {
    let desk = Desk::with_terraform();
    assert_eq!(desk.run("prune").stdout, "no unit is retired\n");
    let path = desk.path("landform.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, without_the_last_network(&text)).unwrap();
    desk.run("generate");
    // The order of an apply: what goes, goes first.
    let (code, _, log) = desk.run_units("apply --auto-approve");
    assert_eq!((code, log.len(), log[0].as_str()), (0, 8, "prod/eu-west-1/prod/main: init -input=false"));

    let script = fs::read_to_string(desk.path("terraform")).unwrap();
    let answers = |state: &str| {
        let script = format!("{script}[ \"$1\" = state ] && printf '%s' '{state}'\n[ \"$1\" != broken ]\n");
        fs::write(desk.path("terraform"), script).unwrap();
        outcome(desk.command("prune").env("LANDFORM_TERRAFORM", "./terraform"))
    };
    let folder = desk.path("environments/accounts/prod/eu-west-1");
    let full = answers(r#"{ "version": 4, "resources": [{ "type": "landform_vpc" }] }"#);
    assert_eq!(full.code, 3, "{}", full.stderr);
    assert!(full.stdout.contains("prod/eu-west-1/prod/main: 1 object(s) in its state"), "{}", full.stdout);
    assert!(folder.exists());
    assert_eq!(answers("not a state").code, 1);
    assert!(folder.exists());
    let empty = answers(r#"{ "version": 4, "resources": [] }"#);
    assert_eq!(empty.code, 0, "{}", empty.stderr);
    assert!(!folder.exists());
    assert_eq!(desk.run("generate --check").code, 0);
    let keys = fs::read_to_string(desk.path("environments/.landform/state-keys.json")).unwrap();
    let keys: Value = serde_json::from_str(&keys).unwrap();
    assert!(keys["pruned"]["prod/eu-west-1/prod/main"].is_object(), "{keys}");

    // The unit may come back, as what it was.
    fs::write(&path, text).unwrap();
    assert_eq!(desk.run("generate").code, 0);
    assert!(folder.join("prod/main/main.tf").exists());
}

#[test]
fn run_goes_through_the_units_in_order_and_destroys_in_reverse() {
    let desk = Desk::with_terraform();
    let (code, stderr, log) = desk.run_units("apply --auto-approve");
    assert_eq!(code, 0, "{stderr}");
    let each =
        |unit: &&str, action: &str| [format!("{unit}: init -input=false"), format!("{unit}: {action}")];
    let apply = "apply -input=false -auto-approve";
    assert_eq!(log, UNITS.iter().flat_map(|unit| each(unit, apply)).collect::<Vec<_>>());
    assert!(stderr.starts_with("[1/4] dev/us-east-1/dev/main: apply\n"), "{stderr}");

    let (code, _, log) = desk.run_units("destroy");
    assert_eq!((code, log), (0, UNITS.iter().rev().flat_map(|unit| each(unit, "destroy")).collect()));
}

#[test]
fn run_filters_units() {
    let desk = Desk::with_terraform();
    let (code, _, log) = desk.run_units("plan --filter prod --filter */*/dev");
    assert_eq!((code, log.len()), (0, 6));
    assert_eq!(log[1], "dev/us-east-1/dev/main: plan -input=false");
    let (code, stderr, log) = desk.run_units("plan --filter prd");
    assert_eq!((code, log.len()), (1, 0));
    assert!(stderr.contains("no unit matches `prd`") && stderr.contains(UNITS[3]), "{stderr}");
}

#[test]
fn a_failed_plan_lets_the_others_run_and_a_failed_apply_does_not() {
    let desk = Desk::with_terraform();
    desk.fail(UNITS[1]);
    let (code, stderr, log) = desk.run_units("plan");
    assert_eq!((code, log.len()), (1, 8));
    assert!(stderr.contains("1 of 4 unit(s) failed: network/us-east-1/prod/hub"), "{stderr}");
    let (code, _, log) = desk.run_units("apply --auto-approve");
    assert_eq!((code, log.len()), (1, 4));
}

#[test]
fn a_plan_tells_changes_when_it_is_asked_to() {
    let desk = Desk::with_terraform();
    let (code, _, log) = desk.run_units("plan --fail-on-changes");
    assert_eq!((code, log[1].as_str()), (0, "dev/us-east-1/dev/main: plan -input=false -detailed-exitcode"));
    let script = fs::read_to_string(desk.path("terraform")).unwrap() + "[ \"$1\" = init ] || exit 2\n";
    fs::write(desk.path("terraform"), script).unwrap();
    let (code, stderr, _) = desk.run_units("plan --fail-on-changes --filter prod");
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains(&format!("2 of 2 unit(s) would change: {}, {}", UNITS[2], UNITS[3])), "{stderr}");
    assert_eq!(desk.run_units("plan --filter prod").0, 1, "without the flag it is a failure");
}

#[test]
fn an_interrupt_lets_the_unit_at_hand_end_and_starts_no_other() {
    let desk = Desk::with_terraform();
    // The wait is for the handler in the other process, which needs some microseconds of it.
    let script = fs::read_to_string(desk.path("terraform")).unwrap()
        + "[ \"$1\" = init ] || { kill -INT $PPID; sleep 1; }\n";
    fs::write(desk.path("terraform"), script).unwrap();
    let (code, stderr, log) = desk.run_units("plan");
    assert_eq!((code, log.len()), (1, 2));
    assert!(stderr.contains("interrupted after 1 of 4 unit(s)"), "{stderr}");
}

#[test]
fn a_terragrunt_tree_needs_terragrunt() {
    let desk = Desk::new();
    desk.run("generate");
    let missing = outcome(desk.command("run plan").env("PATH", ""));
    assert_eq!(missing.code, 1);
    assert!(missing.stderr.contains("terragrunt is not on the PATH"), "{}", missing.stderr);
    assert!(missing.stderr.contains("--layout terraform"), "{}", missing.stderr);
}

/// Notes when it begins and ends, and takes its time between.
fn slow(desk: &Desk) {
    let script = format!(
        "#!/bin/sh\nunit=${{PWD##*accounts/}}\nlog={}\necho \"begin $unit $1 [$TF_PLUGIN_CACHE_DIR]\" >> \"$log\"\n\
         echo \"one $unit $1\"\nsleep 0.2\necho \"two $unit $1\" >&2\necho \"end $unit $1\" >> \"$log\"\n",
        desk.path("log").display()
    );
    fs::write(desk.path("terraform"), script).unwrap();
}

#[test]
fn units_run_at_once_and_none_before_what_it_comes_after() {
    let desk = Desk::with_terraform();
    slow(&desk);
    let mut run = desk.command("run apply --auto-approve --parallelism 3");
    let run = outcome(run.env("LANDFORM_TERRAFORM", "./terraform").env("TF_PLUGIN_CACHE_DIR", "/cache"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let log = fs::read_to_string(desk.path("log")).unwrap();
    let at = |event: &str| {
        log.lines().position(|line| line.starts_with(event)).unwrap_or_else(|| panic!("{event}: {log}"))
    };
    let [dev, hub, prod, other] = UNITS;
    // Two wait for nothing, and the other two for one of them.
    assert!(at(&format!("begin {dev} init")).max(at(&format!("begin {hub} init"))) < 2, "{log}");
    for later in [prod, other] {
        assert!(at(&format!("end {hub} apply")) < at(&format!("begin {later} init")), "{log}");
    }
    assert!(at(&format!("begin {prod} apply")) < at(&format!("end {other} apply")), "{log}");
    assert!(at(&format!("begin {other} apply")) < at(&format!("end {prod} apply")), "{log}");
    assert!(!log.contains("[/cache]"), "a cache of providers bears no two inits at once: {log}");
    // What each says is in one piece, whichever stream it was on.
    for unit in UNITS {
        let said = format!("one {unit} init\ntwo {unit} init\none {unit} apply\ntwo {unit} apply\n");
        assert!(run.stdout.contains(&said), "{}", run.stdout);
    }
    assert!(run.stderr.contains("[4/4] ") && run.stderr.contains("4 unit(s): apply done"), "{}", run.stderr);
}

#[test]
fn a_failure_lets_those_at_hand_end_and_starts_no_other() {
    let desk = Desk::with_terraform();
    desk.fail(UNITS[1]);
    let (code, stderr, log) = desk.run_units("apply --auto-approve --parallelism 4");
    let log = log.join("\n");
    assert!(code == 1 && log.contains(UNITS[0]) && !log.contains(UNITS[2]), "{log}");
    assert!(stderr.contains(&format!("1 of 4 unit(s) failed: {}", UNITS[1])), "{stderr}");
    let (code, _, log) = desk.run_units("plan --parallelism 4");
    assert_eq!((code, log.len()), (1, 8));
}

#[test]
fn nobody_is_asked_by_several_at_once() {
    let desk = Desk::with_terraform();
    let (code, stderr, log) = desk.run_units("destroy --parallelism 2");
    assert_eq!((code, log.len()), (1, 0));
    assert!(stderr.contains("nothing was started") && stderr.contains("--auto-approve"), "{stderr}");
    assert_eq!(desk.run_units("plan --parallelism 0").0, 1);
}
