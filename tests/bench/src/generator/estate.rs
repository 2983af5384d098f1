//! An estate of any size: half networks, a hundred to an account and each after the first of its account; half databases
//! in their subnets, with inputs that are checked and references.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Networks in one account.
const PER_ACCOUNT: usize = 100;

const TOP: &str = "organization:
  name: acme
  management_account_id: \"109876543210\"
  regions: [us-east-1]
  state: { bucket: acme-terraform-state, region: us-east-1 }
environments: { prod: {} }
automation: { atlantis: { repository: github.com/acme/live } }
modules: { database: { source: ./modules/database } }
";

/// Writes `landform.yaml` and the module beside it.
pub(super) fn write(folder: &Path, workspace: &Path, units: usize) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join("landform.yaml"), spec(units)?)?;
    let module = folder.join("modules").join("database");
    fs::create_dir_all(&module)?;
    for file in fs::read_dir(workspace.join("examples/estates/modules/database"))? {
        let file = file?;
        fs::copy(file.path(), module.join(file.file_name()))?;
    }
    Ok(())
}

fn spec(units: usize) -> Result<String, std::fmt::Error> {
    let (mut accounts, mut networks, mut databases) = (String::new(), String::new(), String::new());
    for index in 0..units / 2 {
        let (account, number) = (index / PER_ACCOUNT, index % PER_ACCOUNT);
        if number == 0 {
            writeln!(accounts, "  account{account}: {{ id: \"{}\" }}", 200_000_000_000 + account)?;
        }
        let place = format!("environment: prod, account: account{account}, region: us-east-1");
        let after = if number == 0 { String::new() } else { format!("account{account}/us-east-1/prod/n0") };
        let cidr = format!("10.{}.{}.0/24", index / 256, index % 256);
        writeln!(
            networks,
            "  - {{ name: n{number}, {place}, cidr: {cidr}, profile: compact, azs: {{ a: use1-az1 }}, \
             tiers: [private], after: [{after}] }}"
        )?;
        writeln!(
            databases,
            "  - {{ name: d{number}, kind: database, {place}, inputs: {{ size_gb: 100 }}, references: {{ \
             vpc_id: {{ from: n{number}, output: id }}, \
             subnet_ids: {{ from: n{number}, output: subnet_ids, path: [private] }} }} }}"
        )?;
    }
    Ok(format!("{TOP}accounts:\n{accounts}networks:\n{networks}units:\n{databases}"))
}

/// Writes a stack of Terragrunt that has each unit of the tree, from the unit's folder there.
pub(super) fn write_stack(folder: &Path, tree: &Path) -> Result<(), Box<dyn Error>> {
    let index: serde_json::Value = serde_json::from_slice(&fs::read(tree.join(".landform/units.json"))?)?;
    let mut stack = String::new();
    for (number, unit) in index["units"].as_array().into_iter().flatten().enumerate() {
        let path = unit["path"].as_str().ok_or("a unit has no path")?;
        let source = tree.join(path);
        writeln!(
            stack,
            "unit \"u{number}\" {{\n  source = \"{}\"\n  path = \"{path}\"\n}}\n",
            source.display()
        )?;
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join("terragrunt.stack.hcl"), stack)?;
    Ok(())
}
