//! Units of modules that move or leave the spec keep state key and providers.

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::tree::{Layout, UnitIndex};

use super::{EVENTS, SPEC, estate, rendered, text};

fn ledger(layout: Layout) -> Ledger {
    serde_json::from_str(&text(&rendered(SPEC, layout), ".landform/state-keys.json")).unwrap()
}

#[test]
fn a_retired_unit_keeps_the_providers_that_its_state_needs() {
    let start = SPEC.find("  - name: events").unwrap();
    let without = &SPEC[..start];
    for layout in Layout::ALL {
        let tree = generate(&estate(without), layout, &ledger(layout)).unwrap();
        match layout {
            Layout::Terraform => {
                assert!(text(&tree, &format!("{EVENTS}/provider.tf")).contains("provider \"aws\""));
                let versions = text(&tree, &format!("{EVENTS}/terraform.tf"));
                assert!(
                    versions.contains("hashicorp/aws") && !versions.contains("landform/landform"),
                    "{versions}"
                );
            }
            Layout::Terragrunt => {
                let module = "modules/retired-aws-hashicorp-aws";
                assert!(text(&tree, &format!("{module}/versions.tf")).contains("hashicorp/aws"));
                let unit = text(&tree, &format!("{EVENTS}/terragrunt.hcl"));
                assert!(unit.contains("../../../../../modules//retired-aws-hashicorp-aws"), "{unit}");
            }
        }
        let index: UnitIndex = serde_json::from_str(&text(&tree, ".landform/units.json")).unwrap();
        let retired: Vec<&str> =
            index.units.iter().filter(|unit| unit.kind == "retired").map(|unit| unit.id.as_str()).collect();
        assert_eq!(retired, ["dev/us-east-1/dev/spare", "prod/eu-west-1/prod/events"]);
    }
}

#[test]
fn units_of_other_providers_retire_into_modules_of_their_own() {
    let mut before = ledger(Layout::Terragrunt);
    // One of Landform's own provider, one of none, one of another.
    before.units.get_mut("prod/us-east-1/prod/orders").unwrap().providers.clear();
    let start = SPEC.find("  - name: orders").unwrap();
    let tree =
        generate(&estate(&SPEC[..start].replacen("units:\n", "", 1)), Layout::Terragrunt, &before).unwrap();
    let modules: Vec<(&str, bool)> = tree
        .files
        .keys()
        .filter_map(|path| path.as_str().strip_prefix("modules/retired"))
        .map(|rest| (rest, text(&tree, &format!("modules/retired{rest}")).contains("source")))
        .collect();
    let expected =
        [("-aws-hashicorp-aws/versions.tf", true), ("-none/versions.tf", false), ("/versions.tf", true)];
    assert_eq!(modules, expected);
}

#[test]
fn what_is_published_needs_the_provider_for_as_long_as_the_unit_is_there() {
    let entry = &ledger(Layout::Terraform).units["prod/us-east-1/prod/orders"];
    assert_eq!(entry.providers.keys().collect::<Vec<_>>(), ["aws"]);
}

#[test]
fn a_unit_that_is_renamed_keeps_its_key_and_is_found_by_its_old_name() {
    let renamed = SPEC
        .replacen("- { name: main,", "- { name: core,", 1)
        .replace("from: main", "from: core")
        .replacen("- name: orders", "- name: sales", 1)
        .replacen("prod/orders, output", "prod/sales, output", 1)
        + "moved:\n  - { from: prod/us-east-1/prod/main, to: prod/us-east-1/prod/core }\n  - { from: prod/us-east-1/prod/orders, to: prod/us-east-1/prod/sales }\n";
    let before = ledger(Layout::Terraform);
    let tree = generate(&estate(&renamed), Layout::Terraform, &before).unwrap();
    let after: Ledger = serde_json::from_str(&text(&tree, ".landform/state-keys.json")).unwrap();
    for (old, new) in [("main", "core"), ("orders", "sales")] {
        let (old, new) = (format!("prod/us-east-1/prod/{old}"), format!("prod/us-east-1/prod/{new}"));
        assert_eq!(before.units[&old], after.units[&new]);
        assert!(!after.units.contains_key(&old));
    }
    let sales = "accounts/prod/us-east-1/prod/sales";
    let references = text(&tree, &format!("{sales}/references.tf"));
    assert!(references.contains("name       = \"main\""), "{references}");
    assert!(references.contains("stack      = \"prod/us-east-1/prod/main\""), "{references}");
    let published = text(&tree, &format!("{sales}/published.tf"));
    assert!(published.contains("/landform/prod/us-east-1/prod/orders/endpoint"), "{published}");
}

