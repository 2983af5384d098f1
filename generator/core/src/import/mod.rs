//! A tree of folders that was there before Landform, as a spec: each folder with a state becomes a unit of a module,
//! and its state stays where it is.
//!
//! Two shapes are known: Terragrunt units below a `root.hcl` (or a `terragrunt.hcl` at the top), with `account.hcl`,
//! `region.hcl` and `env.hcl` on the way; and root modules of Terraform with a backend `s3` that call one module. What
//! is not understood is reported with its file and left out; nothing is guessed. Pure: files in, a spec out.

mod evaluate;
mod inputs;
mod place;
mod state;
mod terraform;
mod terragrunt;

use std::collections::{BTreeMap, BTreeSet};

use landform_model::{AccountId, ResourceName};

use crate::check::ledger::{Entry, Ledger};
use crate::spec::{
    Account, Estate, KindName, Module, ModuleSource, ModuleUnit, Organization, State, Version,
};
use crate::tree::Layout;
use crate::units::UnitId;
use evaluate::Files;

/// What nobody can read from a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The name of the organization.
    pub organization: ResourceName,
    /// The account that the organization is managed from.
    pub management_account_id: AccountId,
    /// The IDs of accounts that no `account.hcl` tells, by the name of their folder.
    pub account_ids: BTreeMap<ResourceName, AccountId>,
}

/// A tree as a spec.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The estate. Its modules are where they were; their files are not read here.
    pub estate: Estate,
    /// The keys of all states, as they are. It has to be in the new tree before that is generated.
    pub ledger: Ledger,
    /// The layout in which no resource gets another address.
    pub layout: Layout,
    /// The folder that each unit was in, by its id.
    pub folders: BTreeMap<String, String>,
    /// What was not understood.
    pub notes: Vec<Note>,
}

/// Something that was not understood, and is not in the spec.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file or folder.
    pub path: String,
    /// What about it.
    pub what: String,
}

/// One folder with a state, as it was understood.
struct Found {
    folder: String,
    id: UnitId,
    account_id: AccountId,
    state: State,
    key: String,
    /// What the module is called, as far as its addresses depend on it.
    label: Option<String>,
    source: ModuleSource,
    version: Option<Version>,
    unit: inputs::Inputs,
}

/// Why there is no spec at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NothingFound {
    /// No folder was understood.
    #[error("no folder with a state was understood")]
    Units(Vec<Note>),
}

/// The spec that the files come to; paths are relative to the top of the tree, with `/` between their parts.
///
/// # Errors
/// When there is not one folder that was understood; the notes say why.
pub fn import(files: &BTreeMap<String, String>, answers: &Answers) -> Result<Imported, NothingFound> {
    let files = Files::new(files);
    let mut notes = Vec::new();
    let mut found = terragrunt::units(&files, answers, &mut notes);
    let layout = if found.is_empty() { Layout::Terraform } else { Layout::Terragrunt };
    if found.is_empty() {
        found = terraform::units(&files, answers, &mut notes);
    }
    let mut ids = BTreeSet::new();
    found.retain(|unit| {
        let is_first = ids.insert(unit.id.clone());
        if !is_first {
            notes.push(Note {
                path: unit.folder.clone(),
                what: format!("another folder is `{}`, too", unit.id),
            });
        }
        is_first
    });
    let Some(state) = state::usual(&found) else {
        notes.sort();
        return Err(NothingFound::Units(notes));
    };
    let organization = Organization {
        name: answers.organization.clone(),
        management_account_id: answers.management_account_id.clone(),
        regions: found
            .iter()
            .map(|unit| &unit.id.region)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .cloned()
            .collect(),
        state: state.clone(),
        tags: BTreeMap::new(),
    };
    let mut estate = Estate::new(organization);
    let mut ledger = Ledger::default();
    let mut folders = BTreeMap::new();
    let by_folder: BTreeMap<String, UnitId> =
        found.iter().map(|unit| (unit.folder.clone(), unit.id.clone())).collect();
    for unit in found {
        estate
            .accounts
            .entry(unit.id.account.clone())
            .or_insert_with(|| Account::new(unit.account_id.clone()));
        estate.environments.entry(unit.id.environment.clone()).or_default();
        let kind = kind(&mut estate, &unit);
        let Ok(stack) = unit.id.stack() else {
            notes
                .push(Note { path: unit.folder, what: "its identity would be longer than a tag".to_owned() });
            continue;
        };
        let mut entry = Entry::new(unit.key.clone(), stack, unit.id.name.clone());
        entry.state = (unit.state != state).then(|| unit.state.clone());
        ledger.units.insert(unit.id.to_string(), entry);
        folders.insert(unit.id.to_string(), unit.folder.clone());
        let place = crate::units::Place {
            environment: unit.id.environment.clone(),
            account: unit.id.account.clone(),
            region: unit.id.region.clone(),
        };
        let mut spec = ModuleUnit::new(unit.id.name.clone(), kind, place);
        unit.unit.write(&unit.folder, &by_folder, &mut spec, &mut notes);
        estate.units.push(spec);
    }
    inputs::declare_outputs(&mut estate, &mut notes);
    notes.sort();
    notes.dedup();
    Ok(Imported { estate, ledger, layout, folders, notes })
}

/// The kind of the unit: the module of the same source and version, or a new one with a name of its own.
fn kind(estate: &mut Estate, unit: &Found) -> KindName {
    let is_same = |module: &Module| module.source == unit.source && module.version == unit.version;
    let is_label = |name: &str| unit.label.as_ref().is_none_or(|label| label == name);
    let known = estate.modules.iter().find(|(name, module)| is_same(module) && is_label(name.as_str()));
    let name = match known {
        Some((name, _)) => name.clone(),
        None => {
            let wanted = unit.label.clone().unwrap_or_else(|| place::last_part(&unit.source.to_string()));
            let name = place::free_name(&wanted, |name| {
                estate.modules.contains_key(name) || ["network", "retired"].contains(&name.as_str())
            });
            let mut module = Module::new(unit.source.clone());
            module.version = unit.version.clone();
            estate.modules.insert(name.clone(), module);
            name
        }
    };
    KindName::from(&name)
}
