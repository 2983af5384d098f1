//! The tools of a resource's own plan.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{Terraform, UNKNOWN};
use crate::{Context, Diagnostics, Model, Path, Plan, Provider, Resource, Value, async_trait};

const FLEET: &str = "landform_fleet";

/// A fleet.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Fleet {
    /// The name.
    #[attribute(required)]
    name: Value<String>,
    /// The harbour. Default: that of the admiral.
    #[attribute(optional, computed)]
    harbour: Value<String>,
    /// The least number of ships.
    #[attribute(optional)]
    min: Value<i64>,
    /// The greatest number of ships.
    #[attribute(optional)]
    max: Value<i64>,
    /// How many ships there shall be. Something else may change it.
    #[attribute(optional, computed, sticky)]
    desired: Value<i64>,
    /// Name and harbour.
    #[attribute(computed)]
    address: Value<String>,
    /// The flag, which stays as long as the harbour does.
    #[attribute(computed)]
    flag: Value<String>,
}

struct Fleets;

#[async_trait]
impl Resource for Fleets {
    type Client = ();
    type Model = Fleet;

    fn name(&self) -> &'static str {
        "fleet"
    }

    async fn plan(&self, plan: &mut Plan<'_, (), Fleet>) {
        if plan.is_open(|fleet| &mut fleet.harbour) {
            plan.fill(|fleet| &mut fleet.harbour, "home");
        }
        if !plan.changes(|fleet| &fleet.harbour) {
            plan.keep(|fleet| &mut fleet.flag);
        }
        let (min, max) = (plan.planned.min, plan.planned.max);
        plan.fill(|fleet| &mut fleet.desired, min);
        plan.clamp(|fleet| &mut fleet.desired, &min, &max);
        let address = Value::computed_from((&plan.planned.name, &plan.planned.harbour), |(name, harbour)| {
            format!("{name}@{harbour}")
        });
        plan.compute(|fleet| &mut fleet.address, address);
        match plan.planned.name.known().map(String::as_str) {
            Some("sinks") => plan.require_replace(Path::root().attribute("name"), "It cannot swim."),
            Some("unchanged") => plan.require_replace(Path::root().attribute("max"), "No reason."),
            Some("nowhere") => plan.require_replace(Path::root().attribute("mast"), "No reason."),
            _ => {}
        }
    }

    async fn read(&self, _: &Context<(), Fleet>, state: Fleet) -> Result<Option<Fleet>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, _: &Context<(), Fleet>, planned: Fleet) -> Result<Fleet, Diagnostics> {
        Ok(planned)
    }

    async fn update(&self, _: &Context<(), Fleet>, _: Fleet, planned: Fleet) -> Result<Fleet, Diagnostics> {
        Ok(planned)
    }

    async fn delete(&self, _: &Context<(), Fleet>, _: Fleet) -> Result<(), Diagnostics> {
        Ok(())
    }
}

/// A provider without attributes.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Nothing {}

async fn plan(prior: Json, config: Json) -> String {
    let terraform =
        Terraform::start(Provider::new("landform", |_: Nothing, _| async { Ok(()) }).resource(Fleets));
    terraform.configure(json!({})).await;
    terraform.plan(FLEET, &prior, &config).await.to_string()
}

fn prior() -> Json {
    json!({
        "name": "a", "harbour": "home", "min": 1, "max": 5, "desired": 3, "address": "a@home", "flag": "red",
    })
}

#[tokio::test]
async fn a_create_fills_in_what_can_be_known() {
    assert_snapshot!(plan(Json::Null, json!({"name": "a", "min": 2})).await, @r#"
    create
    + address = "a@home"
    + desired = 2
    + flag = (known after apply)
    + harbour = "home"
    + min = 2
    + name = "a"
    "#);
    assert_snapshot!(plan(Json::Null, json!({"name": UNKNOWN, "harbour": UNKNOWN})).await, @"
    create
    + address = (known after apply)
    + flag = (known after apply)
    + harbour = (known after apply)
    + name = (known after apply)
    ");
}

#[tokio::test]
async fn a_number_that_something_else_changed_is_kept_within_its_bounds() {
    assert_snapshot!(plan(prior(), json!({"name": "a", "min": 1, "max": 5})).await, @"no change");
    assert_snapshot!(plan(prior(), json!({"name": "a", "min": 4, "max": 5})).await, @"
    update
    ~ desired = 3 -> 4
    ~ min = 1 -> 4
    ");
    assert_snapshot!(plan(prior(), json!({"name": "a", "min": 1, "max": UNKNOWN})).await, @"
    update
    ~ desired = 3 -> (known after apply)
    ~ max = 5 -> (known after apply)
    ");
    assert_snapshot!(plan(prior(), json!({"name": "a", "min": 4, "max": 5, "desired": 3})).await, @"
    update
    ~ min = 1 -> 4
    ");
}

#[tokio::test]
async fn what_depends_on_a_change_changes_with_it() {
    assert_snapshot!(plan(prior(), json!({"name": "a", "min": 1, "max": 5, "harbour": "away"})).await, @r#"
    update
    ~ address = "a@home" -> "a@away"
    ~ flag = "red" -> (known after apply)
    ~ harbour = "home" -> "away"
    "#);
}

#[tokio::test]
async fn a_replacement_has_a_reason_which_is_shown() {
    assert_snapshot!(plan(prior(), json!({"name": "sinks", "min": 1, "max": 5})).await, @r#"
    replace because of name
    ~ address = "a@home" -> "sinks@home"
    ~ name = "a" -> "sinks"
    warning: Changing "name" replaces this landform_fleet (at name)
    It cannot swim.
    "#);
    assert_snapshot!(plan(Json::Null, json!({"name": "sinks"})).await, @r#"
    create
    + address = "sinks@home"
    + flag = (known after apply)
    + harbour = "home"
    + name = "sinks"
    "#);
}

#[tokio::test]
async fn a_replacement_that_terraform_would_not_make_is_named() {
    assert_snapshot!(plan(prior(), json!({"name": "unchanged", "min": 1, "max": 5})).await, @r#"
    error: The plan of landform_fleet is not valid (at max)
    "max": the plan replaces the object because of this, and it does not change.
    This is a bug in the provider, which should be reported to its developers.
    "#);
    assert_snapshot!(plan(prior(), json!({"name": "nowhere", "min": 1, "max": 5})).await, @r#"
    error: The plan of landform_fleet is not valid (at mast)
    "mast": the plan replaces the object because of this, and there is no such attribute.
    This is a bug in the provider, which should be reported to its developers.
    "#);
}
