//! What a whole check has found is believed of the same inputs and the same files, and of nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::spec::{Module, ModuleFiles};
use landform_generator::tree::Layout;
use landform_generator::write::{Findings, Inputs, read_modules, write};

#[path = "../examples/small.rs"]
#[allow(dead_code, reason = "the example's main")]
mod small;

fn inputs(root: &Path) -> Inputs {
    Inputs::of("1", "", "landform.yaml", "spec", root).unwrap()
}

/// A tree, the folder of the spec, what its modules are, and a place for findings.
struct Place {
    folder: tempfile::TempDir,
    modules: ModuleFiles,
    findings: Findings,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("modules/queue");
        fs::create_dir_all(&module).unwrap();
        fs::write(module.join("main.tf"), "").unwrap();
        let queue = Module::new("./modules/queue".parse().unwrap());
        let mut estate = small::estate().unwrap().module("queue".parse().unwrap(), queue);
        let modules = read_modules(folder.path(), &estate).unwrap();
        estate.module_files = modules.clone();
        let rendered = generate(&estate, Layout::Terragrunt, &Ledger::default()).unwrap();
        write(&folder.path().join("tree"), &rendered).unwrap();
        let findings = Findings::new(folder.path().join("findings"));
        Self { folder, modules, findings }
    }

    fn tree(&self) -> std::path::PathBuf {
        self.folder.path().join("tree")
    }

    fn keep(&self) {
        self.findings.keep(&inputs(&self.tree()), &self.modules, &self.tree());
    }

    fn is_known(&self, inputs: &Inputs) -> bool {
        self.findings.know(inputs, self.folder.path(), &self.tree()).unwrap()
    }
}

#[test]
fn only_what_was_kept_is_known() {
    let place = Place::new();
    let tree = place.tree();
    assert!(!place.is_known(&inputs(&tree)));
    place.keep();
    assert!(place.is_known(&inputs(&tree)));
    for (generator, layout, name, spec) in [
        ("2", "", "landform.yaml", "spec"),
        ("1", "Terraform", "landform.yaml", "spec"),
        ("1", "", "landform.toml", "spec"),
        ("1", "", "landform.yaml", "other"),
        ("1", "", "landform.yamlspec", ""),
    ] {
        assert!(!place.is_known(&Inputs::of(generator, layout, name, spec, &tree).unwrap()), "{spec}");
    }
}

#[test]
fn a_file_that_changes_is_no_longer_known() {
    let place = Place::new();
    place.keep();
    let unit = "tree/accounts/dev/us-east-1/dev/main";
    let other = fs::read_to_string(place.tree().join("atlantis.yaml")).unwrap();
    for (path, text) in [
        ("modules/queue/main.tf", "# changed"),
        ("modules/queue/more.tf", ""),
        (&format!("{unit}/unit.json"), "{}"),
        (&format!("{unit}/more.tf"), ""),
        ("tree/.landform/state-keys.json", "{}"),
        ("tree/.landform/units.json", "{}"),
        ("tree/.landform/manifest.json", "{}"),
        ("tree/.landform/pending.json", "{}"),
        ("tree/CODEOWNERS", &other),
    ] {
        let full = place.folder.path().join(path);
        let before = fs::read(&full).ok();
        fs::write(&full, text).unwrap();
        assert!(!place.is_known(&inputs(&place.tree())), "{path}");
        match before {
            Some(bytes) => fs::write(&full, bytes).unwrap(),
            None => fs::remove_file(&full).unwrap(),
        }
        assert!(place.is_known(&inputs(&place.tree())), "{path} is as it was");
    }
    fs::remove_file(place.tree().join("CODEOWNERS")).unwrap();
    assert!(!place.is_known(&inputs(&place.tree())));
}

#[test]
fn damaged_findings_say_nothing_and_many_do_not_stay() {
    let place = Place::new();
    place.keep();
    let folder = place.folder.path().join("findings");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "{}").unwrap();
    assert!(!place.is_known(&inputs(&place.tree())));
    for number in 0..500 {
        let inputs = Inputs::of(&number.to_string(), "", "", "", &place.tree()).unwrap();
        place.findings.keep(&inputs, &place.modules, &place.tree());
        assert!(place.is_known(&inputs));
    }
    assert!(fs::read_dir(&folder).unwrap().count() <= 200);
}
