//! A folder with an estate of its own: its accounts and its bucket are nobody else's.

use landform_sandbox::GoProgram;
use landform_sandbox::aws::Client;
use landform_test_support::scenario::TestBed;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Two accounts, and three networks of which one waits for another.
const SPEC: &str = r#"
organization:
  name: acme
  management_account_id: "123456789012"
  regions: [us-east-1, eu-west-1]
  state: { bucket: "acme-STATE", region: us-east-1 }
  tags: { organization: acme }
accounts:
  hub: { id: "HUB" }
  app: { id: "APP" }
environments:
  dev: { tags: { environment: dev } }
  prod: {}
networks:
  - name: hub
    environment: prod
    account: hub
    region: us-east-1
    cidr: 10.0.0.0/22
    profile: compact
    azs: { a: use1-az1 }
    tiers: [private]
    deletion_protection: false
  - name: main
    environment: prod
    account: app
    region: us-east-1
    cidr: 10.16.0.0/16
    azs: { a: use1-az1, b: use1-az2 }
    tiers: [public, private]
    deletion_protection: false
    after: [hub/us-east-1/prod/hub]
  - name: main
    environment: dev
    account: app
    region: eu-west-1
    cidr: 10.32.0.0/16
    azs: { a: euw1-az1 }
    tiers: [private]
    deletion_protection: false
    tags: { note: "a.b: c/d" }
"#;

/// The units in the order in which they are applied.
pub(crate) const UNITS: [&str; 3] =
    ["app/eu-west-1/dev/main", "hub/us-east-1/prod/hub", "app/us-east-1/prod/main"];

/// The estate in its folder.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    /// The accounts `hub` and `app`.
    pub(crate) accounts: [String; 2],
}

/// What a program did.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    /// The estate with `rest` at its end, and the tree that it comes to.
    pub(crate) fn new(layout: &str, rest: &str) -> Self {
        Self::with_files(layout, rest, &[])
    }

    /// The same, with files beside the spec.
    pub(crate) fn with_files(layout: &str, rest: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let accounts = [TestBed::next_account(), TestBed::next_account()];
        let bucket = format!("acme-{}", accounts[0]);
        let client = Client::new(TestBed::emulator().endpoint()).unwrap();
        client.create_bucket("123456789012", "us-east-1", &bucket).unwrap();
        let spec =
            SPEC.replace("acme-STATE", &bucket).replace("HUB", &accounts[0]).replace("APP", &accounts[1]);
        std::fs::write(folder.path().join("landform.yaml"), spec + rest).unwrap();
        let desk = Self { folder, accounts };
        for (name, text) in files {
            std::fs::create_dir_all(desk.path(name).parent().unwrap()).unwrap();
            std::fs::write(desk.path(name), text).unwrap();
        }
        desk.landform(&format!("generate --layout {layout} --out .")).must();
        desk
    }

    /// Another tree for the same accounts, with a spec that differs.
    pub(crate) fn beside(other: &Desk, from: &str, to: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(other.path("landform.yaml"), folder.path().join("landform.yaml")).unwrap();
        let desk = Self { folder, accounts: other.accounts.clone() };
        desk.edit(from, to);
        desk.edit("hub/us-east-1/prod/hub", &to.replace("name: ", "hub/us-east-1/prod/"));
        desk.landform("generate --layout terraform --out .").must();
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Changes the spec; the tree stays as it is.
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let path = self.path("landform.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from} is not in:\n{text}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// A program in the folder, which sees the emulator and the provider of this workspace.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder()).envs(environment());
        command
    }

    pub(crate) fn landform(&self, arguments: &str) -> Ran {
        ran(self.command(landform()).args(arguments.split_whitespace()))
    }

    pub(crate) fn terragrunt(&self, arguments: &[&str]) -> Ran {
        ran(self.command(terragrunt()).args(arguments))
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> Ran {
        let identity = ["-c", "user.name=dora", "-c", "user.email=dora@acme.example"];
        let mut git = self.command(Path::new("git"));
        git.args(identity)
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        ran(&mut git).must()
    }

    /// How many objects there are in both accounts, but for those that AWS makes itself.
    pub(crate) fn made(&self) -> usize {
        let client = Client::new(TestBed::emulator().endpoint()).unwrap();
        let regions = ["us-east-1", "eu-west-1"];
        self.accounts.iter().map(|account| client.inventory(account, &regions).unwrap().made().len()).sum()
    }
}

impl Ran {
    /// The program must have ended well.
    #[track_caller]
    pub(crate) fn must(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}:\n{}\n{}", self.stdout, self.stderr))
    }
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// What programs see of this machine: the emulator for an AWS, and the provider in a mirror.
pub(crate) fn environment() -> Vec<(String, String)> {
    let terraform = TestBed::toolchain().terraform().display().to_string();
    let mut all: Vec<(String, String)> = TestBed::emulator().environment().into_iter().collect();
    all.extend(
        [
            ("TF_CLI_CONFIG_FILE", TestBed::cli_config().path().display().to_string()),
            ("CHECKPOINT_DISABLE", "1".to_owned()),
            // What this machine knows of other trees has no say.
            ("LANDFORM_CACHE", String::new()),
            ("LANDFORM_TERRAFORM", terraform.clone()),
            ("LANDFORM_PROVIDER", TestBed::provider().display().to_string()),
            ("LANDFORM_TERRAGRUNT", terragrunt().display().to_string()),
            ("TG_TF_PATH", terraform),
            ("TG_NO_COLOR", "true".to_owned()),
            ("TG_NON_INTERACTIVE", "true".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    all
}

/// The command, built now if need be. It lies beside the folder of the test programs.
pub(crate) fn landform() -> &'static Path {
    static LANDFORM: OnceLock<PathBuf> = OnceLock::new();
    LANDFORM.get_or_init(|| {
        let build = Command::new(env!("CARGO")).args(["build", "--quiet", "--package", "landform"]).status();
        assert!(build.unwrap().success());
        std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("landform")
    })
}

/// The pinned Terragrunt.
pub(crate) fn terragrunt() -> &'static Path {
    static TERRAGRUNT: OnceLock<PathBuf> = OnceLock::new();
    TERRAGRUNT.get_or_init(|| find(GoProgram::Terragrunt))
}

pub(crate) fn find(program: GoProgram) -> PathBuf {
    program.find(&TestBed::workspace(), &|line| eprintln!("{line}")).unwrap_or_else(|error| panic!("{error}"))
}
