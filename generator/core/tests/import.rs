//! Trees that were there before Landform: units at the same states, and a word on everything that was not understood.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use landform_generator::check::check;
use landform_generator::generate;
use landform_generator::import::{Answers, Imported, NothingFound, import};
use landform_generator::spec::ModuleFiles;
use landform_generator::tree::{Layout, TreePath};
use proptest::prelude::*;
use serde_json::{Value, json};

#[path = "import/trees.rs"]
mod trees;

fn answers() -> Answers {
    Answers {
        organization: "acme".parse().unwrap(),
        management_account_id: "109876543210".parse().unwrap(),
        account_ids: [("stage".parse().unwrap(), "321098765432".parse().unwrap())].into(),
    }
}

fn files(tree: &[(&str, &str)]) -> BTreeMap<String, String> {
    tree.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn imported(tree: &[(&str, &str)]) -> Imported {
    import(&files(tree), &answers()).unwrap()
}

fn notes(imported: &Imported) -> Vec<String> {
    imported.notes.iter().map(|note| format!("{}: {}", note.path, note.what)).collect()
}

/// The files of the modules that are folders of the tree.
fn module_files(tree: &[(&str, &str)]) -> ModuleFiles {
    let mut found = ModuleFiles::new();
    let path = |text: &str| TreePath::try_from(text.to_owned()).unwrap();
    for (name, text) in tree.iter().filter(|(name, _)| name.starts_with("modules/")) {
        let (folder, file) = name.rsplit_once('/').unwrap();
        found.entry(path(folder)).or_default().insert(path(file), text.as_bytes().to_vec());
    }
    found
}

fn unit(imported: &Imported, id: &str) -> Value {
    let mut units = imported.estate.units.iter();
    let found = units.find(|it| format!("{}/{}/{}/{}", it.account, it.region, it.environment, it.name) == id);
    serde_json::to_value(found.unwrap_or_else(|| panic!("{id}"))).unwrap()
}

/// The estate is one that can be generated, and each unit has the state that its folder had.
fn holds(tree: &[(&str, &str)], imported: &Imported, states: &[(&str, &str, &str)]) {
    let mut estate = imported.estate.clone();
    estate.module_files = module_files(tree);
    let landscape = check(&estate, &imported.ledger)
        .unwrap_or_else(|found| panic!("{}", found.iter().map(ToString::to_string).collect::<String>()));
    let mut found: Vec<(String, String, String)> = landscape
        .units
        .iter()
        .map(|unit| {
            (
                imported.folders[&unit.id.to_string()].clone(),
                unit.state.bucket.to_string(),
                unit.state.key.clone(),
            )
        })
        .collect();
    found.sort();
    let expected: Vec<(String, String, String)> = states
        .iter()
        .map(|(folder, bucket, key)| ((*folder).to_owned(), (*bucket).to_owned(), (*key).to_owned()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(landscape.ledger.units.len(), states.len(), "no unit is new");
    assert_eq!(landscape.retired, vec![]);
    for (id, entry) in &imported.ledger.units {
        assert_eq!(landscape.ledger.units[id].key, entry.key);
    }
    generate(&estate, imported.layout, &imported.ledger).unwrap();
}

#[test]
fn a_tree_of_terragrunt_keeps_its_states() {
    let found = imported(trees::TERRAGRUNT);
    assert_eq!(found.layout, Layout::Terragrunt);
    holds(
        trees::TERRAGRUNT,
        &found,
        &[
            (
                "live/prod/eu-west-1/prod/queue",
                "acme-prod-state",
                "prod/eu-west-1/prod/queue/terraform.tfstate",
            ),
            ("live/prod/eu-west-1/prod/vpc", "acme-prod-state", "prod/eu-west-1/prod/vpc/terraform.tfstate"),
            (
                "live/prod/us-east-1/prod/data/orders",
                "acme-prod-state",
                "prod/us-east-1/prod/data/orders/terraform.tfstate",
            ),
            ("live/prod/us-east-1/prod/vpc", "acme-prod-state", "prod/us-east-1/prod/vpc/terraform.tfstate"),
            (
                "live/stage/us-east-1/stage/vpc",
                "acme-stage-state",
                "stage/us-east-1/stage/vpc/terraform.tfstate",
            ),
        ],
    );
    assert_eq!(found.estate.organization.state.bucket.to_string(), "acme-prod-state");
}

#[test]
fn inputs_locals_and_dependencies_of_terragrunt_are_understood() {
    let found = imported(trees::TERRAGRUNT);
    assert_eq!(
        unit(&found, "prod/us-east-1/prod/data-orders"),
        json!({
            "name": "data-orders", "kind": "database", "environment": "prod", "account": "prod", "region": "us-east-1",
            "inputs": { "engine": "postgres", "size": 20, "label": "orders-prod", "tags": { "account": "prod" } },
            "references": {
                "vpc_id": { "from": "prod/us-east-1/prod/vpc", "output": "vpc_id" },
                "subnet_ids": { "from": "prod/us-east-1/prod/vpc", "output": "subnet_ids", "path": ["private"] },
            },
        })
    );
    let queue = unit(&found, "prod/eu-west-1/prod/queue");
    assert_eq!(queue["after"], json!(["prod/eu-west-1/prod/vpc"]));
    let module = &found.estate.modules.iter().find(|(name, _)| name.as_str() == "sqs").unwrap().1;
    assert_eq!(
        (module.source.to_string().as_str(), module.version.as_ref().unwrap().as_str()),
        ("acme/sqs/aws", "4.2.1")
    );
    let vpc = &found.estate.modules.iter().find(|(name, _)| name.as_str() == "vpc").unwrap().1;
    assert_eq!(vpc.source.to_string(), "git::https://git.acme.example/modules.git//vpc");
    assert_eq!(found.estate.accounts.len(), 2);
}

#[test]
fn what_was_not_understood_is_told_with_its_file() {
    let found = notes(&imported(trees::TERRAGRUNT));
    for expected in [
        "live/prod/eu-west-1/prod/queue: the input `name` is not known from the files: `get_env(\"QUEUE\")`",
        "live/prod/eu-west-1/prod/broken/terragrunt.hcl: it is not HCL: line 1",
        "live/prod/global/iam: no folder on its way is a region of AWS",
        "live/lost/us-east-1/dev/vpc: the ID of the account `lost` is nowhere",
        "live/prod/eu-west-1/prod/zip: `https://acme.example/x.zip` is no source of a module that a spec can say",
        "the output `vpc_id` of the module `vpc` is taken as `any`: write its type",
    ] {
        assert!(
            found.iter().any(|note| note.contains(expected)),
            "{expected} is not in\n{}",
            found.join("\n")
        );
    }
    assert_eq!(found.len(), 7, "{}", found.join("\n"));
}

#[test]
fn root_modules_of_terraform_keep_their_states_and_addresses() {
    let found = imported(trees::TERRAFORM);
    assert_eq!(found.layout, Layout::Terraform);
    holds(
        trees::TERRAFORM,
        &found,
        &[
            ("prod/us-east-1/database", "acme-state", "prod/db.tfstate"),
            ("stage/dev/eu-west-1/queue", "acme-state", "stage/queue.tfstate"),
        ],
    );
    let database = unit(&found, "prod/us-east-1/prod/database");
    // The module is called as it was, so that `module.db.…` is still its address.
    assert_eq!((&database["kind"], &database["inputs"]["engine"]), (&json!("db"), &json!("postgres")));
    let notes = notes(&found);
    for expected in [
        "prod/us-east-1/loose: it has blocks `data`, `resource` of its own",
        "prod/us-east-1/two: it calls 2 modules",
        "prod/us-east-1/azure: its state is not in S3",
        "prod/us-east-1/many: its module has `for_each`",
        "prod/us-east-1/database: the input `password` is not known from the files: `var.password`",
    ] {
        assert!(
            notes.iter().any(|note| note.contains(expected)),
            "{expected} is not in\n{}",
            notes.join("\n")
        );
    }
}

#[test]
fn a_tree_without_units_says_why() {
    let tree = [("a/main.tf", "terraform {\n  backend \"gcs\" {}\n}\n")];
    let Err(NothingFound::Units(notes)) = import(&files(&tree), &answers()) else { panic!() };
    assert_eq!((notes[0].path.as_str(), notes[0].what.as_str()), ("a", "its state is not in S3"));
    assert_eq!(import(&BTreeMap::new(), &answers()), Err(NothingFound::Units(vec![])));
}

#[test]
fn names_that_stand_for_each_other_end() {
    let mut tree = trees::TERRAGRUNT.to_vec();
    let circle = "locals {\n  a = local.b\n  b = local.a\n}\ninclude \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\nterraform {\n  source = local.a\n}\n";
    tree.push(("live/prod/us-east-1/prod/circle/terragrunt.hcl", circle));
    let found = notes(&imported(&tree));
    let expected = "live/prod/us-east-1/prod/circle: its module is not known from the files: `local.a`";
    assert!(found.iter().any(|note| note == expected), "{}", found.join("\n"));
}

proptest! {
    /// Whatever stands in the files, what comes of them can be checked, and nothing panics.
    #[test]
    fn damaged_trees_give_notes(
        file in 0..trees::TERRAGRUNT.len(),
        at in 0.0..1.0_f64,
        length in 0_usize..60,
        piece in prop::sample::select(vec!["", "\n", "{", "}", "\"", "${", "%{", "..", "/../..", "local.x", "[", "é", "\0"]),
    ) {
        let mut tree = files(trees::TERRAGRUNT);
        let text = tree.get_mut(trees::TERRAGRUNT[file].0).unwrap();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let from = (text.len() as f64 * at) as usize;
        text.replace_range(from..(from + length).min(text.len()), piece);
        if let Ok(found) = import(&tree, &answers()) {
            prop_assert_eq!(found.estate.units.len(), found.ledger.units.len());
            prop_assert_eq!(found.estate.units.len(), found.folders.len());
        }
    }
}
