//! The type of a variable, from the expression that says it.

use std::collections::BTreeMap;
use std::str::FromStr;

use hcl_edit::expr::{Expression, FuncCall, Object, ObjectKey};

use super::types::{Attribute, Type};

/// A text that is not a type of Terraform.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a type of Terraform: write one such as `string`, `list(string)` or `object({{ name = string }})`"
)]
pub struct NotAType(String);

/// The longest text of a type, in bytes. The parser bounds how deep types nest.
const LONGEST: usize = 8 << 10;

impl FromStr for Type {
    type Err = NotAType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not = || NotAType(text.chars().take(80).collect());
        if text.len() > LONGEST {
            return Err(not());
        }
        let expression: Expression = text.parse().map_err(|_| not())?;
        of(&expression).ok_or_else(not)
    }
}

/// The type that the expression says; none when it says none.
pub(super) fn of(expression: &Expression) -> Option<Type> {
    match expression {
        Expression::Variable(name) => simple(name.value().as_str()),
        // Before Terraform 0.12 a type was in quotes.
        Expression::String(name) => simple(name.value().as_str()),
        Expression::FuncCall(call) => constructed(call),
        _ => None,
    }
}

fn simple(name: &str) -> Option<Type> {
    Some(match name {
        "any" => Type::Any,
        "bool" => Type::Bool,
        "number" => Type::Number,
        "string" => Type::Text,
        "list" => Type::List(Box::new(Type::Any)),
        "map" => Type::Map(Box::new(Type::Any)),
        _ => return None,
    })
}

fn constructed(call: &FuncCall) -> Option<Type> {
    let [argument] = call.args.iter().collect::<Vec<_>>().try_into().ok()?;
    let name = call.name.name.as_str();
    Some(match (name, argument) {
        ("list", of_what) => Type::List(Box::new(of(of_what)?)),
        ("set", of_what) => Type::Set(Box::new(of(of_what)?)),
        ("map", of_what) => Type::Map(Box::new(of(of_what)?)),
        ("tuple", Expression::Array(elements)) => {
            Type::Tuple(elements.iter().map(of).collect::<Option<_>>()?)
        }
        ("object", Expression::Object(attributes)) => object(attributes)?,
        _ => return None,
    })
}

fn object(attributes: &Object) -> Option<Type> {
    let mut found = BTreeMap::new();
    for (key, value) in attributes {
        let name = match key {
            ObjectKey::Ident(name) => name.as_str(),
            ObjectKey::Expression(Expression::Variable(name)) => name.value().as_str(),
            ObjectKey::Expression(Expression::String(name)) => name.value().as_str(),
            ObjectKey::Expression(_) => return None,
        };
        let (inner, is_optional) = optional(value.expr())?;
        found.insert(name.to_owned(), Attribute { ty: inner, is_optional });
    }
    Some(Type::Object(found))
}

/// The type, and whether the expression is `optional(T)` or `optional(T, default)`.
pub(super) fn optional(expression: &Expression) -> Option<(Type, bool)> {
    match expression {
        Expression::FuncCall(call) if call.name.name.as_str() == "optional" => {
            let arguments: Vec<&Expression> = call.args.iter().collect();
            match arguments.as_slice() {
                [ty] | [ty, _] => Some((of(ty)?, true)),
                _ => None,
            }
        }
        other => Some((of(other)?, false)),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(in super::super) fn types() -> impl Strategy<Value = Type> {
        let leaf = prop::sample::select(vec![Type::Any, Type::Bool, Type::Number, Type::Text]);
        leaf.prop_recursive(4, 24, 4, |inner| {
            let attribute =
                (inner.clone(), any::<bool>()).prop_map(|(ty, is_optional)| Attribute { ty, is_optional });
            prop_oneof![
                inner.clone().prop_map(|it| Type::List(Box::new(it))),
                inner.clone().prop_map(|it| Type::Set(Box::new(it))),
                inner.clone().prop_map(|it| Type::Map(Box::new(it))),
                prop::collection::vec(inner, 0..3).prop_map(Type::Tuple),
                prop::collection::btree_map("[a-z][a-z0-9_]{0,5}", attribute, 0..3).prop_map(Type::Object),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_type_reads_back_as_it_is_written(ty in types()) {
            prop_assert_eq!(ty.to_string().parse::<Type>(), Ok(ty));
        }

        #[test]
        fn any_text_is_a_type_or_an_error(text in any::<String>()) {
            if let Ok(ty) = text.parse::<Type>() {
                prop_assert_eq!(ty.to_string().parse::<Type>(), Ok(ty));
            }
        }
    }

    #[test]
    fn what_is_no_type_is_refused() {
        let deep = format!("{}string{}", "list(".repeat(5_000), ")".repeat(5_000));
        for text in [
            "",
            "strin",
            "list()",
            "list(string, string)",
            "set",
            "object(string)",
            "optional(string)",
            "${x}",
            "1",
            &deep,
        ] {
            assert!(text.parse::<Type>().is_err(), "{text:.40}");
        }
        assert_eq!(
            "object({ a = optional(map(string), {}), \"b\" = any })".parse::<Type>().unwrap().to_string(),
            "object({ a = optional(map(string)), b = any })"
        );
    }
}
