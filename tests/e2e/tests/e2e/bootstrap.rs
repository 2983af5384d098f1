//! `landform bootstrap` from nothing, and killed after each of Terraform's commands.

use super::permissions::{Actions, published};
use super::tree::landform;
use landform_test_support::Scenario;
use landform_test_support::iam::permission;
use landform_test_support::scenario::TestBed;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The account of the credentials.
const CALLER: &str = "123456789012";

/// A folder, and a Terraform that kills whoever started it after its nth command.
struct Desk {
    scenario: Scenario,
    landform: PathBuf,
    bucket: String,
}

impl Desk {
    fn new(landform: &Path, bucket: &str) -> Self {
        let scenario = Scenario::empty().without_init();
        let terraform = TestBed::toolchain().terraform().display().to_string();
        let script = format!(
            "#!/bin/sh\ncount=$(($(cat \"$0.count\" 2>/dev/null || echo 0) + 1))\necho $count > \"$0.count\"\n'{terraform}' \"$@\"\n\
             code=$?\n[ \"$count\" = \"$KILL_AFTER\" ] && kill -9 $PPID\nexit $code\n"
        );
        scenario.write("terraform.sh", &script);
        let path = scenario.folder().join("terraform.sh");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { scenario, landform: landform.to_owned(), bucket: bucket.to_owned() }
    }

    fn bootstrap(&self, kill_after: u32) -> Output {
        let _ = std::fs::remove_file(self.scenario.folder().join("terraform.sh.count"));
        Command::new(&self.landform)
            .args(["bootstrap", "--region", "us-east-1", "--auto-approve"])
            .args(["--bucket", &self.bucket, "--stack", &self.bucket])
            .current_dir(self.scenario.folder())
            .envs(self.scenario.terraform().environment())
            .env("LANDFORM_TERRAFORM", self.scenario.folder().join("terraform.sh"))
            .env("KILL_AFTER", kill_after.to_string())
            .output()
            .unwrap()
    }

    fn folder(&self) -> PathBuf {
        self.scenario.folder().join("bootstrap")
    }

    /// The resources in the state, as Terraform reads it where the configuration says.
    fn resources(&self) -> Vec<String> {
        let terraform = self.scenario.terraform().in_folder(self.folder());
        let output = terraform.run(&["state", "list"]).unwrap();
        assert_eq!(output.code, 0, "{}", output.text());
        output.stdout.lines().map(str::to_owned).collect()
    }

    /// Runs Terraform in the folder.
    fn terraform(&self, arguments: &[&str]) {
        let output = self.scenario.terraform().in_folder(self.folder()).run(arguments).unwrap();
        assert_eq!(output.code, 0, "{arguments:?}:\n{}", output.text());
    }

    /// The permissions that calls were asked for since the last look.
    fn asked(&self) -> Actions {
        let calls = self.scenario.proxy().take_calls();
        calls.iter().filter(|call| call.service != "sts").map(permission).collect()
    }

    fn states(&self) -> Vec<String> {
        self.scenario.client().list_objects(CALLER, "us-east-1", &self.bucket).unwrap()
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_bootstrap_that_is_killed_after_any_command_is_finished_by_the_next() {
    let landform = landform();
    for kill_after in 0.. {
        let desk = Desk::new(&landform, &format!("bootstrap-{kill_after}"));
        let killed = desk.bootstrap(kill_after);
        let ended = killed.status.code().is_some();
        assert_eq!(killed.status.success(), ended, "{}", text(&killed));
        let again = desk.bootstrap(0);
        assert!(again.status.success(), "killed after command {kill_after}:\n{}", text(&again));
        assert_eq!(desk.resources(), ["landform_state_backend.state"], "killed after command {kill_after}");
        assert_eq!(desk.states(), [format!("bootstrap-{kill_after}/terraform.tfstate")]);
        let backend = std::fs::read_to_string(desk.folder().join("backend.tf")).unwrap();
        assert!(backend.contains("use_lockfile = true"), "{backend}");
        // The first is not killed at all; then comes the first that has fewer commands than that.
        if kill_after > 0 && ended {
            assert!(kill_after > 5, "only {kill_after} commands were killed");
            break;
        }
    }
}

#[test]
fn a_bucket_with_the_state_of_another_folder_is_not_overwritten() {
    let landform = landform();
    let first = Desk::new(&landform, "bootstrap-lost");
    assert!(first.bootstrap(0).status.success());
    let second = Desk::new(&landform, "bootstrap-lost").bootstrap(0);
    let text = text(&second);
    assert_eq!(second.status.code(), Some(1), "{text}");
    assert!(text.contains("holds another state of this stack, with 1 resource(s)"), "{text}");
    assert_eq!(first.resources(), ["landform_state_backend.state"]);
}

/// What Terraform's backend needs besides, by itself: <https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required>.
const OF_THE_BACKEND: [&str; 2] = ["s3:GetObject", "s3:PutObject"];

/// What is published and not asked for here, with why.
const UNUSED: [(&str, &str); 4] = [
    ("s3:DeleteObjectVersion", "AWS asks about it for a deletion of versions; it is no call of its own"),
    (
        "s3:ListAllMyBuckets",
        "`landform orphans` lists with it what no state knows, in tests/tree/lost_landing_zone.rs",
    ),
    ("s3:TagResource", "AWS asks about it for a bucket with tags; it is no call of its own"),
    ("s3:UntagResource", "AWS asks about it where a bucket loses tags; it is no call of its own"),
];

/// No call from nothing to a backend and back is missing on the page, and few on the page are never made.
#[test]
fn the_published_policies_are_what_a_bootstrap_needs() {
    let desk = Desk::new(&landform(), "bootstrap-policies");
    let bootstrapped = desk.bootstrap(0);
    assert!(bootstrapped.status.success(), "{}", text(&bootstrapped));
    let mut used = desk.asked();
    desk.terraform(&["plan", "-detailed-exitcode"]);
    let mut planned = desk.asked();
    // The state leaves the bucket before the bucket goes.
    std::fs::remove_file(desk.folder().join("backend.tf")).unwrap();
    desk.terraform(&["init", "-migrate-state", "-force-copy"]);
    let main = desk.folder().join("main.tf");
    let written = std::fs::read_to_string(&main).unwrap();
    let bucket = "  bucket = \"bootstrap-policies\"\n";
    assert!(written.contains(bucket), "{written}");
    for more in ["tags = { a = \"b\" }", "tls_only = false"] {
        let open = format!("{bucket}  deletion_protection = false\n  force_destroy = true\n  {more}\n");
        std::fs::write(&main, written.replace(bucket, &open)).unwrap();
        desk.terraform(&["apply", "-auto-approve"]);
    }
    desk.terraform(&["destroy", "-auto-approve"]);
    used.extend(desk.asked());

    let (read, write) = published("resources/state_backend.md");
    for actions in [&mut used, &mut planned] {
        actions.retain(|action| !OF_THE_BACKEND.contains(&action.as_str()));
    }
    // A plan locks the state: the lock is an object that is deleted again.
    planned.remove("s3:DeleteObject");
    let unplanned: Vec<String> = planned.difference(&read).cloned().collect();
    let all: Actions = read.union(&write).cloned().collect();
    used.extend(planned);
    let forbidden: Vec<String> = used.difference(&all).cloned().collect();
    assert_eq!([unplanned, forbidden], [[""; 0]; 2], "asked for and not published, by a plan and at all");
    let unused: Vec<&str> = all.difference(&used).map(String::as_str).collect();
    assert_eq!(unused, UNUSED.map(|(action, _)| action), "published and not asked for");
}
