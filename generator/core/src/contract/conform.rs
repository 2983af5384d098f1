//! Whether a value is of a type, and where it is not.

use super::argument::Argument;
use super::types::Type;
use crate::problem::{Problem, SpecPath};
use crate::source::nearest;

/// The first problem of each part of `value` that is not of the type. `at` is where the value stands in the spec.
pub(crate) fn conform(value: &Argument, ty: &Type, at: &SpecPath, problems: &mut Vec<Problem>) {
    match (ty, value) {
        // Terraform takes null for a part of any type; whether an input takes it, its contract says.
        (Type::Any, _)
        | (_, Argument::Null)
        | (Type::Bool, Argument::Bool(_))
        | (Type::Number, Argument::Number(_))
        | (Type::Text, Argument::Text(_)) => {}
        (Type::List(of) | Type::Set(of), Argument::List(values)) => {
            for (index, value) in values.iter().enumerate() {
                conform(value, of, &at.index(index), problems);
            }
        }
        (Type::Map(of), Argument::Map(values)) => {
            for (key, value) in values {
                conform(value, of, &at.field(key), problems);
            }
        }
        (Type::Tuple(of), Argument::List(values)) if of.len() == values.len() => {
            for (index, (value, of)) in values.iter().zip(of).enumerate() {
                conform(value, of, &at.index(index), problems);
            }
        }
        (Type::Tuple(of), Argument::List(values)) => {
            let message = format!("these are {} elements, not {}", values.len(), of.len());
            problems.push(Problem::new(at.clone(), message));
        }
        (Type::Object(attributes), Argument::Map(values)) => {
            for (name, attribute) in attributes {
                match values.get(name) {
                    Some(value) => conform(value, &attribute.ty, &at.field(name), problems),
                    None if attribute.is_optional => {}
                    None => {
                        problems.push(Problem::new(at.clone(), format!("the attribute `{name}` is missing")));
                    }
                }
            }
            // Terraform would drop it without a word, and so hide a slip.
            for name in values.keys().filter(|name| !attributes.contains_key(*name)) {
                let problem =
                    Problem::new(at.field(name), format!("there is no attribute `{name}`")).of_key();
                problems.push(match nearest(name, attributes.keys().map(String::as_str)) {
                    Some(other) => problem.hint(format!("did you mean `{other}`?")),
                    None => problem.hint(format!("the type is {ty}")),
                });
            }
        }
        (_, found) => {
            let problem = Problem::new(at.clone(), format!("this is {}, not {}", found.kind(), words(ty)));
            problems.push(match (ty, found) {
                (Type::Text, Argument::Bool(_) | Argument::Number(_)) => problem.hint("write it in quotes"),
                (Type::Bool | Type::Number, Argument::Text(_)) => problem.hint("write it without quotes"),
                _ => problem.hint(format!("the type is {ty}")),
            });
        }
    }
}

fn words(ty: &Type) -> &'static str {
    match ty {
        Type::Any => "a value",
        Type::Bool => "`true` or `false`",
        Type::Number => "a number",
        Type::Text => "a text",
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => "a list",
        Type::Map(_) => "a map",
        Type::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_that_is_not_of_its_type_is_told() {
        let ty: Type =
            "object({ a = string, b = optional(list(number)), c = map(bool), d = optional(tuple([string])) })"
                .parse()
                .unwrap();
        for (value, expected) in [
            (r#"{"a":"x","c":{}}"#, ""),
            (r#"{"a":"x","b":[1,2.5],"c":{"k":true},"d":["x"]}"#, ""),
            (r#"{"a":null,"c":{}}"#, ""),
            (r#"{"c":{}}"#, "i: the attribute `a` is missing"),
            (r#"{"a":1,"c":{}}"#, "i.a: this is a number, not a text"),
            (r#"{"a":"x","b":[1,"2"],"c":{}}"#, "i.b[1]: this is a text, not a number"),
            (r#"{"a":"x","c":{"k":"true"}}"#, "i.c.k: this is a text, not `true` or `false`"),
            (r#"{"a":"x","c":[]}"#, "i.c: this is a list, not a map"),
            (r#"{"a":"x","c":{},"d":[]}"#, "i.d: these are 0 elements, not 1"),
            (r#"{"a":"x","c":{},"e":1}"#, "i.e: there is no attribute `e`"),
            (r#""x""#, "i: this is a text, not an object"),
        ] {
            let value: Argument = serde_json::from_str(value).unwrap();
            let mut problems = Vec::new();
            conform(&value, &ty, &SpecPath::root().field("i"), &mut problems);
            let found: Vec<String> = problems.iter().map(|it| format!("{}: {}", it.at, it.message)).collect();
            assert_eq!(found.join("\n"), expected, "{value:?}");
        }
    }
}
