//! What is told of orphans: the list on stdout, the rest on stderr.

use std::collections::BTreeMap;

use landform_model::Duration;
use landform_model::inventory::Resource;
use serde_json::{Value, json};

use super::compare::Orphan;
use crate::arguments::Orphans;
use crate::output::print;
use crate::table::table;

/// The table, or the JSON object.
pub(super) fn list(orphans: &[Orphan], arguments: &Orphans) {
    if arguments.json {
        let status = if orphans.is_empty() { "clean" } else { "orphans" };
        print(
            &json!({ "status": status, "orphans": orphans.iter().map(as_value).collect::<Vec<_>>() })
                .to_string(),
        );
    } else if orphans.is_empty() {
        print("no orphans: all that carries the tags of Landform is in a state of the tree");
    } else {
        let mut rows =
            vec![["stack", "resource", "account", "region", "objects", "why"].map(str::to_owned).to_vec()];
        rows.extend(orphans.iter().map(row));
        print(table(&rows, 6).trim_end());
    }
}

fn row(orphan: &Orphan) -> Vec<String> {
    let resource = &orphan.resource;
    let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    vec![
        or_none(&resource.stack),
        or_none(&resource.resource),
        resource.place.account_id.to_string(),
        resource.place.scope.to_string(),
        counts(orphan),
        why(orphan),
    ]
}

/// Why it is an orphan, and why it stays one.
fn why(orphan: &Orphan) -> String {
    match &orphan.kept {
        Some(kept) => format!("{}; {kept}", orphan.why),
        None => orphan.why.to_string(),
    }
}

/// "1 vpc, 6 subnet": AWS's words, which have no plural.
fn counts(orphan: &Orphan) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for object in &orphan.objects {
        *counts.entry(&object.kind).or_default() += 1;
    }
    counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
}

/// Without the nesting of the types, and with the reason in words beside its key.
fn as_value(orphan: &Orphan) -> Value {
    let resource = &orphan.resource;
    json!({
        "stack": resource.stack,
        "resource": resource.resource,
        "account_id": resource.place.account_id,
        "region": resource.place.scope.region(),
        "objects": orphan.objects,
        "reason": orphan.why.key(),
        "why": why(orphan),
        "never_deleted": orphan.kept.is_some(),
    })
}

pub(super) fn kept(count: usize) {
    if count > 0 {
        anstream::eprintln!(
            "{count} orphan(s) stay: of a stack that the tree does not know, or that `--stack` does not name, or without a tag, or of a kind that is never deleted"
        );
    }
}

pub(super) fn settling(time: &Duration) {
    anstream::eprintln!("looking again in {time}: only what is the same then is deleted");
}

pub(super) fn unsettled(count: usize) {
    if count > 0 {
        anstream::eprintln!("{count} orphan(s) stay: they changed between the two looks");
    }
}

/// Names each object, so that nobody agrees to what was not shown.
pub(super) fn question(orphans: &[Orphan]) {
    for orphan in orphans {
        anstream::eprintln!("{}", name(orphan));
        for object in &orphan.objects {
            anstream::eprintln!("  {} {}", object.kind, object.id);
        }
    }
    anstream::eprintln!("Delete all of these? Only `yes` deletes them:");
}

pub(super) fn removing(orphan: &Orphan) {
    anstream::eprintln!("removing {}", name(orphan));
}

pub(super) fn removed(orphan: &Orphan) {
    anstream::eprintln!("removed {}", name(orphan));
}

/// "vpc/main of stack dev/us-east-1/dev/main in account 123456789012, us-east-1".
fn name(orphan: &Orphan) -> String {
    let Resource { place, stack, resource } = &orphan.resource;
    format!("{resource} of stack {stack} in {place}")
}
