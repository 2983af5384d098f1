//! `faults.json`: which calls go wrong, and how.

use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use super::World;

const FILE: &str = "faults.json";

/// A call that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The call, such as `write part`.
    pub call: String,
    /// The object; empty for any.
    #[serde(default)]
    pub of: String,
    /// Which of these calls, counted from 1 since the fault was asked for.
    pub nth: usize,
    /// How many of them from there on.
    pub times: usize,
    /// How it goes wrong.
    pub kind: Kind,
    /// A call that hangs goes on when a call of this name has begun; empty for never.
    #[serde(default)]
    pub until: String,
    /// How many calls there were when the fault was asked for.
    #[serde(default)]
    after: usize,
}

/// How a call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It answers with an error.
    Fail,
    /// It panics.
    Panic,
    /// The process dies.
    Exit,
    /// It does not answer until Terraform is interrupted, or [`Fault::until`] another call.
    Hang,
    /// It answers, and leaves a value unknown.
    Forget,
    /// It answers, and gives a value that was not planned or not asked for.
    Lie,
}

impl Fault {
    /// The next such call goes wrong.
    pub fn next(call: &str, kind: Kind) -> Fault {
        Fault {
            call: call.to_owned(),
            of: String::new(),
            nth: 1,
            times: 1,
            kind,
            until: String::new(),
            after: 0,
        }
    }

    /// Not the next call but the `nth`, from 1.
    #[must_use]
    pub fn nth(self, nth: usize) -> Fault {
        Fault { nth, ..self }
    }

    /// Only calls on this object count.
    #[must_use]
    pub fn of(self, name: &str) -> Fault {
        Fault { of: name.to_owned(), ..self }
    }

    /// A call that hangs goes on when one of this name has begun.
    #[must_use]
    pub fn until(self, call: &str) -> Fault {
        Fault { until: call.to_owned(), ..self }
    }

    /// So many calls one after the other.
    #[must_use]
    pub fn times(self, times: usize) -> Fault {
        Fault { times, ..self }
    }
}

impl World {
    /// Asks for faults, in place of all that were asked for before.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn faults(&self, faults: &[Fault]) -> io::Result<()> {
        let after = self.calls()?.len();
        let faults: Vec<Fault> = faults.iter().map(|fault| Fault { after, ..fault.clone() }).collect();
        fs::create_dir_all(&self.folder)?;
        fs::write(self.folder.join(FILE), serde_json::to_vec(&faults)?)
    }

    /// The fault of the call that was written down last.
    pub(super) fn due(&self, call: &str, of: &str) -> io::Result<Option<Fault>> {
        let faults: Vec<Fault> = match fs::read(self.folder.join(FILE)) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let calls = self.calls()?;
        Ok(faults.iter().find_map(|fault| {
            let counts =
                |one: &str, other: &str| one == fault.call && ["", other].contains(&fault.of.as_str());
            if !counts(call, of) {
                return None;
            }
            let number = calls.iter().skip(fault.after).filter(|it| counts(&it.call, &it.of)).count();
            (fault.nth..fault.nth + fault.times).contains(&number).then(|| fault.clone())
        }))
    }
}
