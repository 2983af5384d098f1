//! What Terraform 1.12 and later knows a thing by.

use landform_framework::{Context, Diagnostics, Identity, Model, Resource as _, Value, async_trait};

use super::{Thing, Things};
use crate::world::World;

/// What finds a thing.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ThingIdentity {
    /// The name.
    #[attribute(required)]
    pub name: Value<String>,
    /// Where it is, which the name says already.
    #[attribute(optional)]
    pub zone: Value<String>,
}

#[async_trait]
impl Identity for ThingIdentity {
    type Resource = Things;

    fn of(thing: &Thing) -> ThingIdentity {
        ThingIdentity { name: thing.name.clone(), zone: thing.zone.clone() }
    }

    async fn import(self, things: &Things, cx: &Context<World, Thing>) -> Result<Thing, Diagnostics> {
        things.import(cx, &self.name.into_known().unwrap_or_default()).await
    }

    fn example() -> ThingIdentity {
        ThingIdentity { name: Value::from("ball"), zone: Value::Null }
    }
}
