//! Values that stand in for outputs which do not exist yet.
//!
//! They are for `init` and `validate` only, which look at types. Each holds a mark, so that a plan with one in it can
//! be refused.

use std::collections::BTreeSet;

use super::Output;
use super::reference::Step;
use super::types::Type;

/// What every mocked text holds. No ID of AWS is made of it by chance: it has 17 digits, as AWS's IDs have.
pub const MOCK: &str = "0feedfacefeedface";

/// A mocked number: the same mark in decimal. A mocked `true` or `false` cannot be told from a real one.
pub const MOCK_NUMBER: u32 = 0xfeed_face;

/// The longest list that is made so that an index has something to point at.
const LONGEST: u64 = 64;

impl Output {
    /// A value of the output's type that holds the mark, and something at the end of each path.
    pub fn mock(&self, paths: &[&[Step]]) -> hcl::Value {
        mock(self.ty.as_ref().unwrap_or(&Type::Any), self.id_prefix, paths)
    }
}

fn mock(ty: &Type, prefix: &str, paths: &[&[Step]]) -> hcl::Value {
    let keys: BTreeSet<&String> = paths
        .iter()
        .filter_map(|path| match path.first() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        })
        .collect();
    let along = |step: &Step| -> Vec<&[Step]> {
        paths
            .iter()
            .filter_map(|path| path.split_first())
            .filter(|(first, _)| *first == step)
            .map(|(_, rest)| rest)
            .collect()
    };
    let map = |of: &Type| {
        let entry = |key: &String| (key.clone(), mock(of, prefix, &along(&Step::Key(key.clone()))));
        let mut map: hcl::Map<String, hcl::Value> = keys.iter().map(|key| entry(key)).collect();
        if map.is_empty() {
            map.insert(MOCK.to_owned(), mock(of, prefix, &[]));
        }
        hcl::Value::Object(map)
    };
    let list = |of: &Type| {
        let indexes = paths.iter().filter_map(|path| match path.first() {
            Some(Step::Index(index)) => Some(*index),
            _ => None,
        });
        let last = indexes.max().unwrap_or_default().min(LONGEST);
        hcl::Value::Array((0..=last).map(|index| mock(of, prefix, &along(&Step::Index(index)))).collect())
    };
    match ty {
        Type::Any if !keys.is_empty() => map(&Type::Any),
        Type::Any if paths.iter().any(|path| !path.is_empty()) => list(&Type::Any),
        Type::Any | Type::Text => hcl::Value::from(format!("{prefix}{MOCK}")),
        Type::Bool => hcl::Value::Bool(false),
        Type::Number => hcl::Value::from(MOCK_NUMBER),
        Type::List(of) | Type::Set(of) => list(of),
        Type::Map(of) => map(of),
        Type::Tuple(of) => {
            let element = |(index, of): (u64, &Type)| mock(of, prefix, &along(&Step::Index(index)));
            hcl::Value::Array((0..).zip(of).map(element).collect())
        }
        Type::Object(attributes) => attributes
            .iter()
            .map(|(name, it)| (name.clone(), mock(&it.ty, prefix, &along(&Step::Key(name.clone())))))
            .collect::<hcl::Map<_, _>>()
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::contract::parse::tests::types;
    use crate::contract::{Argument, conform::conform};
    use crate::problem::SpecPath;

    fn output(ty: Type) -> Output {
        Output { ty: Some(ty), is_sensitive: false, description: String::new(), id_prefix: "" }
    }

    proptest! {
        #[test]
        fn a_mock_is_of_its_type(ty in types()) {
            let value = output(ty.clone()).mock(&[]);
            let value: Argument = serde_json::from_value(serde_json::to_value(value).unwrap()).unwrap();
            let mut problems = Vec::new();
            conform(&value, &ty, &SpecPath::root(), &mut problems);
            prop_assert_eq!(problems, vec![]);
        }
    }

    #[test]
    fn a_mock_has_what_is_pointed_at_and_the_mark() {
        let subnets = Output { id_prefix: "subnet-", ..output("map(list(string))".parse().unwrap()) };
        let key = |name: &str| Step::Key(name.to_owned());
        let (private, third) = ([key("private")], [key("public"), Step::Index(2)]);
        let found = serde_json::to_value(subnets.mock(&[&private, &third])).unwrap();
        let id = format!("subnet-{MOCK}");
        assert_eq!(found, serde_json::json!({ "private": [id], "public": [id, id, id] }));
        let any = output(Type::Any).mock(&[&[key("a"), Step::Index(0)]]);
        assert_eq!(serde_json::to_value(any).unwrap(), serde_json::json!({ "a": [MOCK] }));
        assert_eq!(output(Type::Number).mock(&[]), hcl::Value::from(4_277_009_102_u32));
    }
}
