//! The reference estate: the same from YAML and Rust, in both layouts, and as it is committed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::render::Rendered;
use landform_generator::source::Source;
use landform_generator::spec::Estate;
use landform_generator::tree::Layout;
use landform_generator::write;
use resolve::parsed;
use serde_json::Value;

#[path = "units/resolve.rs"]
mod resolve;

#[path = "../examples/reference/main.rs"]
#[allow(dead_code, reason = "the example's main")]
mod reference;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn from_yaml() -> Estate {
    let path = "examples/estates/reference.yaml";
    let text = std::fs::read_to_string(Path::new(PROJECT).join(path)).unwrap();
    let source = Source::parse(path, text).unwrap();
    let mut estate = source.estate().unwrap_or_else(|problems| panic!("{}", source.report(&problems[0])));
    estate.module_files = write::read_modules(&estates(), &estate).unwrap();
    estate
}

/// The folder of the spec, beside which its modules are.
fn estates() -> PathBuf {
    Path::new(PROJECT).join("examples/estates")
}

fn rendered(estate: &Estate, layout: Layout) -> Rendered {
    generate(estate, layout, &Ledger::default()).unwrap()
}

#[test]
fn yaml_and_rust_give_the_same_bytes() {
    let mut in_rust = reference::estate().unwrap();
    in_rust.module_files = write::read_modules(&estates(), &in_rust).unwrap();
    for layout in Layout::ALL {
        // The one has layers and the other functions; the tree is the same.
        assert_eq!(rendered(&from_yaml(), layout).files, rendered(&in_rust, layout).files);
    }
}

#[test]
fn it_is_as_large_as_it_says_and_stage_is_like_prod() {
    let estate = from_yaml();
    // Eight accounts and that of management; four environments and what is there once for all of them.
    assert_eq!(
        (estate.accounts.len(), estate.environments.len(), estate.organization.regions.len()),
        (8 + 1, 4 + 1, 3)
    );
    let landing_zone = estate.units.iter().filter(|unit| unit.kind.as_str().starts_with("landform_")).count();
    assert_eq!((landing_zone, estate.networks.len(), estate.units.len() - landing_zone), (26, 11, 10));
    assert_eq!(landform_generator::check::parity::parity(&estate), vec![]);
}

#[test]
fn the_order_in_the_spec_changes_no_file() {
    let mut reordered = from_yaml();
    reordered.networks.reverse();
    reordered.networks.iter_mut().for_each(|network| network.tiers.reverse());
    for layout in Layout::ALL {
        assert_eq!(rendered(&from_yaml(), layout).files, rendered(&reordered, layout).files);
    }
}

#[test]
fn the_spec_survives_json() {
    let json = serde_json::to_string(&from_yaml()).unwrap();
    let mut again = Source::parse("estate.json", json).unwrap().estate().unwrap();
    again.module_files = from_yaml().module_files;
    assert_eq!(again, from_yaml());
}

/// What Terraform gets to know of each unit besides its inputs: module, providers, state.
type Units = BTreeMap<String, [Value; 3]>;

fn folders(rendered: &Rendered, file: &str) -> Vec<String> {
    let folder = |path: &str| path.strip_suffix(file)?.strip_suffix('/').map(str::to_owned);
    rendered
        .files
        .keys()
        .filter_map(|path| folder(path.as_str()))
        .filter(|path| path.starts_with("accounts"))
        .collect()
}

fn in_terraform(rendered: &Rendered) -> Units {
    let unit = |folder: String| {
        let module = parsed(rendered, &format!("{folder}/main.tf"))["module"].take();
        let (_, module) = module.as_object().unwrap().iter().next().unwrap();
        let provider = match rendered.files.contains_key(&format!("{folder}/provider.tf").try_into().unwrap())
        {
            // A module of the spec that looks for another unit's outputs needs a provider for it in this layout only.
            true if !module["source"].as_str().unwrap().contains("/vendor/") => {
                parsed(rendered, &format!("{folder}/provider.tf"))["provider"]["landform"].take()
            }
            _ => Value::Null,
        };
        let mut state =
            parsed(rendered, &format!("{folder}/terraform.tf"))["terraform"]["backend"]["s3"].take();
        for setting in ["encrypt", "use_lockfile"] {
            assert_eq!(state.as_object_mut().unwrap().remove(setting), Some(Value::Bool(true)));
        }
        (folder, [module["source"].clone(), provider, state])
    };
    folders(rendered, "main.tf").into_iter().map(unit).collect()
}

