//! HCL with values only: a spec is data, so variables, functions and templates are refused.
//!
//! `environments "dev" { … }` is the key `dev` in the map `environments`. Blocks without a label, such as
//! `networks { … }`, are the elements of a list, or a map when there is one and a map is asked for.

use std::ops::Range;

use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Block, BlockLabel, Body, Structure};

use super::node::{Key, Node, Unreadable, Value, map};
use super::place::{Place, Ruler};

/// The tree of `text`. Nesting is bounded by the parser, at 64.
pub(super) fn parse(text: &str) -> Result<Node, Unreadable> {
    let mut ruler = Ruler::new(text);
    match hcl_edit::parser::parse_body(text) {
        Ok(parsed) => {
            let place = ruler.place(0..0);
            Ok(Node { value: body(&parsed, &mut ruler)?, place })
        }
        Err(error) => {
            let offset = error.location().offset();
            Err(Unreadable::new(error.message().trim(), ruler.place(offset..offset + 1)))
        }
    }
}

fn body(body: &Body, ruler: &mut Ruler<'_>) -> Result<Value, Unreadable> {
    let mut entries: Vec<(Key, Node)> = Vec::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let place = ruler.place(attribute.key.span().unwrap_or_default());
                let key = Key { name: attribute.key.as_str().to_owned(), place };
                entries.push((key, node(&attribute.value, ruler)?));
            }
            Structure::Block(block) => add_block(&mut entries, block, ruler)?,
        }
    }
    map(entries)
}

fn add_block(entries: &mut Vec<(Key, Node)>, block: &Block, ruler: &mut Ruler<'_>) -> Result<(), Unreadable> {
    let name = Key {
        name: block.ident.as_str().to_owned(),
        place: ruler.place(block.ident.span().unwrap_or_default()),
    };
    let labels: Vec<Key> = block.labels.iter().map(|label| key_of(label, ruler)).collect();
    let place = name.place;
    let node = Node { value: body(&block.body, ruler)?, place };
    insert(entries, name, &labels, node)
}

/// Each label is a key in the map of the one before.
fn insert(entries: &mut Vec<(Key, Node)>, key: Key, labels: &[Key], node: Node) -> Result<(), Unreadable> {
    let found = entries.iter().rposition(|(other, _)| other.name == key.name);
    match (labels.split_first(), found.map(|at| &mut entries[at].1.value)) {
        (None, None) => {
            let place = node.place;
            entries.push((key, Node { value: Value::Blocks(vec![node]), place }));
        }
        (None, Some(Value::Blocks(blocks))) => blocks.push(node),
        (Some((label, rest)), None) => {
            let (mut inner, place) = (Vec::new(), key.place);
            insert(&mut inner, label.clone(), rest, node)?;
            entries.push((key, Node { value: Value::Map(inner), place }));
        }
        (Some((label, rest)), Some(Value::Map(inner))) => insert(inner, label.clone(), rest, node)?,
        _ => return Err(Unreadable::duplicate(&key)),
    }
    Ok(())
}

fn key_of(label: &BlockLabel, ruler: &mut Ruler<'_>) -> Key {
    let span = match label {
        BlockLabel::Ident(name) => name.span(),
        BlockLabel::String(name) => name.span(),
    };
    Key { name: label.as_str().to_owned(), place: ruler.place(span.unwrap_or_default()) }
}

fn node(expression: &Expression, ruler: &mut Ruler<'_>) -> Result<Node, Unreadable> {
    let place = ruler.place(expression.span().unwrap_or_default());
    let value = match expression {
        Expression::Null(_) => Value::Null,
        Expression::Bool(value) => Value::Bool(*value.value()),
        Expression::Number(number) => match number.value().as_i64() {
            Some(integer) => Value::Integer(integer),
            None => Value::Float(number.value().as_f64().unwrap_or(f64::INFINITY)),
        },
        Expression::String(text) => Value::Text(text.value().clone()),
        Expression::Array(elements) => {
            Value::List(elements.iter().map(|element| node(element, ruler)).collect::<Result<_, _>>()?)
        }
        Expression::Object(object) => {
            let mut entries = Vec::new();
            for (key, value) in object {
                entries.push((object_key(key, ruler)?, node(value.expr(), ruler)?));
            }
            map(entries)?
        }
        _ => return Err(not_a_value(expression.span(), ruler)),
    };
    Ok(Node { value, place })
}

fn object_key(key: &ObjectKey, ruler: &mut Ruler<'_>) -> Result<Key, Unreadable> {
    let (name, span) = match key {
        ObjectKey::Ident(name) => (name.as_str(), name.span()),
        ObjectKey::Expression(Expression::String(name)) => (name.value().as_str(), name.span()),
        ObjectKey::Expression(other) => return Err(not_a_value(other.span(), ruler)),
    };
    Ok(Key { name: name.to_owned(), place: ruler.place(span.unwrap_or_default()) })
}

fn not_a_value(span: Option<Range<usize>>, ruler: &mut Ruler<'_>) -> Unreadable {
    let place: Option<Place> = span.map(|span| ruler.place(span));
    Unreadable::new("this is an expression, not a value", place)
        .hint("a spec has values only: write the text in quotes, with `$${` for `${`")
}
