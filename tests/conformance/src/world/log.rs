//! `calls.jsonl`: every call that any process of the provider began, in order.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::World;

const FILE: &str = "calls.jsonl";

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The process of the provider.
    pub pid: u32,
    /// What it did, such as `create thing`.
    pub call: String,
    /// The name of the object.
    pub of: String,
}

impl World {
    /// All calls so far.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn calls(&self) -> io::Result<Vec<Call>> {
        let text = match fs::read_to_string(self.folder.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    }

    /// A number that every call raises: the size of the log. Reading the calls to count them would take longer with each.
    pub(crate) fn age(&self) -> io::Result<u64> {
        Ok(fs::metadata(self.folder.join(FILE))?.len())
    }

    pub(super) fn write_down(&self, call: &str, of: &str) -> io::Result<()> {
        let call = Call { pid: std::process::id(), call: call.to_owned(), of: of.to_owned() };
        fs::create_dir_all(&self.folder)?;
        // One write of one line, so that two processes do not mix theirs.
        let line = serde_json::to_string(&call)? + "\n";
        OpenOptions::new().create(true).append(true).open(self.folder.join(FILE))?.write_all(line.as_bytes())
    }
}
