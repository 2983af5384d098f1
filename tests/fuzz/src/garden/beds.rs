use landform_framework::{
    DataSource, Diagnostics, Function, FunctionError, FunctionSignature, Model, Value, async_trait, cty,
};

use super::Garden;

/// Which plants there are.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct Bed {
    /// How their names begin.
    #[attribute(optional)]
    pub(super) prefix: Value<String>,
    /// At most so many. Default: `10`.
    #[attribute(default = 10)]
    pub(super) limit: Value<i64>,
    /// Their names.
    #[attribute(computed)]
    pub(super) names: Value<Vec<String>>,
}

/// `garden_bed`.
#[derive(Debug)]
pub(super) struct Beds;

#[async_trait]
impl DataSource for Beds {
    type Client = Garden;
    type Model = Bed;

    fn name(&self) -> &'static str {
        "bed"
    }

    async fn read(&self, garden: &Garden, config: Bed) -> Result<Bed, Diagnostics> {
        let prefix = config.prefix.known().map_or("", String::as_str);
        let limit = usize::try_from(config.limit.known().copied().unwrap_or_default()).unwrap_or_default();
        let names: Vec<String> = garden.with(|plants| {
            plants.keys().filter(|name| name.starts_with(prefix)).take(limit).cloned().collect()
        });
        Ok(Bed { names: Value::from(names), ..config })
    }
}

/// Writes a label.
#[derive(Debug)]
pub(super) struct Label;

impl Function for Label {
    fn name(&self) -> &'static str {
        "label"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new("Writes a label", "Joins texts.", cty::Type::String)
            .parameter("first", cty::Type::String, "Comes first.")
            .parameter("about", cty::Type::list(cty::Type::Number), "Numbers.")
            .variadic("more", cty::Type::Dynamic, "Anything.")
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        match arguments.first() {
            Some(cty::Value::String(text)) if text.is_empty() => {
                Err(FunctionError::argument(0, "There is nothing to write."))
            }
            Some(cty::Value::String(text)) => Ok(cty::Value::from(format!("{text} {}", arguments.len()))),
            _ => Err(FunctionError::new("That is no text.")),
        }
    }
}
