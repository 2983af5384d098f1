//! The provider, asked what exists: this program does not speak to AWS itself.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use landform_model::inventory::{Action, Answer, Request};
use serde_json::{Map, Value};

use super::Failure;

/// The name of the provider's binary, without the version that Terraform's mirrors append.
const NAME: &str = "terraform-provider-landform";

/// The variable that names the binary.
const VARIABLE: &str = "LANDFORM_PROVIDER";

/// The provider's binary.
pub(super) struct Inventory {
    binary: PathBuf,
}

impl Inventory {
    /// The binary that is `named`, else that of the variable, the one beside this program, or the one on the PATH.
    pub(super) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        let variable = env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let beside = env::current_exe().ok().and_then(|program| Some(program.parent()?.join(NAME)));
        let folders = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&folders).map(|folder| folder.join(NAME));
        let found = || beside.into_iter().chain(on_path).find(|file| file.is_file());
        let binary = named.map(Path::to_path_buf).or(variable).or_else(found).ok_or(Failure::NoProvider)?;
        // A bare name would be looked for on the PATH.
        Ok(Self { binary: std::path::absolute(&binary).unwrap_or(binary) })
    }

    /// Sends one request and hands on each answer. What the provider has to say otherwise goes to stderr.
    pub(super) fn ask(
        &self,
        provider: Map<String, Value>,
        action: Action,
        on_answer: &mut dyn FnMut(Answer),
    ) -> Result<(), Failure> {
        let start = |source| Failure::Start { program: self.binary.clone(), source };
        let mut process = Command::new(&self.binary)
            .arg("inventory")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(start)?;
        let request = Request { provider, action };
        if let Some(stdin) = process.stdin.take() {
            // One that does not read it ends, and says why.
            let _ = serde_json::to_writer(stdin, &request);
        }
        let (mut failed, mut strange) = (false, None);
        let lines = process.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines);
        for line in lines.map_while(Result::ok) {
            match serde_json::from_str(&line) {
                Ok(answer) => {
                    failed |= matches!(answer, Answer::Failed { .. });
                    on_answer(answer);
                }
                Err(source) => strange = Some(Failure::Answer { line, source }),
            }
        }
        let status = process.wait().map_err(start)?;
        match strange {
            Some(strange) => Err(strange),
            None if status.success() || failed => Ok(()),
            None => Err(Failure::Provider { program: self.binary.clone() }),
        }
    }
}
