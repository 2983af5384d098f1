use std::collections::{BTreeMap, BTreeSet};

use tfplugin_proto::cty;

use super::{Attribute, plain, wrong_type};
use crate::schema::{Nesting, Shape};
use crate::{Diagnostic, Diagnostics, Path};

/// A list.
impl<T: Attribute> Attribute for Vec<T> {
    fn shape() -> Shape {
        T::shape().nest(Nesting::List)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<Vec<T>, Diagnostic> {
        match plain(value) {
            cty::Value::List(elements) | cty::Value::Set(elements) | cty::Value::Tuple(elements) => elements
                .iter()
                .enumerate()
                .map(|(index, element)| T::decode(element, &path.index(index)))
                .collect(),
            other => Err(wrong_type(other, path, "A list")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::List(self.iter().map(T::encode).collect())
    }

    fn respelled(value: &cty::Value) -> cty::Value {
        match plain(value) {
            cty::Value::List(elements) | cty::Value::Set(elements) | cty::Value::Tuple(elements) => {
                cty::Value::List(elements.iter().map(T::respelled).collect())
            }
            other => other.clone(),
        }
    }

    fn check(&self, path: &Path, diagnostics: &mut Diagnostics) {
        for (index, element) in self.iter().enumerate() {
            element.check(&path.index(index), diagnostics);
        }
    }
}

/// A set.
impl<T: Attribute + Ord> Attribute for BTreeSet<T> {
    fn shape() -> Shape {
        T::shape().nest(Nesting::Set)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<BTreeSet<T>, Diagnostic> {
        match plain(value) {
            cty::Value::List(elements) | cty::Value::Set(elements) | cty::Value::Tuple(elements) => {
                elements.iter().map(|element| T::decode(element, &path.element())).collect()
            }
            other => Err(wrong_type(other, path, "A set")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Set(self.iter().map(T::encode).collect())
    }

    fn respelled(value: &cty::Value) -> cty::Value {
        match plain(value) {
            cty::Value::List(elements) | cty::Value::Set(elements) | cty::Value::Tuple(elements) => {
                cty::Value::Set(elements.iter().map(T::respelled).collect())
            }
            other => other.clone(),
        }
    }

    fn check(&self, path: &Path, diagnostics: &mut Diagnostics) {
        for element in self {
            element.check(&path.element(), diagnostics);
        }
    }
}

/// A map.
impl<T: Attribute> Attribute for BTreeMap<String, T> {
    fn shape() -> Shape {
        T::shape().nest(Nesting::Map)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<BTreeMap<String, T>, Diagnostic> {
        match plain(value) {
            cty::Value::Map(elements) | cty::Value::Object(elements) => elements
                .iter()
                .map(|(key, element)| Ok((key.clone(), T::decode(element, &path.key(key))?)))
                .collect(),
            other => Err(wrong_type(other, path, "A map")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Map(self.iter().map(|(key, element)| (key.clone(), element.encode())).collect())
    }

    fn respelled(value: &cty::Value) -> cty::Value {
        match plain(value) {
            cty::Value::Map(elements) | cty::Value::Object(elements) => {
                let each = elements.iter().map(|(key, element)| (key.clone(), T::respelled(element)));
                cty::Value::Map(each.collect())
            }
            other => other.clone(),
        }
    }

    fn check(&self, path: &Path, diagnostics: &mut Diagnostics) {
        for (key, element) in self {
            element.check(&path.key(key), diagnostics);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn an_error_names_the_element() {
        let value =
            cty::Value::Map([("a".to_owned(), cty::Value::List(vec![cty::Value::Bool(true)]))].into());
        let path = Path::root().attribute("routes");
        let diagnostic = BTreeMap::<String, Vec<String>>::decode(&value, &path).unwrap_err();
        assert_eq!(diagnostic.path.unwrap().to_string(), r#"routes["a"][0]"#);
    }

    #[test]
    fn an_unknown_element_makes_a_list_unknown_unless_its_elements_may_be() {
        let value = cty::Value::List(vec![cty::Value::from("a"), cty::Value::unknown()]);
        let whole = Value::<Vec<String>>::decode(&value, &Path::root()).unwrap();
        assert_eq!(whole, Value::Unknown);
        let each = Value::<Vec<Value<String>>>::decode(&value, &Path::root()).unwrap();
        assert_eq!(each, Value::Known(vec![Value::from("a"), Value::Unknown]));
    }
}
