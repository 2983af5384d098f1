//! Promises about values that are known only after apply.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::cty::{Refinement, Value as Cty};
use crate::testing::{Terraform, UNKNOWN};
use crate::{Context, Diagnostics, Model, Plan, Provider, Resource, Value, async_trait};

const LAKE: &str = "landform_lake";

/// A lake.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Lake {
    /// The name. `breaks` breaks a promise when the lake is made, `plans` in the plan.
    #[attribute(required)]
    name: Value<String>,
    /// The id.
    #[attribute(computed, sticky, prefix = "lake-")]
    id: Value<String>,
    /// How deep it is.
    #[attribute(computed, not_null)]
    depth: Value<i64>,
    /// Where it lies, unless the configuration says so.
    #[attribute(optional, computed, prefix = "shore-")]
    shore: Value<String>,
    /// What swims in it.
    #[attribute(optional)]
    boats: Value<BTreeMap<String, Boat>>,
    /// What stands around it.
    #[attribute(optional)]
    houses: Value<BTreeSet<Boat>>,
    /// What the lake brings itself.
    #[attribute(computed)]
    fish: Value<BTreeMap<String, BTreeMap<String, Fish>>>,
}

/// Something that a configuration puts there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Model)]
struct Boat {
    /// The colour.
    #[attribute(optional)]
    colour: Value<String>,
    /// The number.
    #[attribute(computed, sticky, prefix = "n-")]
    number: Value<String>,
}

/// Something that lives there.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Fish {
    /// The name.
    #[attribute(computed, not_null)]
    name: Value<String>,
}

struct Lakes;

#[async_trait]
impl Resource for Lakes {
    type Client = ();
    type Model = Lake;

    fn name(&self) -> &'static str {
        "lake"
    }

    async fn plan(&self, plan: &mut Plan<'_, (), Lake>) {
        if plan.planned.fish.is_unknown() {
            let trout = BTreeMap::from([("trout".to_owned(), Fish { name: Value::Unknown })]);
            plan.planned.fish = Value::Known(BTreeMap::from([("deep".to_owned(), trout)]));
        }
        if plan.planned.name == Value::from("plans") {
            plan.planned.id = Value::from("pond-1");
            plan.planned.depth = Value::Null;
            if let Value::Known(boats) = &mut plan.planned.boats {
                boats.values_mut().for_each(|boat| boat.number = Value::from("7"));
            }
        }
    }

    async fn read(&self, _: &Context<(), Lake>, state: Lake) -> Result<Option<Lake>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, _: &Context<(), Lake>, mut planned: Lake) -> Result<Lake, Diagnostics> {
        let breaks = planned.name == Value::from("breaks");
        planned.id = Value::from(if breaks { "pond-1" } else { "lake-1" });
        planned.depth = if breaks { Value::Null } else { Value::from(7) };
        planned.shore = Value::from("shore-north");
        planned.fish = Value::Known(BTreeMap::from([(
            "deep".to_owned(),
            BTreeMap::from([(
                "trout".to_owned(),
                Fish { name: if breaks { Value::Null } else { "t".into() } },
            )]),
        )]));
        Ok(planned)
    }

    async fn update(&self, _: &Context<(), Lake>, _: Lake, planned: Lake) -> Result<Lake, Diagnostics> {
        Ok(planned)
    }

    async fn delete(&self, _: &Context<(), Lake>, _: Lake) -> Result<(), Diagnostics> {
        Ok(())
    }
}

/// A provider without attributes.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Nothing {}

async fn start() -> Terraform<()> {
    let provider = Provider::new("landform", |_: Nothing, _| async { Ok(()) }).resource(Lakes);
    let terraform = Terraform::start(provider);
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

fn attribute<'a>(object: &'a Cty, name: &str) -> &'a Cty {
    match object {
        Cty::Object(fields) | Cty::Map(fields) => &fields[name],
        Cty::Set(elements) => attribute(&elements[0], name),
        other => panic!("not an object: {other:?}"),
    }
}

fn at<'a>(object: &'a Cty, path: &[&str]) -> &'a Cty {
    path.iter().fold(object, |object, name| attribute(object, name))
}

