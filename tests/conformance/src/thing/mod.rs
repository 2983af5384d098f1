//! A resource that has everything a resource can have.

mod build;
mod identity;
mod list;
mod model;

pub use identity::ThingIdentity;
pub use list::ThingList;
pub use model::{Maker, Owner, Part, Rule, Step, Thing};

use landform_framework::{
    Context, Diagnostic, Diagnostics, IdentifiedBy, ListedBy, Path, Plan, Resource, Source, Value,
    async_trait,
};
use serde_json::Value as Json;

use crate::world::{Kind, World, failed};

/// The kind of these objects in the world.
pub const KIND: &str = "things";

/// `toy_thing`.
#[derive(Debug)]
pub struct Things;

#[async_trait]
impl Resource for Things {
    type Client = World;
    type Model = Thing;

    fn name(&self) -> &'static str {
        "thing"
    }

    fn validate(&self, config: &Thing, diagnostics: &mut Diagnostics) {
        if config.token.is_known() && config.token_version.is_null() {
            diagnostics.error_at(
                Path::root().attribute("token_version"),
                "A token without a version",
                "The token is not stored, so only another token_version makes Terraform send it again.",
            );
        }
    }

    async fn plan(&self, plan: &mut Plan<'_, World, Thing>) {
        if plan.planned.status.is_unknown() {
            plan.planned.status = Value::from("ready");
        }
        if plan.planned.revision.is_unknown() {
            let prior = plan.prior.and_then(|prior| prior.revision.known().copied()).unwrap_or(0);
            plan.planned.revision = Value::from(prior + 1);
        }
        let Some(world) = plan.client().cloned() else { return };
        match world.call("plan thing", &plan.planned.called()).await {
            Ok(Some(Kind::Lie)) => plan.planned.name = Value::from("another"),
            Ok(_) => {}
            Err(errors) => plan.diagnostics.extend(errors),
        }
        let becomes = |size| plan.planned.size == size && plan.prior.is_some_and(|prior| prior.size != size);
        if becomes(Value::from(13)) {
            plan.require_replace(Path::root().attribute("size"), "13 is another thing");
        }
    }

    async fn read(&self, cx: &Context<World, Thing>, state: Thing) -> Result<Option<Thing>, Diagnostics> {
        let name = state.called();
        let fault = cx.client().call_until("read thing", &name, cx.stopped()).await?;
        let seen: Option<Thing> = cx.client().load(KIND, &name)?;
        // What only the configuration knows stays as it is.
        Ok(seen.map(|seen| Thing {
            allow_replace: state.allow_replace,
            protected: Value::from(state.protected.into_known().unwrap_or_default()),
            revision: if fault == Some(Kind::Forget) { Value::Unknown } else { seen.revision },
            ..seen
        }))
    }

    async fn create(&self, cx: &Context<World, Thing>, planned: Thing) -> Result<Thing, Diagnostics> {
        build::create(cx, planned).await
    }

    async fn update(
        &self,
        cx: &Context<World, Thing>,
        prior: Thing,
        planned: Thing,
    ) -> Result<Thing, Diagnostics> {
        build::update(cx, prior, planned).await
    }

    async fn delete(&self, cx: &Context<World, Thing>, prior: Thing) -> Result<(), Diagnostics> {
        let name = prior.called();
        cx.client().call_until("delete thing", &name, cx.stopped()).await?;
        cx.client().remove(KIND, &name).map_err(|error| failed("deleting thing", &name, &error))
    }

    async fn plan_destroy(&self, prior: &Thing, diagnostics: &mut Diagnostics) {
        if prior.protected == Value::from(true) {
            let what = "Set protected = false and apply, before you destroy it.";
            diagnostics.error(format!("Thing {} is protected", prior.called()), what);
        }
    }

    fn schema_version(&self) -> i64 {
        2
    }

    fn upgrade(&self, from_version: i64, mut state: Json) -> Result<Json, Diagnostics> {
        if from_version < 1 {
            let detail = "Apply with version 1 of the toy provider first.";
            return Err(Diagnostic::error("The state of this thing is too old", detail).into());
        }
        // Version 1 had a title.
        state["name"] = state["title"].take();
        Ok(state)
    }

    async fn import(&self, cx: &Context<World, Thing>, id: &str) -> Result<Thing, Diagnostics> {
        cx.client().call("import thing", id).await?;
        let found: Option<Thing> = cx.client().load(KIND, id)?;
        found.ok_or_else(|| Diagnostic::error(format!("There is no thing {id}"), "An id is a name.").into())
    }

    fn moved_from(&self, source: &Source) -> Option<Result<Thing, Diagnostics>> {
        let name = match source.type_name.as_str() {
            "terraform_data" => &source.state["input"]["value"],
            "toy_label" => &source.state["text"],
            _ => return None,
        };
        Some(match name.as_str() {
            Some(name) => Ok(Thing { name: Value::from(name), ..Thing::default() }),
            None => Err(Diagnostic::error("There is no name to move", "The object has no text.").into()),
        })
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<ThingIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<ThingList>())
    }

    fn identity(&self, model: &Thing) -> Option<String> {
        model.name.known().cloned()
    }

    fn is_incomplete(&self, model: &Thing) -> bool {
        model.status == Value::from("incomplete")
    }
}
