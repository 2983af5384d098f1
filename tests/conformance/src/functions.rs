//! Functions of the Terraform language.

use landform_framework::{Function, FunctionError, FunctionSignature, cty};

/// `join(separator, texts...)`: any number of arguments.
#[derive(Debug)]
pub struct Join;

impl Function for Join {
    fn name(&self) -> &'static str {
        "join"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new("Joins texts", "Puts a separator between texts.", cty::Type::String)
            .parameter("separator", cty::Type::String, "Goes between two texts.")
            .variadic("texts", cty::Type::String, "What is joined; none may be empty.")
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let texts: Vec<&str> = arguments.iter().map(text).collect();
        let (separator, texts) = texts.split_first().unwrap_or((&"", &[]));
        if let Some(empty) = texts.iter().position(|text| text.is_empty()) {
            let position = i64::try_from(empty + 1).unwrap_or(i64::MAX);
            return Err(FunctionError::argument(position, "A text to join must not be empty."));
        }
        Ok(cty::Value::from(texts.join(separator)))
    }
}

/// `repeat(text, times)`: an error that points at its argument.
#[derive(Debug)]
pub struct Repeat;

impl Function for Repeat {
    fn name(&self) -> &'static str {
        "repeat"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new("Repeats a text", "Says the same again.", cty::Type::String)
            .parameter("text", cty::Type::String, "What is repeated.")
            .parameter("times", cty::Type::Number, "How often, from 0 to 100.")
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let times = match arguments.get(1) {
            Some(cty::Value::Number(number)) => number.as_i64().and_then(|times| usize::try_from(times).ok()),
            _ => None,
        };
        match times {
            Some(times @ 0..=100) => Ok(cty::Value::from(arguments.first().map_or("", text).repeat(times))),
            _ => Err(FunctionError::argument(1, "A text is repeated 0 to 100 times.")),
        }
    }
}

/// The text of an argument whose type Terraform has checked.
fn text(argument: &cty::Value) -> &str {
    match argument {
        cty::Value::String(text) => text,
        _ => "",
    }
}