/// The key of each unit of the ledger in the tree.
fn keys(tree: &landform_generator::render::Rendered) -> std::collections::BTreeMap<String, String> {
    let ledger: Ledger = serde_json::from_str(&text(tree, ".landform/state-keys.json")).unwrap();
    ledger.units.into_iter().map(|(id, entry)| (id, entry.key)).collect()
}

#[test]
fn a_move_at_any_level_keeps_the_key_and_replaces_the_folder() {
    use landform_generator::write::{Difference, compare, read_ledger, write};

    let orders = "prod/us-east-1/prod/orders";
    for layout in Layout::ALL {
        for (environment, name) in [("prod", "sales"), ("dev", "orders"), ("dev", "sales")] {
            let root = tempfile::tempdir().unwrap();
            write(root.path(), &rendered(SPEC, layout)).unwrap();
            let to = format!("prod/us-east-1/{environment}/{name}");
            let mut estate = estate(SPEC);
            let unit = &mut estate.units[0];
            (unit.name, unit.environment) = (name.parse().unwrap(), environment.parse().unwrap());
            for reference in unit.references.values_mut() {
                reference.from = "prod/us-east-1/prod/main".parse().unwrap();
            }
            estate.units[1].references.values_mut().for_each(|it| it.from = to.parse().unwrap());
            estate.moved = vec![landform_generator::spec::Moved {
                from: orders.parse().unwrap(),
                to: to.parse().unwrap(),
            }];

            let tree = generate(&estate, layout, &read_ledger(root.path()).unwrap()).unwrap();
            assert_eq!(keys(&tree)[&to], format!("{orders}/terraform.tfstate"));
            assert!(!keys(&tree).contains_key(orders));
            let index: UnitIndex = serde_json::from_str(&text(&tree, ".landform/units.json")).unwrap();
            assert!(index.units.iter().all(|unit| unit.kind != "retired"), "nothing is planned as a destroy");
            for (path, difference) in compare(root.path(), &tree).unwrap() {
                let expected = match path.as_str() {
                    path if path.starts_with(&format!("accounts/{orders}/")) => Difference::Orphaned,
                    path if path.starts_with(&format!("accounts/{to}/")) => Difference::Missing,
                    _ => Difference::Stale,
                };
                assert_eq!(difference, expected, "{path}");
            }
            write(root.path(), &tree).unwrap();
            // The move stays in the spec, or goes: the next run writes nothing.
            for moved in [estate.moved.clone(), Vec::new()] {
                estate.moved = moved;
                let again = generate(&estate, layout, &read_ledger(root.path()).unwrap()).unwrap();
                assert_eq!(again.files, tree.files);
            }
        }
    }
}

#[test]
fn a_unit_that_moved_twice_has_its_first_key() {
    let mut ledger = ledger(Layout::Terragrunt);
    let (mut before, first) =
        ("prod/eu-west-1/prod/events".to_owned(), "prod/eu-west-1/prod/events/terraform.tfstate");
    for name in ["messages", "letters", "events"] {
        let mut estate = estate(SPEC);
        estate.units[1].name = name.parse().unwrap();
        estate.units[2].after.clear();
        let to = format!("prod/eu-west-1/prod/{name}");
        estate.moved =
            vec![landform_generator::spec::Moved { from: before.parse().unwrap(), to: to.parse().unwrap() }];
        let tree = generate(&estate, Layout::Terragrunt, &ledger).unwrap();
        assert_eq!(keys(&tree)[&to], first);
        ledger = serde_json::from_str(&text(&tree, ".landform/state-keys.json")).unwrap();
        before = to;
    }
}
