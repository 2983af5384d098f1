//! Runs Terraform on one folder, with the provider from this machine and never with the caller's AWS settings.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::process_group::{signal_group, signal_one};
use crate::{CliConfig, Error, TerraformProgram};

/// Long enough for any run against an emulator; a run that takes longer hangs.
const DEADLINE: Duration = Duration::from_secs(15 * 60);

/// Commands that colour their output unless told not to. The PyPI build does so even into a pipe.
const COLOURFUL: [&str; 12] = [
    "init",
    "plan",
    "apply",
    "destroy",
    "import",
    "refresh",
    "validate",
    "force-unlock",
    "show",
    "output",
    "query",
    "test",
];

/// Terraform or OpenTofu in one folder. Clone it to run several commands.
#[derive(Clone, Debug)]
pub struct Terraform {
    program: TerraformProgram,
    folder: PathBuf,
    environment: BTreeMap<String, String>,
    deadline: Duration,
}

impl Terraform {
    /// `program` is a [`TerraformProgram`] or a [`crate::Toolchain`]. `environment` is empty or comes from
    /// [`crate::Emulator::environment`]. Variables of this process whose names begin
    /// with `AWS_` or `TF_` are not handed on, except `TF_LOG*`.
    pub fn new(
        program: &impl AsRef<TerraformProgram>,
        cli_config: &CliConfig,
        folder: impl AsRef<Path>,
        environment: BTreeMap<String, String>,
    ) -> Terraform {
        let mut all: BTreeMap<String, String> = [
            ("TF_CLI_CONFIG_FILE", cli_config.path().to_string_lossy().as_ref()),
            ("CHECKPOINT_DISABLE", "1"),
            ("TF_IN_AUTOMATION", "1"),
            ("TF_INPUT", "0"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        all.extend(environment);
        Terraform {
            program: program.as_ref().clone(),
            folder: folder.as_ref().to_path_buf(),
            environment: all,
            deadline: DEADLINE,
        }
    }

    /// The same Terraform in another folder.
    pub fn in_folder(&self, folder: impl AsRef<Path>) -> Terraform {
        Terraform { folder: folder.as_ref().to_path_buf(), ..self.clone() }
    }

    /// Another Terraform in the same folder, with the same providers and environment.
    pub fn with_program(self, program: &impl AsRef<TerraformProgram>) -> Terraform {
        Terraform { program: program.as_ref().clone(), ..self }
    }

    /// The same with one more variable; an existing one is replaced.
    pub fn with_environment(mut self, name: &str, value: &str) -> Terraform {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same with another limit to how long one command may take. 15 minutes unless set.
    pub fn with_deadline(mut self, deadline: Duration) -> Terraform {
        self.deadline = deadline;
        self
    }

    /// The path of the program that it runs.
    pub fn program(&self) -> &Path {
        self.program.path()
    }

    /// The folder it runs in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The variables it sets, for showing a person how to run Terraform by hand.
    pub fn environment(&self) -> &BTreeMap<String, String> {
        &self.environment
    }

    /// Runs to the end. A non-zero exit code is not an error here: see [`Output::success`].
    pub fn run(&self, arguments: &[&str]) -> Result<Output, Error> {
        self.start(arguments)?.wait()
    }

    /// Runs to the end and hands every line on as it is printed.
    pub fn run_streaming(
        &self,
        arguments: &[&str],
        on_line: &mut dyn FnMut(Source, &str),
    ) -> Result<Output, Error> {
        self.start(arguments)?.wait_streaming(on_line)
    }

    /// Starts in a process group of its own, so that the provider dies with it and an interrupt from the terminal
    /// reaches Terraform only when the caller passes it on.
    pub fn start(&self, arguments: &[&str]) -> Result<Running, Error> {
        let mut command = Command::new(self.program.path());
        command.args(arguments);
        if arguments.first().is_some_and(|first| COLOURFUL.contains(first)) {
            // Before everything that might end the options, right after the command's name.
            command = Command::new(self.program.path());
            command.arg(arguments[0]).arg("-no-color").args(&arguments[1..]);
        }
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("AWS_") || (name.starts_with("TF_") && !name.starts_with("TF_LOG")) {
                command.env_remove(name.as_ref());
            }
        }
        let mut process = command
            .envs(&self.environment)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .map_err(|source| Error::Start { program: self.program.path().display().to_string(), source })?;

        let (send, lines) = mpsc::channel();
        if let Some(stdout) = process.stdout.take() {
            read_lines(Source::Stdout, stdout, send.clone());
        }
        if let Some(stderr) = process.stderr.take() {
            read_lines(Source::Stderr, stderr, send);
        }
        Ok(Running {
            command: format!("{} {}", self.program.flavour().command(), arguments.join(" ")),
            group: Killer { leader: Arc::new(Mutex::new(Some(process.id()))) },
            process,
            lines,
            begin: Instant::now(),
            deadline: self.deadline,
        })
    }
}

/// Which stream a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// What one command did.
#[derive(Clone, Debug)]
pub struct Output {
    /// The command line, beginning with `terraform` or `tofu`.
    pub command: String,
    /// The exit code; 128 + the signal's number when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// From start to end.
    pub duration: Duration,
}

impl Output {
    /// The output, if the exit code is 0.
    pub fn success(self) -> Result<Output, Error> {
        self.code_in(&[0])
    }

    /// The output, if the exit code is one of `codes`. `plan -detailed-exitcode` ends with 2 when there are changes.
    pub fn code_in(self, codes: &[i32]) -> Result<Output, Error> {
        if codes.contains(&self.code) {
            return Ok(self);
        }
        let output = self.text();
        Err(Error::Terraform { command: self.command, code: self.code, output })
    }

    /// Both streams.
    pub fn text(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// A Terraform that is running. Dropping it kills it and its provider.
#[derive(Debug)]
pub struct Running {
    command: String,
    process: Child,
    group: Killer,
    lines: Receiver<(Source, String)>,
    begin: Instant,
    deadline: Duration,
}

impl Running {
    /// A handle that can end this run from elsewhere, for instance from a fault in the middle of an AWS call.
    pub fn killer(&self) -> Killer {
        self.group.clone()
    }

    /// The number of Terraform's process, and of the process group that its providers are in.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits for the end.
    pub fn wait(self) -> Result<Output, Error> {
        self.wait_streaming(&mut |_, _| ())
    }

    /// Waits for the end and hands on every line.
    pub fn wait_streaming(mut self, on_line: &mut dyn FnMut(Source, &str)) -> Result<Output, Error> {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let mut late = false;
        loop {
            let left = self.deadline.saturating_sub(self.begin.elapsed());
            match self.lines.recv_timeout(left) {
                Ok((source, line)) => {
                    on_line(source, &line);
                    let text = if source == Source::Stdout { &mut stdout } else { &mut stderr };
                    text.push_str(&line);
                    text.push('\n');
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    late = true;
                    self.group.kill();
                    break;
                }
            }
        }
        let status = self.process.wait();
        self.group.forget();
        let (command, duration) = (std::mem::take(&mut self.command), self.begin.elapsed());
        if late {
            let output = format!("{stdout}{stderr}");
            return Err(Error::Deadline { command, seconds: self.deadline.as_secs(), output });
        }
        let status = status.map_err(|source| Error::Start { program: command.clone(), source })?;
        Ok(Output { command, code: exit_code(status), stdout, stderr, duration })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.group.kill();
        let _ = self.process.wait();
        self.group.forget();
    }
}

/// Sends signals to a running Terraform and its provider. Does nothing once the run is over.
#[derive(Clone, Debug)]
pub struct Killer {
    leader: Arc<Mutex<Option<u32>>>,
}

impl Killer {
    /// SIGKILL, as by `kill -9`, to Terraform and the provider at once.
    pub fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// SIGKILL to Terraform alone, as by a system that is out of memory. The provider has to see for itself.
    pub fn kill_terraform(&self) {
        self.with_leader(|leader| signal_one(leader, Signal::KILL));
    }

    /// SIGINT, as by Ctrl-C in a terminal.
    pub fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    /// SIGTERM, as by an ending container.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    fn signal(&self, signal: Signal) {
        self.with_leader(|leader| signal_group(leader, signal));
    }

    fn with_leader(&self, act: impl FnOnce(u32)) {
        // The number stays ours until it is taken out: the process is not reaped before.
        if let Some(leader) = *self.leader.lock().unwrap_or_else(PoisonError::into_inner) {
            act(leader);
        }
    }

    fn forget(&self) {
        *self.leader.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn read_lines(source: Source, stream: impl Read + Send + 'static, send: Sender<(Source, String)>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            if send.send((source, String::from_utf8_lossy(&line).into_owned())).is_err() {
                break;
            }
        }
    });
}

fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}
