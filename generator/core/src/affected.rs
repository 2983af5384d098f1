//! Which units differ between two states of a tree.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::{Rendered, sha256};
use crate::tree::{TreePath, UnitPlace};

/// The units of which some file differs from `base`: one of their own, of their account, or of their module.
///
/// `base` has the digests of the files as they were, from the manifest of that revision. Everything that a unit's plan
/// depends on is a file of the tree, so neither the spec nor Terraform has to be asked.
pub fn affected(
    base: &BTreeMap<TreePath, String>,
    rendered: &Rendered,
    units: &[UnitPlace],
) -> Vec<UnitPlace> {
    let now: BTreeMap<&TreePath, String> =
        rendered.files.iter().map(|(path, bytes)| (path, sha256(bytes))).collect();
    let is_changed = |path: &TreePath| base.get(path) != now.get(path);
    let changed = base.keys().chain(rendered.files.keys()).filter(|path| is_changed(path));
    // Each changed file by itself, and each folder that it is in.
    let changed: BTreeSet<TreePath> =
        changed.flat_map(|path| std::iter::successors(Some(path.clone()), TreePath::parent)).collect();
    let is_affected = |unit: &&UnitPlace| depends_on(unit).into_iter().any(|path| changed.contains(&path));
    units.iter().filter(is_affected).cloned().collect()
}

/// The folders and files that the plan of the unit depends on.
fn depends_on(unit: &UnitPlace) -> Vec<TreePath> {
    let account: Vec<&str> = unit.path.split('/').take(2).collect();
    [unit.path.clone(), format!("{}/root.hcl", account.join("/"))]
        .into_iter()
        .filter_map(|path| TreePath::try_from(path).ok())
        .chain(unit.modules.iter().cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Layout;

    fn tree(files: &[(&str, &str)]) -> Rendered {
        let files = files
            .iter()
            .map(|(path, text)| (TreePath::try_from((*path).to_owned()).unwrap(), text.as_bytes().to_vec()))
            .collect();
        Rendered { layout: Layout::Terragrunt, files, spec_digest: String::new() }
    }

    fn digests(tree: &Rendered) -> BTreeMap<TreePath, String> {
        tree.files.iter().map(|(path, bytes)| (path.clone(), sha256(bytes))).collect()
    }

    const UNITS: [(&str, &str); 3] =
        [("dev/r/e/a", "network"), ("dev/r/e/ab", "network"), ("prod/r/e/a", "other")];

    #[test]
    fn a_unit_is_affected_by_its_files_and_no_others() {
        let before = [
            ("accounts/dev/root.hcl", "1"),
            ("accounts/dev/r/e/a/unit.json", "1"),
            ("accounts/dev/r/e/ab/unit.json", "1"),
            ("accounts/prod/r/e/a/unit.json", "1"),
            ("accounts/prod/root.hcl", "1"),
            ("modules/network/main.tf", "1"),
            ("modules/networks/main.tf", "1"),
            ("docs/estate.md", "1"),
        ];
        let units: Vec<UnitPlace> = UNITS
            .iter()
            .map(|(id, kind)| UnitPlace {
                id: (*id).to_owned(),
                kind: (*kind).to_owned(),
                path: format!("accounts/{id}"),
                after: Vec::new(),
                modules: vec![TreePath::try_from(format!("modules/{kind}")).unwrap()],
            })
            .collect();
        let base = digests(&tree(&before));
        for (path, expected) in [
            ("accounts/dev/r/e/a/unit.json", &["dev/r/e/a"][..]),
            ("accounts/dev/root.hcl", &["dev/r/e/a", "dev/r/e/ab"]),
            ("modules/network/main.tf", &["dev/r/e/a", "dev/r/e/ab"]),
            ("modules/networks/main.tf", &[]),
            ("docs/estate.md", &[]),
            ("accounts/prod/root.hcl", &["prod/r/e/a"]),
        ] {
            for is_removed in [false, true] {
                let mut files = before.to_vec();
                let at = files.iter().position(|(other, _)| *other == path).unwrap();
                if is_removed {
                    files.remove(at);
                } else {
                    files[at].1 = "2";
                }
                let found = affected(&base, &tree(&files), &units);
                let found: Vec<&str> = found.iter().map(|unit| unit.id.as_str()).collect();
                assert_eq!(found, expected, "{path}");
            }
        }
        assert_eq!(affected(&base, &tree(&before), &units), []);
        assert_eq!(affected(&BTreeMap::new(), &tree(&before), &units).len(), 3, "no tree before");
    }
}
