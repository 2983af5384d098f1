//! `landform affected`.

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};

use landform_generator::tree::{TreePath, UnitIndex, UnitPlace};
use landform_generator::write::{self, MANIFEST};
use serde_json::json;

use crate::arguments::{Affected, AffectedForm, Form};
use crate::failure::Failure;
use crate::output::print;
use crate::spec_file::SpecFile;

/// Lists the units that another revision's tree has otherwise. Looks at the spec and at Git, not at the tree's files.
pub(crate) fn affected(arguments: &Affected) -> Result<ExitCode, Failure> {
    let spec = SpecFile::read(arguments.spec.as_deref(), Form::Text)?;
    let ledger = write::read_ledger(&arguments.out)?;
    let layout = write::read_units(&arguments.out)?.map(|index| index.layout).unwrap_or_default();
    let rendered = landform_generator::generate(&spec.estate, layout, &ledger)
        .map_err(|error| spec.failure(error, Form::Text))?;
    let index = TreePath::try_from(landform_generator::tree::UNITS.join("/")).ok();
    let index: Option<UnitIndex> =
        index.and_then(|path| rendered.files.get(&path)).and_then(|bytes| serde_json::from_slice(bytes).ok());
    let units = index.map(|index| index.units).unwrap_or_default();
    let found = landform_generator::affected::affected(&base(arguments)?, &rendered, &units);
    tell(&found, arguments);
    Ok(ExitCode::SUCCESS)
}

/// The digests of the files at the revision; none when it has no tree.
fn base(arguments: &Affected) -> Result<BTreeMap<TreePath, String>, Failure> {
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        command.args(words);
        // A tree may be in another repository than the caller is.
        command.current_dir(if arguments.out.is_dir() { arguments.out.as_path() } else { ".".as_ref() });
        command.output().map_err(Failure::Git)
    };
    // `--end-of-options`: a revision cannot be an option.
    let commit = format!("{}^{{commit}}", arguments.base);
    let revision = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !revision.status.success() {
        let why = git(&["rev-parse", "--verify", "--end-of-options", &commit])?;
        let why = String::from_utf8_lossy(&why.stderr).into_owned();
        return Err(Failure::NoRevision { revision: arguments.base.clone(), why });
    }
    let revision = String::from_utf8_lossy(&revision.stdout).trim().to_owned();
    let manifest = git(&["show", &format!("{revision}:./{}", MANIFEST.join("/"))])?;
    if !manifest.status.success() {
        return Ok(BTreeMap::new());
    }
    write::parse_manifest(&manifest.stdout)
        .map(|manifest| manifest.files)
        .map_err(|source| Failure::OldManifest { revision: arguments.base.clone(), source })
}

fn tell(units: &[UnitPlace], arguments: &Affected) {
    match arguments.format {
        AffectedForm::List => units.iter().for_each(|unit| print(&unit.id)),
        AffectedForm::Matrix => {
            let include: Vec<_> =
                units.iter().map(|unit| json!({ "unit": unit.id, "path": unit.path })).collect();
            print(&json!({ "include": include }).to_string());
        }
        AffectedForm::Terragrunt => {
            units.iter().for_each(|unit| print(&format!("--filter={{./{}}}", unit.path)));
        }
        // The projects of `atlantis.yaml` are called as the units are.
        AffectedForm::Atlantis => {
            units.iter().for_each(|unit| print(&format!("atlantis plan -p {}", unit.id)));
        }
    }
}
