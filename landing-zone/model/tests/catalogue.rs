//! The folder of guardrails, the list in the code and the page for people are the same.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use landform_model::guardrails::document::Document;
use landform_model::guardrails::{
    Budget, Content, Filled, Guardrail, Parameters, PolicyType, Profile, catalogue, fill, merge, pack,
    vocabulary,
};

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies")
}

#[test]
fn every_file_of_the_folder_is_in_the_catalogue() {
    let mut found = BTreeSet::new();
    for folder in ["declarative", "resource-control", "service-control"] {
        for entry in fs::read_dir(policies().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            found.insert(name.strip_suffix(".toml").expect("guardrails are TOML files").to_owned());
        }
    }
    let listed: BTreeSet<String> = catalogue::all().iter().map(|guardrail| guardrail.id.clone()).collect();
    assert_eq!(found, listed, "add the file to FILES in catalogue.rs, or the line's file to the folder");
}

#[test]
fn the_page_is_current() {
    let path = policies().join("CATALOGUE.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page, "run `UPDATE_DOCS=1 cargo test -p landform-model` and commit CATALOGUE.md");
}

fn page() -> String {
    let mut page = "# Catalogue of guardrails\n\nMade from the files beside it: `UPDATE_DOCS=1 cargo test -p landform-model`. \
                    Bytes are of the guardrail alone, as short as it can be written, with defaults and examples filled in; \
                    together they are fewer. **Bold** parameters have no default.\n"
        .to_owned();
    let profiles = [
        (Profile::Baseline, "Baseline", "For every account but the management account."),
        (Profile::Workloads, "Workloads", "For accounts that run workloads."),
        (Profile::Sandbox, "Sandbox", "For accounts to try things out."),
        (
            Profile::Perimeter,
            "Perimeter",
            "Chosen one by one and staged: each needs the organization's own networks and partners.",
        ),
        (Profile::System, "System", "Set and taken off by Landform in the life of an account."),
    ];
    for (profile, title, meaning) in profiles {
        write!(page, "\n## {title}\n\n{meaning}\n\n").unwrap();
        page.push_str("| guardrail | kind | what it is for | parameters | bytes |\n|---|---|---|---|---|\n");
        for guardrail in catalogue::all().iter().filter(|guardrail| guardrail.profile == profile) {
            page.push_str(&row(guardrail));
        }
    }
    page.push_str(&packing());
    page.push_str("\n## Parameters\n\n| name | meaning | default |\n|---|---|---|\n");
    for (name, parameter) in vocabulary() {
        let default =
            parameter.default.as_ref().map_or_else(|| "none".to_owned(), |value| format!("`{value}`"));
        writeln!(page, "| `{name}` | {} | {default} |", parameter.meaning.replace('|', "\\|")).unwrap();
    }
    page
}

/// What becomes of all guardrails of one kind on one target.
fn packing() -> String {
    let mut text = "\n## Packed\n\nWhat `landform_guardrails` makes of all guardrails of a kind on one target, with defaults and examples \
                    filled in. AWS's own policy takes one more slot.\n\n\
                    | kind | guardrails | bytes, each alone | policies | bytes, packed | AWS takes |\n|---|---|---|---|---|---|\n"
        .to_owned();
    for (policy_type, kind) in
        [(PolicyType::ServiceControlPolicy, "SCP"), (PolicyType::ResourceControlPolicy, "RCP")]
    {
        let of_type = catalogue::all().iter().filter(|guardrail| guardrail.policy_type == policy_type);
        let filled: Vec<Filled> = of_type.map(|guardrail| fill(guardrail, &examples()).unwrap()).collect();
        let contents = pack::contents(&filled, policy_type);
        let alone: usize = contents.values().map(Document::bytes).sum();
        let budget = Budget::of(policy_type).unwrap();
        let packing = pack(&contents, budget, &pack::Placement::new()).unwrap();
        writeln!(
            text,
            "| {kind} | {} | {alone} | {} | {} | {} policies of {} bytes |",
            contents.len(),
            packing.documents.len(),
            packing.bytes(),
            budget.slots,
            budget.bytes
        )
        .unwrap();
    }
    text
}

fn row(guardrail: &Guardrail) -> String {
    let folder = match guardrail.policy_type {
        PolicyType::ServiceControlPolicy => "service-control",
        PolicyType::ResourceControlPolicy => "resource-control",
        _ => "declarative",
    };
    let kinds = BTreeMap::from([("service-control", "SCP"), ("resource-control", "RCP")]);
    let kind = kinds.get(folder).map_or_else(|| guardrail.policy_type.to_string(), |kind| (*kind).to_owned());
    let names = guardrail.parameters();
    let parameters: Vec<String> = names
        .iter()
        .map(|name| match vocabulary()[name].default {
            Some(_) => format!("`{name}`"),
            None => format!("**`{name}`**"),
        })
        .collect();
    let id = &guardrail.id;
    format!(
        "| [{id}]({folder}/{id}.toml) | {kind} | {} | {} | {} |\n",
        guardrail.purpose.replace('|', "\\|"),
        parameters.join(", "),
        bytes(guardrail)
    )
}

/// The examples of parameters that have no default.
fn examples() -> Parameters {
    let needed = vocabulary().iter().filter(|(_, parameter)| parameter.default.is_none());
    needed.map(|(name, parameter)| (name.clone(), parameter.example.clone())).collect()
}

fn bytes(guardrail: &Guardrail) -> usize {
    let Filled { content, .. } = fill(guardrail, &examples()).unwrap();
    match content {
        Content::Statements(document) => merge([&document]).bytes(),
        Content::Settings(settings) => settings.to_string().len(),
    }
}
