use tfplugin_proto::cty;

use super::{Attribute, plain, wrong_type};
use crate::schema::Shape;
use crate::{Diagnostic, Path};

impl Attribute for bool {
    fn shape() -> Shape {
        Shape::Type(cty::Type::Bool)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<bool, Diagnostic> {
        match plain(value) {
            cty::Value::Bool(value) => Ok(*value),
            other => Err(wrong_type(other, path, "True or false")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Bool(*self)
    }
}

impl Attribute for String {
    fn shape() -> Shape {
        Shape::Type(cty::Type::String)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<String, Diagnostic> {
        match plain(value) {
            cty::Value::String(value) => Ok(value.clone()),
            other => Err(wrong_type(other, path, "Text")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::String(self.clone())
    }
}

impl Attribute for i64 {
    fn shape() -> Shape {
        Shape::Type(cty::Type::Number)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<i64, Diagnostic> {
        match plain(value) {
            cty::Value::Number(number) => number.as_i64().ok_or_else(|| {
                Diagnostic::error(
                    "Not a whole number",
                    format!("A whole number is needed here, not {number}."),
                )
                .at(path.clone())
            }),
            other => Err(wrong_type(other, path, "A whole number")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Number((*self).into())
    }
}

impl Attribute for f64 {
    fn shape() -> Shape {
        Shape::Type(cty::Type::Number)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<f64, Diagnostic> {
        match plain(value) {
            cty::Value::Number(number) => Ok(number.as_f64()),
            other => Err(wrong_type(other, path, "A number")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Number((*self).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_is_not_a_whole_number_and_the_error_says_where() {
        let path = Path::root().attribute("az_count");
        let diagnostic = i64::decode(&cty::Value::Number(1.5.into()), &path).unwrap_err();
        assert_eq!(
            diagnostic.to_string(),
            "error: Not a whole number (at az_count)\nA whole number is needed here, not 1.5."
        );
    }

    #[test]
    fn null_is_no_text() {
        let diagnostic = String::decode(&cty::Value::Null, &Path::root().attribute("name")).unwrap_err();
        assert_eq!(
            diagnostic.to_string(),
            "error: Missing value (at name)\nText is needed here, and the value is null."
        );
    }
}
