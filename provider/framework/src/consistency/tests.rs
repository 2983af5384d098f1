//! Terraform's rules, row by row.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::{known, object_compatible, plan_valid};
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};
use crate::testing::{UNKNOWN, from_json};
use crate::{Diagnostics, cty};

/// Attributes of every kind.
fn schema() -> ObjectSchema {
    let text = || Shape::Type(cty::Type::String);
    let element = ObjectSchema::new("")
        .attribute("name", AttributeSchema::new(text(), "").required())
        .attribute("id", AttributeSchema::new(text(), "").computed());
    let nested = |nesting| AttributeSchema::new(Shape::Nested(nesting, element.clone()), "").optional();
    ObjectSchema::new("")
        .attribute("name", AttributeSchema::new(text(), "").optional())
        .attribute("id", AttributeSchema::new(text(), "").computed())
        .attribute("zone", AttributeSchema::new(text(), "").optional().computed())
        .attribute("password", AttributeSchema::new(text(), "").optional().sensitive())
        .attribute("token", AttributeSchema::new(text(), "").optional().write_only())
        .attribute(
            "labels",
            AttributeSchema::new(Shape::Type(cty::Type::map(cty::Type::String)), "").optional(),
        )
        .attribute("one", nested(Nesting::Single))
        .attribute("list", nested(Nesting::List))
        .attribute("set", nested(Nesting::Set))
        .attribute("map", nested(Nesting::Map))
}

/// What is wrong with a plan, one line each.
fn plan(prior: Json, config: Json, planned: Json) -> String {
    let ty = schema().cty_type();
    let value = |json| from_json(&json, &ty);
    lines(&plan_valid("toy", &schema(), &value(prior), &value(config), &value(planned)))
}

/// What is wrong with a result, one line each.
#[expect(clippy::needless_pass_by_value, reason = "the rows of a table read better with values")]
fn apply(planned: Json, actual: Json) -> String {
    let ty = schema().cty_type();
    let (planned, actual) = (from_json(&planned, &ty), from_json(&actual, &ty));
    let mut found = known("creating toy", &schema(), &actual);
    found.extend(object_compatible("creating toy", &schema(), &planned, &actual));
    lines(&found)
}

