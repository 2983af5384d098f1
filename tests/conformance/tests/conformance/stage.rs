//! One scenario on one program: a folder for the configuration, another for the world.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use landform_conformance::WORLD;
use landform_conformance::configuration::REQUIRED_PROVIDERS;
use landform_conformance::world::{Call, Fault, World};
use landform_sandbox::{CliConfig, Output, Running, Terraform, TerraformProgram};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::feature::Feature;
use crate::program::{Program, cli_config, mirror, or_panic};

/// Everything that a scenario needs. The folders go when it is dropped, and stay when the test fails.
pub(crate) struct Stage {
    program: &'static TerraformProgram,
    terraform: Terraform,
    folder: TempDir,
    world: World,
    environment: RefCell<BTreeMap<String, String>>,
    calls_seen: Cell<usize>,
}

impl Stage {
    pub(crate) fn new(program: Program) -> Stage {
        Stage::with(program.get(), cli_config())
    }

    /// Another stage of the same program, where `init` installs the provider as it would from a registry.
    pub(crate) fn with_a_mirror(&self) -> Stage {
        Stage::with(self.program, mirror())
    }

    fn with(program: &'static TerraformProgram, cli_config: &CliConfig) -> Stage {
        let folder = tempfile::Builder::new().prefix("landform-conformance-").tempdir().unwrap();
        let (work, world) = (folder.path().join("work"), folder.path().join("world"));
        fs::create_dir_all(&work).unwrap();
        let terraform = Terraform::new(program, cli_config, &work, BTreeMap::new())
            .with_environment(WORLD, &world.to_string_lossy());
        Stage {
            program,
            terraform,
            folder,
            world: World::new(world),
            environment: RefCell::default(),
            calls_seen: Cell::new(0),
        }
    }

    /// Whether the program can do it. Where it cannot, the scenario asserts the refusal.
    pub(crate) fn can(&self, feature: Feature) -> bool {
        feature.is_in(self.program)
    }

    pub(crate) fn program(&self) -> &TerraformProgram {
        self.program
    }

    /// The folder of configuration and state.
    pub(crate) fn folder(&self) -> &Path {
        self.terraform.folder()
    }

    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    /// Writes `main.tf`, after the block that says which provider `toy` is.
    pub(crate) fn configure(&self, text: &str) {
        self.write("main.tf", &format!("{REQUIRED_PROVIDERS}\n{text}\n"));
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder().join(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder().join(name)).unwrap()
    }

    /// Asks for faults, in place of those before.
    pub(crate) fn faults(&self, faults: &[Fault]) {
        self.world.faults(faults).unwrap();
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        or_panic(self.command().run(arguments))
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        or_panic(self.command().start(arguments))
    }

