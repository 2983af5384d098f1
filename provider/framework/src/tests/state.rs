//! What a state keeps from one run to the next.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{Terraform, to_json};
use crate::{Context, Diagnostics, Dynamic, Model, Plan, Provider, Resource, Value, async_trait, cty};

const SCALE: &str = "landform_scale";

/// A scale.
#[derive(Clone, Debug, PartialEq, Model)]
struct Scale {
    /// The weight.
    #[attribute(optional)]
    weight: Value<cty::Number>,
    /// Anything.
    #[attribute(optional)]
    any: Value<Dynamic>,
    /// Who made it.
    #[attribute(optional, computed, sticky)]
    maker: Value<Maker>,
    /// Counts the changes.
    #[attribute(computed)]
    revision: Value<i64>,
}

/// Someone who makes scales.
#[derive(Clone, Debug, PartialEq, Model)]
struct Maker {
    /// The name.
    #[attribute(required)]
    name: Value<String>,
    /// The licence.
    #[attribute(computed, sticky)]
    licence: Value<String>,
}

struct Scales;

#[async_trait]
impl Resource for Scales {
    type Client = ();
    type Model = Scale;

    fn name(&self) -> &'static str {
        "scale"
    }

    async fn plan(&self, _: &mut Plan<'_, (), Scale>) {}

    async fn read(&self, _: &Context<(), Scale>, state: Scale) -> Result<Option<Scale>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, _: &Context<(), Scale>, planned: Scale) -> Result<Scale, Diagnostics> {
        Ok(planned)
    }

    async fn update(&self, _: &Context<(), Scale>, _: Scale, planned: Scale) -> Result<Scale, Diagnostics> {
        Ok(planned)
    }

    async fn delete(&self, _: &Context<(), Scale>, _: Scale) -> Result<(), Diagnostics> {
        Ok(())
    }
}

/// A shop.
#[derive(Clone, Debug, PartialEq, Model)]
struct Shop {
    /// Its name.
    #[attribute(optional)]
    name: Value<String>,
}

async fn start() -> Terraform<()> {
    let provider = Provider::new("landform", |_: Shop, _| async { Ok(()) });
    let terraform = Terraform::start(provider.resource(Scales));
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

#[tokio::test]
async fn a_number_has_every_digit_whatever_its_size() {
    let terraform = start().await;
    for digits in ["123456789012345678901234567890", "0.1234567890123456789012345", "-1e400"] {
        let state = format!(
            r#"{{"weight":{digits},"any":{{"value":{digits},"type":"number"}},"maker":null,"revision":1}}"#
        );
        let loaded = terraform.load_raw(SCALE, 0, state.as_bytes()).await;
        assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics);
        let number = cty::Value::Number(digits.parse().unwrap());
        let cty::Value::Object(attributes) = loaded.state else { panic!("no object") };
        assert_eq!(attributes["weight"], number);
        assert_eq!(attributes["any"], cty::Value::Dynamic(Box::new(cty::Type::Number), Box::new(number)));
    }
}

/// Terraform proposes nothing for such an object, where it proposes the prior value of others.
#[tokio::test]
async fn a_sticky_object_with_attributes_that_are_not_computed_is_no_change() {
    let terraform = start().await;
    let state = json!({"maker": {"name": "Ohaus", "licence": "7"}, "revision": 1});
    assert_snapshot!(terraform.plan(SCALE, &state, &json!({})).await, @"no change");
    let planned = terraform.plan(SCALE, &state, &json!({"weight": 3})).await;
    assert_snapshot!(planned, @r#"
    update
    ~ revision = 1 -> (known after apply)
    + weight = 3
    "#);
    assert_eq!(to_json(&planned.planned)["maker"]["licence"], Json::from("7"));
}
