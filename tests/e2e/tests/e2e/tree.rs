//! The `landform` command on the small estate: from the spec to applied networks in three accounts and two regions.

use landform_sandbox::aws::Client;
use landform_test_support::scenario::TestBed;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The accounts and regions of the small estate.
const PLACES: [(&str, &[&str]); 3] = [
    ("210987654321", &["us-east-1"]),
    ("321098765432", &["us-east-1"]),
    ("432109876543", &["eu-west-1", "us-east-1"]),
];

/// The command, built now if need be. It lies beside the folder of the test programs.
pub(crate) fn landform() -> PathBuf {
    let built =
        Command::new(env!("CARGO")).args(["build", "--quiet", "--package", "landform"]).status().unwrap();
    assert!(built.success());
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join("landform")
}

struct Desk {
    folder: tempfile::TempDir,
    landform: PathBuf,
}

impl Desk {
    /// A folder with the small estate, in which everything may be destroyed.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spec = std::fs::read_to_string(TestBed::workspace().join("examples/estates/small.yaml")).unwrap();
        let spec = spec.replace("    deletion_protection: false\n", "");
        let spec = spec.replace("    azs:", "    deletion_protection: false\n    azs:");
        std::fs::write(folder.path().join("landform.yaml"), spec).unwrap();
        Self { folder, landform: landform() }
    }

    fn tree(&self) -> PathBuf {
        self.folder.path().join("tree")
    }

    fn run(&self, arguments: &str) -> (i32, String) {
        let output = Command::new(&self.landform)
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .envs(TestBed::emulator().environment())
            .env("TF_CLI_CONFIG_FILE", TestBed::cli_config().path())
            .env("LANDFORM_TERRAFORM", TestBed::toolchain().terraform())
            .env("CHECKPOINT_DISABLE", "1")
            .env("LANDFORM_CACHE", "")
            .output()
            .unwrap();
        let text =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap_or(-1), text)
    }

    fn must(&self, arguments: &str) -> String {
        let (code, text) = self.run(arguments);
        assert_eq!(code, 0, "landform {arguments}\n{text}");
        text
    }
}

fn made(client: &Client) -> usize {
    PLACES.iter().map(|(account, regions)| client.inventory(account, regions).unwrap().made().len()).sum()
}

#[test]
fn the_small_estate_is_applied_planned_empty_and_destroyed() {
    let desk = Desk::new();
    let client = Client::new(TestBed::emulator().endpoint()).unwrap();
    client.create_bucket("109876543210", "us-east-1", "acme-terraform-state").unwrap();

    desk.must("generate --layout terraform --out tree");
    desk.must("run apply --tree tree --auto-approve --parallelism 2");
    assert!(made(&client) > 60, "{}", made(&client));
    let plan = desk.must("run plan --tree tree");
    assert_eq!(plan.matches("No changes.").count(), 4, "{plan}");

    // What Terraform left in the tree is not taken for an edit, and a real edit is found and not written over.
    desk.must("generate --layout terraform --out tree --check");
    let unit = desk.tree().join("accounts/dev/us-east-1/dev/main/main.tf");
    edit(&unit);
    let (code, text) = desk.run("generate --layout terraform --out tree --check");
    assert_eq!(code, 3, "{text}");
    let (code, text) = desk.run("generate --layout terraform --out tree");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("accounts/dev/us-east-1/dev/main/main.tf"), "{text}");
    std::fs::remove_file(&unit).unwrap();
    desk.must("generate --layout terraform --out tree");

    desk.must("run destroy --tree tree --filter prod --auto-approve");
    desk.must("run destroy --tree tree --auto-approve --parallelism 2");
    assert_eq!(made(&client), 0);
}

fn edit(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, text + "\n# by hand\n").unwrap();
}
