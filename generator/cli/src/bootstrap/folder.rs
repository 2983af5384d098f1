//! The files of the configuration.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use super::failure::Failure;

/// The configuration: the provider and the backend. All values are names without quotes and templates.
pub(super) fn configuration(arguments: &Arguments) -> String {
    let mut resource = format!("  region = \"{}\"\n", arguments.region);
    // Writing to a string cannot fail.
    if let Some(bucket) = &arguments.bucket {
        let _ = writeln!(resource, "  bucket = \"{bucket}\"");
    }
    format!(
        "# Written once by `landform bootstrap`; yours from then on.\n\
         terraform {{\n  required_providers {{\n    landform = {{\n      source = \"landform/landform\"\n    }}\n  }}\n}}\n\n\
         provider \"landform\" {{\n  region = \"{}\"\n  stack  = \"{}\"\n}}\n\n\
         resource \"landform_state_backend\" \"state\" {{\n{resource}}}\n\n\
         output \"backend_hcl\" {{\n  value = landform_state_backend.state.backend_hcl\n}}\n",
        arguments.region, arguments.stack
    )
}

/// Writes a file that is not there yet, whole or not at all; whether it was not.
pub(super) fn write_once(path: &Path, text: &str) -> Result<bool, Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Write { path, source }
    };
    if path.exists() {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut file = tempfile::Builder::new();
    // As any file that a program makes, less what the user's mask takes away.
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = file.tempfile_in(folder).map_err(failed(folder))?;
    file.write_all(text.as_bytes()).map_err(failed(path))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(path)(error.error)),
    }
}

/// The block that points Terraform at the bucket.
pub(super) fn backend(folder: &Path) -> PathBuf {
    folder.join("backend.tf")
}

/// A folder with that block and nothing else; it goes with the value.
pub(super) fn with_backend(folder: &Path) -> Result<tempfile::TempDir, Failure> {
    let failed = |source| Failure::Write { path: std::env::temp_dir(), source };
    let empty = tempfile::tempdir().map_err(failed)?;
    fs::copy(backend(folder), backend(empty.path())).map_err(failed)?;
    Ok(empty)
}
