//! Real Terraform with the real provider against the emulator, in an account of its own.
//!
//! ```no_run
//! use landform_test_support::Scenario;
//!
//! let scenario = Scenario::new("scenarios/three-zones/step1");
//! scenario.apply();
//! scenario.plan_is_empty();
//! scenario.use_configuration("scenarios/three-zones/step2");
//! scenario.apply();
//! scenario.destroy();
//! scenario.nothing_left();
//! ```

mod bed;
mod expect;

pub use bed::TestBed;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use landform_sandbox::aws::{Client, Inventory};
use landform_sandbox::{Output, Running, Terraform, TerraformProgram, environment_for};
use tempfile::TempDir;

use crate::FaultProxy;
use expect::{or_panic, words};

/// One test: an account, a proxy, a folder and a Terraform. Everything goes when it is dropped; when the test fails the
/// folder stays and its path is printed.
///
/// The configuration gets `var.account_id` (12 digits), `var.stack` and, where it asks for them, any
/// [`Scenario::variable`].
#[derive(Debug)]
pub struct Scenario {
    account: String,
    proxy: FaultProxy,
    client: Client,
    terraform: Terraform,
    folder: TempDir,
    regions: Vec<String>,
    initializes: bool,
    initialized: Cell<bool>,
    tolerated: Vec<String>,
}

impl Scenario {
    /// A scenario with a copy of the configuration in the folder `configuration`.
    pub fn new(configuration: impl AsRef<Path>) -> Scenario {
        let scenario = Scenario::empty();
        scenario.use_configuration(configuration);
        scenario
    }

    /// A scenario whose files the test writes with [`Scenario::write`].
    ///
    /// # Panics
    /// When the test bed cannot be made: the message says what is missing.
    pub fn empty() -> Scenario {
        let proxy = FaultProxy::start(TestBed::emulator().endpoint());
        let client = or_panic(Client::new(TestBed::emulator().endpoint()));
        let account = TestBed::next_account();
        let folder = match tempfile::Builder::new().prefix("landform-scenario-").tempdir() {
            Ok(folder) => folder,
            Err(error) => panic!("no temporary folder: {error}"),
        };
        let terraform = Terraform::new(
            TestBed::toolchain(),
            TestBed::cli_config(),
            folder.path(),
            environment_for(proxy.endpoint()),
        )
        .with_environment("TF_VAR_account_id", &account)
        .with_environment("TF_VAR_stack", &format!("scenario-{account}"));
        Scenario {
            account,
            proxy,
            client,
            terraform,
            folder,
            regions: vec!["us-east-1".to_owned()],
            initializes: true,
            initialized: Cell::new(false),
            tolerated: Vec::new(),
        }
    }

    /// The regions whose inventory is looked at. `us-east-1` unless set.
    pub fn in_regions(mut self, regions: &[&str]) -> Scenario {
        self.regions = regions.iter().map(|region| (*region).to_owned()).collect();
        self
    }

    /// Sets a variable of the configuration.
    pub fn variable(mut self, name: &str, value: &str) -> Scenario {
        self.terraform = self.terraform.clone().with_environment(&format!("TF_VAR_{name}"), value);
        self
    }

    /// Sets a variable of the environment of Terraform and the provider.
    pub fn environment(mut self, name: &str, value: &str) -> Scenario {
        self.terraform = self.terraform.clone().with_environment(name, value);
        self
    }

    /// Runs Terraform with the credentials of this scenario's account, which can then have an organization of its own.
    /// Otherwise they are those of one account that all scenarios share.
    pub fn as_management_account(self) -> Scenario {
        let key = or_panic(self.client.assume_role(&self.account));
        self.environment("AWS_ACCESS_KEY_ID", &key)
    }

    /// Fails the test when one command takes longer: it hangs. 15 minutes unless set.
    pub fn deadline(mut self, deadline: Duration) -> Scenario {
        self.terraform = self.terraform.clone().with_deadline(deadline);
        self
    }

    /// Works without `terraform init`, as developers of a provider do: quicker, and every command prints a warning about it.
    pub fn without_init(mut self) -> Scenario {
        let config = TestBed::overrides().path().to_string_lossy().into_owned();
        self.terraform = self.terraform.clone().with_environment("TF_CLI_CONFIG_FILE", &config);
        self.initializes = false;
        self
    }

    /// Leaves the folder on the disk, for a person to look at.
    pub fn keep(mut self) -> PathBuf {
        self.folder.disable_cleanup(true);
        self.folder.path().to_path_buf()
    }

    /// Runs another Terraform than [`TestBed::toolchain`] has, such as [`TestBed::opentofu`].
    pub fn with_program(mut self, program: &TerraformProgram) -> Scenario {
        self.terraform = self.terraform.clone().with_program(program);
        self
    }

    /// Accepts that the emulator lacks `action`. Every other call that it cannot answer fails the test.
    pub fn tolerate_unsupported(mut self, action: &str) -> Scenario {
        self.tolerated.push(action.to_owned());
        self
    }

