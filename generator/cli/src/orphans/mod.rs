//! `landform orphans`: what carries our tags and belongs to no state.

mod compare;
mod estate;
mod failure;
mod inventory;
mod report;

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, stdin};
use std::process::ExitCode;
use std::thread;

use landform_generator::GenerateError;
use landform_generator::check::{self, Landscape};
use landform_generator::tree::UnitIndex;
use landform_generator::write;
use landform_model::AccountId;
use landform_model::inventory::{Action, Answer};

use crate::arguments::{Form, Orphans};
use crate::failure::DIFFERENCES;
use crate::spec_file::SpecFile;
use compare::{Orphan, may_go, settled};
pub(crate) use failure::Failure;
use inventory::Inventory;

/// Lists, and with `--delete` removes what is still there unchanged after the settle time.
///
/// # Errors
/// When a state or a place cannot be read, so that nobody can say what is an orphan, or a removal fails.
pub(crate) fn orphans(arguments: &Orphans) -> Result<ExitCode, crate::failure::Failure> {
    let spec = SpecFile::read(arguments.spec.as_deref(), arguments.json)?;
    let no_tree = || crate::failure::Failure::NoTree(arguments.tree.clone());
    let index = write::read_units(&arguments.tree)?.ok_or_else(no_tree)?;
    let ledger = write::read_ledger(&arguments.tree)?;
    let landscape = check::check(&spec.estate, &ledger)
        .map_err(|problems| spec.failure(GenerateError::Problems(problems), Form::Text))?;
    let estate =
        Estate { arguments, index, landscape, inventory: Inventory::find(arguments.provider.as_deref())? };
    if arguments.delete && !arguments.yes && !stdin().is_terminal() {
        return Err(Failure::NoTerminal.into());
    }

    let first = estate.look()?;
    report::list(&first, arguments);
    if first.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if !arguments.delete {
        return Ok(ExitCode::from(DIFFERENCES));
    }
    let removed = estate.delete(&first)?;
    Ok(if removed == first.len() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENCES) })
}

/// Where is looked, and by whom.
struct Estate<'a> {
    arguments: &'a Orphans,
    index: UnitIndex,
    landscape: Landscape,
    inventory: Inventory,
}

impl Estate<'_> {
    /// One look. States first: what is made after its state was read is too young to be an orphan, and the second look
    /// of a deletion finds it in its state.
    fn look(&self) -> Result<Vec<Orphan>, crate::failure::Failure> {
        let known = estate::known(self.arguments, &self.index, &self.landscape)?;
        // The stack only says whose a change would be, and a look changes nothing.
        let stack = known.keys().next().map_or("landform", String::as_str);
        let (mut existing, mut errors, mut all) = (BTreeMap::new(), Vec::new(), 0);
        for (role, places) in estate::places(&self.landscape) {
            all += places.len();
            let provider = estate::provider(stack, role.as_ref(), true);
            self.inventory.ask(provider, Action::List(places), &mut |answer| match answer {
                Answer::Exists { resource, objects, kept } => {
                    existing.insert(resource, (objects, kept));
                }
                Answer::Failed { place, error } => errors.push(format!("{place}: {error}")),
                Answer::Removed(_) => {}
            })?;
        }
        match errors.is_empty() {
            true => {
                let states = &self.landscape.estate.organization.state.bucket;
                Ok(compare::orphans(existing, &known, states.as_ref()))
            }
            false => Err(Failure::Unread { all, errors }.into()),
        }
    }

    /// Removes what may go and is the same after the settle time. How many went.
    fn delete(&self, first: &[Orphan]) -> Result<usize, crate::failure::Failure> {
        let may_go = |orphan: &&Orphan| may_go(orphan, &self.arguments.stack);
        let wanted: Vec<Orphan> = first.iter().filter(may_go).cloned().collect();
        report::kept(first.len() - wanted.len());
        if wanted.is_empty() {
            return Ok(0);
        }
        report::settling(&self.arguments.settle);
        thread::sleep(self.arguments.settle.as_std());
        let settled = settled(&wanted, &self.look()?);
        report::unsettled(wanted.len() - settled.len());
        if settled.is_empty() || !(self.arguments.yes || is_agreed(&settled)) {
            return Ok(0);
        }
        let mut failed = 0;
        for orphan in &settled {
            if !self.remove(orphan)? {
                failed += 1;
            }
        }
        match failed {
            0 => Ok(settled.len()),
            _ => Err(Failure::NotRemoved { failed, all: settled.len() }.into()),
        }
    }

    /// Removes one. Whether all of it is gone.
    fn remove(&self, orphan: &Orphan) -> Result<bool, Failure> {
        let resource = &orphan.resource;
        report::removing(orphan);
        let account: &AccountId = &resource.place.account_id;
        let role = estate::role(&self.landscape, account);
        let provider = estate::provider(&resource.stack, role.as_ref(), false);
        let mut is_gone = false;
        self.inventory.ask(provider, Action::Remove(resource.clone()), &mut |answer| match answer {
            Answer::Removed(_) => is_gone = true,
            Answer::Failed { error, .. } => anstream::eprintln!("error: {error}"),
            Answer::Exists { .. } => {}
        })?;
        if is_gone {
            report::removed(orphan);
        }
        Ok(is_gone)
    }
}

/// Asks on the terminal, as Terraform does before a destroy: only `yes` is yes.
fn is_agreed(orphans: &[Orphan]) -> bool {
    report::question(orphans);
    let mut line = String::new();
    stdin().lock().read_line(&mut line).is_ok() && line.trim() == "yes"
}
