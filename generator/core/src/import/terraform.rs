//! Root modules of Terraform that call one module and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use hcl_edit::structure::Block;

use super::evaluate::{Files, Scope};
use super::inputs::Inputs;
use super::place::{self, joined};
use super::{Answers, Found, Note, state};
use crate::contract::Argument;
use crate::spec::{ModuleSource, Version};

/// The folders whose configuration has a backend.
pub(super) fn units(files: &Files, answers: &Answers, notes: &mut Vec<Note>) -> Vec<Found> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, damage) in files.paths().filter(|(path, _)| path.ends_with(".tf")) {
        if let Some(damage) = damage {
            notes.push(Note { path: path.to_owned(), what: format!("it is not HCL: {damage}") });
        }
        folders.entry(path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default().push(path);
    }
    let mut found = Vec::new();
    for (folder, paths) in folders {
        let blocks: Vec<(&str, &Block)> = paths
            .iter()
            .filter_map(|path| Some((*path, files.body(path)?)))
            .flat_map(|(path, body)| body.blocks().map(move |block| (path, block)))
            .collect();
        let backends = blocks.iter().filter(|(_, block)| block.ident.as_str() == "terraform");
        let backend = backends
            .flat_map(|(path, block)| block.body.get_blocks("backend").map(move |backend| (*path, backend)))
            .next();
        if let Some((path, backend)) = backend {
            match unit(files, folder, &blocks, (path, backend), answers) {
                Ok(unit) => found.push(unit),
                Err(note) => notes.push(note),
            }
        }
    }
    found
}

fn unit(
    files: &Files,
    folder: &str,
    blocks: &[(&str, &Block)],
    (file, backend): (&str, &Block),
    answers: &Answers,
) -> Result<Found, Note> {
    let note = |what: String| Note { path: folder.to_owned(), what };
    if backend.labels.first().is_none_or(|label| label.as_str() != "s3") {
        return Err(note("its state is not in S3".to_owned()));
    }
    let root = common_root(files);
    let scope = Scope { files, file, unit: folder, root: &root };
    let (id, account_id) = place::of(files, &root, folder, answers)?;
    let argument = |name: &str| backend.body.get_attribute(name).map(|it| &it.value);
    let (state, key) = state::of(&scope, argument).map_err(note)?;

    let others: BTreeSet<&str> = blocks
        .iter()
        .map(|(_, block)| block.ident.as_str())
        .filter(|name| {
            ["resource", "data", "import", "moved", "removed", "check", "ephemeral"].contains(name)
        })
        .collect();
    if !others.is_empty() {
        let others: Vec<&str> = others.into_iter().collect();
        return Err(note(format!(
            "it has blocks `{}` of its own: move them into a module, with `moved` blocks so that nothing is made anew",
            others.join("`, `")
        )));
    }
    let modules: Vec<_> = blocks.iter().filter(|(_, block)| block.ident.as_str() == "module").collect();
    let [(file, module)] = modules.as_slice() else {
        return Err(note(format!("it calls {} modules, and a unit calls one", modules.len())));
    };
    let scope = Scope { file, ..scope };
    let label = module.labels.first().map(|label| label.as_str().to_owned()).unwrap_or_default();
    if place::plain_name(&label).is_none_or(|name| name.as_str() != label) {
        return Err(note(format!(
            "its module is called `{label}`, which is no name of a kind; rename it with a `moved` block"
        )));
    }
    let text = |name: &str| match module.body.get_attribute(name).and_then(|it| scope.evaluate(&it.value)) {
        Some(Argument::Text(text)) => Some(text),
        _ => None,
    };
    let source = text("source").ok_or_else(|| note("its module has no source".to_owned()))?;
    let (source, version) = parse_source(folder, &source, text("version")).map_err(note)?;
    let mut inputs = Inputs::default();
    for attribute in module.body.attributes() {
        let name = attribute.key.as_str();
        match name {
            "source" | "version" => {}
            "count" | "for_each" | "depends_on" | "providers" => {
                return Err(note(format!("its module has `{name}`, which a unit cannot have")));
            }
            _ => inputs.add(&scope, name, &attribute.value, &BTreeMap::new()),
        }
    }
    let label = Some(label);
    Ok(Found { folder: folder.to_owned(), id, account_id, state, key, label, source, version, unit: inputs })
}

/// The folder that holds all folders of accounts: the one above the first `account.hcl`, or the folders that stand alone
/// at the top.
fn common_root(files: &Files) -> String {
    let account = files.paths().find_map(|(path, _)| path.strip_suffix("/account.hcl"));
    if let Some(account) = account {
        return account.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
    }
    let with_regions = files.paths().filter_map(|(path, _)| {
        let parts: Vec<&str> = path.split('/').collect();
        let at = parts.iter().position(|part| part.parse::<landform_model::Region>().is_ok())?;
        Some(parts.get(..at.checked_sub(1)?)?.join("/"))
    });
    // account/region or account/environment/region: the shortest way is that of an account.
    with_regions
        .min_by_key(|path| path.split('/').filter(|part| !part.is_empty()).count())
        .unwrap_or_default()
}

fn parse_source(
    folder: &str,
    text: &str,
    version: Option<String>,
) -> Result<(ModuleSource, Option<Version>), String> {
    let unknown = |_| format!("`{text}` is no source of a module that a spec can say");
    let parsed = |text: String| text.parse().map_err(|error: crate::spec::InvalidForm| error.to_string());
    if text.starts_with("./") || text.starts_with("../") {
        let path =
            joined(folder, text).ok_or_else(|| format!("its module `{text}` is outside of the tree"))?;
        return Ok((format!("./{path}").parse().map_err(unknown)?, None));
    }
    if let Some((address, reference)) = text.split_once("?ref=") {
        return Ok((address.parse().map_err(unknown)?, Some(parsed(reference.to_owned())?)));
    }
    let version = version.ok_or_else(|| format!("its module `{text}` has no version"))?;
    Ok((text.parse().map_err(unknown)?, Some(parsed(version)?)))
}
