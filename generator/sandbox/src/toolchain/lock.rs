//! One process prepares, the others wait.

use std::fs::{self, File};
use std::path::Path;

use crate::Error;

/// Held by one process at a time, until it is dropped or the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of `directory`, which is made if need be. `progress` is told when there is something to wait for.
    pub(super) fn wait(directory: &Path, what: &str, progress: &dyn Fn(&str)) -> Result<Lock, Error> {
        fs::create_dir_all(directory).map_err(Error::file("create", directory))?;
        let path = directory.join("prepare.lock");
        let file = File::create(&path).map_err(Error::file("create", &path))?;
        if file.try_lock().is_err() {
            progress(&format!("Waiting for another process that prepares {what}"));
            file.lock().map_err(Error::file("lock", &path))?;
        }
        Ok(Lock { _file: file })
    }
}
