//! Objects that were of another type.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::crates::{CRATE, Hall, start};
use crate::Source;
use crate::testing::to_json;

fn source(type_name: &str, state: Json) -> Source {
    Source {
        provider_address: "registry.terraform.io/attic/attic".to_owned(),
        type_name: type_name.to_owned(),
        schema_version: 2,
        state,
        identity: Json::Null,
    }
}

#[tokio::test]
async fn an_object_of_a_known_type_becomes_one_of_this_with_identity() {
    let terraform = start(&Hall::default()).await;
    let attic = source("attic_box", json!({"lid": 7, "corner": "first", "label": "glass"}));
    let moved = terraform.moved(CRATE, &attic).await;
    assert!(moved.diagnostics.is_empty(), "{}", moved.diagnostics);
    assert_eq!(to_json(&moved.state), json!({"shelf": "first", "label": "glass", "number": 7}));
    assert_eq!(to_json(&moved.identity), json!({"shelf": "first", "number": 7}));
    // What the move does not know is left to the read that follows.
    let old = Source { schema_version: 1, identity: json!({"lid": 7}), ..source("attic_box", json!({})) };
    let moved = terraform.moved(CRATE, &old).await;
    assert_eq!(to_json(&moved.state), json!({"shelf": null, "label": null, "number": 7}));
}

#[tokio::test]
async fn any_other_object_is_refused_by_name() {
    let terraform = start(&Hall::default()).await;
    assert_snapshot!(terraform.moved(CRATE, &source("attic_trunk", json!({}))).await, @r#"
    no object
    error: Cannot move attic_trunk to landform_crate
    This version of the provider does not know how to make one from an object of registry.terraform.io/attic/attic. Nothing was changed.
    "#);
    assert_snapshot!(terraform.moved(CRATE, &source("attic_box", json!({}))).await, @r#"
    no object
    error: The box has no lid
    registry.terraform.io/attic/attic
    "#);
    assert_snapshot!(terraform.moved(CRATE, &source("attic_box", json!({"lid": 0}))).await, @r#"
    no object
    error: The provider crashed while moving to landform_crate
    the lid fell off
    This is a bug in the provider, which should be reported to its developers.
    "#);
    let toy = super::toy::start(&Default::default()).await;
    assert_snapshot!(toy.moved("landform_network", &source("attic_trunk", json!({}))).await, @r#"
    no object
    error: Cannot move attic_trunk to landform_network
    This version of the provider does not know how to make one from an object of registry.terraform.io/attic/attic. Nothing was changed.
    "#);
}
