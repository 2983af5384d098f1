//! `landform plan-guard`: a plan that was made with stand-ins for outputs is not applied.

use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::Path;
use std::process::ExitCode;

use landform_generator::contract::{MOCK, MOCK_NUMBER};
use serde_json::Value;

use crate::failure::Failure;
use crate::output::print;

/// Reads a plan as `terraform show -json` prints it, and refuses it when it holds a mock.
///
/// # Errors
/// When it holds one, with each place, and when it is no plan.
pub(crate) fn plan_guard(plan: &Path) -> Result<ExitCode, Failure> {
    let unreadable = |source| Failure::ReadPlan { plan: plan.to_path_buf(), source };
    let text = read(plan).map_err(unreadable)?;
    let value: Value = serde_json::from_slice(&text).map_err(|error| unreadable(error.into()))?;
    // <https://developer.hashicorp.com/terraform/internals/json-format>: every plan has it.
    if value["format_version"].as_str().is_none() {
        return Err(Failure::NoPlan(plan.to_path_buf()));
    }
    let mut places = Vec::new();
    mocks(&value, &mut String::new(), &mut places);
    match places.is_empty() {
        true => print("the plan holds no mock"),
        false => return Err(Failure::Mocked { plan: plan.to_path_buf(), places }),
    }
    Ok(ExitCode::SUCCESS)
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
