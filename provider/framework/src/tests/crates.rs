//! A provider of crates that are known by number and shelf.

use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};

use crate::testing::Terraform;
use crate::{
    Context, Diagnostic, Diagnostics, IdentifiedBy, Identity, Model, Plan, Provider, Resource, Source, Value,
    async_trait,
};

pub(super) const CRATE: &str = "landform_crate";

/// A crate.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(super) struct Crate {
    /// Where it stands.
    #[attribute(required, replace)]
    pub(super) shelf: Value<String>,
    /// What is written on it.
    #[attribute(optional)]
    pub(super) label: Value<String>,
    /// The number.
    #[attribute(computed, sticky)]
    pub(super) number: Value<i64>,
}

/// What finds a crate.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct CrateIdentity {
    /// The number.
    #[attribute(required, validate = positive)]
    pub(super) number: Value<i64>,
    /// Where it stands; the first shelf when left out.
    #[attribute(optional)]
    pub(super) shelf: Value<String>,
}

fn positive(number: &i64) -> Result<(), String> {
    if *number > 0 { Ok(()) } else { Err(format!("It must be positive, not {number}.")) }
}

#[async_trait]
impl Identity for CrateIdentity {
    type Resource = Crates;

    fn of(object: &Crate) -> CrateIdentity {
        CrateIdentity { number: object.number, shelf: object.shelf.clone() }
    }

    async fn import(self, _: &Crates, cx: &Context<Hall, Crate>) -> Result<Crate, Diagnostics> {
        let shelf = self.shelf.into_known().unwrap_or_else(|| "first".to_owned());
        let found = cx.client().seen();
        match found.filter(|found| found.number == self.number && found.shelf == Value::from(shelf)) {
            Some(found) => Ok(found),
            None => Err(Diagnostic::error("There is no such crate", "").into()),
        }
    }

    fn example() -> CrateIdentity {
        CrateIdentity { number: Value::from(7), shelf: Value::from("first") }
    }

    fn version() -> i64 {
        2
    }

    fn upgrade(from_version: i64, mut identity: Json) -> Result<Json, Diagnostics> {
        if from_version != 1 {
            return Err(Diagnostic::error("Too old", "").into());
        }
        identity["number"] = identity["id"].take();
        Ok(identity)
    }
}

/// Room for one crate.
#[derive(Clone, Default)]
pub(super) struct Hall(Arc<Mutex<Room>>);

#[derive(Default)]
struct Room {
    content: Option<Crate>,
    /// The next call fails after its checkpoint.
    fails: bool,
}

impl Hall {
    fn seen(&self) -> Option<Crate> {
        self.0.lock().unwrap().content.clone()
    }

    pub(super) fn put(&self, content: Option<Crate>) {
        self.0.lock().unwrap().content = content;
    }

    pub(super) fn fail(&self, fails: bool) {
        self.0.lock().unwrap().fails = fails;
    }

    fn outcome(&self) -> Result<(), Diagnostics> {
        let failed = Diagnostic::error("The crate fell", "");
        if self.0.lock().unwrap().fails { Err(failed.into()) } else { Ok(()) }
    }
}

pub(super) struct Crates;

#[async_trait]
impl Resource for Crates {
    type Client = Hall;
    type Model = Crate;

    fn name(&self) -> &'static str {
        "crate"
    }

    async fn plan(&self, plan: &mut Plan<'_, Hall, Crate>) {
        if plan.planned.label == Value::from("numbered") {
            plan.planned.number = Value::from(7);
        }
    }

    async fn read(&self, cx: &Context<Hall, Crate>, _: Crate) -> Result<Option<Crate>, Diagnostics> {
        cx.client().outcome()?;
        Ok(cx.client().seen())
    }

    async fn create(&self, cx: &Context<Hall, Crate>, planned: Crate) -> Result<Crate, Diagnostics> {
        if planned.label == Value::from("never arrives") {
            return Err(Diagnostic::error("No truck", "").into());
        }
        let made = Crate { number: Value::from(7), ..planned };
        cx.client().put(Some(made.clone()));
        cx.checkpoint(&made);
        cx.client().outcome()?;
        Ok(made)
    }

    async fn update(
        &self,
        cx: &Context<Hall, Crate>,
        _: Crate,
        planned: Crate,
    ) -> Result<Crate, Diagnostics> {
        cx.client().outcome()?;
        cx.client().put(Some(planned.clone()));
        Ok(planned)
    }

    async fn delete(&self, cx: &Context<Hall, Crate>, _: Crate) -> Result<(), Diagnostics> {
        cx.client().outcome()?;
        cx.client().put(None);
        Ok(())
    }

    async fn import(&self, cx: &Context<Hall, Crate>, id: &str) -> Result<Crate, Diagnostics> {
        let found = cx
            .client()
            .seen()
            .filter(|found| found.number.known().map(i64::to_string).as_deref() == Some(id));
        found.ok_or_else(|| Diagnostic::error(format!("There is no crate {id}"), "").into())
    }

    /// A box of another provider is a crate with a number on its lid.
    fn moved_from(&self, source: &Source) -> Option<Result<Crate, Diagnostics>> {
        if source.type_name != "attic_box" {
            return None;
        }
        let text = |name: &str| source.state[name].as_str().map(ToOwned::to_owned);
        Some(match source.state["lid"].as_i64().or(source.identity["lid"].as_i64()) {
            Some(0) => panic!("the lid fell off"),
            Some(number) => Ok(Crate {
                shelf: text("corner").into(),
                label: if source.schema_version > 1 { text("label").into() } else { Value::Unknown },
                number: Value::from(number),
            }),
            None => Err(Diagnostic::error("The box has no lid", &source.provider_address).into()),
        })
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<CrateIdentity>())
    }
}

