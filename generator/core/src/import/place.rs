//! Which account, region and environment a folder is.

use landform_model::{AccountId, Region, ResourceName};

use super::evaluate::{Files, Scope, TOP};
use super::{Answers, Note};
use crate::contract::Argument;
use crate::units::UnitId;

/// The identity of the unit in this folder, and the ID of its account.
///
/// The folders on the way are account, region and environment in the order of the tree; `account.hcl` and `env.hcl` say
/// which folder they are. A tree without folders for environments has one in each account, of the same name.
pub(super) fn of(
    files: &Files,
    root: &str,
    folder: &str,
    answers: &Answers,
) -> Result<(UnitId, AccountId), Note> {
    let note = |what: String| Note { path: folder.to_owned(), what };
    let below: Vec<&str> =
        folder.strip_prefix(root).unwrap_or(folder).split('/').filter(|part| !part.is_empty()).collect();
    let top = folder.split('/').filter(|part| !part.is_empty()).count() - below.len();
    // The position, among the folders below the root, of the one that holds this file.
    let position = |file: &str| {
        let path = files.above(&format!("{folder}/x"), file)?;
        (path.split('/').count().checked_sub(1)?).checked_sub(top)?.checked_sub(1)
    };
    let region_at = below
        .iter()
        .position(|part| part.parse::<Region>().is_ok())
        .ok_or_else(|| note("no folder on its way is a region of AWS".to_owned()))?;
    let account_at = position("account.hcl").unwrap_or(0);
    let environment_at = position("env.hcl");
    let last = below.len().checked_sub(1).filter(|last| *last > region_at && account_at < *last);
    let last = last.ok_or_else(|| note("it is not below an account and a region".to_owned()))?;
    if account_at == region_at {
        return Err(note("no folder on its way is an account".to_owned()));
    }
    // account/region/environment/unit, account/environment/region/unit, or without an environment.
    let environment_at = environment_at.or_else(|| {
        let between = (account_at + 1 < region_at).then_some(account_at + 1);
        between.or((region_at + 1 < last).then_some(region_at + 1))
    });
    let start =
        [Some(region_at), Some(account_at), environment_at].into_iter().flatten().max().unwrap_or(region_at);
    let name = below.get(start + 1..).unwrap_or_default().join("-");
    let resource = |text: &str| {
        plain_name(text)
            .ok_or_else(|| note(format!("`{text}` cannot be made a name of letters, digits and `-`")))
    };
    let account = resource(below[account_at])?;
    let environment = resource(environment_at.map_or(below[account_at], |at| below[at]))?;
    let region =
        below[region_at].parse().map_err(|_| note("no folder on its way is a region of AWS".to_owned()))?;
    let id = UnitId { account: account.clone(), region, environment, name: resource(&name)? };
    let account_id = account_id(files, root, folder).or_else(|| answers.account_ids.get(&account).cloned());
    let account_id =
        account_id.ok_or_else(|| note(format!("the ID of the account `{account}` is nowhere")))?;
    Ok((id, account_id))
}

fn account_id(files: &Files, root: &str, folder: &str) -> Option<AccountId> {
    let file = files.above(&format!("{folder}/x"), "account.hcl")?;
    let scope = Scope { files, file: &file, unit: folder, root };
    ["aws_account_id", "account_id"].into_iter().find_map(|name| match scope.local(name)? {
        Argument::Text(text) => text.parse().ok(),
        Argument::Number(number) => format!("{:0>12}", number.to_string()).parse().ok(),
        _ => None,
    })
}

/// The text as a name: lower case, `-` for what else is in it.
pub(super) fn plain_name(text: &str) -> Option<ResourceName> {
    let plain: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    let plain =
        if plain.starts_with(|c: char| c.is_ascii_digit()) { format!("x{plain}") } else { plain.to_owned() };
    plain.parse().ok()
}

/// A name like the one that is wanted which nothing has yet.
pub(super) fn free_name(wanted: &str, is_taken: impl Fn(&ResourceName) -> bool) -> ResourceName {
    let plain = plain_name(wanted).map_or_else(|| "module".to_owned(), |name| name.to_string());
    let names = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain:.55}-{number}")));
    #[allow(clippy::expect_used, reason = "there are more numbers than modules")]
    names.filter_map(|name| name.parse().ok()).find(|name| !is_taken(name)).expect("an endless row of names")
}

/// The last part of a source that says what it is.
pub(super) fn last_part(source: &str) -> String {
    let path = source.split_once("://").map_or(source, |(_, path)| path).trim_end_matches('/');
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    // `acme/queue/aws`: the name is the middle one.
    let is_registry = !source.starts_with("git::") && !source.starts_with("./") && !source.contains("//");
    let part = if is_registry { parts.iter().rev().nth(1) } else { parts.last() };
    part.map(|part| part.trim_end_matches(".git").to_owned()).unwrap_or_default()
}

/// The path from the top of the tree that `relative` means in `folder`; none when it leaves the tree.
pub(super) fn joined(folder: &str, relative: &str) -> Option<String> {
    let (folder, relative) = match relative.strip_prefix(TOP) {
        Some(rest) => ("", rest),
        None if relative.starts_with('/') => return None,
        None => (folder, relative),
    };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." { parts.pop().map(drop)? } else { parts.push(part) }
    }
    Some(parts.join("/"))
}
