//! Rules about several attributes.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{UNKNOWN, from_json};
use crate::{Attribute, Context, Diagnostics, Model, Path, Plan, Resource, Value, async_trait};

/// A door.
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[model(exactly_one_of("key", "code"), at_most_one_of("bell", "knocker", "horn"))]
pub(super) struct Door {
    /// A key.
    #[attribute(optional, required_with("keyring"))]
    key: Value<String>,
    /// Where the key hangs.
    #[attribute(optional)]
    keyring: Value<String>,
    /// A number.
    #[attribute(optional, conflicts_with("keyring"))]
    code: Value<i64>,
    /// A bell.
    #[attribute(default = false)]
    bell: Value<bool>,
    /// A knocker.
    #[attribute(optional)]
    knocker: Value<bool>,
    /// A horn.
    #[attribute(optional)]
    horn: Value<bool>,
    /// Doors behind this one.
    #[attribute(optional)]
    inner: Value<BTreeMap<String, Hatch>>,
}

/// A small door.
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[model(at_least_one_of("up", "down"))]
struct Hatch {
    /// Whether it opens upwards.
    #[attribute(optional, conflicts_with("down"))]
    up: Value<bool>,
    /// Whether it opens downwards.
    #[attribute(optional, conflicts_with("up"))]
    down: Value<bool>,
}

pub(super) struct Doors;

#[async_trait]
impl Resource for Doors {
    type Client = ();
    type Model = Door;

    fn name(&self) -> &'static str {
        "door"
    }

    async fn plan(&self, _: &mut Plan<'_, (), Door>) {}

    async fn read(&self, _: &Context<(), Door>, state: Door) -> Result<Option<Door>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, _: &Context<(), Door>, planned: Door) -> Result<Door, Diagnostics> {
        Ok(planned)
    }

    async fn update(&self, _: &Context<(), Door>, _: Door, planned: Door) -> Result<Door, Diagnostics> {
        Ok(planned)
    }

    async fn delete(&self, _: &Context<(), Door>, _: Door) -> Result<(), Diagnostics> {
        Ok(())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the rows of a table read better with values")]
fn check(config: Json) -> Diagnostics {
    let value = from_json(&config, &Door::schema().cty_type());
    let mut diagnostics = Diagnostics::new();
    Door::decode(&value, &Path::root()).unwrap().check(&Path::root(), &mut diagnostics);
    diagnostics
}

#[test]
fn a_configuration_that_keeps_the_rules_is_fine() {
    for config in [
        json!({"code": 1}),
        json!({"key": "k", "keyring": "r", "bell": true}),
        json!({"code": 1, "inner": {"x": {"up": true}}}),
    ] {
        assert!(check(config).is_empty());
    }
}

#[test]
fn what_is_not_known_yet_breaks_no_rule() {
    for config in [
        json!({"key": UNKNOWN}),
        json!({"key": "k", "keyring": UNKNOWN}),
        json!({"code": 1, "key": UNKNOWN, "keyring": UNKNOWN}),
        json!({"code": 1, "bell": true, "horn": UNKNOWN}),
        json!({"code": 1, "inner": {"x": {"up": UNKNOWN}}}),
        json!({"code": 1, "inner": UNKNOWN}),
    ] {
        assert!(check(config).is_empty());
    }
}

#[test]
fn a_broken_rule_names_the_attributes_and_the_way_out() {
    assert_snapshot!(check(json!({"code": 1, "keyring": "r"})), @r#"
    error: "code" and "keyring" exclude each other (at code)
    Both are set. Leave one of them out.
    "#);
    assert_snapshot!(check(json!({"key": "k"})), @r#"
    error: "key" needs "keyring" (at key)
    "key" is set, and "keyring" is not. Set "keyring" as well, or leave "key" out.
    "#);
    assert_snapshot!(check(json!({})), @r#"
    error: "key" or "code" is missing
    Set one of them.
    "#);
    assert_snapshot!(check(json!({"key": "k", "keyring": "r", "code": 1})), @r#"
    error: "code" and "keyring" exclude each other (at code)
    Both are set. Leave one of them out.
    error: "key" and "code" exclude each other (at code)
    Exactly one of "key", "code" may be set. Leave out all but one.
    "#);
    assert_snapshot!(check(json!({"code": 1, "bell": true, "knocker": true, "horn": false})), @r#"
    error: "bell" and "knocker" and "horn" exclude each other (at knocker)
    At most one of "bell", "knocker", "horn" may be set. Leave out all but one.
    "#);
}

#[test]
fn rules_of_nested_objects_have_their_paths() {
    assert_snapshot!(check(json!({"code": 1, "inner": {"x": {}, "y": {"up": true, "down": false}}})), @r#"
    error: inner["x"].up or inner["x"].down is missing (at inner["x"])
    Set at least one of them.
    error: inner["y"].up and inner["y"].down exclude each other (at inner["y"].up)
    Both are set. Leave one of them out.
    "#);
}

#[test]
fn the_descriptions_tell_the_rules() {
    let schema = Door::schema();
    assert_eq!(
        schema.description,
        "A door.\n\nExactly one of `key` and `code` must be set. At most one of `bell`, `knocker` and `horn` may be set."
    );
    assert_eq!(schema.attributes["key"].description, "A key. Needs `keyring`.");
    assert_eq!(schema.attributes["keyring"].description, "Where the key hangs. Excludes `code`.");
    assert_eq!(schema.attributes["code"].description, "A number. Excludes `keyring`.");
    assert_eq!(Hatch::schema().attributes["up"].description, "Whether it opens upwards. Excludes `down`.");
}
