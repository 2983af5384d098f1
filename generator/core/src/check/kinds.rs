//! The kinds of the estate's units: what each is made of, and what that takes and gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::contract::module::{self, Module as Read};
use crate::contract::{Contract, Input, Output};
use crate::problem::{Problem, SpecPath};
use crate::source::nearest;
use crate::spec::{Estate, Module, ModuleFiles, ModuleSource, Version};
use crate::tree::{Content, RETIRED, TreePath};
use crate::units::{self, Kind, ModulePlace, Placed, network};

/// Where modules that are folders beside the spec are in a tree.
const VENDOR: &str = "vendor";

/// Kinds by name.
pub(super) type Kinds = BTreeMap<String, Arc<Kind>>;

/// The kinds that units of the estate are of. A unit whose kind is not among them has got a problem.
pub(super) fn check(estate: &Estate, problems: &mut Vec<Problem>) -> Kinds {
    let mut kinds = Kinds::new();
    let modules = SpecPath::root().field("modules");
    for (name, module) in &estate.modules {
        let at = modules.field(name);
        if [network::NAME, RETIRED].contains(&name.as_str()) {
            let problem = Problem::new(at.clone(), format!("`{name}` is a kind of its own")).of_key();
            problems.push(problem.hint("give the module another name"));
        }
        match of_module(name.as_str(), module, &estate.module_files, &at) {
            Ok(kind) => drop(kinds.insert(name.to_string(), Arc::new(kind))),
            Err(found) => problems.extend(found),
        }
    }
    for (at, unit) in units::all(estate) {
        let name = unit.kind();
        if kinds.contains_key(name) || estate.modules.keys().any(|module| module.as_str() == name) {
            continue;
        }
        let found = match name {
            network::NAME => network::kind().map_err(|error| error.to_string()),
            _ => units::resource_kind(name).ok_or_else(String::new),
        };
        match found {
            Ok(kind) => drop(kinds.insert(name.to_owned(), Arc::new(kind))),
            Err(_) => problems.push(unknown(estate, unit, &at)),
        }
    }
    let used: BTreeSet<&str> = units::all(estate).map(|(_, unit)| unit.kind()).collect();
    kinds.retain(|name, _| used.contains(name.as_str()));
    kinds
}

fn unknown(estate: &Estate, unit: &dyn Placed, at: &SpecPath) -> Problem {
    let name = unit.kind();
    let known = estate.modules.keys().map(AsRef::as_ref).chain(units::resource_types());
    let problem = Problem::new(at.field("kind"), format!("there is no kind `{name}`"));
    match nearest(name, known.clone()) {
        Some(other) => problem.hint(format!("did you mean `{other}`?")),
        None => {
            let known: Vec<&str> = known.collect();
            problem.hint(format!("add it to `modules`, or use one of: {}", known.join(", ")))
        }
    }
}

fn of_module(name: &str, module: &Module, files: &ModuleFiles, at: &SpecPath) -> Result<Kind, Vec<Problem>> {
    match &module.source {
        ModuleSource::Folder(folder) => of_folder(name, module, folder, files, at),
        ModuleSource::Registry { address, folder } => {
            let what = "a module of a registry needs its version";
            let version = version(module, at, what, "write one such as `version: \"4.2.1\"`")?;
            let is_exact = version.as_str().split('.').count() >= 3
                && version.as_str().starts_with(|c: char| c.is_ascii_digit());
            if !is_exact {
                let problem = Problem::new(
                    at.field("version"),
                    format!("`{version}` is not one version of a registry"),
                );
                return Err(vec![problem.hint("write all three numbers, such as `4.2.1`")]);
            }
            let place = ModulePlace::Registry { address: address.clone(), folder: folder.clone(), version };
            Ok(declared(name, module, place))
        }
        ModuleSource::Git { url, folder } => {
            let what = "a module of a repository needs a tag or commit";
            let version =
                version(module, at, what, "write it into `version`, so that a plan is the same tomorrow")?;
            let place = ModulePlace::Git { url: url.clone(), folder: folder.clone(), version };
            Ok(declared(name, module, place))
        }
    }
}

fn version(module: &Module, at: &SpecPath, what: &str, hint: &str) -> Result<Version, Vec<Problem>> {
    let missing = || vec![Problem::new(at.field("source"), what).hint(hint)];
    module.version.clone().ok_or_else(missing)
}