fn lines(diagnostics: &Diagnostics) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    diagnostics.iter().map(|diagnostic| first(&diagnostic.detail)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_plan_may_have_the_configuration_the_prior_value_and_anything_computed() {
    let config =
        json!({"name": "a", "list": [{"name": "x"}], "set": [{"name": "x"}], "map": {"k": {"name": "x"}}});
    let element = json!({"name": "x", "id": UNKNOWN});
    let planned = json!({
        "name": "a", "id": UNKNOWN, "zone": "z1", "list": [element], "set": [element], "map": {"k": element},
    });
    assert_eq!(plan(Json::Null, config, planned), "");
    assert_eq!(plan(json!({"name": "b"}), json!({"name": "a"}), json!({"name": "b"})), "");
}

#[test]
fn a_plan_may_not_change_the_configuration() {
    assert_snapshot!(plan(Json::Null, json!({"name": "a"}), json!({"name": "b"})), @r#""name": the plan has "b", but the configuration has "a"."#);
    assert_snapshot!(plan(json!({"name": "c"}), json!({"name": "a"}), json!({"name": "b"})), @r#""name": the plan has "b", but the configuration has "a" and the state has "c"."#);
    assert_snapshot!(plan(Json::Null, json!({}), json!({"name": "b"})), @r#""name": the plan has "b", but the configuration has nothing and the attribute is not computed."#);
    assert_snapshot!(plan(Json::Null, json!({"zone": "z1"}), json!({"zone": UNKNOWN})), @r#""zone": the plan has (known after apply), but the configuration has "z1"."#);
    assert_snapshot!(plan(Json::Null, json!({"password": "one"}), json!({"password": "two"})), @r#""password": the plan has (sensitive value), but the configuration has (sensitive value)."#);
    assert_snapshot!(plan(Json::Null, json!({"token": "t"}), json!({"token": "t"})), @r#""token": the attribute is write-only, and the plan has a value for it."#);
}

#[test]
fn a_plan_has_the_elements_of_the_configuration() {
    let x = json!({"name": "x"});
    assert_snapshot!(plan(Json::Null, json!({"one": x}), json!({})), @r#""one": the plan has nothing, but the configuration has a value."#);
    assert_snapshot!(plan(Json::Null, json!({}), json!({"one": x})), @r#""one": the plan has a value, but the configuration has nothing."#);
    assert_snapshot!(plan(Json::Null, json!({"one": x}), json!({"one": UNKNOWN})), @r#""one": the plan has an unknown value, but the configuration has a known one."#);
    assert_snapshot!(plan(Json::Null, json!({"list": [x, x]}), json!({"list": [x]})), @r#""list": the plan has 1 elements, but the configuration has 2."#);
    assert_snapshot!(plan(Json::Null, json!({"list": [x]}), json!({"list": [{"name": "y"}]})), @r#""list[0].name": the plan has "y", but the configuration has "x"."#);
    assert_snapshot!(plan(Json::Null, json!({"map": {"a": x}}), json!({"map": {"b": x}})), @r#"
    map["b"]: the plan has this element, but the configuration does not.
    map["a"]: the configuration has this element, but the plan does not.
    "#);
    assert_snapshot!(plan(Json::Null, json!({"set": [x]}), json!({"set": [{"name": "y"}]})), @r#""set": nothing in the result corresponds to the element {name = "y"}."#);
}

#[test]
fn an_element_of_a_set_may_keep_what_was_computed() {
    let prior = json!({"set": [{"name": "x", "id": "1"}, {"name": "y", "id": "2"}]});
    let config = json!({"set": [{"name": "y"}, {"name": "x"}]});
    assert_eq!(plan(prior.clone(), config, prior), "");
}

#[test]
fn a_result_has_what_was_planned_and_anything_for_the_unknown() {
    let planned =
        json!({"name": "a", "id": UNKNOWN, "list": [{"name": "x", "id": UNKNOWN}], "labels": {"k": "v"}});
    let actual = json!({"name": "a", "id": "i", "list": [{"name": "x", "id": "j"}], "labels": {"k": "v"}});
    assert_eq!(apply(planned, actual), "");
    let planned = json!({"set": [{"name": "x", "id": UNKNOWN}, {"name": "y", "id": UNKNOWN}]});
    assert_eq!(apply(planned, json!({"set": [{"name": "y", "id": "1"}, {"name": "x", "id": "2"}]})), "");
}

#[test]
fn a_result_may_not_differ_from_the_plan() {
    assert_snapshot!(apply(json!({"name": "a"}), json!({"name": "b"})), @r#""name": it was planned as "a", and now it is "b"."#);
    assert_snapshot!(apply(json!({"name": "a"}), json!({})), @r#""name": it was planned as "a", and now it is null."#);
    assert_snapshot!(apply(json!({}), json!({"zone": "z1"})), @r#""zone": it was planned as null, and now it is "z1"."#);
    assert_snapshot!(apply(json!({"labels": {"a": "1"}}), json!({"labels": {"b": "1"}})), @r#"
    labels["a"]: it was planned, and now it is not there.
    labels["b"]: it was not planned, and now it is there.
    "#);
    assert_snapshot!(apply(json!({"list": [{"name": "x"}]}), json!({"list": []})), @r#""list": it was planned with 1 elements, and now it has 0."#);
    assert_snapshot!(apply(json!({"set": [{"name": "x"}]}), json!({"set": [{"name": "y"}]})), @r#""set": nothing in the result corresponds to the element {name = "x"}."#);
    assert_snapshot!(apply(json!({"password": "one"}), json!({"password": "two"})), @r#""password": the sensitive value is not the planned one."#);
    assert_snapshot!(apply(json!({"id": UNKNOWN, "map": {"k": {"name": "x", "id": UNKNOWN}}}), json!({"id": UNKNOWN, "map": {"k": {"name": "x", "id": UNKNOWN}}})), @r#"
    "id": no value was given.
    map["k"].id: no value was given.
    "#);
}

#[test]
fn a_plan_has_the_value_of_the_configuration_whatever_is_promised_of_it() {
    let object = |value| cty::Value::object([("name", value)]);
    let promised = object(cty::Value::Unknown(cty::Refinement::prefix("a-")));
    let found = plan_valid("toy", &schema(), &cty::Value::Null, &promised, &object(cty::Value::unknown()));
    assert!(found.is_empty(), "{found}");
}

#[test]
fn what_only_the_provider_sets_is_free_even_if_a_configuration_has_it() {
    assert_eq!(plan(json!({"id": "old"}), json!({"id": "mine"}), json!({"id": UNKNOWN})), "");
}

#[test]
fn elements_of_a_set_correspond_in_both_directions() {
    let planned = json!({"set": [{"name": "x", "id": UNKNOWN}, {"name": UNKNOWN, "id": "9"}]});
    assert_eq!(apply(planned.clone(), json!({"set": [{"name": "x", "id": "9"}]})), "");
    assert_snapshot!(apply(planned.clone(), json!({"set": [{"name": "x", "id": "9"}, {"name": "y", "id": "8"}]})), @r#""set": the element {id = "8", name = "y"} corresponds to nothing in the plan."#);
    assert_snapshot!(apply(planned, json!({"set": [{"name": "x", "id": "1"}, {"name": "y", "id": "9"}, {"name": "z", "id": "9"}]})), @r#""set": the set had 2 elements and now has 3."#);
    let planned = json!({"set": [{"name": "x"}, {"name": "x", "id": "1"}]});
    assert_snapshot!(plan(Json::Null, json!({"set": [{"name": "x"}, {"name": "y"}]}), planned), @r#""set": the element {name = "y"} corresponds to nothing in the plan."#);
    assert_snapshot!(plan(Json::Null, json!({"set": [{"name": "x"}]}), json!({"set": UNKNOWN})), @r#""set": the plan has an unknown value, but the configuration has a known one."#);
    assert_snapshot!(plan(Json::Null, json!({"set": UNKNOWN}), json!({"set": [{"name": "x"}]})), @r#""set": the plan has a known value, but the configuration has an unknown one."#);
}

#[test]
fn a_promise_about_an_unknown_value_binds() {
    let promised = |refinement| cty::Value::object([("id", cty::Value::Unknown(refinement))]);
    let check = |planned: &cty::Value, actual: cty::Value| {
        lines(&object_compatible("creating toy", &schema(), planned, &cty::Value::object([("id", actual)])))
    };
    let prefixed = promised(cty::Refinement::prefix("vpc-"));
    assert_eq!(check(&prefixed, cty::Value::from("vpc-1")), "");
    assert_snapshot!(check(&prefixed, cty::Value::from("subnet-1")), @r#""id": it was promised to start with "vpc-", and it is "subnet-1"."#);
    assert_snapshot!(check(&promised(cty::Refinement::not_null()), cty::Value::Null), @r#""id": it was promised to have a value, and it is null."#);
}
