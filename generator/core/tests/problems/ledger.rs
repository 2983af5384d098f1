//! State keys and identities: kept through moves, removals and returns.

use landform_generator::check::ledger::{Entry, Ledger};
use landform_generator::generate;
use landform_generator::source::Source;
use landform_generator::tree::Layout;

use super::{GOOD, problems};

fn ledger_of(id: &str, stack: &str, name: &str) -> Ledger {
    let entry =
        Entry::new(format!("{stack}/terraform.tfstate"), stack.parse().unwrap(), name.parse().unwrap());
    Ledger { units: [(id.to_owned(), entry)].into(), ..Ledger::default() }
}

#[test]
fn a_moved_unit_keeps_key_stack_and_name() {
    let text = GOOD.replacen("name: main", "name: core", 1)
        + "moved:\n  - { from: dev/us-east-1/dev/main, to: dev/us-east-1/dev/core }\n";
    let before = ledger_of("dev/us-east-1/dev/main", "dev/us-east-1/dev/main", "main");
    let estate = Source::parse("estate.yaml", text).unwrap().estate().unwrap();
    let rendered = generate(&estate, Layout::Terraform, &before).unwrap();
    let file =
        |path: &str| String::from_utf8(rendered.files[&path.to_owned().try_into().unwrap()].clone()).unwrap();
    let folder = "accounts/dev/us-east-1/dev/core";
    assert!(file(&format!("{folder}/terraform.tf")).contains("\"dev/us-east-1/dev/main/terraform.tfstate\""));
    assert!(file(&format!("{folder}/provider.tf")).contains("= \"dev/us-east-1/dev/main\""));
    assert!(file(&format!("{folder}/main.tf")).contains("= \"main\""));

    let after: Ledger = serde_json::from_str(&file(".landform/state-keys.json")).unwrap();
    assert_eq!(after.units["dev/us-east-1/dev/core"], before.units["dev/us-east-1/dev/main"]);
    assert!(!after.units.contains_key("dev/us-east-1/dev/main"));
    // The move may stay in the spec.
    assert_eq!(generate(&estate, Layout::Terraform, &after).unwrap().files, rendered.files);
}

#[test]
fn a_removed_unit_keeps_its_key() {
    let gone = ledger_of("dev/us-east-1/dev/gone", "dev/us-east-1/dev/gone", "gone");
    let estate = Source::parse("estate.yaml", GOOD).unwrap().estate().unwrap();
    let rendered = generate(&estate, Layout::Terraform, &gone).unwrap();
    let ledger = &rendered.files[&".landform/state-keys.json".to_owned().try_into().unwrap()];
    assert!(serde_json::from_slice::<Ledger>(ledger).unwrap().units.contains_key("dev/us-east-1/dev/gone"));
}

#[test]
fn a_removed_unit_is_planned_as_a_destroy_in_both_layouts() {
    let gone = ledger_of("dev/us-east-1/old/gone", "dev/us-east-1/old/gone", "gone");
    let estate = Source::parse("estate.yaml", GOOD).unwrap().estate().unwrap();
    for layout in Layout::ALL {
        let rendered = generate(&estate, layout, &gone).unwrap();
        let folder = "accounts/dev/us-east-1/old/gone/";
        let files: Vec<(&str, String)> = rendered
            .files
            .iter()
            .filter_map(|(path, bytes)| {
                Some((path.as_str().strip_prefix(folder)?, String::from_utf8(bytes.clone()).unwrap()))
            })
            .collect();
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
        match layout {
            Layout::Terraform => assert_eq!(names, ["provider.tf", "terraform.tf"]),
            Layout::Terragrunt => {
                assert_eq!(names, ["terragrunt.hcl", "unit.json"]);
                assert!(all.contains("../../../../../modules//retired"), "{all}");
                assert!(rendered.files.keys().any(|path| path.as_str() == "modules/retired/versions.tf"));
            }
        }
        for part in
            ["dev/us-east-1/old/gone/terraform.tfstate", "321098765432", "OrganizationAccountAccessRole"]
        {
            assert!(all.contains(part), "{part} is not in {all}");
        }
        assert!(!all.contains("module \"network\""), "{all}");
        let index = &rendered.files[&".landform/units.json".to_owned().try_into().unwrap()];
        let index: landform_generator::tree::UnitIndex = serde_json::from_slice(index).unwrap();
        assert_eq!(
            (index.units[0].id.as_str(), index.units[0].kind.as_str()),
            ("dev/us-east-1/old/gone", "retired")
        );
    }
}

