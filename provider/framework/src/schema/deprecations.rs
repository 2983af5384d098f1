//! Warnings for what one should not set any more. Terraform itself warns only where such an attribute is read.

use tfplugin_proto::cty::Value;

use super::{Nesting, ObjectSchema, Shape};
use crate::{Diagnostic, Diagnostics, Path, show};

/// A warning for every deprecated attribute that `config` sets.
pub(crate) fn deprecations(schema: &ObjectSchema, config: &Value) -> Diagnostics {
    let mut found = Diagnostics::new();
    object(schema, config, &Path::root(), &mut found);
    found
}

fn object(schema: &ObjectSchema, config: &Value, path: &Path, found: &mut Diagnostics) {
    let Value::Object(values) = config else { return };
    for (name, attribute) in &schema.attributes {
        let value = values.get(name).unwrap_or(&Value::Null);
        if value.is_null() {
            continue;
        }
        let path = path.attribute(name);
        if let Some(instead) = &attribute.deprecated {
            let summary = format!("{} is deprecated", show::path(&path));
            found.push(Diagnostic::warning(summary, instead).at(path.clone()));
        }
        if let Shape::Nested(nesting, schema) = &attribute.shape {
            nested(*nesting, schema, value, &path, found);
        }
    }
}

fn nested(nesting: Nesting, schema: &ObjectSchema, value: &Value, path: &Path, found: &mut Diagnostics) {
    match (nesting, value) {
        (Nesting::Single, value) => object(schema, value, path, found),
        (Nesting::Map, Value::Map(elements)) => {
            for (key, element) in elements {
                object(schema, element, &path.key(key), found);
            }
        }
        (Nesting::List, Value::List(elements)) => {
            for (index, element) in elements.iter().enumerate() {
                object(schema, element, &path.index(index), found);
            }
        }
        (Nesting::Set, Value::Set(elements)) => {
            for element in elements {
                object(schema, element, &path.element(), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use tfplugin_proto::cty::Type;

    use super::*;
    use crate::schema::AttributeSchema;

    #[test]
    fn what_is_set_is_warned_of_however_deep_and_what_is_not_set_is_not() {
        let text = || AttributeSchema::new(Shape::Type(Type::String), "A text.").optional();
        let inner =
            ObjectSchema::new("").attribute("old", text().deprecated("Use new.")).attribute("new", text());
        let schema = ObjectSchema::new("").attribute("color", text().deprecated("Use labels.")).attribute(
            "parts",
            AttributeSchema::new(Shape::Nested(Nesting::Map, inner), "Parts.").optional(),
        );
        let part = |old: Value| Value::object([("old", old), ("new", Value::Null)]);
        let parts = Value::Map(
            [("a".to_owned(), part(Value::unknown())), ("b".to_owned(), part(Value::Null))].into(),
        );
        let config = Value::object([("color", Value::Null), ("parts", parts)]);
        insta::assert_snapshot!(deprecations(&schema, &config), @r#"
        warning: parts["a"].old is deprecated (at parts["a"].old)
        Use new.
        "#);
        let config = Value::object([("color", Value::from("red")), ("parts", Value::Null)]);
        insta::assert_snapshot!(deprecations(&schema, &config), @r#"
        warning: "color" is deprecated (at color)
        Use labels.
        "#);
    }
}
