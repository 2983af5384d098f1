//! HCL as `terraform fmt` would have it: equals signs of neighbouring one-line arguments in one column.
//!
//! Every string is escaped here, so no value of a spec can become code.
//! <https://developer.hashicorp.com/terraform/language/style>

use hcl::expr::{FuncCall, Object, ObjectKey, Traversal, TraversalOperator};
use hcl::structure::{Block, BlockLabel, Structure};
use hcl::{Body, Expression};

/// A file: a line that says where it comes from, then the body.
///
/// # Errors
/// When an expression cannot be formatted.
pub fn file(provenance: &str, body: &Body) -> Result<String, hcl::Error> {
    let mut text = super::comment(provenance);
    write_body(&mut text, body, 0)?;
    Ok(text)
}

/// A string in quotes. What it holds cannot end it, nor start an interpolation or a directive.
pub fn quoted(string: &str) -> String {
    let mut text = String::from('"');
    let mut characters = string.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '$' | '%' if characters.peek() == Some(&'{') => text.extend([character, character]),
            control if control.is_control() => text.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

fn write_body(text: &mut String, body: &Body, depth: usize) -> Result<(), hcl::Error> {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut is_first = true;
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                if lines.is_empty() && !is_first {
                    text.push('\n');
                }
                lines.push((attribute.key().to_owned(), expression(attribute.expr(), depth)?));
            }
            Structure::Block(block) => {
                write_aligned(text, &std::mem::take(&mut lines), depth);
                if !is_first {
                    text.push('\n');
                }
                write_block(text, block, depth)?;
            }
        }
        is_first = false;
    }
    write_aligned(text, &lines, depth);
    Ok(())
}

fn write_block(text: &mut String, block: &Block, depth: usize) -> Result<(), hcl::Error> {
    let indent = "  ".repeat(depth);
    text.push_str(&format!("{indent}{}", block.identifier()));
    for label in block.labels() {
        match label {
            BlockLabel::Identifier(name) => text.push_str(&format!(" {name}")),
            BlockLabel::String(name) => text.push_str(&format!(" {}", quoted(name))),
        }
    }
    text.push_str(" {\n");
    write_body(text, block.body(), depth + 1)?;
    text.push_str(&format!("{indent}}}\n"));
    Ok(())
}

/// `key = value` lines; runs of one-line values share a column.
fn write_aligned(text: &mut String, lines: &[(String, String)], depth: usize) {
    let is_long = |line: &(String, String)| line.1.contains('\n');
    for run in lines.chunk_by(|one, other| !is_long(one) && !is_long(other)) {
        let width = run.iter().map(|(key, _)| key.chars().count()).max().unwrap_or_default();
        for (key, value) in run {
            text.push_str(&format!("{}{key:width$} = {value}\n", "  ".repeat(depth)));
        }
    }
}

fn expression(value: &Expression, depth: usize) -> Result<String, hcl::Error> {
    match value {
        Expression::String(string) => Ok(quoted(string)),
        Expression::Array(elements) => array(elements, depth),
        Expression::Object(entries) => object(entries, depth),
        Expression::FuncCall(call) => function_call(call, depth),
        Expression::Traversal(traversal) => way(traversal, depth),
        other => hcl::format::to_string(other),
    }
}

fn way(traversal: &Traversal, depth: usize) -> Result<String, hcl::Error> {
    let mut text = expression(&traversal.expr, depth)?;
    for operator in &traversal.operators {
        match operator {
            TraversalOperator::GetAttr(name) => text.push_str(&format!(".{name}")),
            TraversalOperator::Index(key) => text.push_str(&format!("[{}]", expression(key, depth)?)),
            TraversalOperator::LegacyIndex(index) => text.push_str(&format!("[{index}]")),
            TraversalOperator::AttrSplat | TraversalOperator::FullSplat => text.push_str("[*]"),
        }
    }
    Ok(text)
}

fn array(elements: &[Expression], depth: usize) -> Result<String, hcl::Error> {
    let is_flat = |element: &Expression| !matches!(element, Expression::Array(_) | Expression::Object(_));
    if elements.iter().all(is_flat) {
        let elements: Result<Vec<_>, _> = elements.iter().map(|element| expression(element, depth)).collect();
        return Ok(format!("[{}]", elements?.join(", ")));
    }
    let indent = "  ".repeat(depth);
    let mut text = String::from("[\n");
    for element in elements {
        text.push_str(&format!("{indent}  {},\n", expression(element, depth + 1)?));
    }
    Ok(text + &indent + "]")
}

