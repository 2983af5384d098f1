//! Names that must be defined elsewhere in the spec.

use std::collections::BTreeMap;

use landform_model::limits;
use landform_model::ownership::{CHILD_TAG, RESOURCE_TAG, STACK_TAG};

use crate::problem::{Problem, SpecPath};
use crate::source::nearest;
use crate::spec::{Estate, Layers};
use crate::tree::is_device;
use crate::units::{self, Placed};

/// Unknown accounts, environments and regions, account IDs given twice, and too many tags.
pub(super) fn check(estate: &Estate, problems: &mut Vec<Problem>) {
    organization(estate, problems);
    accounts(estate, problems);
    layers(estate, problems);
    for (at, unit) in units::all(estate) {
        let accounts = estate.accounts.keys().map(AsRef::as_ref);
        let environments = estate.environments.keys().map(AsRef::as_ref);
        let regions = estate.organization.regions.iter().map(AsRef::as_ref);
        known("account", unit.account().as_str(), accounts, "accounts", at.field("account"), problems);
        known(
            "environment",
            unit.environment().as_str(),
            environments,
            "environments",
            at.field("environment"),
            problems,
        );
        known(
            "region",
            unit.region().as_str(),
            regions,
            "organization.regions",
            at.field("region"),
            problems,
        );
        tags(estate, unit, &at, problems);
        for (field, name) in
            [("name", unit.name()), ("account", unit.account()), ("environment", unit.environment())]
        {
            if is_device(name.as_str()) {
                let message =
                    format!("`{name}` is a device on Windows, so no folder there can have this name");
                problems.push(Problem::new(at.field(field), message).hint("choose another name"));
            }
        }
    }
}

fn organization(estate: &Estate, problems: &mut Vec<Problem>) {
    let at = SpecPath::root().field("organization").field("regions");
    for (index, region) in estate.organization.regions.iter().enumerate() {
        if estate.organization.regions[..index].contains(region) {
            let problem = Problem::new(at.index(index), format!("the region `{region}` is listed twice"));
            problems.push(problem.hint("remove one of the two"));
        }
    }
}

fn accounts(estate: &Estate, problems: &mut Vec<Problem>) {
    let mut taken = BTreeMap::new();
    let accounts = SpecPath::root().field("accounts");
    for (name, account) in &estate.accounts {
        if let Some(first) = taken.insert(&account.id, name) {
            let at = |name| accounts.field(name).field("id");
            let message = format!("the accounts `{first}` and `{name}` have the same ID {}", account.id);
            problems.push(
                Problem::new(at(name), message)
                    .related(at(first), "it is taken here")
                    .hint("give each account its own ID, or remove one of the two"),
            );
        }
    }
}

/// Layers for units of a kind that is not there.
fn layers(estate: &Estate, problems: &mut Vec<Problem>) {
    let layers = SpecPath::root().field("layers");
    let Layers { organization, classes, accounts, regions, environments } = &estate.layers;
    let all = std::iter::once((layers.field("organization"), organization))
        .chain(classes.iter().map(|(name, layer)| (layers.field("classes").field(name), layer)))
        .chain(accounts.iter().map(|(name, layer)| (layers.field("accounts").field(name), layer)))
        .chain(regions.iter().map(|(name, layer)| (layers.field("regions").field(name), layer)))
        .chain(environments.iter().map(|(name, layer)| (layers.field("environments").field(name), layer)));
    for (at, layer) in all {
        for kind in layer.units.keys() {
            let kinds = estate.modules.keys().map(AsRef::as_ref).chain(units::resource_types());
            known("kind", kind.as_str(), kinds, "modules", at.field("units").field(kind), problems);
        }
    }
}

/// A problem unless `name` is one of those that are defined.
pub(super) fn known<'a>(
    what: &str,
    name: &str,
    defined: impl Iterator<Item = &'a str> + Clone,
    place: &str,
    at: SpecPath,
    problems: &mut Vec<Problem>,
) {
    if defined.clone().any(|other| other == name) {
        return;
    }
    let hint = match nearest(name, defined.clone()) {
        Some(other) => format!("did you mean `{other}`?"),
        None => {
            let names: Vec<&str> = defined.collect();
            format!("add it to `{place}`, or use one of: {}", names.join(", "))
        }
    };
    problems.push(Problem::new(at, format!("there is no {what} `{name}`")).hint(hint));
}

fn tags(estate: &Estate, unit: &dyn Placed, at: &SpecPath, problems: &mut Vec<Problem>) {
    // Those of ownership, and the name of the object.
    let ours = [STACK_TAG, RESOURCE_TAG, CHILD_TAG, "Name"].len();
    let most = limits::TAGS_PER_OBJECT.value - ours;
    let mut keys: Vec<_> =
        estate.organization.tags.keys().chain(unit.tags().into_iter().flat_map(|tags| tags.keys())).collect();
    keys.extend(estate.environments.get(unit.environment()).into_iter().flat_map(|found| found.tags.keys()));
    keys.sort();
    keys.dedup();
    if keys.len() > most {
        let message = format!(
            "`{}` has {} tags, its organization's and environment's included",
            unit.name(),
            keys.len()
        );
        let hint = format!("AWS takes {} on an object, of which {ours} are set by the provider", most + ours);
        problems.push(Problem::new(at.field("tags"), message).hint(hint));
    }
}
