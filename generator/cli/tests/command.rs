//! The command as people run it: output, exit codes, what is on disk afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const UNITS: [&str; 4] = [
    "dev/us-east-1/dev/main",
    "network/us-east-1/prod/hub",
    "prod/eu-west-1/prod/main",
    "prod/us-east-1/prod/main",
];

/// A folder with the reference estate as its own spec.
struct Desk {
    folder: TempDir,
}

struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::copy(
            Path::new(PROJECT).join("examples/estates/reference.yaml"),
            folder.path().join("landform.yaml"),
        )
        .unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landform"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("LANDFORM_TERRAFORM");
        command
    }

    fn run(&self, arguments: &str) -> Outcome {
        outcome(&mut self.command(arguments))
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.path("landform.yaml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {}", outcome.stdout))
}

#[test]
fn generate_twice_then_check() {
    let desk = Desk::new();
    let first = desk.run("generate");
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(first.stdout.contains("  + accounts/dev/root.hcl\n"), "{}", first.stdout);
    assert!(first.stdout.ends_with("created, 0 updated, 0 removed\n"), "{}", first.stdout);
    assert_eq!(desk.run("generate").stdout, "environments was already what the spec says\n");
    let check = desk.run("generate --check");
    assert_eq!((check.code, check.stdout.as_str()), (0, "environments is what the spec says\n"));
}

#[test]
fn check_lists_differences_and_exits_with_3() {
    let desk = Desk::new();
    desk.run("generate --layout terraform");
    desk.edit("deletion_protection: false", "deletion_protection: true");
    let check = desk.run("generate --check");
    assert_eq!(check.code, 3);
    assert!(check.stdout.contains("  stale     accounts/dev/us-east-1/dev/main/main.tf"), "{}", check.stdout);
    assert!(!check.stdout.contains("hub"), "the layout of the tree is kept: {}", check.stdout);
    let check = json(&desk.run("generate --check --json"));
    assert_eq!(check["status"], "differences");
    assert_eq!(check["differences"][1]["fix"], "run `landform generate`");
}

#[test]
fn differences_and_problems_are_told_to_those_who_show_them() {
    let desk = Desk::new();
    desk.run("generate");
    assert_eq!(desk.run("generate --check --format github").stdout, "");
    assert_eq!(
        json(&desk.run("generate --check --format sarif"))["runs"][0]["results"],
        serde_json::json!([])
    );
    fs::remove_file(desk.path("environments/CODEOWNERS")).unwrap();
    let github = desk.run("generate --check --format github");
    assert_eq!(
        (github.code, github.stdout.as_str()),
        (
            3,
            "::error file=environments/CODEOWNERS,line=1,col=1,title=landform::this file is missing: run `landform generate`\n"
        )
    );
    let sarif = desk.run("generate --check --format sarif");
    let result = json(&sarif)["runs"][0]["results"][0].clone();
    assert_eq!((sarif.code, &result["ruleId"]), (3, &"missing".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "environments/CODEOWNERS");

    desk.edit("cidr: 10.16.0.0/16", "cdir: 10.16.0.0/16");
    let github = desk.run("generate --check --format github");
    assert_eq!(github.code, 1);
    assert!(github.stdout.contains("::error file=landform.yaml,line="), "{}", github.stdout);
    assert!(github.stdout.contains("did you mean `cidr`?"), "{}", github.stdout);
    let sarif = json(&desk.run("validate --format sarif"));
    assert!(sarif["runs"][0]["results"][0]["message"]["text"].as_str().unwrap().contains("cdir"));
}

#[test]
fn environments_that_are_to_be_alike_are_compared() {
    let desk = Desk::new();
    assert_eq!(desk.run("parity").stdout, "landform.yaml: 0 difference(s) by 0 rule(s)\n");
    let text = fs::read_to_string(desk.path("landform.yaml")).unwrap();
    let rule = |rule: &str| {
        fs::write(
            desk.path("landform.yaml"),
            format!("{text}\nparity:\n  - {{ environments: [dev, prod], {rule} }}\n"),
        )
        .unwrap();
    };
    rule("may_differ: [cidr, azs, tags]");
    let found = desk.run("parity");
    assert_eq!(found.code, 3, "{}", found.stderr);
    for part in [
        "error: the environment `dev` has no network `hub`, and `prod` has one",
        "write `hub` into `except`",
        "error: `egress` of network `main` is",
        "write `egress` into `may_differ`",
        "`deletion_protection` of network `main` is true in `prod`, and false in `dev`",
        "`tiers` of network `main`",
        "note: landform.yaml:",
        "4 difference(s) by 1 rule(s)",
    ] {
        assert!(found.stdout.contains(part), "{part} is not in\n{}", found.stdout);
    }
    assert_eq!(json(&desk.run("parity --json"))["differences"].as_array().unwrap().len(), 4);
    assert_eq!(desk.run("parity --format github").stdout.lines().count(), 4);
    let sarif = json(&desk.run("parity --format sarif"));
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "parity");
    rule("may_differ: [cidr, azs, tags, egress, deletion_protection, tiers], except: [hub]");
    assert_eq!(desk.run("parity").code, 0);
    rule("may_differ: [cdir]");
    assert!(desk.run("parity").stderr.contains("did you mean `cidr`?"));
    fs::write(desk.path("landform.yaml"), format!("{text}\nparity: [{{ environments: [prd] }}]\n")).unwrap();
    let bad = desk.run("validate").stderr;
    assert!(bad.contains("did you mean `prod`?") && bad.contains("needs two environments"), "{bad}");
}