    /// Replaces the configuration by the files of another folder; the state stays.
    pub fn use_configuration(&self, configuration: impl AsRef<Path>) {
        let from = configuration.as_ref();
        let replaced = self.remove_configuration().and_then(|()| copy_tree(from, self.folder.path()));
        if let Err(error) = replaced {
            panic!("cannot copy the configuration {}: {error}", from.display());
        }
        self.initialized.set(false);
    }

    /// Writes one file of the configuration.
    pub fn write(&self, name: &str, text: &str) {
        if let Err(error) = fs::write(self.folder.path().join(name), text) {
            panic!("cannot write {name}: {error}");
        }
        self.initialized.set(false);
    }

    /// The 12 digits of the account that only this scenario uses.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The folder of the configuration and the state.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The proxy all AWS calls of Terraform pass: counts, and faults.
    pub fn proxy(&self) -> &FaultProxy {
        &self.proxy
    }

    /// A client that goes around the proxy, to look or to break things behind Terraform's back.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The runner, for commands that have no method here.
    pub fn terraform(&self) -> &Terraform {
        &self.terraform
    }

    /// Runs any command. Initializes first if the configuration is new.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.initialize();
        let output = or_panic(self.terraform.run(arguments));
        self.check_emulator(&output);
        output
    }

    /// Starts a command and returns at once, for tests that interrupt or kill it.
    pub fn start(&self, arguments: &[&str]) -> Running {
        self.initialize();
        or_panic(self.terraform.start(arguments))
    }

    /// Applies; any exit code is fine.
    pub fn try_apply(&self) -> Output {
        self.run(&["apply", "-auto-approve"])
    }

    /// Applies, which must succeed.
    pub fn apply(&self) -> Output {
        or_panic(self.try_apply().success())
    }

    /// Plans, which must succeed; the exit code is 2 when there are changes.
    pub fn plan(&self) -> Output {
        or_panic(self.run(&["plan", "-detailed-exitcode"]).code_in(&[0, 2]))
    }

    /// Plans: there must be nothing to do, and the plan must change nothing in AWS.
    pub fn plan_is_empty(&self) {
        self.plan_writes_nothing(0);
    }

    /// Plans: there must be something to do, and the plan must change nothing in AWS.
    pub fn plan_has_changes(&self) -> Output {
        self.plan_writes_nothing(2)
    }

    /// Destroys; any exit code is fine.
    pub fn try_destroy(&self) -> Output {
        self.run(&["destroy", "-auto-approve"])
    }

    /// Destroys, which must succeed.
    pub fn destroy(&self) -> Output {
        or_panic(self.try_destroy().success())
    }

    /// What exists in the account, default VPCs included.
    pub fn inventory(&self) -> Inventory {
        let regions: Vec<&str> = self.regions.iter().map(String::as_str).collect();
        or_panic(self.client.inventory(&self.account, &regions))
    }

    /// Nothing may exist but what AWS itself makes.
    pub fn nothing_left(&self) {
        let left = self.inventory().made();
        assert!(left.is_empty(), "{} objects are left in account {}:\n{left}", left.len(), self.account);
    }

    /// The state as `terraform show -json` prints it.
    pub fn state(&self) -> serde_json::Value {
        self.json(&["show", "-json"])
    }

    /// The value of an output.
    pub fn output(&self, name: &str) -> serde_json::Value {
        self.json(&["output", "-json", name])
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = or_panic(self.run(arguments).success());
        match serde_json::from_str(&output.stdout) {
            Ok(value) => value,
            Err(error) => panic!("`{}` printed no JSON ({error}):\n{}", output.command, output.text()),
        }
    }

    fn plan_writes_nothing(&self, code: i32) -> Output {
        let before = self.proxy.calls().mutating().len();
        let output = self.plan();
        assert_eq!(
            output.code,
            code,
            "the plan {}:\n{}",
            if code == 0 { "is not empty" } else { "is empty" },
            output.text()
        );
        let calls = self.proxy.calls().mutating();
        assert_eq!(calls.len(), before, "a plan changed something in AWS: {:?}", &calls.actions()[before..]);
        output
    }

    fn initialize(&self) {
        if self.initialized.get() || !self.initializes {
            return;
        }
        or_panic(or_panic(self.terraform.run(&["init"])).success());
        self.initialized.set(true);
    }

    /// A client retries what looks like a server's fault, and would hide that the emulator cannot do something.
    fn check_emulator(&self, output: &Output) {
        let lacking = self.proxy.calls().unsupported().only(|call| !self.tolerated.contains(&call.action));
        assert!(
            lacking.is_empty(),
            "the emulator lacks {:?}; see its log:\n{}\n{}",
            lacking.by_action(),
            words::tail(&TestBed::emulator().log(), 30),
            output.text()
        );
    }

    fn remove_configuration(&self) -> std::io::Result<()> {
        for entry in fs::read_dir(self.folder.path())? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "tf") {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

impl Drop for Scenario {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            eprintln!("the scenario's folder is kept: {}", self.folder.path().display());
            eprintln!("{}", self.proxy.calls());
        }
    }
}

fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
