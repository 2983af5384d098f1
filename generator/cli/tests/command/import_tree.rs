//! Trees that were there before Landform.

use std::collections::BTreeMap;
use std::fs;

use super::{Desk, json};

#[path = "../../../core/tests/import/trees.rs"]
mod trees;

const FLAGS: &str = "--organization acme --management-account 109876543210 --account stage=321098765432";

/// A desk with these files and no spec.
fn desk(tree: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    fs::remove_file(desk.path("landform.yaml")).unwrap();
    for (path, text) in tree {
        let path = desk.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    desk
}

/// The key of each unit's state, from the ledger of the tree.
fn keys(desk: &Desk, out: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(desk.path(out).join(".landform/state-keys.json")).unwrap();
    let ledger: serde_json::Value = serde_json::from_str(&text).unwrap();
    let units = ledger["units"].as_object().unwrap();
    units.iter().map(|(id, entry)| (id.clone(), entry["key"].as_str().unwrap().to_owned())).collect()
}

fn expected(keys: &[(&str, &str)]) -> BTreeMap<String, String> {
    keys.iter().map(|(id, key)| ((*id).to_owned(), (*key).to_owned())).collect()
}

#[test]
fn a_tree_of_terragrunt_is_generated_with_its_state_keys() {
    let desk = desk(trees::TERRAGRUNT);
    let taken = desk.run(&format!("import-tree {FLAGS} --out new"));
    assert_eq!(taken.code, 0, "{}", taken.stderr);
    let next = "run `landform generate --spec ./landform.yaml --out new`";
    assert!(taken.stdout.contains(next), "{}", taken.stdout);
    let line = "  live/prod/us-east-1/prod/data/orders is prod/us-east-1/prod/data-orders, with its state at s3://acme-prod-state/prod/us-east-1/prod/data/orders/terraform.tfstate\n";
    assert!(taken.stdout.contains(line), "{}", taken.stdout);
    for missed in [
        "warning: live/prod/eu-west-1/prod/queue: the input `name` is not known from the files: `get_env(\"QUEUE\")`",
        "warning: live/prod/global/iam: no folder on its way is a region of AWS",
        "warning: live/lost/us-east-1/dev/vpc: the ID of the account `lost` is nowhere",
    ] {
        assert!(taken.stderr.contains(missed), "{missed} is not in {}", taken.stderr);
    }
    let before = expected(&[
        ("prod/eu-west-1/prod/queue", "prod/eu-west-1/prod/queue/terraform.tfstate"),
        ("prod/eu-west-1/prod/vpc", "prod/eu-west-1/prod/vpc/terraform.tfstate"),
        ("prod/us-east-1/prod/data-orders", "prod/us-east-1/prod/data/orders/terraform.tfstate"),
        ("prod/us-east-1/prod/vpc", "prod/us-east-1/prod/vpc/terraform.tfstate"),
        ("stage/us-east-1/stage/vpc", "stage/us-east-1/stage/vpc/terraform.tfstate"),
    ]);
    assert_eq!(keys(&desk, "new"), before);

    let generated = desk.run("generate --spec landform.yaml --out new");
    assert_eq!(generated.code, 0, "{}", generated.stderr);
    assert_eq!(keys(&desk, "new"), before);
    let unit = desk.path("new/accounts/prod/us-east-1/prod/data-orders");
    assert!(unit.join("terragrunt.hcl").is_file(), "the layout is that of the folders");
    let written = fs::read_to_string(unit.join("unit.json")).unwrap();
    assert!(written.contains("prod/us-east-1/prod/data/orders/terraform.tfstate"), "{written}");
    assert_eq!(desk.run("generate --check --out new").code, 0);
}

#[test]
fn root_modules_of_terraform_are_generated_with_their_state_keys() {
    let desk = desk(trees::TERRAFORM);
    let taken = desk.run(&format!("import-tree {FLAGS} --json"));
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
    let report = json(&taken);
    assert_eq!((&report["status"], &report["layout"]), (&"imported".into(), &"terraform".into()));
    assert_eq!(
        report["units"][0],
        serde_json::json!({
            "id": "prod/us-east-1/prod/database", "folder": "prod/us-east-1/database",
            "bucket": "acme-state", "key": "prod/db.tfstate",
        })
    );
    let notes = report["notes"].as_array().unwrap();
    let azure = serde_json::json!({ "path": "prod/us-east-1/azure", "what": "its state is not in S3" });
    assert!(notes.contains(&azure), "{notes:?}");

    let before = expected(&[
        ("prod/us-east-1/prod/database", "prod/db.tfstate"),
        ("stage/eu-west-1/dev/queue", "stage/queue.tfstate"),
    ]);
    // No `--layout`: the tree has been begun in that of the folders.
    let generated = desk.run("generate");
    assert_eq!(generated.code, 0, "{}", generated.stderr);
    assert_eq!(keys(&desk, "environments"), before);
    let unit = desk.path("environments/accounts/prod/us-east-1/prod/database");
    let files = fs::read_dir(unit).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let files: String = files.collect();
    // The module is called as it was, so no resource gets another address.
    assert!(files.contains("module \"db\"") && files.contains("\"prod/db.tfstate\""), "{files}");
}

#[test]
fn what_is_there_stays() {
    let with_spec = desk(trees::TERRAFORM);
    fs::write(with_spec.path("landform.yaml"), "mine").unwrap();
    let refused = with_spec.run(&format!("import-tree {FLAGS}"));
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("writing the spec ./landform.yaml"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(with_spec.path("landform.yaml")).unwrap(), "mine");
    assert!(!with_spec.path("environments").exists());

    let with_tree = desk(trees::TERRAFORM);
    assert_eq!(with_tree.run(&format!("import-tree {FLAGS}")).code, 0);
    let ledger = keys(&with_tree, "environments");
    fs::remove_file(with_tree.path("landform.yaml")).unwrap();
    let refused = with_tree.run(&format!("import-tree {FLAGS}"));
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("environments is a generated tree already"), "{}", refused.stderr);
    assert!(!with_tree.path("landform.yaml").exists());
    assert_eq!(keys(&with_tree, "environments"), ledger);

    // The tree cannot be begun where a file is: the spec is taken back.
    let with_file = desk(trees::TERRAFORM);
    fs::write(with_file.path("environments"), "mine").unwrap();
    assert_eq!(with_file.run(&format!("import-tree {FLAGS}")).code, 1);
    assert!(!with_file.path("landform.yaml").exists());
}