#[test]
fn explain_names_layer_and_line() {
    let desk = Desk::new();
    desk.edit(
        "\nnetworks:\n",
        "\nlayers:\n  environments:\n    prod:\n      networks:\n        tags: { merge: { tier: gold } }\n\nnetworks:\n",
    );
    let line = |part: &str| {
        let text = fs::read_to_string(desk.path("landform.yaml")).unwrap();
        text.lines().position(|line| line.contains(part)).unwrap() + 1
    };
    let hub = desk.run("explain network/us-east-1/prod/hub");
    assert_eq!(hub.code, 0, "{}", hub.stderr);
    for part in [
        format!(
            "tags = {{\"tier\":\"gold\"}}\n  landform.yaml:{}:24: environment prod: merge\n",
            line("merge")
        ),
        format!("cidr = \"10.0.0.0/22\"\n  landform.yaml:{}:5: unit: set\n", line("10.0.0.0/22")),
        "deletion_protection = true\n  default\n".to_owned(),
    ] {
        assert!(hub.stdout.contains(&part), "{part} is not in\n{}", hub.stdout);
    }
    let one = json(&desk.run("explain network/us-east-1/prod/hub/tags --format json"));
    assert_eq!(one[0]["origins"][0]["layer"], "environment prod");
    assert!(desk.run("explain network/us-east-1/prod/hub/tgas").stderr.contains("the fields are account"));
    assert!(desk.run("explain hub").stderr.contains("network/us-east-1/prod/hub"));
}

#[test]
fn the_graph_in_three_languages() {
    let desk = Desk::new();
    assert!(desk.run("graph").stdout.starts_with("flowchart LR\n"));
    let dot = desk.run("graph --format dot").stdout;
    assert!(dot.contains("\"network/us-east-1/prod/hub\" -> \"prod/eu-west-1/prod/main\";"), "{dot}");
    let units = json(&desk.run("graph --format json"));
    assert_eq!(units[3]["after"], serde_json::json!(["network/us-east-1/prod/hub"]));
    assert_eq!((&units[0]["group"], &units[3]["group"]), (&0.into(), &1.into()));
}