#[tokio::test]
async fn a_plan_promises_what_the_schema_says_and_of_no_more_than_is_computed() {
    let config = json!({"name": "a", "boats": {"x": {}}, "houses": [{"colour": "red"}]});
    let planned = start().await.plan(LAKE, &Json::Null, &config).await.planned;
    assert_eq!(at(&planned, &["id"]), &Cty::Unknown(Refinement::prefix("lake-")));
    assert_eq!(at(&planned, &["depth"]), &Cty::Unknown(Refinement::not_null()));
    assert_eq!(at(&planned, &["shore"]), &Cty::Unknown(Refinement::prefix("shore-")));
    assert_eq!(at(&planned, &["boats", "x", "number"]), &Cty::Unknown(Refinement::prefix("n-")));
    assert_eq!(at(&planned, &["houses", "number"]), &Cty::Unknown(Refinement::prefix("n-")));
    assert_eq!(at(&planned, &["fish", "deep", "trout", "name"]), &Cty::Unknown(Refinement::not_null()));
}

#[tokio::test]
async fn what_the_configuration_sets_to_something_unknown_is_not_promised() {
    let planned =
        start().await.plan(LAKE, &Json::Null, &json!({"name": "a", "shore": UNKNOWN})).await.planned;
    assert_eq!(at(&planned, &["shore"]), &Cty::unknown());
}

#[tokio::test]
async fn the_plan_before_apply_promises_the_same() {
    let terraform = start().await;
    let first = terraform.plan(LAKE, &Json::Null, &json!({"name": "a", "shore": UNKNOWN})).await.planned;
    let second = terraform.plan(LAKE, &Json::Null, &json!({"name": "a", "shore": "shore-1"})).await.planned;
    for name in ["id", "depth"] {
        assert_eq!(at(&first, &[name]), at(&second, &[name]));
    }
}

#[tokio::test]
async fn a_result_that_keeps_its_promises_is_fine_and_one_that_breaks_them_is_named() {
    let terraform = start().await;
    let planned = terraform.plan(LAKE, &Json::Null, &json!({"name": "a"})).await;
    assert!(terraform.apply(&planned).await.diagnostics.is_empty());
    let planned = terraform.plan(LAKE, &Json::Null, &json!({"name": "breaks"})).await;
    assert_snapshot!(terraform.apply(&planned).await.diagnostics, @r#"
    error: The result of creating landform_lake is not what was planned (at depth)
    "depth": it was promised to have a value, and it is null.
    This is a bug in the provider, which should be reported to its developers.
    error: The result of creating landform_lake is not what was planned (at fish["deep"]["trout"].name)
    fish["deep"]["trout"].name: it was promised to have a value, and it is null.
    This is a bug in the provider, which should be reported to its developers.
    error: The result of creating landform_lake is not what was planned (at id)
    "id": it was promised to start with "lake-", and it is "pond-1".
    This is a bug in the provider, which should be reported to its developers.
    "#);
}

#[tokio::test]
async fn a_plan_that_breaks_the_promises_of_the_schema_is_named_before_terraform_finds_out() {
    let terraform = start().await;
    let planned = terraform.plan(LAKE, &Json::Null, &json!({"name": "plans", "boats": {"x": {}}})).await;
    assert_snapshot!(planned, @r#"
    error: The plan of landform_lake is not valid (at boats["x"].number)
    boats["x"].number: it was promised to start with "n-", and the plan has "7".
    This is a bug in the provider, which should be reported to its developers.
    error: The plan of landform_lake is not valid (at id)
    "id": it was promised to start with "lake-", and the plan has "pond-1".
    This is a bug in the provider, which should be reported to its developers.
    "#);
    // A state of an earlier version of the provider may lack what is promised now.
    let prior = json!({"name": "plans", "id": "pond-1", "depth": null, "shore": "x", "fish": {}});
    assert_snapshot!(terraform.plan(LAKE, &prior, &json!({"name": "plans"})).await, @"no change");
}

#[test]
fn the_page_tells_how_a_text_starts() {
    let provider = Provider::new("landform", |_: Nothing, _| async { Ok(()) }).resource(Lakes);
    let text = &provider.pages(&crate::docs::Examples::default())["resources/lake.md"];
    assert!(text.contains("- `id` (String) The id. Starts with `lake-`."), "{text}");
}
