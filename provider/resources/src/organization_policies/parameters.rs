//! The parameters of guardrails, from the shapes that Terraform has for texts, lists and numbers.

use landform_framework::{Diagnostics, Dynamic, Path, Value, cty};
use landform_model::guardrails::{ParameterValue, Parameters};

/// The parameters by name; none while a part is unknown. What is no text, number or list of texts is an error at its place.
pub(super) fn parameters(
    given: &Value<Dynamic>,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Parameters> {
    let given = match given {
        Value::Null => return Some(Parameters::new()),
        Value::Unknown => return None,
        Value::Known(given) => given.value(),
    };
    let entries = match given {
        cty::Value::Map(entries) | cty::Value::Object(entries) => entries,
        cty::Value::Unknown(_) => return None,
        cty::Value::Null => return Some(Parameters::new()),
        _ => {
            let detail = "Write an object with one entry for each parameter, such as `{ allowed_regions = [\"eu-central-1\"] }`.";
            diagnostics.error_at(path.clone(), "Parameters are no object", detail);
            return None;
        }
    };
    let mut parameters = Parameters::new();
    let mut whole = true;
    for (name, value) in entries {
        match parameter(value) {
            Read::Value(value) => drop(parameters.insert(name.clone(), value)),
            Read::Nothing => {}
            Read::Unknown => whole = false,
            Read::Wrong => {
                let detail =
                    format!("The parameter `{name}` must be a text, a whole number or a list of texts.");
                diagnostics.error_at(path.clone().attribute(name), "Parameter of a wrong type", detail);
                whole = false;
            }
        }
    }
    whole.then_some(parameters)
}

/// What one value is.
enum Read {
    Value(ParameterValue),
    /// Null counts as left out.
    Nothing,
    Unknown,
    Wrong,
}

fn parameter(value: &cty::Value) -> Read {
    match value {
        cty::Value::Dynamic(_, inner) => parameter(inner),
        cty::Value::Null => Read::Nothing,
        cty::Value::Unknown(_) => Read::Unknown,
        cty::Value::String(text) => Read::Value(ParameterValue::Text(text.clone())),
        cty::Value::Number(number) => match number.as_i64().and_then(|number| number.try_into().ok()) {
            Some(number) => Read::Value(ParameterValue::Number(number)),
            None => Read::Wrong,
        },
        cty::Value::List(elements) | cty::Value::Set(elements) | cty::Value::Tuple(elements) => {
            let mut texts = Vec::new();
            for element in elements {
                match parameter(element) {
                    Read::Value(ParameterValue::Text(text)) => texts.push(text),
                    Read::Unknown => return Read::Unknown,
                    _ => return Read::Wrong,
                }
            }
            Read::Value(ParameterValue::List(texts))
        }
        _ => Read::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: cty::Value) -> (Option<Parameters>, String) {
        let mut diagnostics = Diagnostics::new();
        let given = Value::Known(Dynamic::new(cty::Type::Dynamic, value));
        let read = parameters(&given, &Path::root().attribute("parameters"), &mut diagnostics);
        (read, diagnostics.to_string())
    }

    fn object(entries: &[(&str, cty::Value)]) -> cty::Value {
        cty::Value::Object(entries.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    #[test]
    fn texts_numbers_and_lists_are_read_from_every_shape() {
        let regions = cty::Value::Tuple(vec!["eu-central-1".into()]);
        let (read, said) = read(object(&[
            ("allowed_regions", regions),
            ("kms_deletion_days", cty::Value::Number(30.into())),
            ("organization_id", "o-abcdefghij".into()),
            ("trusted_accounts", cty::Value::Null),
        ]));
        assert_eq!(said, "");
        let shown: Vec<String> =
            read.unwrap().iter().map(|(name, value)| format!("{name} = {value}")).collect();
        assert_eq!(
            shown,
            [
                r#"allowed_regions = ["eu-central-1"]"#,
                "kms_deletion_days = 30",
                r#"organization_id = "o-abcdefghij""#
            ]
        );
    }

    #[test]
    fn an_unknown_part_leaves_the_whole_open_and_a_wrong_one_is_named() {
        let list = cty::Value::Tuple(vec!["a".into(), cty::Value::unknown()]);
        assert_eq!(read(object(&[("log_buckets", list)])), (None, String::new()));
        for wrong in [cty::Value::Bool(true), cty::Value::Number("1.5".parse().unwrap()), object(&[])] {
            let (read, said) = read(object(&[("log_buckets", wrong)]));
            assert_eq!(read, None);
            assert!(
                said.contains("`log_buckets` must be") && said.contains("parameters.log_buckets"),
                "{said}"
            );
        }
        assert!(read(cty::Value::from("x")).1.contains("no object"));
    }
}
