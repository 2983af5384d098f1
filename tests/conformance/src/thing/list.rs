//! Which things there are, for `terraform query`.

use landform_framework::{Diagnostic, Diagnostics, List, ListContext, Model, Value, async_trait};

use super::{KIND, Thing, Things};
use crate::world::failed;

/// What things to list.
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ThingList {
    /// Only things whose names start with this. Default: all of them.
    #[attribute(optional)]
    pub prefix: Value<String>,
}

#[async_trait]
impl List for ThingList {
    type Resource = Things;

    async fn list(self, _: &Things, cx: &ListContext<Things>) -> Result<(), Diagnostics> {
        let world = cx.client();
        let prefix = self.prefix.into_known().unwrap_or_default();
        let names = world.names(KIND).map_err(|error| failed("listing things", &prefix, &error))?;
        for name in names.into_iter().filter(|name| name.starts_with(&prefix)) {
            world.call_until("find thing", &name, cx.stopped()).await?;
            match world.load::<Thing>(KIND, &name)? {
                // One that is not finished is nothing to import.
                Some(thing) if thing.status != Value::from("ready") => {
                    cx.warn(Diagnostic::warning(format!("Thing {name} is not finished"), "")).await;
                }
                Some(thing) => {
                    let thing = Thing { protected: Value::from(false), ..thing };
                    if cx.found(format!("Thing {name}"), thing).await.is_break() {
                        break;
                    }
                }
                None => {}
            }
        }
        Ok(())
    }
}