fn in_terragrunt(rendered: &Rendered) -> Units {
    let unit = |folder: String| {
        let file = parsed(rendered, &format!("{folder}/terragrunt.hcl"));
        let path = format!("{folder}/unit.json").try_into().unwrap();
        let mut unit: Value = serde_json::from_slice(&rendered.files[&path]).unwrap();
        let source = file["terraform"]["source"].as_str().unwrap().replace("//", "/");
        (folder, [source.into(), unit["providers"]["landform"].take(), unit["state"].take()])
    };
    folders(rendered, "terragrunt.hcl").into_iter().map(unit).collect()
}

#[test]
fn both_layouts_say_the_same_of_each_unit() {
    let terraform = in_terraform(&rendered(&from_yaml(), Layout::Terraform));
    let terragrunt = in_terragrunt(&rendered(&from_yaml(), Layout::Terragrunt));
    assert_eq!(terraform.len(), 26 + 11 + 10);
    assert_eq!(terraform, terragrunt);
    let inputs = resolve::in_terraform(&rendered(&from_yaml(), Layout::Terraform));
    assert_eq!(inputs, resolve::in_terragrunt(&rendered(&from_yaml(), Layout::Terragrunt)));
    let links = inputs["prod/eu-west-1/prod/orders"].to_string();
    assert!(links.contains("subnet_ids.database") && links.contains("prod/eu-west-1/prod/main"), "{links}");
    let links = inputs["management/us-east-1/org/units"].to_string();
    assert!(links.contains("root_id") && links.contains("management/us-east-1/org/organization"), "{links}");
}

#[test]
fn the_source_of_a_unit_leads_to_the_modules() {
    let rendered = rendered(&from_yaml(), Layout::Terraform);
    for (folder, [source, ..]) in in_terraform(&rendered) {
        let mut path: Vec<&str> = folder.split('/').collect();
        for part in source.as_str().unwrap().split('/') {
            if part == ".." { path.pop().map(drop).unwrap() } else { path.push(part) }
        }
        let module = path.join("/");
        let is_there = rendered.files.contains_key(&format!("{module}/variables.tf").try_into().unwrap());
        assert!(
            is_there && (module.starts_with("modules/") || module.starts_with("vendor/")),
            "{folder}: {module}"
        );
    }
}

#[test]
fn a_unit_in_the_management_account_assumes_no_role() {
    let units = in_terraform(&rendered(&from_yaml(), Layout::Terraform));
    let organization = &units["accounts/management/us-east-1/org/organization"][1];
    assert_eq!(organization["allowed_account_ids"], serde_json::json!(["109876543210"]));
    assert_eq!(organization.get("assume_role"), None);
    assert_eq!(
        units["accounts/prod/us-east-1/prod/main"][1]["assume_role"]["role_name"],
        "OrganizationAccountAccessRole"
    );
}

#[test]
fn a_terraform_unit() {
    let rendered = rendered(&from_yaml(), Layout::Terraform);
    insta::assert_snapshot!(folder(&rendered, "accounts/prod/us-east-1/prod/main/"));
}

#[test]
fn a_terragrunt_unit() {
    let rendered = rendered(&from_yaml(), Layout::Terragrunt);
    let account = folder(&rendered, "accounts/dev/");
    insta::assert_snapshot!(account);
}

fn folder(rendered: &Rendered, prefix: &str) -> String {
    files(rendered, prefix, |_| true)
}

fn files(rendered: &Rendered, prefix: &str, is_shown: impl Fn(&str) -> bool) -> String {
    let files = rendered.files.iter().filter_map(|(path, bytes)| {
        let name = path.as_str().strip_prefix(prefix).filter(|name| is_shown(name))?;
        Some(format!("----- {name}\n{}", String::from_utf8_lossy(bytes)))
    });
    files.collect()
}

#[test]
fn units_of_the_landing_zone() {
    let rendered = rendered(&from_yaml(), Layout::Terraform);
    let shown = ["organization/main.tf", "units/main.tf", "units/references.tf", "baseline/main.tf"];
    let is_shown = |name: &str| shown.contains(&name);
    insta::assert_snapshot!(files(&rendered, "accounts/management/us-east-1/org/", is_shown));
}

/// `UPDATE_ENVIRONMENTS=1` rewrites the committed tree.
#[test]
fn the_committed_environments_are_current() {
    let root = Path::new(PROJECT).join("environments");
    let ledger = write::read_ledger(&root).unwrap();
    let rendered = generate(&from_yaml(), Layout::Terragrunt, &ledger).unwrap();
    if std::env::var_os("UPDATE_ENVIRONMENTS").is_some() {
        write::write(&root, &rendered).unwrap();
    }
    let differences = write::compare(&root, &rendered).unwrap();
    assert!(
        differences.is_empty(),
        "{differences:?}\nUPDATE_ENVIRONMENTS=1 cargo test -p landform-generator"
    );
}
