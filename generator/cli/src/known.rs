//! What this machine knows of trees that it has checked before.

use std::env;
use std::path::PathBuf;

use landform_generator::write::{Findings, Inputs};

use crate::arguments::Generate;
use crate::failure::Failure;
use crate::spec_file::{SpecFile, folder_of};

/// The findings, where there is a place for them.
pub(crate) struct Known {
    findings: Option<Findings>,
    generator: Option<String>,
}

impl Known {
    /// In `LANDFORM_CACHE` or the user's folder for caches (<https://specifications.freedesktop.org/basedir-spec/latest>);
    /// nowhere when the variable is empty, or there is no such folder.
    pub(crate) fn new(arguments: &Generate) -> Self {
        let folder = |name: &str| env::var_os(name).map(PathBuf::from);
        let own = match folder("LANDFORM_CACHE") {
            Some(own) => Some(own).filter(|own| !own.as_os_str().is_empty()),
            None => folder("XDG_CACHE_HOME")
                .or_else(|| Some(folder("HOME")?.join(".cache")))
                .map(|caches| caches.join("landform")),
        };
        // A folder in the tree would be for the tree to write.
        let own = own.filter(|own| own.is_absolute() && !is_inside(own, &arguments.out));
        Self { findings: own.map(|own| Findings::new(own.join("checked"))), generator: this_program() }
    }

    /// Whether the tree is known to be what the spec says. `false` says nothing.
    pub(crate) fn is_clean(&self, arguments: &Generate) -> Result<bool, Failure> {
        let (Some(findings), Some(generator)) = (&self.findings, &self.generator) else { return Ok(false) };
        let (path, text) = SpecFile::text(arguments.spec.spec.as_deref())?;
        let inputs = inputs(arguments, generator, &path.display().to_string(), &text)?;
        Ok(findings.know(&inputs, folder_of(&path), &arguments.out)?)
    }

    /// Keeps that the tree is what the spec says.
    pub(crate) fn keep(&self, arguments: &Generate, spec: &SpecFile) -> Result<(), Failure> {
        let (Some(findings), Some(generator)) = (&self.findings, &self.generator) else { return Ok(()) };
        let (path, text) = SpecFile::text(arguments.spec.spec.as_deref())?;
        if text != spec.source.text() {
            return Ok(());
        }
        let inputs = inputs(arguments, generator, &path.display().to_string(), &text)?;
        findings.keep(&inputs, &spec.estate.module_files, &arguments.out);
        Ok(())
    }
}

fn inputs(arguments: &Generate, generator: &str, name: &str, spec: &str) -> Result<Inputs, Failure> {
    let layout = arguments.layout.map(|layout| format!("{layout:?}")).unwrap_or_default();
    Ok(Inputs::of(generator, &layout, name, spec, &arguments.out)?)
}

/// Another build makes another tree: version, place, size and time of this one. None where they cannot be told.
fn this_program() -> Option<String> {
    let program = env::current_exe().ok()?;
    let about = program.metadata().ok()?;
    let modified = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let (version, size) = (env!("CARGO_PKG_VERSION"), about.len());
    Some(format!("{version} {} {size} {}", program.display(), modified.as_nanos()))
}

fn is_inside(folder: &std::path::Path, tree: &std::path::Path) -> bool {
    tree.canonicalize().is_ok_and(|tree| {
        let folder = folder.ancestors().find_map(|folder| folder.canonicalize().ok());
        folder.is_some_and(|folder| folder.starts_with(tree))
    })
}
