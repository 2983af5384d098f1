//! TOML 1.1.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Key, Node, Unreadable, Value};
use super::place::Ruler;

/// The tree of `text`. Nesting is bounded by the parser, at 80; a duplicate key is an error of the format.
pub(super) fn parse(text: &str) -> Result<Node, Unreadable> {
    let mut ruler = Ruler::new(text);
    match DeTable::parse(text) {
        Ok(table) => {
            let place = ruler.place(0..0);
            Ok(Node { value: map(table.into_inner(), &mut ruler), place })
        }
        Err(error) => Err(Unreadable::new(error.message(), error.span().map(|span| ruler.place(span)))),
    }
}

fn node(parsed: Spanned<DeValue<'_>>, ruler: &mut Ruler<'_>) -> Node {
    let place = ruler.place(parsed.span());
    let value = match parsed.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => Value::Integer(integer),
            Err(_) => Value::Float(f64::INFINITY),
        },
        DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::INFINITY)),
        // No field is a date: it is said that the text is not what the field takes.
        DeValue::Datetime(datetime) => Value::Text(datetime.to_string()),
        DeValue::Array(elements) => {
            Value::List(elements.into_iter().map(|element| node(element, ruler)).collect())
        }
        DeValue::Table(table) => map(table, ruler),
    };
    Node { value, place }
}

/// The entries in the order of the text; the parser's is that of the keys.
fn map(table: DeTable<'_>, ruler: &mut Ruler<'_>) -> Value {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries = entries.into_iter().map(|(key, value)| {
        let place = ruler.place(key.span());
        (Key { name: key.into_inner().into_owned(), place }, node(value, ruler))
    });
    Value::Map(entries.collect())
}