#[test]
fn a_tree_that_is_not_understood_writes_nothing_and_says_why() {
    let desk = desk(&[("a/main.tf", "terraform {\n  backend \"gcs\" {}\n}\n"), ("a/more.tf.json", "{}")]);
    let nothing = desk.run(&format!("import-tree {FLAGS}"));
    assert_eq!(nothing.code, 1);
    for part in [
        "warning: a: its state is not in S3",
        "warning: a/more.tf.json: only `.tf` and `.hcl` files are read",
        "no folder below . was understood as a unit, and nothing was written",
        "--account NAME=ID",
    ] {
        assert!(nothing.stderr.contains(part), "{part} is not in {}", nothing.stderr);
    }
    let nothing = desk.run(&format!("import-tree {FLAGS} --json"));
    assert_eq!((nothing.code, &json(&nothing)["status"]), (1, &"nothing".into()));
    assert!(!desk.path("landform.yaml").exists() && !desk.path("environments").exists());

    let unsaid = desk.run("import-tree --organization acme");
    assert_eq!(unsaid.code, 1);
    assert!(unsaid.stderr.contains("--management-account is not given"), "{}", unsaid.stderr);
}

#[test]
fn files_that_cannot_be_text_are_named() {
    let desk = desk(trees::TERRAFORM);
    for (bytes, why) in
        [(vec![0xff, 0xfe], "invalid utf-8"), (vec![b'#'; (4 << 20) + 1], "it is larger than 4 MiB")]
    {
        fs::write(desk.path("prod/bad.tf"), bytes).unwrap();
        let refused = desk.run(&format!("import-tree {FLAGS}"));
        assert_eq!(refused.code, 1);
        assert!(
            refused.stderr.contains("./prod/bad.tf") && refused.stderr.contains(why),
            "{}",
            refused.stderr
        );
        assert!(!desk.path("landform.yaml").exists());
    }
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let desk = desk(trees::TERRAFORM);
    std::os::unix::fs::symlink("../prod", desk.path("stage/loop")).unwrap();
    let taken = desk.run(&format!("import-tree {FLAGS}"));
    assert_eq!(taken.code, 0, "{}", taken.stderr);
    let warning = "warning: stage/loop: it is a symbolic link, and no link is followed\n";
    assert!(taken.stderr.contains(warning), "{}", taken.stderr);
    assert!(!taken.stderr.contains("stage/loop/"), "{}", taken.stderr);
}
