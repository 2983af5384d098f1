//! What each unit of a tree gives to its module, its links by what they mean, from either layout.

use std::collections::BTreeMap;

use landform_generator::render::Rendered;
use landform_generator::tree::UnitIndex;
use serde_json::{Value, json};

pub(crate) fn text(rendered: &Rendered, file: &str) -> String {
    String::from_utf8(
        rendered.files.get(&file.to_owned().try_into().unwrap()).unwrap_or_else(|| panic!("{file}")).clone(),
    )
    .unwrap()
}

pub(crate) fn parsed(rendered: &Rendered, file: &str) -> Value {
    hcl::from_str(&text(rendered, file)).unwrap()
}

/// What a link in a unit of Terragrunt means: the unit, and the way from its outputs.
fn meant_by_terragrunt(file: &Value, folder: &str, link: &str) -> (String, String) {
    let rest = link.strip_prefix("${dependency.").and_then(|rest| rest.strip_suffix('}')).unwrap();
    let (label, way) = rest.split_once(".outputs.").unwrap();
    let mut at: Vec<&str> = folder.split('/').collect();
    for part in file["dependency"][label]["config_path"].as_str().unwrap().split('/') {
        if part == ".." { at.pop().map(drop).unwrap() } else { at.push(part) }
    }
    (at[1..].join("/"), way.to_owned())
}

/// What a link in a unit of Terraform means, by its data sources and what others publish.
fn meant_by_terraform(rendered: &Rendered, folder: &str, link: &str) -> (String, String) {
    let data = parsed(rendered, &format!("{folder}/references.tf"))["data"].take();
    let link = link.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap();
    if let Some(rest) = link.strip_prefix("data.") {
        let [kind, label, way] = rest.splitn(3, '.').collect::<Vec<_>>().try_into().unwrap();
        return match data[kind][label]["stack"].as_str() {
            Some(stack) => (stack.to_owned(), way.to_owned()),
            None => (the_only(rendered, folder, kind), way.to_owned()),
        };
    }
    let rest = link.strip_prefix("jsondecode(nonsensitive(data.aws_ssm_parameter.").unwrap();
    let (label, way) = rest.split_once(".value))").unwrap();
    let name = data["aws_ssm_parameter"][label]["name"].as_str().unwrap();
    let (unit, output) = name.strip_prefix("/landform/").unwrap().rsplit_once('/').unwrap();
    let published = parsed(rendered, &format!("accounts/{unit}/published.tf"));
    let parameter = &published["resource"]["aws_ssm_parameter"][output];
    assert_eq!(parameter["name"], name);
    assert_eq!(parameter["value"], format!("${{jsonencode(module.database.{output})}}"));
    (unit.to_owned(), format!("{output}{way}"))
}

/// The one unit of this kind in the account that the folder is in.
fn the_only(rendered: &Rendered, folder: &str, kind: &str) -> String {
    let account = folder.split('/').nth(1).unwrap();
    let index: UnitIndex = serde_json::from_str(&text(rendered, ".landform/units.json")).unwrap();
    let units: Vec<&str> = index
        .units
        .iter()
        .filter(|unit| unit.kind == kind && unit.id.starts_with(&format!("{account}/")))
        .map(|unit| unit.id.as_str())
        .collect();
    assert_eq!(units.len(), 1, "{units:?}");
    units[0].to_owned()
}

/// The inputs with each link in the form `unit: way`.
fn resolved(value: &Value, link: &impl Fn(&str) -> (String, String)) -> Value {
    match value {
        Value::String(text)
            if ["${dependency.", "${data.", "${jsondecode("].iter().any(|start| text.starts_with(start)) =>
        {
            let (unit, way) = link(text);
            json!({ "unit": unit, "way": way })
        }
        Value::Array(values) => values.iter().map(|value| resolved(value, link)).collect(),
        Value::Object(values) => values
            .iter()
            .map(|(key, value)| (key.clone(), resolved(value, link)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// The inputs of each unit by its id.
pub(crate) fn in_terragrunt(rendered: &Rendered) -> BTreeMap<String, Value> {
    let inputs = |folder: &str, _: &str| {
        let file = parsed(rendered, &format!("{folder}/terragrunt.hcl"));
        resolved(&file["inputs"], &|link| meant_by_terragrunt(&file, folder, link))
    };
    of_units(rendered, inputs)
}

/// The same from the other layout.
pub(crate) fn in_terraform(rendered: &Rendered) -> BTreeMap<String, Value> {
    let inputs = |folder: &str, kind: &str| {
        let mut module = parsed(rendered, &format!("{folder}/main.tf"))["module"][kind].take();
        for name in ["source", "version"] {
            module.as_object_mut().unwrap().remove(name);
        }
        resolved(&module, &|link| meant_by_terraform(rendered, folder, link))
    };
    of_units(rendered, inputs)
}

fn of_units(rendered: &Rendered, inputs: impl Fn(&str, &str) -> Value) -> BTreeMap<String, Value> {
    let index: UnitIndex = serde_json::from_str(&text(rendered, ".landform/units.json")).unwrap();
    index.units.iter().map(|unit| (unit.id.clone(), inputs(&unit.path, &unit.kind))).collect()
}
