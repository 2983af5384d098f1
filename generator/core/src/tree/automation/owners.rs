//! `CODEOWNERS`: the last line that matches a file decides, so those of accounts name the owners of all, too.
//!
//! <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>

use super::super::documents::Content;
use super::super::{Document, TreePath};
use crate::spec::{CodeOwner, Estate};

/// None when nobody owns anything.
pub(super) fn document(estate: &Estate) -> Option<(TreePath, Document)> {
    let all = &estate.automation.owners;
    let mut rules: Vec<(String, Vec<&CodeOwner>)> = Vec::new();
    if !all.is_empty() {
        rules.push(("*".to_owned(), all.iter().collect()));
    }
    for (name, account) in estate.accounts.iter().filter(|(_, account)| !account.owners.is_empty()) {
        rules.push((format!("/accounts/{name}/"), all.iter().chain(&account.owners).collect()));
    }
    if rules.is_empty() {
        return None;
    }
    let lines = rules.into_iter().map(|(pattern, owners)| {
        let owners: Vec<&str> = owners.into_iter().map(CodeOwner::as_str).collect();
        format!("{pattern} {}", owners.join(" "))
    });
    let content = Content::Lines(lines.collect());
    Some((TreePath::of(["CODEOWNERS"]), Document::new(super::PROVENANCE, content)))
}
