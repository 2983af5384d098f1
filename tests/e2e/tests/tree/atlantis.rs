//! A real Atlantis server on the tree: what a pull request plans, and in which order it is applied.

use crate::desk::{Desk, UNITS, environment, find, landform, terragrunt};
use landform_sandbox::GoProgram;
use landform_test_support::git_host::{GitHost, Status};
use landform_test_support::scenario::TestBed;
use landform_test_support::{Atlantis, AtlantisSettings};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Generous: all units of the estate are planned or applied in half a minute.
const DEADLINE: Duration = Duration::from_secs(300);

/// A unit besides the networks that must stay, and the server.
const REST: &str = r#"
modules:
  note: { source: ./own/note }
units:
  - { name: note, kind: note, environment: dev, account: app, region: eu-west-1, inputs: { text: one } }
automation:
  atlantis:
    repository: REPOSITORY
    policy: { keep: [terraform_data], max_deletions: 1 }
"#;
const NOTE: &str = r#"
variable "text" {
  type = string
}

resource "terraform_data" "note" {
  input = var.text
}
"#;
const LINKED: &str = "  - { name: linked, kind: note, environment: dev, account: app, region: eu-west-1, \
                      references: { text: { from: main, output: id } } }";
const NOTES: &str = "app/eu-west-1/dev/note";

/// A repository with its host, a server, and somebody who works in a clone.
struct Team {
    desk: Desk,
    host: GitHost,
    atlantis: Atlantis,
    runs: Runs,
}

/// Stands before Terragrunt and writes down when each project began and ended what.
struct Runs {
    folder: tempfile::TempDir,
}

impl Runs {
    fn new() -> Self {
        let runs = Self { folder: tempfile::tempdir().unwrap() };
        let (record, terragrunt) = (runs.record(), terragrunt());
        let script = format!(
            "#!/bin/sh\necho \"begin $PROJECT_NAME: $*\" >> '{0}'\n'{1}' \"$@\"\ncode=$?\n\
             echo \"end $PROJECT_NAME: $*\" >> '{0}'\nexit $code\n",
            record.display(),
            terragrunt.display()
        );
        // A shell writes it: a file that this process has open for writing could not be run.
        let write = ["-c", "printf '%s' \"$2\" > \"$1\" && chmod +x \"$1\"", "sh"];
        let program = runs.program();
        assert!(Command::new("sh").args(write).arg(program).arg(script).status().unwrap().success());
        runs
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("terragrunt")
    }

    fn record(&self) -> PathBuf {
        self.folder.path().join("runs")
    }

    /// Whether `first` was applied to its end before the apply of `second` began.
    fn is_applied_before(&self, first: &str, second: &str) -> bool {
        let record = std::fs::read_to_string(self.record()).unwrap();
        let at = |event: &str, project: &str| {
            let event = format!("{event} {project}: ");
            record.lines().position(|line| line.starts_with(&event) && line.contains(" -- apply ")).unwrap()
        };
        at("end", first) < at("begin", second)
    }

    fn forget(&self) {
        std::fs::remove_file(self.record()).unwrap();
    }
}

impl Team {
    /// The branch `main` holds nothing, and the clone, on a branch of its own, the estate.
    fn new(layout: &str) -> Self {
        let host = GitHost::start("acme/live");
        let rest = REST.replace("REPOSITORY", &host.repository_id());
        let desk = Desk::with_files(layout, &rest, &[("own/note/main.tf", NOTE)]);
        desk.git(&["init", "--quiet", "--initial-branch", "main"]);
        desk.git(&["remote", "add", "origin", &host.repository().to_string_lossy()]);
        desk.git(&["commit", "--quiet", "--allow-empty", "--message", "Begin"]);
        desk.git(&["push", "--quiet", "origin", "main"]);
        desk.git(&["checkout", "--quiet", "-b", "estate"]);
        let runs = Runs::new();
        let atlantis = Atlantis::start(
            &host,
            &AtlantisSettings {
                program: &find(GoProgram::Atlantis),
                repositories: &desk.path("ops/atlantis/repos.yaml"),
                programs: &[
                    ("landform", landform()),
                    ("terraform", TestBed::toolchain().terraform()),
                    ("terragrunt", &runs.program()),
                ],
                environment: &environment(),
            },
        );
        Self { desk, host, atlantis, runs }
    }

