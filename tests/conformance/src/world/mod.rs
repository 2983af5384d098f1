//! A folder that plays the cloud: one JSON file per object, a log of every call, and faults that tests ask for.

mod faults;
mod log;

pub use faults::{Fault, Kind};
pub use log::Call;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use landform_framework::{CancellationToken, Diagnostic, Diagnostics, Model, Path, cty};
use serde_json::Value as Json;

/// The world in one folder. Clones are the same world.
#[derive(Clone, Debug)]
pub struct World {
    folder: PathBuf,
    /// Held while a call is written and counted.
    one_call: Arc<Mutex<()>>,
}

impl World {
    /// The world in `folder`, which need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> World {
        World { folder: folder.into(), one_call: Arc::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The object `name` of a kind such as `things`, as it is stored; `None` when there is none.
    ///
    /// # Errors
    /// The file cannot be read, or does not hold JSON.
    pub fn object(&self, kind: &str, name: &str) -> io::Result<Option<Json>> {
        match fs::read(self.file(kind, name)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes or replaces an object.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put(&self, kind: &str, name: &str, object: &Json) -> io::Result<()> {
        fs::create_dir_all(self.folder.join(kind))?;
        // Whole or not at all: the process may be killed here.
        let draft = self.folder.join(kind).join(format!(".{name}.{}", std::process::id()));
        fs::write(&draft, object.to_string())?;
        fs::rename(draft, self.file(kind, name))
    }

    /// Removes an object; one that is gone already is no error.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn remove(&self, kind: &str, name: &str) -> io::Result<()> {
        match fs::remove_file(self.file(kind, name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The names of all objects of a kind, sorted.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn names(&self, kind: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        match fs::read_dir(self.folder.join(kind)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(entries) => {
                for entry in entries {
                    let file = entry?.file_name().to_string_lossy().into_owned();
                    names.extend(file.strip_suffix(".json").map(ToOwned::to_owned));
                }
            }
        }
        names.sort();
        Ok(names)
    }

    /// Begins a call such as `create thing` on the object `of`: writes it down, and fails if a fault is due.
    ///
    /// # Errors
    /// The fault.
    pub async fn call(&self, call: &str, of: &str) -> Result<Option<Kind>, Diagnostics> {
        self.call_until(call, of, &CancellationToken::new()).await
    }

    /// The same for a call that can be interrupted: one that hangs does so until `stopped`.
    ///
    /// # Errors
    /// The fault, or that it was interrupted.
    pub async fn call_until(
        &self,
        call: &str,
        of: &str,
        stopped: &CancellationToken,
    ) -> Result<Option<Kind>, Diagnostics> {
        let fault = self.begin(call, of).map_err(|error| failed(call, of, &error))?;
        let kind = fault.as_ref().map(|fault| fault.kind);
        match kind {
            Some(Kind::Fail) => Err(Diagnostic::error(format!("{call} {of}"), "The world said no.").into()),
            Some(Kind::Panic) => panic!("{call} {of} fell over"),
            Some(Kind::Exit) => std::process::abort(),
            Some(Kind::Hang) => {
                let until = fault.map(|fault| fault.until).unwrap_or_default();
                tokio::select! {
                    () = stopped.cancelled() => {}
                    () = self.until(&until) => return Ok(None),
                }
                Err(Diagnostic::error(format!("{call} {of}"), "It was interrupted.").into())
            }
            Some(Kind::Forget | Kind::Lie) | None => Ok(kind),
        }
    }

    /// Waits until a call of this name has begun, in whatever process.
    async fn until(&self, call: &str) {
        while self.calls().is_ok_and(|calls| calls.iter().all(|it| it.call != call)) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Writes the call down and says which fault is due.
    fn begin(&self, call: &str, of: &str) -> io::Result<Option<Fault>> {
        let _one = self.one_call.lock().unwrap_or_else(PoisonError::into_inner);
        tracing::info!(call, of, "call");
        self.write_down(call, of)?;
        self.due(call, of)
    }

    /// The object `name` as a model.
    pub(crate) fn load<M: Model>(&self, kind: &str, name: &str) -> Result<Option<M>, Diagnostics> {
        let doing = format!("reading {kind}");
        let Some(json) = self.object(kind, name).map_err(|error| failed(&doing, name, &error))? else {
            return Ok(None);
        };
        let value = cty::decode_json(json.to_string().as_bytes(), &M::schema().cty_type())
            .map_err(|error| failed(&doing, name, &error))?;
        Ok(Some(M::decode(&value, &Path::root())?))
    }

    /// Stores a model, in which everything is known.
    pub(crate) fn save<M: Model>(&self, kind: &str, name: &str, object: &M) -> Result<(), Diagnostics> {
        let doing = format!("writing {kind}");
        let json = cty::encode_json(&object.encode(), &M::schema().cty_type())
            .map_err(|error| failed(&doing, name, &error))?;
        let json = serde_json::from_slice(&json).map_err(|error| failed(&doing, name, &error))?;
        self.put(kind, name, &json).map_err(|error| failed(&doing, name, &error))
    }

    fn file(&self, kind: &str, name: &str) -> PathBuf {
        self.folder.join(kind).join(format!("{name}.json"))
    }
}

/// The error of the world itself.
pub(crate) fn failed(doing: &str, of: &str, error: &dyn std::error::Error) -> Diagnostics {
    Diagnostic::error(format!("{doing} {of}"), error.to_string()).into()
}