#[test]
fn affected_units_are_those_that_a_revision_has_otherwise() {
    let desk = Desk::new();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let mut command = Command::new("git");
        command.args(identity).args(arguments).current_dir(desk.folder.path());
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "landform.yaml"]);
    git(&["commit", "--quiet", "--message", "the spec alone"]);
    desk.run("generate");
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "the tree"]);
    assert_eq!(desk.run("affected --base HEAD").stdout, "");
    assert_eq!(desk.run("affected --base HEAD~1").stdout.lines().count(), 4, "there was no tree");

    desk.edit("deletion_protection: false", "deletion_protection: true");
    assert_eq!(desk.run("affected --base HEAD").stdout, "dev/us-east-1/dev/main\n");
    assert_eq!(
        json(&desk.run("affected --base HEAD --format matrix")),
        serde_json::json!({ "include": [{ "unit": UNITS[0], "path": format!("accounts/{}", UNITS[0]) }] })
    );
    let terragrunt = desk.run("affected --base HEAD --format terragrunt").stdout;
    assert_eq!(terragrunt, "--filter={./accounts/dev/us-east-1/dev/main}\n");
    for bad in ["nowhere", "--output=x"] {
        let outcome = desk.run(&format!("affected --base={bad}"));
        assert_eq!(outcome.code, 1, "{bad}");
        assert!(outcome.stderr.contains(bad), "{}", outcome.stderr);
    }
    assert!(!desk.path("x").exists());
}

#[test]
fn an_edited_file_is_named_and_nothing_is_written() {
    let desk = Desk::new();
    desk.run("generate --layout terraform");
    let edited = desk.path("environments/accounts/dev/us-east-1/dev/main/main.tf");
    fs::write(&edited, "# mine\n").unwrap();
    desk.edit("egress: zonal_nat", "egress: single_nat");
    let refused = desk.run("generate");
    assert_eq!(refused.code, 1);
    for part in [
        "nothing was written",
        "edited    accounts/dev/us-east-1/dev/main/main.tf",
        "move the change into the spec",
    ] {
        assert!(refused.stderr.contains(part), "{}", refused.stderr);
    }
    assert_eq!(fs::read_to_string(&edited).unwrap(), "# mine\n");
    assert_eq!(json(&desk.run("generate --json"))["status"], "refused");
    let other =
        fs::read_to_string(desk.path("environments/accounts/prod/us-east-1/prod/main/main.tf")).unwrap();
    assert!(other.contains("zonal_nat"));
}

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
        let spec = format!("examples/estates/reference.{ending}");
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

/// The spec without its last network; what comes after the networks stays.
fn without_the_last_network(text: &str) -> String {
    let (rest, last) = text.rsplit_once("\n  - name: main").unwrap();
    let (_, after) = last.split_once("\n\n").unwrap();
    format!("{rest}\n{after}")
}

#[test]
fn a_unit_that_leaves_the_spec_is_retired() {
    let desk = Desk::new();
    desk.run("generate");
    let path = desk.path("landform.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, without_the_last_network(&text)).unwrap();
    let retired = desk.run("generate");
    assert_eq!(retired.code, 0, "{}", retired.stderr);
    assert!(retired.stdout.contains("  ~ accounts/prod/eu-west-1/prod/main/unit.json"), "{}", retired.stdout);
    assert!(retired.stderr.contains("`prod/eu-west-1/prod/main` left the spec"), "{}", retired.stderr);
    assert!(
        retired.stderr.contains("`moved`") && retired.stderr.contains("landform prune"),
        "{}",
        retired.stderr
    );
    assert_eq!(desk.run("generate").stderr, "", "it is told once");
    assert_eq!(desk.run("generate --check").code, 0);
}

/// A stand-in for Terraform that notes what it is asked, and fails where there is a file `fail`.
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
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
#[cfg(unix)]
fn a_terragrunt_tree_needs_terragrunt() {
    let desk = Desk::new();
    desk.run("generate");
    let missing = outcome(desk.command("run plan").env("PATH", ""));
    assert_eq!(missing.code, 1);
    assert!(missing.stderr.contains("terragrunt is not on the PATH"), "{}", missing.stderr);
    assert!(missing.stderr.contains("--layout terraform"), "{}", missing.stderr);
}
