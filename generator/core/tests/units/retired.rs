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
