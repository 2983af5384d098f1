//! JSON as it is in RFC 8259: no comments, no trailing commas.

use jsonc_parser::ast::{ObjectProp, ObjectPropName, Value as Parsed};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::node::{Key, Node, Unreadable, Value, map};
use super::place::Ruler;

/// The tree of `text`. Nesting is bounded by the parser, at 512.
pub(super) fn parse(text: &str) -> Result<Node, Unreadable> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let mut ruler = Ruler::new(text);
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict).map_err(|error| {
        let range = error.range();
        Unreadable::new(error.kind().to_string(), ruler.place(range.start..range.end))
    })?;
    match parsed.value {
        Some(value) => {
            let mut root = node(value, &mut ruler)?;
            if let Value::Map(entries) = &mut root.value {
                // For editors, as the comments of the other formats.
                entries.retain(|(key, _)| key.name != "$schema");
            }
            Ok(root)
        }
        None => Err(Unreadable::new("the file is empty", ruler.place(0..0))),
    }
}

fn node(parsed: Parsed<'_>, ruler: &mut Ruler<'_>) -> Result<Node, Unreadable> {
    let range = parsed.range();
    let place = ruler.place(range.start..range.end);
    let value = match parsed {
        Parsed::NullKeyword(_) => Value::Null,
        Parsed::BooleanLit(literal) => Value::Bool(literal.value),
        Parsed::StringLit(literal) => Value::Text(literal.value.into_owned()),
        Parsed::NumberLit(literal) => match literal.value.parse() {
            Ok(integer) => Value::Integer(integer),
            Err(_) => Value::Float(literal.value.parse().unwrap_or(f64::INFINITY)),
        },
        Parsed::Array(array) => Value::List(
            array.elements.into_iter().map(|element| node(element, ruler)).collect::<Result<_, _>>()?,
        ),
        Parsed::Object(object) => map(object
            .properties
            .into_iter()
            .map(|property| entry(property, ruler))
            .collect::<Result<_, _>>()?)?,
    };
    Ok(Node { value, place })
}

fn entry(property: ObjectProp<'_>, ruler: &mut Ruler<'_>) -> Result<(Key, Node), Unreadable> {
    let range = match &property.name {
        ObjectPropName::String(literal) => literal.range,
        ObjectPropName::Word(literal) => literal.range,
    };
    let place = ruler.place(range.start..range.end);
    Ok((Key { name: property.name.into_string(), place }, node(property.value, ruler)?))
}