    /// Pushes the estate, and has it planned as it is.
    fn open_estate(&self) -> u64 {
        self.push("estate");
        let pull = self.host.open("estate");
        let planned = self.pushed(pull, "atlantis/plan");
        self.assert_last(&planned, "atlantis/plan", "success");
        let units: BTreeSet<String> = UNITS.into_iter().chain([NOTES]).map(str::to_owned).collect();
        assert_eq!(projects(&planned, "plan"), units);
        assert_eq!(self.affected(), units);
        // Terraform's own words about the plan, and no others.
        let told = self.comments();
        assert!(told.contains("+ resource \"landform_vpc\" \"this\" {"), "{}", self.told());
        assert!(!told.contains("Initializing") && !told.contains("terraform: "), "{}", self.told());
        pull
    }

    fn comments(&self) -> String {
        self.host.comments().into_iter().map(|comment| comment.body + "\n").collect()
    }

    fn push(&self, branch: &str) {
        self.desk.git(&["add", "--all"]);
        self.desk.git(&["commit", "--quiet", "--message", "Change the estate"]);
        self.desk.git(&["push", "--quiet", "origin", branch]);
    }

    /// The clone goes on from what was merged, on a branch of its own.
    fn branch(&self, branch: &str) {
        self.desk.git(&["fetch", "--quiet", "origin"]);
        self.desk.git(&["checkout", "--quiet", "-b", branch, "origin/main"]);
    }

    /// Tells the server of the pull request, and waits for the status `context`; all statuses from then on.
    fn pushed(&self, pull: u64, context: &str) -> Vec<Status> {
        self.after(context, || self.atlantis.deliver("pull_request", &self.host.pull_event(pull)))
    }

    /// Comments on the pull request, and waits for the status `context`; all statuses from then on.
    fn comment(&self, pull: u64, text: &str, context: &str) -> Vec<Status> {
        self.after(context, || {
            let event = self.host.comment(pull, "dora", text);
            self.atlantis.deliver("pull_request_comment", &event);
        })
    }

    fn after(&self, context: &str, act: impl FnOnce()) -> Vec<Status> {
        let before = self.host.statuses().len();
        act();
        let begin = Instant::now();
        loop {
            let statuses = self.host.statuses().split_off(before);
            let is_done = |status: &Status| status.context == context && status.state != "pending";
            if statuses.iter().any(is_done) {
                return statuses;
            }
            assert!(begin.elapsed() < DEADLINE, "no status {context}: {}", self.told());
            sleep(Duration::from_millis(100));
        }
    }

    /// All that the server has said, for a test that fails.
    fn told(&self) -> String {
        format!("{:#?}\n{:#?}\n{}", self.host.statuses(), self.host.comments(), self.atlantis.log())
    }

    /// What `landform affected` says that Atlantis plans.
    fn affected(&self) -> BTreeSet<String> {
        let affected = self.desk.landform("affected --base origin/main --out . --format atlantis").must();
        affected
            .stdout
            .lines()
            .map(|line| line.strip_prefix("atlantis plan -p ").unwrap().to_owned())
            .collect()
    }

    #[track_caller]
    fn assert_last(&self, statuses: &[Status], context: &str, state: &str) {
        let last = statuses.iter().rfind(|status| status.context == context);
        assert_eq!(last.map(|status| status.state.as_str()), Some(state), "{context}: {}", self.told());
    }
}

