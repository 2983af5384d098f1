//! The JSON form of types: `"string"`, `["list","number"]`, `["object",{"name":"string"}]`.

use std::collections::BTreeMap;

use super::error::{Located, shortened, wrong};
use super::json::{Reader, write_string};
use super::nfc::nfc;
use super::{DecodeError, MAX_DEPTH, Type};

impl Type {
    /// The JSON form that schemas and dynamic values carry. Attributes come in alphabetical order.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = String::new();
        self.write_json(&mut text);
        text.into_bytes()
    }

    /// Reads the form written by [`Type::to_json`].
    ///
    /// # Errors
    /// Malformed JSON, an unknown kind of type, optional attributes (they belong to conversions, not to types), or
    /// nesting deeper than [`MAX_DEPTH`].
    pub fn from_json(json: &[u8]) -> Result<Type, DecodeError> {
        Ok(Type::from_json_located(json)?)
    }

    pub(super) fn from_json_located(json: &[u8]) -> Result<Type, Located> {
        let mut reader = Reader::new(json)?;
        let ty = Type::read_json(&mut reader, 0)?;
        reader.end()?;
        Ok(ty)
    }

    pub(super) fn read_json(reader: &mut Reader<'_>, depth: usize) -> Result<Type, Located> {
        if depth > MAX_DEPTH {
            return Err(wrong(format!("a type nested deeper than {MAX_DEPTH} levels")));
        }
        if reader.peek()? == b'"' {
            return match reader.string()?.as_ref() {
                "bool" => Ok(Type::Bool),
                "number" => Ok(Type::Number),
                "string" => Ok(Type::String),
                "dynamic" => Ok(Type::Dynamic),
                other => Err(wrong(format!("{:?} is not a type", shortened(other)))),
            };
        }
        reader.expect("[")?;
        let kind = reader.string()?;
        reader.expect(",")?;
        let ty = match kind.as_ref() {
            "list" => Type::list(Type::read_json(reader, depth + 1)?),
            "set" => Type::set(Type::read_json(reader, depth + 1)?),
            "map" => Type::map(Type::read_json(reader, depth + 1)?),
            "object" => {
                let mut attributes = BTreeMap::new();
                let mut first = true;
                reader.expect("{")?;
                while reader.more("}", &mut first)? {
                    let name = nfc(&reader.key()?).into_owned();
                    let ty = Type::read_json(reader, depth + 1).map_err(|error| error.in_attribute(&name))?;
                    attributes.insert(name, ty);
                }
                Type::Object(attributes)
            }
            "tuple" => {
                let mut elements = Vec::new();
                let mut first = true;
                reader.expect("[")?;
                while reader.more("]", &mut first)? {
                    elements.push(Type::read_json(reader, depth + 1)?);
                }
                Type::Tuple(elements)
            }
            other => return Err(wrong(format!("{:?} is not a kind of type", shortened(other)))),
        };
        reader.expect("]")?;
        Ok(ty)
    }

    pub(super) fn write_json(&self, text: &mut String) {
        match self {
            Type::Bool => text.push_str("\"bool\""),
            Type::Number => text.push_str("\"number\""),
            Type::String => text.push_str("\"string\""),
            Type::Dynamic => text.push_str("\"dynamic\""),
            Type::List(element) => write_collection(text, "list", element),
            Type::Set(element) => write_collection(text, "set", element),
            Type::Map(element) => write_collection(text, "map", element),
            Type::Object(attributes) => {
                text.push_str("[\"object\",{");
                for (position, (name, ty)) in attributes.iter().enumerate() {
                    text.push_str(if position == 0 { "" } else { "," });
                    write_string(text, name);
                    text.push(':');
                    ty.write_json(text);
                }
                text.push_str("}]");
            }
            Type::Tuple(elements) => {
                text.push_str("[\"tuple\",[");
                for (position, ty) in elements.iter().enumerate() {
                    text.push_str(if position == 0 { "" } else { "," });
                    ty.write_json(text);
                }
                text.push_str("]]");
            }
        }
    }
}

fn write_collection(text: &mut String, kind: &str, element: &Type) {
    text.push_str("[\"");
    text.push_str(kind);
    text.push_str("\",");
    element.write_json(text);
    text.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_terraform_uses() {
        let ty = Type::object([
            ("tags", Type::map(Type::String)),
            ("pair", Type::Tuple(vec![Type::Bool, Type::Dynamic])),
            ("ports", Type::list(Type::set(Type::Number))),
        ]);
        let json = r#"["object",{"pair":["tuple",["bool","dynamic"]],"ports":["list",["set","number"]],"tags":["map","string"]}]"#;
        assert_eq!(String::from_utf8(ty.to_json()).unwrap(), json);
        assert_eq!(Type::from_json(json.as_bytes()).unwrap(), ty);
        assert_eq!(Type::from_json(b" [ \"list\" , \"bool\" ] ").unwrap(), Type::list(Type::Bool));
    }

    #[test]
    fn what_is_not_a_type_is_refused() {
        for json in [
            "",
            "null",
            "3",
            "\"text\"",
            "[]",
            "[\"list\"]",
            "[\"list\",\"bool\",\"bool\"]",
            "[\"bag\",\"bool\"]",
            "[\"object\",{\"a\":\"bool\"},[\"a\"]]",
            "\"bool\" x",
            "[\"tuple\",[\"bool\",]]",
            "[\"object\",{\"a\"}]",
        ] {
            assert!(Type::from_json(json.as_bytes()).is_err(), "{json}");
        }
        let error = Type::from_json(br#"["object",{"a":["object",{"b":"text"}]}]"#).unwrap_err();
        assert_eq!(error.path(), "a.b");
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        let deep = "[\"list\",".repeat(100_000);
        assert!(Type::from_json(deep.as_bytes()).unwrap_err().message().contains("deeper"));
    }
}