fn object(entries: &Object<ObjectKey, Expression>, depth: usize) -> Result<String, hcl::Error> {
    if entries.is_empty() {
        return Ok("{}".to_owned());
    }
    let mut lines = Vec::new();
    for (key, value) in entries {
        lines.push((object_key(key, depth)?, expression(value, depth + 1)?));
    }
    let mut text = String::from("{\n");
    write_aligned(&mut text, &lines, depth + 1);
    Ok(text + &"  ".repeat(depth) + "}")
}

fn object_key(key: &ObjectKey, depth: usize) -> Result<String, hcl::Error> {
    match key {
        ObjectKey::Identifier(name) => Ok(name.to_string()),
        ObjectKey::Expression(Expression::String(name)) if is_plain_name(name) => Ok(name.clone()),
        ObjectKey::Expression(other) => expression(other, depth),
        other => hcl::format::to_string(other),
    }
}

/// Whether a key means itself without quotes.
fn is_plain_name(name: &str) -> bool {
    let has_meaning = ["for", "if", "in", "null", "true", "false", "else", "endif", "endfor"].contains(&name);
    !has_meaning
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn function_call(call: &FuncCall, depth: usize) -> Result<String, hcl::Error> {
    let arguments: Result<Vec<_>, _> = call.args.iter().map(|argument| expression(argument, depth)).collect();
    Ok(format!("{}({})", call.name, arguments?.join(", ")))
}

#[cfg(test)]
mod tests {
    use hcl::Value;
    use proptest::prelude::*;

    use super::*;

    fn body(key: &str, value: Value) -> Body {
        let entry = Value::Object([(key.to_owned(), value)].into_iter().collect());
        let block = Block::builder("b").add_label(key).add_attribute(("list", vec![entry.clone()]));
        Body::builder().add_block(block.build()).add_attribute(("object", entry)).build()
    }

    /// Texts made of what could end a string or start code, with anything between.
    fn hostile() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            prop::sample::select(vec![
                "\"", "\\", "${", "%{", "$${", "%%{", "$", "%", "{", "}", "~}", "\n", "\r\n", "\t", "\u{8}",
                "\u{c}", "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "<<EOF\n", "EOF\n", "#", "//", "/*", "*/",
                "\\u0024{", "é", "🦀",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ];
        prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn hostile_strings_come_back_as_they_were(key in hostile(), text in hostile()) {
            let written = file(&text, &body(&key, Value::from(text.as_str()))).unwrap();
            let read: serde_json::Value = hcl::from_str(&written).unwrap();
            prop_assert_eq!(&read["object"][&key], text.as_str(), "{}", written);
            prop_assert_eq!(&read["b"][&key]["list"][0][&key], text.as_str(), "{}", written);
        }

        #[test]
        fn no_string_has_a_line_end_or_a_control_character(text in hostile()) {
            prop_assert!(!quoted(&text).chars().any(char::is_control));
        }
    }

    #[test]
    fn interpolations_and_directives_are_doubled() {
        assert_eq!(quoted("a ${b} %{c} $d \"e\" \\f\n\u{8}"), r#""a $${b} %%{c} $d \"e\" \\f\n\u0008""#);
        assert_eq!(quoted("$${x}"), r#""$$${x}""#);
    }

    #[test]
    fn keys_that_mean_something_are_quoted() {
        let keys = ["for", "null", "a-b", "A", "a.b", "1", "", "plain_1"];
        let object: hcl::Map<String, Value> =
            keys.map(|key| (key.to_owned(), Value::from(1))).into_iter().collect();
        let text = file("x", &Body::builder().add_attribute(("o", Value::Object(object))).build()).unwrap();
        let lines: Vec<&str> =
            text.lines().filter_map(|line| line.trim().strip_suffix("= 1")).map(str::trim).collect();
        assert_eq!(
            lines,
            [r#""for""#, r#""null""#, r#""a-b""#, r#""A""#, r#""a.b""#, r#""1""#, r#""""#, "plain_1"]
        );
    }

    #[test]
    fn equals_signs_line_up_except_around_long_values() {
        let entry: Value =
            [("k".to_owned(), Value::from("v"))].into_iter().collect::<hcl::Map<_, _>>().into();
        let body = Body::builder()
            .add_attribute(("a", 1))
            .add_attribute(("long_name", Value::from(vec!["x", "y"])))
            .add_attribute(("object", entry))
            .add_attribute(("z", true))
            .add_block(Block::new("empty"))
            .add_attribute(("last", Value::Null))
            .build();
        let expected = "a         = 1
long_name = [\"x\", \"y\"]
object = {
  k = \"v\"
}
z = true

empty {
}

last = null
";
        assert_eq!(file("x", &body).unwrap().split_once("\n\n").unwrap().1, expected);
    }
}
