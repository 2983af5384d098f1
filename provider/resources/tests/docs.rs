//! The reference pages below `docs/` are what the schema and `examples/` say. `UPDATE_DOCS=1` writes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_framework::docs::{Examples, ImportExample};
use landform_framework::schema::{AttributeSchema, ObjectSchema, Shape};
use landform_framework::{Diagnostics, Provider, cty};
use landform_model::Cidr;
use landform_model::network::{Layout, Profile, Slot, Tier};
use landform_resources::Landform;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders below `docs/` that hold nothing but generated pages.
const GENERATED: [&str; 5] =
    ["data-sources", "ephemeral-resources", "functions", "list-resources", "resources"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The provider as users have it. Nothing here opens a cloud.
fn provider() -> Provider<Landform> {
    landform_resources::provider(|_| Err(Diagnostics::default()))
}

fn examples() -> Examples {
    let folder = workspace().join("examples");
    let imports = files_in(&folder.join("resources"), "import.sh");
    Examples {
        provider: Some(fs::read_to_string(folder.join("provider/provider.tf")).unwrap()),
        resources: files_in(&folder.join("resources"), "resource.tf"),
        data_sources: files_in(&folder.join("data-sources"), "data-source.tf"),
        ephemeral_resources: files_in(&folder.join("ephemeral-resources"), "ephemeral-resource.tf"),
        list_resources: files_in(&folder.join("list-resources"), "list-resource.tfquery.hcl"),
        functions: files_in(&folder.join("functions"), "function.tf"),
        imports: imports.into_iter().map(|(name, script)| (name, import(&script))).collect(),
        ..Examples::default()
    }
}

/// The file of this name in each folder, by the folder's name without the provider's.
fn files_in(folder: &Path, file: &str) -> BTreeMap<String, String> {
    let folders =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    folders
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().trim_start_matches("landform_").to_owned();
            let file = path.join(file);
            let text =
                fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            (name, text)
        })
        .collect()
}

/// Comments that say what the id is, then `terraform import ADDRESS ID`.
fn import(script: &str) -> ImportExample {
    let (comments, commands): (Vec<&str>, Vec<&str>) = script.lines().partition(|line| line.starts_with('#'));
    let [command] = commands.as_slice() else { panic!("one command, please:\n{script}") };
    let description: Vec<&str> = comments.iter().map(|line| line.trim_start_matches(['#', ' '])).collect();
    ImportExample { id: command.rsplit(' ').next().unwrap().to_owned(), description: description.join("\n") }
}

#[test]
fn the_pages_are_what_the_schema_says() {
    let docs = workspace().join("docs");
    let pages = provider().pages(&examples());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for folder in GENERATED {
            let _ = fs::remove_dir_all(docs.join(folder));
        }
        for (name, page) in &pages {
            fs::create_dir_all(docs.join(name).parent().unwrap()).unwrap();
            fs::write(docs.join(name), page).unwrap();
        }
    }
    let mut wrong: Vec<String> = pages
        .iter()
        .filter(|(name, page)| fs::read_to_string(docs.join(name)).ok().as_ref() != Some(page))
        .map(|(name, _)| name.clone())
        .collect();
    for folder in GENERATED {
        for entry in fs::read_dir(docs.join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap());
            wrong.extend((!pages.contains_key(&name)).then_some(name));
        }
    }
    assert!(wrong.is_empty(), "run `UPDATE_DOCS=1 cargo test -p landform-resources --test docs`: {wrong:?}");
}

#[test]
fn every_page_has_an_example_and_every_resource_says_how_it_is_imported() {
    for (name, page) in provider().pages(&examples()) {
        assert!(page.contains("## Example Usage\n\n```terraform\n"), "{name} has no example");
        assert_eq!(page.contains("## Import\n"), name.starts_with("resources/"), "{name}");
        assert!(page.lines().all(|line| !line.ends_with(' ')), "{name} has spaces at the end of a line");
    }
}

#[test]
fn every_example_is_of_something_that_exists() {
    let pages: BTreeSet<String> = provider().pages(&Examples::default()).into_keys().collect();
    let examples = examples();
    let kinds = [
        ("resources", &examples.resources),
        ("data-sources", &examples.data_sources),
        ("ephemeral-resources", &examples.ephemeral_resources),
        ("list-resources", &examples.list_resources),
        ("functions", &examples.functions),
    ];
    for (folder, examples) in kinds {
        for name in examples.keys() {
            assert!(pages.contains(&format!("{folder}/{name}.md")), "there is no {name} in {folder}");
        }
    }
}

