//! Units of Terragrunt.

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::Body;

use super::evaluate::{Files, Scope};
use super::inputs::{Inputs, dependencies};
use super::place::{self, joined};
use super::{Answers, Found, Note, state};
use crate::contract::Argument;
use crate::spec::{ModuleSource, Version};

/// The folders with a `terragrunt.hcl` that has a module.
pub(super) fn units(files: &Files, answers: &Answers, notes: &mut Vec<Note>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, damage) in files.paths() {
        let Some(folder) = path.strip_suffix("/terragrunt.hcl") else { continue };
        if let Some(damage) = damage {
            notes.push(Note { path: path.to_owned(), what: format!("it is not HCL: {damage}") });
            continue;
        }
        let Some(body) = files.body(path) else { continue };
        if !body.has_blocks("include") && !body.has_blocks("terraform") {
            continue;
        }
        match unit(files, path, folder, body, answers) {
            Ok(unit) => found.push(unit),
            Err(note) => notes.push(note),
        }
    }
    found
}

fn unit(files: &Files, path: &str, folder: &str, body: &Body, answers: &Answers) -> Result<Found, Note> {
    let note = |what: String| Note { path: folder.to_owned(), what };
    let root = ["root.hcl", "terragrunt.hcl"].into_iter().find_map(|name| files.above(folder, name));
    let root = root.ok_or_else(|| note("there is no `root.hcl` above it".to_owned()))?;
    let root_folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let scope = Scope { files, file: path, unit: folder, root: root_folder };
    let in_root = Scope { file: &root, ..scope };
    let (id, account_id) = place::of(files, root_folder, folder, answers)?;

    let module = body.get_blocks("terraform").find_map(|block| block.body.get_attribute("source"));
    let module = module.ok_or_else(|| note("its module is not in its own file".to_owned()))?;
    let Some(Argument::Text(source)) = scope.evaluate(&module.value) else {
        let what = format!("its module is not known from the files: `{}`", module.value.to_string().trim());
        return Err(note(what));
    };
    let (source, version) = parse_source(folder, &source).map_err(note)?;

    let remote = files.body(&root).and_then(|body| body.get_blocks("remote_state").next());
    let remote = remote.ok_or_else(|| note(format!("`{root}` has no block `remote_state`")))?;
    let is_s3 = remote.body.get_attribute("backend").and_then(|it| it.value.as_str()) == Some("s3");
    let config = remote.body.get_attribute("config").map(|it| &it.value);
    let (Some(Expression::Object(config)), true) = (config, is_s3) else {
        return Err(note("its state is not in S3".to_owned()));
    };
    let argument = |name: &str| {
        let is_it = |key: &ObjectKey| matches!(key, ObjectKey::Ident(it) if it.as_str() == name);
        config.iter().find(|(key, _)| is_it(key)).map(|(_, value)| value.expr())
    };
    let (state, key) = state::of(&in_root, argument).map_err(note)?;

    let mut inputs = Inputs::default();
    let known = dependencies(&scope);
    // What the root gives to all of its units, the unit's own are stronger.
    for scope in [in_root, scope] {
        let found = files.body(scope.file).and_then(|body| body.get_attribute("inputs"));
        let Some(Expression::Object(object)) = found.map(|it| &it.value) else { continue };
        for (name, value) in object {
            if let ObjectKey::Ident(name) = name {
                inputs.add(&scope, name.as_str(), value.expr(), &known);
            }
        }
    }
    for block in body.get_blocks("dependencies") {
        let paths = block.body.get_attribute("paths").and_then(|it| scope.evaluate(&it.value));
        let Some(Argument::List(paths)) = paths else { continue };
        inputs.after.extend(paths.iter().filter_map(|path| match path {
            Argument::Text(path) => joined(folder, path),
            _ => None,
        }));
    }
    Ok(Found {
        folder: folder.to_owned(),
        id,
        account_id,
        state,
        key,
        label: None,
        source,
        version,
        unit: inputs,
    })
}

/// A source as Terragrunt has it: a path, `tfr://`, or a repository of Git.
fn parse_source(folder: &str, text: &str) -> Result<(ModuleSource, Option<Version>), String> {
    let unknown = |text: &str| format!("`{text}` is no source of a module that a spec can say");
    let (address, query) =
        text.split_once('?').map_or((text, None), |(address, query)| (address, Some(query)));
    let value = |name: &str| {
        let pairs = query.into_iter().flat_map(|query| query.split('&'));
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let version = |name: &str| -> Result<Option<Version>, String> {
        let text = value(name).ok_or_else(|| format!("`{text}` has no version"))?;
        text.parse().map(Some).map_err(|error: crate::spec::InvalidForm| error.to_string())
    };
    if let Some(rest) = address.strip_prefix("tfr://") {
        let source = rest.strip_prefix('/').unwrap_or(rest).parse().map_err(|_| unknown(text))?;
        return Ok((source, version("version")?));
    }
    // `git@host:path` is the same as `ssh://git@host/path`.
    let git = match address.strip_prefix("git@").or(address.strip_prefix("git::git@")) {
        Some(rest) => Some(format!("git::ssh://git@{}", rest.replacen(':', "/", 1))),
        None => address.starts_with("git::").then(|| address.to_owned()),
    };
    if let Some(git) = git {
        return Ok((git.parse().map_err(|_| unknown(text))?, version("ref")?));
    }
    if address.contains("://") {
        return Err(unknown(text));
    }
    let path =
        joined(folder, address).ok_or_else(|| format!("its module `{text}` is outside of the tree"))?;
    Ok((format!("./{path}").parse().map_err(|_| unknown(text))?, None))
}
