//! A data source: which things there are.

use landform_framework::{DataSource, Diagnostics, Model, Value, async_trait};

use crate::thing;
use crate::world::{World, failed};

/// The things there are.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct List {
    /// Only things whose names start with this. Default: all of them.
    #[attribute(optional)]
    pub prefix: Value<String>,
    /// The names, sorted.
    #[attribute(computed)]
    pub names: Value<Vec<String>>,
}

/// `toy_things`.
#[derive(Debug)]
pub struct Listing;

#[async_trait]
impl DataSource for Listing {
    type Client = World;
    type Model = List;

    fn name(&self) -> &'static str {
        "things"
    }

    async fn read(&self, world: &World, config: List) -> Result<List, Diagnostics> {
        let prefix = config.prefix.known().map_or("", String::as_str);
        world.call("list things", prefix).await?;
        let names = world.names(thing::KIND).map_err(|error| failed("listing things", prefix, &error))?;
        let names: Vec<String> = names.into_iter().filter(|name| name.starts_with(prefix)).collect();
        Ok(List { names: Value::from(names), ..config })
    }
}