#[test]
fn the_account_of_a_removed_unit_has_to_stay() {
    let gone = ledger_of("old/us-east-1/dev/gone", "old/us-east-1/dev/gone", "gone");
    let found = problems(GOOD, &gone);
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    for part in ["the account `old` is gone", "estate.yaml:6:1", "landform prune"] {
        assert!(found[0].contains(part), "{}", found[0]);
    }
    let damaged = ledger_of("../x", "x", "gone");
    assert!(problems(GOOD, &damaged)[0].contains("the ledger of the tree is damaged"));
}

#[test]
fn a_pruned_unit_leaves_the_tree_and_may_come_back_as_it_was() {
    let id = "dev/us-east-1/dev/main";
    let mut ledger = ledger_of(id, "first/name", "first");
    ledger.units.extend(ledger_of("dev/us-east-1/dev/gone", "dev/us-east-1/dev/gone", "gone").units);
    assert!(
        ledger.prune("dev/us-east-1/dev/gone") && !ledger.prune("dev/us-east-1/dev/gone") && ledger.prune(id)
    );
    let estate = Source::parse("estate.yaml", GOOD).unwrap().estate().unwrap();
    let rendered = generate(&estate, Layout::Terraform, &ledger).unwrap();
    assert!(!rendered.files.keys().any(|path| path.as_str().contains("gone")));
    let after = &rendered.files[&".landform/state-keys.json".to_owned().try_into().unwrap()];
    let after: Ledger = serde_json::from_slice(after).unwrap();
    assert_eq!(after.units[id], ledger.pruned[id], "the same state key and identity as before");
    assert!(after.pruned.contains_key("dev/us-east-1/dev/gone"));
}

#[test]
fn moves_that_cannot_be() {
    let moved = |from: &str, to: &str| format!("{GOOD}moved:\n  - {{ from: {from}, to: {to} }}\n");
    let table = [
        (moved("dev/us-east-1/dev/old", "dev/us-east-1/dev/nil"), "there is no unit `dev/us-east-1/dev/nil`"),
        (moved("prod/eu-west-1/prod/main", "dev/us-east-1/dev/main"), "is still in the spec"),
        (
            moved("dev/eu-west-1/dev/old", "dev/us-east-1/dev/main"),
            "cannot move to another account or region",
        ),
        (moved("dev/us-east-1/dev/../main", "dev/us-east-1/dev/main"), "is not a stack name"),
    ];
    for (text, expected) in table {
        let found = problems(&text, &Ledger::default());
        assert_eq!(found.len(), 1, "{}", found.join("\n"));
        assert!(found[0].contains(expected) && found[0].contains("estate.yaml:29:"), "{}", found[0]);
    }
    let mut ledger = ledger_of("dev/us-east-1/dev/old", "dev/us-east-1/dev/old", "old");
    ledger.units.extend(ledger_of("dev/us-east-1/dev/main", "dev/us-east-1/dev/main", "main").units);
    let found = problems(&moved("dev/us-east-1/dev/old", "dev/us-east-1/dev/main"), &ledger);
    assert!(found[0].contains("has a state of its own"), "{}", found[0]);
}

#[test]
fn a_new_unit_cannot_take_the_key_of_a_moved_one() {
    let ledger = ledger_of("dev/us-east-1/dev/core", "dev/us-east-1/dev/main", "main");
    let found = problems(GOOD, &ledger);
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    assert!(
        found[0].contains("belong to `dev/us-east-1/dev/core`") && found[0].contains("estate.yaml:13:11")
    );
}
