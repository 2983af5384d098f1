//! `landform plan-guard`: a plan that was made with stand-ins for outputs, or deletes what must stay, is not applied.

use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::Path;
use std::process::ExitCode;

use landform_generator::contract::{MOCK, MOCK_NUMBER};
use serde_json::Value;

use crate::arguments::PlanGuard;
use crate::failure::Failure;
use crate::output::print;

/// Reads a plan as `terraform show -json` prints it, and refuses it when it holds a mock or deletes too much.
///
/// # Errors
/// When it is refused, with each place, and when it is no plan.
pub(crate) fn plan_guard(arguments: &PlanGuard) -> Result<ExitCode, Failure> {
    let plan = arguments.plan.as_path();
    let told = if plan == Path::new("-") { Path::new("standard input") } else { plan };
    let unreadable = |source| Failure::ReadPlan { plan: told.to_path_buf(), source };
    let text = read(plan).map_err(unreadable)?;
    let value: Value = serde_json::from_slice(&text).map_err(|error| unreadable(error.into()))?;
    // <https://developer.hashicorp.com/terraform/internals/json-format>: every plan has it.
    if value["format_version"].as_str().is_none() {
        return Err(Failure::NoPlan(told.to_path_buf()));
    }
    let mut places = Vec::new();
    mocks(&value, &mut String::new(), &mut places);
    if !places.is_empty() {
        return Err(Failure::Mocked { plan: told.to_path_buf(), places });
    }
    let deletions = deletions(&value);
    let kept: Vec<String> = deletions
        .iter()
        .filter(|deletion| arguments.keep.contains(&deletion.ty))
        .map(|deletion| deletion.address.clone())
        .collect();
    if !kept.is_empty() {
        return Err(Failure::Kept { plan: told.to_path_buf(), addresses: kept });
    }
    if let Some(allowed) = arguments.max_deletions.filter(|allowed| deletions.len() > *allowed) {
        let addresses = deletions.into_iter().map(|deletion| deletion.address).collect();
        return Err(Failure::Deletions { plan: told.to_path_buf(), allowed, addresses });
    }
    print("the plan holds no mock, and deletes nothing that must stay");
    Ok(ExitCode::SUCCESS)
}

/// A resource that a plan deletes, for good or to make it anew.
struct Deletion {
    ty: String,
    address: String,
}

fn deletions(plan: &Value) -> Vec<Deletion> {
    let changes = plan["resource_changes"].as_array().into_iter().flatten();
    let is_deletion = |change: &&Value| {
        let actions = change["change"]["actions"].as_array().into_iter().flatten();
        actions.into_iter().any(|action| action == "delete")
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    changes
        .filter(is_deletion)
        .map(|change| Deletion { ty: text(&change["type"]), address: text(&change["address"]) })
        .collect()
}

fn read(plan: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    match plan.to_str() {
        Some("-") => stdin().lock().read_to_end(&mut text)?,
        _ => File::open(plan)?.read_to_end(&mut text)?,
    };
    Ok(text)
}

/// Each place of a mock, such as `planned_values.outputs.id.value`. Values are not told: some are sensitive.
fn mocks(value: &Value, at: &mut String, places: &mut Vec<String>) {
    let length = at.len();
    match value {
        Value::String(text) if text.contains(MOCK) => places.push(at.clone()),
        Value::Number(number) if number.as_f64() == Some(f64::from(MOCK_NUMBER)) => places.push(at.clone()),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                at.push_str(&format!("[{index}]"));
                mocks(element, at, places);
                at.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                at.push_str(if at.is_empty() { "" } else { "." });
                at.push_str(name);
                if name.contains(MOCK) {
                    places.push(at.clone());
                } else {
                    mocks(field, at, places);
                }
                at.truncate(length);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places(value: &Value) -> Vec<String> {
        let mut places = Vec::new();
        mocks(value, &mut String::new(), &mut places);
        places
    }

    #[test]
    fn a_mock_is_found_wherever_it_is_and_nothing_else_is_taken_for_one() {
        for (value, place) in [
            (json!({ "a": [1, { "b": format!("vpc-{MOCK}") }] }), "a[1].b"),
            (json!({ "a": format!("[\"subnet-{MOCK}\"]") }), "a"),
            (json!({ "a": { "count": MOCK_NUMBER } }), "a.count"),
            (json!({ "a": { "count": f64::from(MOCK_NUMBER) } }), "a.count"),
            (json!({ "a": { MOCK: 1 } }), &format!("a.{MOCK}")),
        ] {
            assert_eq!(places(&value), [place], "{value}");
        }
        for clean in [json!({ "a": ["vpc-0feedfacefeedfac", 1, null, true, 4_277_009_101_u64] }), json!({})] {
            assert_eq!(places(&clean), [""; 0], "{clean}");
        }
    }
}
