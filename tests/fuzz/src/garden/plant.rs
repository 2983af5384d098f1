use landform_framework::{
    Context, Diagnostic, Diagnostics, IdentifiedBy, Identity, List, ListContext, ListedBy, Model, Path, Plan,
    Resource, Source, Value, async_trait,
};
use serde_json::Value as Json;

use super::{Garden, Plant};

/// `garden_plant`.
#[derive(Debug)]
pub(super) struct Plants;

#[async_trait]
impl Resource for Plants {
    type Client = Garden;
    type Model = Plant;

    fn name(&self) -> &'static str {
        "plant"
    }

    fn validate(&self, config: &Plant, diagnostics: &mut Diagnostics) {
        if config.name == Value::from("0") {
            diagnostics.error_at(Path::root().attribute("name"), "No name", "A plant has a name.");
        }
    }

    async fn plan(&self, plan: &mut Plan<'_, Garden, Plant>) {
        if plan.planned.revision.is_unknown() {
            let prior = plan.prior.and_then(|prior| prior.revision.known().copied()).unwrap_or(0);
            plan.planned.revision = Value::from(prior.wrapping_add(1));
        }
        if plan.planned.height == Value::from(13) && plan.prior.is_some() {
            plan.require_replace(Path::root().attribute("height"), "So tall it only grows anew.");
        }
    }

    async fn read(&self, cx: &Context<Garden, Plant>, state: Plant) -> Result<Option<Plant>, Diagnostics> {
        Ok(cx.client().with(|plants| plants.get(&state.called()).cloned()))
    }

    async fn create(&self, cx: &Context<Garden, Plant>, planned: Plant) -> Result<Plant, Diagnostics> {
        put(cx, planned)
    }

    async fn update(
        &self,
        cx: &Context<Garden, Plant>,
        _: Plant,
        planned: Plant,
    ) -> Result<Plant, Diagnostics> {
        put(cx, planned)
    }

    async fn delete(&self, cx: &Context<Garden, Plant>, prior: Plant) -> Result<(), Diagnostics> {
        if prior.height == Value::from(7) {
            return Err(Diagnostic::error("It does not come out", "Its roots are deep.").into());
        }
        cx.client().with(|plants| plants.remove(&prior.called()));
        Ok(())
    }

    fn schema_version(&self) -> i64 {
        2
    }

    fn upgrade(&self, from_version: i64, mut state: Json) -> Result<Json, Diagnostics> {
        if from_version < 1 {
            return Err(Diagnostic::error("The state of this plant is too old", "").into());
        }
        if let Some(state) = state.as_object_mut()
            && let Some(title) = state.remove("title")
        {
            state.insert("name".to_owned(), title);
        }
        Ok(state)
    }

    async fn import(&self, cx: &Context<Garden, Plant>, id: &str) -> Result<Plant, Diagnostics> {
        let found = cx.client().with(|plants| plants.get(id).cloned());
        found.ok_or_else(|| Diagnostic::error("There is no such plant", "An id is a name.").into())
    }

    fn moved_from(&self, source: &Source) -> Option<Result<Plant, Diagnostics>> {
        (source.type_name == "terraform_data").then(|| {
            let name = source.state.get("input").and_then(Json::as_str);
            let named = |name| Plant { name: Value::from(name), ..Plant::default() };
            name.map(named).ok_or_else(|| Diagnostic::error("There is no name to move", "").into())
        })
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<PlantIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<PlantList>())
    }

    fn identity(&self, model: &Plant) -> Option<String> {
        model.name.known().cloned()
    }
}

/// Saves the plant, in two steps, and fails between them when it is 11 high.
fn put(cx: &Context<Garden, Plant>, planned: Plant) -> Result<Plant, Diagnostics> {
    let plant = planned.filled_in();
    let begun = Plant { revision: Value::from(0), ..plant.clone() };
    cx.client().with(|plants| plants.insert(begun.called(), begun.clone()));
    cx.checkpoint(&begun);
    if plant.height == Value::from(11) {
        return Err(Diagnostic::error("It does not grow", "There is no sun.").into());
    }
    cx.client().with(|plants| plants.insert(plant.called(), plant.clone()));
    Ok(plant)
}

/// What finds a plant.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct PlantIdentity {
    /// The name.
    #[attribute(required)]
    pub(super) name: Value<String>,
    /// Where it grows.
    #[attribute(optional)]
    pub(super) zone: Value<String>,
}

#[async_trait]
impl Identity for PlantIdentity {
    type Resource = Plants;

    fn of(plant: &Plant) -> PlantIdentity {
        PlantIdentity { name: plant.name.clone(), zone: plant.zone.clone() }
    }

    async fn import(self, plants: &Plants, cx: &Context<Garden, Plant>) -> Result<Plant, Diagnostics> {
        plants.import(cx, &self.name.into_known().unwrap_or_default()).await
    }

    fn example() -> PlantIdentity {
        PlantIdentity { name: Value::from("rose"), zone: Value::Null }
    }
}

/// Finds plants.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct PlantList {
    /// How their names begin.
    #[attribute(optional)]
    pub(super) prefix: Value<String>,
}

#[async_trait]
impl List for PlantList {
    type Resource = Plants;

    async fn list(self, _: &Plants, cx: &ListContext<Plants>) -> Result<(), Diagnostics> {
        let prefix = self.prefix.into_known().unwrap_or_default();
        for (name, plant) in cx.client().with(|plants| plants.clone()) {
            if name.starts_with(&prefix) && cx.found(name, plant).await.is_break() {
                break;
            }
        }
        cx.warn(Diagnostic::warning("It is winter", "")).await;
        Ok(())
    }
}
