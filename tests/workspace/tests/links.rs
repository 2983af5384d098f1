//! What the pages say about the workspace is so: links lead somewhere, and the import table is the one that is tested.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use landform_workspace_tests::{MEMBERS, SourceFile, files, root};

/// A link as it is written, and the line it is in.
type Link<'a> = (usize, &'a str);

fn pages() -> Vec<SourceFile> {
    files()
        .into_iter()
        .filter(|file| Path::new(&file.path).extension().is_some_and(|ending| ending == "md"))
        .collect()
}

/// The lines that are text, not code.
fn text_lines(page: &SourceFile) -> Vec<(usize, &str)> {
    let mut code = false;
    let outside = |(_, line): &(usize, &str)| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    };
    page.lines().filter(outside).collect()
}

/// The targets of `[text](target)` and `![text](target)`.
fn links(page: &SourceFile) -> Vec<Link<'_>> {
    let targets = |(number, line)| -> Vec<Link<'_>> {
        let ends = str::split(line, "](").skip(1);
        ends.filter_map(|rest| rest.split_once(')')).map(|(target, _)| (number, target)).collect()
    };
    text_lines(page).into_iter().flat_map(targets).collect()
}

/// What one can jump to: headings as GitHub names them, and anchors of the page's own.
fn anchors(page: &SourceFile) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for (_, line) in text_lines(page) {
        if let Some(title) = line.strip_prefix('#') {
            let title = title.trim_start_matches('#').trim().to_lowercase();
            let kept = title.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
            anchors.insert(kept.collect::<String>().replace(' ', "-"));
        }
        anchors.extend(
            line.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
        );
    }
    anchors
}

/// `a/b/../c` is `a/c`.
fn resolved(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => assert!(parts.pop(), "{} leads out of the workspace", path.display()),
            Component::CurDir => {}
            part => parts.push(part),
        }
    }
    parts
}

#[test]
fn links_between_files_lead_somewhere() {
    let pages = pages();
    let mut broken = Vec::new();
    let mut count = 0;
    for page in &pages {
        let folder = Path::new(&page.path).parent().unwrap_or(Path::new(""));
        for (number, link) in links(page).into_iter().filter(|(_, link)| !link.contains("://")) {
            count += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { PathBuf::from(&page.path) } else { resolved(&folder.join(path)) };
            let other = pages.iter().find(|other| Path::new(&other.path) == target);
            let jumps = anchor.is_empty() || other.is_some_and(|other| anchors(other).contains(anchor));
            if !root().join(&target).exists() || !jumps {
                broken.push(format!("{}:{number} {link}", page.path));
            }
        }
    }
    assert!(count > 50, "only {count} links were found");
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_architecture_shows_the_import_table() {
    let page = pages().into_iter().find(|page| page.path == "docs/architecture.md").map(|page| page.text);
    let table: Vec<String> = MEMBERS.iter().map(row).collect();
    assert!(
        page.unwrap_or_default().contains(&table.join("\n")),
        "docs/architecture.md must have this table:\n{}",
        table.join("\n")
    );
}

fn row(member: &landform_workspace_tests::Member) -> String {
    let names = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let tests = match member.tests_import {
        [] => String::new(),
        these => format!("{} in tests", names(these)),
    };
    let imports =
        [names(member.imports), tests].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let imports = if imports.is_empty() { "nothing".to_owned() } else { imports.join("; ") };
    format!("| `{}` | `{}` | {imports} |", member.name, member.folder)
}