/// A crate hall.
#[derive(Clone, Debug, PartialEq, Model)]
struct Config {
    /// Its name.
    #[attribute(optional)]
    name: Value<String>,
}

pub(super) fn provider(hall: &Hall) -> Provider<Hall> {
    let hall = hall.clone();
    Provider::new("landform", move |_: Config, _| {
        let hall = hall.clone();
        async move { Ok(hall) }
    })
    .resource(Crates)
}

pub(super) async fn start(hall: &Hall) -> Terraform<Hall> {
    let terraform = Terraform::start(provider(hall));
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

pub(super) fn crate_seven() -> Crate {
    Crate { shelf: Value::from("first"), label: Value::Null, number: Value::from(7) }
}

/// A hall with crate 7 in it, the state of the crate and its identity.
pub(super) async fn with_crate() -> (Hall, Terraform<Hall>, crate::cty::Value, crate::cty::Value) {
    let hall = Hall::default();
    hall.put(Some(crate_seven()));
    let terraform = start(&hall).await;
    let imported = terraform.import(CRATE, "7").await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    (hall, terraform, imported.state, imported.identity)
}

pub(super) fn crate_type() -> crate::cty::Type {
    Crate::schema().cty_type()
}

/// What cannot be an identity.
#[derive(Clone, Debug, PartialEq, Model)]
struct ShapelessIdentity {
    /// The number.
    #[attribute(required)]
    pub(super) number: Value<i64>,
    /// Lists of texts are fine.
    #[attribute(optional)]
    names: Value<Vec<String>>,
    /// Maps are not.
    #[attribute(optional)]
    tags: Value<std::collections::BTreeMap<String, String>>,
    /// Objects are not.
    #[attribute(optional)]
    inner: Value<CrateIdentity>,
}

#[async_trait]
impl Identity for ShapelessIdentity {
    type Resource = Shapeless;

    fn of(object: &Crate) -> ShapelessIdentity {
        ShapelessIdentity { number: object.number, ..ShapelessIdentity::example() }
    }

    async fn import(self, crates: &Shapeless, cx: &Context<Hall, Crate>) -> Result<Crate, Diagnostics> {
        crates.import(cx, "7").await
    }

    fn example() -> ShapelessIdentity {
        ShapelessIdentity {
            number: Value::from(7),
            names: Value::Null,
            tags: Value::Null,
            inner: Value::Null,
        }
    }
}

/// Crates whose identity cannot be one.
pub(super) struct Shapeless;

#[async_trait]
impl Resource for Shapeless {
    type Client = Hall;
    type Model = Crate;

    fn name(&self) -> &'static str {
        "shapeless"
    }

    async fn plan(&self, _: &mut Plan<'_, Hall, Crate>) {}

    async fn read(&self, _: &Context<Hall, Crate>, state: Crate) -> Result<Option<Crate>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, _: &Context<Hall, Crate>, planned: Crate) -> Result<Crate, Diagnostics> {
        Ok(planned)
    }

    async fn update(&self, _: &Context<Hall, Crate>, _: Crate, planned: Crate) -> Result<Crate, Diagnostics> {
        Ok(planned)
    }

    async fn delete(&self, _: &Context<Hall, Crate>, _: Crate) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<ShapelessIdentity>())
    }
}