/// The projects that have a status of this command.
fn projects(statuses: &[Status], command: &str) -> BTreeSet<String> {
    let prefix = format!("atlantis/{command}: ");
    statuses.iter().filter_map(|status| status.context.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[test]
fn a_pull_request_plans_what_it_changes_and_applies_it_in_order() {
    let team = Team::new("terragrunt");
    let [dev, hub, main] = UNITS;

    // The whole estate is new. Nothing happens to it before somebody has approved it.
    let pull = team.open_estate();
    let refused = team.comment(pull, "atlantis apply", "atlantis/apply");
    team.assert_last(&refused, "atlantis/apply", "failure");
    assert_eq!(team.desk.made(), 0);

    team.host.approve(pull, "emil");
    let statuses = team.comment(pull, "atlantis apply", "atlantis/apply");
    team.assert_last(&statuses, "atlantis/apply", "success");
    assert!(
        team.runs.is_applied_before(hub, main) && team.runs.is_applied_before(dev, main),
        "{}",
        team.told()
    );
    team.runs.forget();
    let made = team.desk.made();
    assert!(made > 10, "{made}");
    team.host.merge(pull);
    team.atlantis.deliver("pull_request", &team.host.pull_event(pull));

    // A spec without its tree is not planned at all.
    team.branch("change");
    team.desk.edit("    cidr: 10.0.0.0/22\n", "    cidr: 10.0.0.0/22\n    tags: { note: changed }\n");
    let spec = std::fs::read_to_string(team.desk.path("landform.yaml")).unwrap();
    let (before, rest) = spec.split_once("  - name: main\n    environment: prod\n").unwrap();
    let (_, after) = rest.split_once("  - name: main\n").unwrap();
    std::fs::write(team.desk.path("landform.yaml"), format!("{before}  - name: main\n{after}")).unwrap();
    team.desk.edit("units:\n", &format!("units:\n{LINKED}\n"));
    team.push("change");
    let pull = team.host.open("change");
    let hook = "atlantis/pre_workflow_hook: The tree is what the spec says";
    let stale = team.pushed(pull, "atlantis/plan");
    team.assert_last(&stale, hook, "failure");
    team.assert_last(&stale, "atlantis/plan", "failure");
    assert_eq!(projects(&stale, "plan"), BTreeSet::new());

    // One network changes, one is gone, and a unit takes what another gives: that is planned, and what goes is gone before anything comes.
    team.desk.landform("generate --out .").must();
    team.push("change");
    let planned = team.pushed(pull, "atlantis/plan");
    team.assert_last(&planned, hook, "success");
    team.assert_last(&planned, "atlantis/plan", "success");
    assert_eq!(projects(&planned, "plan"), team.affected());
    assert_eq!(team.affected(), [hub, main, "app/eu-west-1/dev/linked"].map(str::to_owned).into());
    let again = team.comment(pull, "atlantis plan", "atlantis/plan");
    team.assert_last(&again, "atlantis/plan", "success");
    assert_eq!(projects(&again, "plan"), team.affected());

    team.host.approve(pull, "emil");
    let statuses = team.comment(pull, "atlantis apply", "atlantis/apply");
    team.assert_last(&statuses, "atlantis/apply", "success");
    assert!(team.runs.is_applied_before(main, hub), "{}", team.told());
    assert!(team.desk.made() < made, "{}", team.told());
    assert_eq!(projects(&statuses, "apply"), team.affected());
    team.host.merge(pull);
    team.atlantis.deliver("pull_request", &team.host.pull_event(pull));

    // A plan against the policy fails, what comes after it waits, and it is not applied, although its file is there.
    team.branch("against");
    team.desk.edit("  - { name: note, kind: note", "  - { name: other, kind: note");
    team.desk.landform("generate --out .").must();
    team.push("against");
    let pull = team.host.open("against");
    team.host.approve(pull, "emil");
    let refused = team.pushed(pull, "atlantis/plan");
    team.assert_last(&refused, &format!("atlantis/plan: {NOTES}"), "failure");
    assert_eq!(projects(&refused, "plan"), BTreeSet::from([NOTES.to_owned()]), "those of later groups wait");
    let refused = team.comment(pull, &format!("atlantis apply -p {NOTES}"), "atlantis/apply");
    team.assert_last(&refused, "atlantis/apply", "failure");
    let told = team.comments();
    let why = "the plan in standard input deletes or replaces what must stay:\n  terraform_data.note";
    assert!(told.contains(why) && told.contains("cannot be applied"), "{}", team.told());

    team.desk.landform("orphans --tree .").must();
    assert_eq!(team.host.unknown_requests(), Vec::<String>::new());
}

#[test]
fn the_terraform_layout_is_planned_and_applied_with_the_steps_of_atlantis() {
    let team = Team::new("terraform");
    let pull = team.open_estate();
    team.host.approve(pull, "emil");
    let statuses = team.comment(pull, "atlantis apply", "atlantis/apply");
    team.assert_last(&statuses, "atlantis/apply", "success");
    assert!(team.desk.made() > 10, "{}", team.told());
    // Terraform's cache of providers does not bear two inits at a time, and projects are planned at once.
    assert_eq!(team.atlantis.plugin_cache(), Vec::<PathBuf>::new());
    team.desk.landform("orphans --tree .").must();
}