/// A module from elsewhere: what the spec declares is all that is known.
fn declared(name: &str, module: &Module, place: ModulePlace) -> Kind {
    let input = |(name, it): (&crate::spec::Identifier, &crate::spec::InputType)| {
        let input = Input {
            ty: it.ty.clone(),
            is_required: !it.is_optional,
            is_nullable: true,
            is_sensitive: false,
            description: String::new(),
        };
        (name.to_string(), input)
    };
    let output = |(name, it): (&crate::spec::Identifier, &crate::spec::OutputType)| {
        let output =
            Output { ty: Some(it.0.clone()), is_sensitive: false, description: String::new(), id_prefix: "" };
        (name.to_string(), output)
    };
    Kind {
        name: name.to_owned(),
        place,
        contract: Contract {
            inputs: module.inputs.iter().map(input).collect(),
            outputs: module.outputs.iter().map(output).collect(),
        },
        has_inputs: !module.inputs.is_empty(),
        providers: module
            .providers
            .iter()
            .map(|(name, source)| (name.to_string(), source.to_string()))
            .collect(),
        lookup: None,
        files: Vec::new(),
        folders: Vec::new(),
    }
}

/// A folder: its files are read, and come into the tree with those of its neighbours that it calls.
fn of_folder(
    name: &str,
    module: &Module,
    folder: &TreePath,
    files: &ModuleFiles,
    at: &SpecPath,
) -> Result<Kind, Vec<Problem>> {
    let mut problems = Vec::new();
    for (field, is_given) in [
        ("version", module.version.is_some()),
        ("providers", !module.providers.is_empty()),
        ("inputs", !module.inputs.is_empty()),
    ] {
        if is_given {
            let problem = Problem::new(at.field(field), format!("a folder says its {field} itself")).of_key();
            problems.push(problem.hint(match field {
                "version" => "leave it out: a folder has the version of the spec's own repository",
                _ => "leave it out: it is read from the `.tf` files",
            }));
        }
    }
    let source = at.field("source");
    let mut folders: Vec<TreePath> = Vec::new();
    let mut read = BTreeMap::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        if folders.contains(&next) {
            continue;
        }
        match read_folder(&next, files) {
            Ok(found) => {
                open.extend(found.calls.iter().filter_map(|call| neighbour(&next, call)));
                folders.push(next.clone());
                read.insert(next, found);
            }
            Err(why) => {
                let problem =
                    Problem::new(source.clone(), format!("the module in `./{next}` cannot be read: {why}"));
                problems.push(problem.hint("the folder stands beside the spec, or below it"));
            }
        }
    }
    let mut own = read.get(folder).cloned().unwrap_or_default();
    for (output, ty) in &module.outputs {
        match own.contract.outputs.get_mut(output.as_str()) {
            Some(found) => found.ty = Some(ty.0.clone()),
            None if read.is_empty() => {}
            None => {
                let problem = Problem::new(
                    at.field("outputs").field(output),
                    format!("the module has no output `{output}`"),
                )
                .of_key();
                problems.push(
                    match nearest(output.as_str(), own.contract.outputs.keys().map(String::as_str)) {
                        Some(other) => problem.hint(format!("did you mean `{other}`?")),
                        None => problem.hint("add it to the module, or leave out its type"),
                    },
                );
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    for neighbour in read.values() {
        own.providers.extend(neighbour.providers.clone());
    }
    let vendored = |path: &TreePath| TreePath::of([VENDOR, path.as_str()]);
    let contents = folders.iter().flat_map(|folder| {
        let found = files.get(folder).into_iter().flatten();
        found.map(move |(path, bytes)| {
            (vendored(folder).join(path.as_str()), Content::Bytes(bytes.clone().into()))
        })
    });
    Ok(Kind {
        name: name.to_owned(),
        place: ModulePlace::Tree { root: VENDOR, folder: folder.clone() },
        contract: own.contract,
        has_inputs: true,
        providers: own.providers,
        lookup: None,
        files: contents.collect(),
        folders: folders.iter().map(vendored).collect(),
    })
}

fn read_folder(folder: &TreePath, files: &ModuleFiles) -> Result<Read, String> {
    let files = files.get(folder).ok_or("there is no such folder")?;
    let texts = files
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".tf"))
        .map(|(path, bytes)| {
            Ok((path.as_str(), std::str::from_utf8(bytes).map_err(|_| format!("`{path}` is not UTF-8"))?))
        })
        .collect::<Result<Vec<_>, String>>()?;
    module::read(texts).map_err(|error| error.to_string())
}

/// The folder that a call such as `../common` leads to. Folders below the module come along with it.
pub(crate) fn neighbour(folder: &TreePath, call: &str) -> Option<TreePath> {
    if !call.starts_with("../") && !call.starts_with("./") {
        return None;
    }
    let mut parts: Vec<&str> = folder.parts().collect();
    for part in call.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." { parts.pop().map(drop)? } else { parts.push(part) }
    }
    let path = TreePath::try_from(parts.join("/")).ok()?;
    let is_below = path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
    (!is_below && path != *folder).then_some(path)
}
