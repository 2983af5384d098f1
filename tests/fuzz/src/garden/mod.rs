//! A provider with everything that a provider can have, over a map in memory: what the calls of the fuzz test go to.
//!
//! Nothing in it panics, whatever it is given, so a panic is the framework's.

mod beds;
mod model;
mod plant;
mod water;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use landform_framework::{Model, Provider, Value};

pub use model::Plant;

/// A garden.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Config {
    /// Whose it is.
    #[attribute(optional)]
    pub owner: Value<String>,
    /// How many plants there is room for. Default: `1000`.
    #[attribute(default = 1000)]
    pub room: Value<i64>,
}

/// The plants by name.
#[derive(Clone, Debug, Default)]
pub struct Garden {
    plants: Arc<Mutex<BTreeMap<String, Plant>>>,
}

impl Garden {
    /// Looks at or changes the plants.
    fn with<T>(&self, look: impl FnOnce(&mut BTreeMap<String, Plant>) -> T) -> T {
        look(&mut self.plants.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A provider of an empty garden.
pub fn provider() -> Provider<Garden> {
    let garden = Garden::default();
    Provider::new("garden", move |_: Config, _| {
        let garden = garden.clone();
        async move { Ok(garden) }
    })
    .resource(plant::Plants)
    .data_source(beds::Beds)
    .function(beds::Label)
    .ephemeral_resource(water::Can)
    .action(water::Water)
}