    /// Sets a variable in the environment of all further commands.
    pub(crate) fn set(&self, name: &str, value: &str) {
        self.environment.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// Unsets a variable that [`Stage::set`] has set.
    pub(crate) fn unset(&self, name: &str) {
        self.environment.borrow_mut().remove(name);
    }

    fn command(&self) -> Terraform {
        let environment = self.environment.borrow();
        environment
            .iter()
            .fold(self.terraform.clone(), |terraform, (name, value)| terraform.with_environment(name, value))
    }

    /// Waits until the calls are as the test wants them.
    pub(crate) fn until(&self, enough: impl Fn(&[Call]) -> bool) -> Vec<Call> {
        let begin = Instant::now();
        loop {
            let calls = self.world.calls().unwrap_or_default();
            if enough(&calls) {
                return calls;
            }
            assert!(begin.elapsed() < Duration::from_secs(60), "it never happened: {calls:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Runs a command that must succeed; gives what it said, see [`words`].
    #[track_caller]
    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.code, 0, "{}:\n{}", output.command, output.text());
        words(&output.text())
    }

    /// Runs a command that must fail with exit code 1 and say every one of `texts`.
    #[track_caller]
    pub(crate) fn fails(&self, arguments: &[&str], texts: &[&str]) -> String {
        let output = self.run(arguments);
        let said = words(&output.text());
        assert_eq!(output.code, 1, "{}:\n{}", output.command, output.text());
        for text in texts {
            assert!(said.contains(text), "{} does not say {text:?}:\n{}", output.command, output.text());
        }
        said
    }

    #[track_caller]
    pub(crate) fn apply(&self) -> String {
        self.succeeds(&["apply", "-auto-approve"])
    }

    #[track_caller]
    pub(crate) fn apply_fails(&self, texts: &[&str]) -> String {
        self.fails(&["apply", "-auto-approve"], texts)
    }

    #[track_caller]
    pub(crate) fn destroy(&self) -> String {
        self.succeeds(&["destroy", "-auto-approve"])
    }

    /// There must be nothing to do, with and without a refresh.
    #[track_caller]
    pub(crate) fn plan_is_empty(&self) {
        for refresh in ["-refresh=true", "-refresh=false"] {
            let output = self.run(&["plan", "-detailed-exitcode", refresh]);
            assert_eq!(output.code, 0, "{} is not empty:\n{}", output.command, output.text());
        }
    }

    /// There must be nothing to do, apart from drift that only a refresh sees.
    #[track_caller]
    pub(crate) fn plan_without_changes(&self) {
        let output = self.run(&["plan", "-detailed-exitcode"]);
        assert_eq!(output.code, 0, "{} is not empty:\n{}", output.command, output.text());
    }

    /// There must be something to do, and the plan must say every one of `texts`.
    #[track_caller]
    pub(crate) fn plan_says(&self, texts: &[&str]) -> String {
        let output = self.run(&["plan", "-detailed-exitcode"]);
        assert_eq!(output.code, 2, "{}:\n{}", output.command, output.text());
        let said = words(&output.text());
        for text in texts {
            assert!(said.contains(text), "the plan does not say {text:?}:\n{}", output.text());
        }
        said
    }

    /// There must be nothing to do in the world, and the plan must say every one of `texts`.
    #[track_caller]
    pub(crate) fn plan_says_no_change_but(&self, texts: &[&str]) {
        let said = self.succeeds(&["plan"]);
        for text in texts.iter().chain(&["0 to add, 0 to change, 0 to destroy"]) {
            assert!(said.contains(text), "the plan does not say {text:?}:\n{said}");
        }
    }

    /// What a command prints as JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Json {
        let output = self.run(arguments);
        assert_eq!(output.code, 0, "{}:\n{}", output.command, output.text());
        serde_json::from_str(&output.stdout).unwrap()
    }

    /// What a command prints as JSON when it fails.
    #[track_caller]
    pub(crate) fn json_of_failure(&self, arguments: &[&str]) -> Json {
        let output = self.run(arguments);
        assert_eq!(output.code, 1, "{}:\n{}", output.command, output.text());
        serde_json::from_str(&output.stdout).unwrap()
    }

    /// The object at an address in state, as `show -json` has it.
    #[track_caller]
    pub(crate) fn in_state(&self, address: &str) -> Option<Json> {
        let state = self.json(&["show", "-json"]);
        let resources = state["values"]["root_module"]["resources"].as_array()?;
        resources.iter().find(|resource| resource["address"] == address).cloned()
    }

    /// What `console` answers to one line.
    pub(crate) fn console(&self, line: &str) -> String {
        let mut process = Command::new(self.terraform.program())
            .arg("console")
            .current_dir(self.folder())
            .envs(self.terraform.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(process.stdin.take().unwrap(), "{line}").unwrap();
        let output = process.wait_with_output().unwrap();
        words(&(String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr)))
    }

    /// The calls of the provider since one asked last, such as `create thing a`, without reading and planning.
    pub(crate) fn changes(&self) -> Vec<String> {
        let quiet = ["configure provider", "read thing", "read label", "plan thing"];
        let calls = self.world.calls().unwrap();
        let new = &calls[self.calls_seen.replace(calls.len())..];
        new.iter()
            .filter(|call| !quiet.contains(&call.call.as_str()))
            .map(|call| format!("{} {}", call.call, call.of))
            .collect()
    }

    /// A thing in the world.
    #[track_caller]
    pub(crate) fn thing(&self, name: &str) -> Json {
        self.world.object("things", name).unwrap().unwrap_or_else(|| panic!("there is no thing {name}"))
    }

    /// Changes a thing in the world behind Terraform's back.
    pub(crate) fn drift(&self, name: &str, attribute: &str, value: impl Into<Json>) {
        let mut thing = self.thing(name);
        thing[attribute] = value.into();
        self.world.put("things", name, &thing).unwrap();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            eprintln!("{:?} {}", self.program.flavour(), self.program.version());
            eprintln!("the folder is kept: {}", self.folder.path().display());
        }
    }
}

/// Text without colours, frames and line breaks, so that it does not matter where a program wraps its lines.
pub(crate) fn words(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let frames = ["│", "╷", "╵", "─"];
    plain.split_whitespace().filter(|word| !frames.contains(word)).collect::<Vec<_>>().join(" ")
}