/// Functions call nobody; everything else says what its calls need.
#[test]
fn every_page_of_something_that_calls_aws_has_its_permissions() {
    for (name, page) in provider().pages(&Examples::default()) {
        let calls_nobody = name == "index.md" || name.starts_with("functions/");
        assert_eq!(page.contains("## Permissions\n"), !calls_nobody, "{name}");
    }
}

/// AWS counts no white space. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
#[test]
fn every_published_policy_fits_into_one_managed_policy() {
    let mut count = 0;
    for (name, page) in provider().pages(&Examples::default()) {
        for policy in page.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let length = policy.chars().filter(|letter| !letter.is_whitespace()).count();
            assert!(length <= 6144, "{name}: {length}");
            count += 1;
        }
    }
    assert!(count > 2, "only {count} policies were found");
}

/// A page has a line for each attribute: its name, its kind in parentheses, its description.
#[test]
fn every_attribute_on_every_page_is_described() {
    let mut count = 0;
    for (name, page) in provider().pages(&Examples::default()) {
        for line in page.lines().filter(|line| line.starts_with("- `")) {
            let description = line.split_once(") ").map(|(_, text)| text.trim()).unwrap_or_default();
            assert!(description.len() > 5 && !description.starts_with("(see"), "{name}: {line}");
            count += 1;
        }
    }
    assert!(count > 50, "only {count} attributes were found");
}

/// Terraform's protocol has no field for defaults, so descriptions tell them; here is why they are right.
#[test]
fn descriptions_tell_defaults_and_tell_them_right() {
    let mut count = 0;
    let provider = provider();
    let schemas = provider.resource_schemas().chain(provider.data_source_schemas());
    let schemas = schemas.chain(provider.ephemeral_resource_schemas());
    for (_, schema) in schemas.chain([("landform", provider.config_schema())]) {
        each_attribute(schema, &mut |name, attribute| {
            let Some(default) = &attribute.default else { return };
            let told = match default {
                cty::Value::String(text) => format!("Default: `{text}`."),
                cty::Value::Bool(value) => format!("Default: `{value}`."),
                _ => "Default: ".to_owned(),
            };
            assert!(
                attribute.description.contains(&told),
                "{name}: {told} is not in {}",
                attribute.description
            );
            count += 1;
        });
    }
    assert!(count > 5, "only {count} defaults were found");
}

fn each_attribute(schema: &ObjectSchema, check: &mut dyn FnMut(&str, &AttributeSchema)) {
    for (name, attribute) in &schema.attributes {
        check(name, attribute);
        if let Shape::Nested(_, object) | Shape::Deep(_, object) = &attribute.shape {
            each_attribute(object, check);
        }
    }
}

/// Every block in the picture of the small estate is one of its VPCs or of their subnets, and no VPC is missing.
#[test]
fn the_picture_of_the_estate_shows_its_blocks() {
    let estate = fs::read_to_string(workspace().join("examples/estates/small.yaml")).unwrap();
    let picture = fs::read_to_string(workspace().join("docs/images/estate.svg")).unwrap();
    let vpcs: BTreeSet<Cidr> =
        estate.lines().filter_map(|line| line.trim().strip_prefix("cidr: ")?.parse().ok()).collect();
    let layouts: Vec<Layout> = vpcs
        .iter()
        .flat_map(|vpc| [Profile::Standard, Profile::Compact].map(|profile| Layout::new(*vpc, profile)))
        .filter_map(Result::ok)
        .collect();
    let places = || Tier::ALL.into_iter().flat_map(|tier| Slot::ALL.map(|slot| (tier, slot)));
    let subnets: BTreeSet<Cidr> = layouts
        .iter()
        .flat_map(|layout| places().filter_map(|(tier, slot)| layout.subnet(tier, slot).ok()))
        .collect();
    let shown: BTreeSet<Cidr> = picture.split(['<', '>']).filter_map(|text| text.parse().ok()).collect();
    let strange: Vec<&Cidr> =
        shown.iter().filter(|cidr| !vpcs.contains(cidr) && !subnets.contains(cidr)).collect();
    assert!(strange.is_empty(), "the picture shows {strange:?}");
    assert!(vpcs.len() > 1 && vpcs.is_subset(&shown), "{vpcs:?} are not all in the picture");
    for id in estate.lines().filter_map(|line| line.trim().strip_prefix("id: ")) {
        assert!(picture.contains(id.trim_matches('"')), "account {id} is not in the picture");
    }
}

/// The provider's schema as a file, of which the generator makes a kind of unit for each resource.
#[test]
fn the_generator_has_the_schema_of_the_provider() {
    let path = workspace().join("generator/core/provider-schema.json");
    let schema = provider().schema_json("registry.terraform.io/landform/landform");
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "UPDATE_DOCS=1 cargo test -p landform-resources --test docs");
}
