//! Identities: what Terraform stores beside the state, and imports by.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use tfplugin_proto::wire::provider_server::Provider as _;
use tonic::Request;

use super::crates::{CRATE, Crate, Hall, Shapeless, crate_seven, crate_type, provider, start, with_crate};
use crate::Value;
use crate::docs::{Examples, ImportExample};
use crate::testing::{Terraform, UNKNOWN, to_json};

#[tokio::test]
async fn the_schema_says_what_an_import_must_give() {
    let terraform = start(&Hall::default()).await;
    let schemas = terraform.service().get_resource_identity_schemas(Request::new(Default::default()));
    let schemas = schemas.await.unwrap().into_inner();
    assert!(schemas.diagnostics.is_empty());
    let schema = &schemas.identity_schemas[CRATE];
    let lines: Vec<String> = schema
        .identity_attributes
        .iter()
        .map(|attribute| {
            let ty = String::from_utf8(attribute.r#type.clone()).unwrap();
            let import = (attribute.required_for_import, attribute.optional_for_import);
            format!("{}: {ty} {import:?} {}", attribute.name, attribute.description)
        })
        .collect();
    assert_eq!(schema.version, 2);
    assert_snapshot!(lines.join("\n"), @r#"
    number: "number" (true, false) The number.
    shelf: "string" (false, true) Where it stands; the first shelf when left out.
    "#);
}

#[tokio::test]
async fn a_create_gives_the_identity_when_all_of_it_is_known() {
    let hall = Hall::default();
    let terraform = start(&hall).await;
    let planned = terraform.plan(CRATE, &Json::Null, &json!({"shelf": "first"})).await;
    assert!(planned.identity.is_null());
    let applied = terraform.apply(&planned).await;
    assert_eq!(to_json(&applied.identity), json!({"number": 7, "shelf": "first"}));

    let numbered = json!({"shelf": "first", "label": "numbered"});
    let planned = terraform.plan(CRATE, &Json::Null, &numbered).await;
    assert_eq!(to_json(&planned.identity), json!({"number": 7, "shelf": "first"}));
    assert_eq!(terraform.apply(&planned).await.identity, planned.identity);
}

#[tokio::test]
async fn a_create_that_fails_gives_the_identity_of_what_it_left() {
    let hall = Hall::default();
    let terraform = start(&hall).await;
    hall.fail(true);
    let planned = terraform.plan(CRATE, &Json::Null, &json!({"shelf": "first"})).await;
    let applied = terraform.apply(&planned).await;
    assert!(applied.diagnostics.has_errors());
    assert_eq!(to_json(&applied.identity), json!({"number": 7, "shelf": "first"}));

    let planned =
        terraform.plan(CRATE, &Json::Null, &json!({"shelf": "first", "label": "never arrives"})).await;
    let applied = terraform.apply(&planned).await;
    assert!(applied.state.is_null() && applied.identity.is_null());
}

#[tokio::test]
async fn an_update_keeps_the_identity_whether_it_succeeds_or_not() {
    let (hall, terraform, state, identity) = with_crate().await;
    let config = json!({"shelf": "first", "label": "glass", "number": null});
    let config = crate::testing::from_json(&config, &crate_type());
    let planned = terraform.plan_identified(CRATE, state, identity.clone(), config).await;
    assert_eq!(planned.identity, identity);
    hall.fail(true);
    assert_eq!(terraform.apply(&planned).await.identity, identity);
    hall.fail(false);
    let applied = terraform.apply(&planned).await;
    assert_eq!((applied.identity, applied.diagnostics.len()), (identity, 0));
}

#[tokio::test]
async fn a_replacement_keeps_the_identity_until_the_new_object_has_its_own() {
    let (_, terraform, state, identity) = with_crate().await;
    let config = crate::testing::from_json(&json!({"shelf": "second"}), &crate_type());
    let planned = terraform.plan_identified(CRATE, state, identity.clone(), config).await;
    assert_eq!(planned.requires_replace, ["shelf"]);
    assert_eq!(planned.identity, identity);
}

#[tokio::test]
async fn a_destroy_keeps_the_identity_until_the_object_is_gone() {
    let (hall, terraform, state, identity) = with_crate().await;
    let planned =
        terraform.plan_identified(CRATE, state.clone(), identity.clone(), crate::cty::Value::Null).await;
    assert_eq!(planned.identity, identity);
    hall.fail(true);
    let failed = terraform.apply(&planned).await;
    assert_eq!((failed.state, failed.identity), (state, identity));
}

#[tokio::test]
async fn a_read_adds_the_identity_that_an_older_state_lacks() {
    let (_, terraform, state, identity) = with_crate().await;
    assert_eq!(terraform.read(CRATE, &state).await.identity, identity);
    let partial = crate::cty::Value::object([("number", 7.into()), ("shelf", crate::cty::Value::Null)]);
    let read = terraform.read_identified(CRATE, &state, &partial).await;
    assert_eq!((read.identity, read.diagnostics.len()), (identity, 0));
}

#[tokio::test]
async fn the_identity_stays_when_the_object_is_gone_or_cannot_be_read() {
    let (hall, terraform, state, identity) = with_crate().await;
    hall.fail(true);
    let failed = terraform.read_identified(CRATE, &state, &identity).await;
    assert!(failed.diagnostics.has_errors());
    assert_eq!((&failed.state, &failed.identity), (&state, &identity));
    hall.fail(false);
    hall.put(None);
    let gone = terraform.read_identified(CRATE, &state, &identity).await;
    assert!(gone.state.is_null() && gone.diagnostics.is_empty());
    assert_eq!(gone.identity, identity);
    assert!(terraform.configure(json!({"name": UNKNOWN})).await.is_empty());
    assert_eq!(terraform.read_identified(CRATE, &state, &identity).await.identity, identity);
}

#[tokio::test]
async fn an_object_never_gets_another_identity() {
    let (hall, terraform, state, identity) = with_crate().await;
    hall.put(Some(Crate { number: Value::from(8), ..crate_seven() }));
    let read = terraform.read_identified(CRATE, &state, &identity).await;
    assert_eq!((&read.state, &read.identity), (&state, &identity));
    assert_snapshot!(read.diagnostics, @r#"
    error: The identity of this landform_crate changed
    It was {number = 7, shelf = "first"}, and now it is {number = 8, shelf = "first"}. An object keeps its identity for life.
    This is a bug in the provider, which should be reported to its developers.
    "#);

    let mut planned = terraform.plan(CRATE, &Json::Null, &json!({"shelf": "first"})).await;
    planned.identity = crate::cty::Value::object([("number", 9.into()), ("shelf", "first".into())]);
    let applied = terraform.apply(&planned).await;
    // What was made is saved all the same.
    assert_eq!(to_json(&applied.state)["number"], 7);
    assert_eq!(applied.identity, planned.identity);
    assert!(applied.diagnostics.has_errors());
}

#[tokio::test]
async fn an_object_without_a_number_has_no_identity_yet() {
    let (hall, terraform, state, _) = with_crate().await;
    hall.put(Some(Crate { number: Value::Null, ..crate_seven() }));
    let read = terraform.read(CRATE, &state).await;
    assert!(read.identity.is_null() && read.diagnostics.is_empty());
}

#[tokio::test]
async fn an_import_goes_by_identity_and_says_what_is_wrong_with_it() {
    let (_, terraform, state, identity) = with_crate().await;
    for given in [json!({"number": 7}), json!({"number": 7, "shelf": "first"})] {
        let imported = terraform.import_identified(CRATE, &given).await;
        assert_eq!(
            (imported.state, imported.identity, imported.diagnostics.len()),
            (state.clone(), identity.clone(), 0)
        );
    }
    assert_snapshot!(terraform.import_identified(CRATE, &json!({"number": 7, "shelf": "second"})).await, @r#"
    no object
    error: There is no such crate
    "#);
    assert_snapshot!(terraform.import_identified(CRATE, &json!({"shelf": "first"})).await, @r#"
    no object
    error: The identity to import a landform_crate by is incomplete
    It lacks: number.
    "#);
    assert_snapshot!(terraform.import_identified(CRATE, &json!({"number": -7})).await, @r#"
    no object
    error: Invalid value for "number"
    It must be positive, not -7.
    "#);
    assert_snapshot!(terraform.import(CRATE, "").await, @r#"
    no object
    error: Nothing to import a landform_crate by
    Give the id of an existing object, or its identity: number, shelf.
    "#);
}

#[tokio::test]
async fn an_older_identity_is_rewritten_and_a_newer_one_refused() {
    let terraform = start(&Hall::default()).await;
    let current = terraform.upgrade_identity(CRATE, 2, &json!({"number": 7, "gone": 1})).await;
    assert_eq!(to_json(&current.identity), json!({"number": 7, "shelf": null}));
    let older = terraform.upgrade_identity(CRATE, 1, &json!({"id": 7, "shelf": "first"})).await;
    assert_eq!(to_json(&older.identity), json!({"number": 7, "shelf": "first"}));
    let none = terraform.upgrade_identity(CRATE, 2, &Json::Null).await;
    assert!(none.identity.is_null() && none.diagnostics.is_empty());
    assert_snapshot!(terraform.upgrade_identity(CRATE, 0, &json!({})).await.diagnostics, @"error: Too old");
    assert_snapshot!(terraform.upgrade_identity(CRATE, 3, &json!({})).await.diagnostics, @r#"
    error: Cannot read the identity of this landform_crate
    It has version 3, and this provider knows versions up to 2. Upgrade the provider: raise its version in required_providers and run terraform init -upgrade.
    "#);
    assert_snapshot!(terraform.upgrade_identity(CRATE, 2, &json!({"number": "x"})).await.diagnostics, @r#"
    error: Cannot read the identity of this landform_crate
    number: not a decimal number: "x".
    "#);
    let toy = super::toy::start(&Arc::default()).await;
    assert_snapshot!(toy.upgrade_identity("landform_network", 0, &json!({})).await.diagnostics, @r#"
    error: Cannot read the identity of this landform_network
    This version of the provider has none for this type.
    "#);
}

#[tokio::test]
async fn an_identity_has_simple_attributes_only() {
    let terraform = Terraform::start(provider(&Hall::default()).resource(Shapeless));
    let schemas = terraform.service().get_resource_identity_schemas(Request::new(Default::default()));
    let diagnostics = schemas.await.unwrap().into_inner().diagnostics;
    let texts: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.summary.as_str()).collect();
    assert_snapshot!(texts.join("\n"), @r#"
    The identity of landform_shapeless cannot have the attribute "inner"
    The identity of landform_shapeless cannot have the attribute "tags"
    "#);
}

#[test]
fn the_import_section_shows_the_identity_first() {
    let import = ImportExample { id: "7".to_owned(), description: "The id is the number.".to_owned() };
    let examples = Examples { imports: [("crate".to_owned(), import)].into(), ..Examples::default() };
    let pages = provider(&Hall::default()).pages(&examples);
    let (_, section) = pages["resources/crate.md"].split_once("## Import\n").unwrap();
    assert_snapshot!(section, @r#"

    The id is the number.

    In Terraform 1.12 and later, use an `import` block with the identity:

    ```terraform
    import {
      to = landform_crate.example
      identity = {
        number = 7
        shelf  = "first"
      }
    }
    ```

    In Terraform 1.5 and later, use an `import` block:

    ```terraform
    import {
      to = landform_crate.example
      id = "7"
    }
    ```

    Or use the command:

    ```shell
    terraform import landform_crate.example '7'
    ```

    ### Identity Schema

    #### Required

    - `number` (Number) The number.

    #### Optional

    - `shelf` (String) Where it stands; the first shelf when left out.
    "#);
}

#[test]
fn the_schema_as_terraform_prints_it_has_the_identity() {
    let json = provider(&Hall::default()).schema_json("a");
    assert_snapshot!(json["provider_schemas"]["a"]["resource_identity_schemas"], @r#"{"landform_crate":{"attributes":{"number":{"description":"The number.","required_for_import":true,"type":"number"},"shelf":{"description":"Where it stands; the first shelf when left out.","optional_for_import":true,"type":"string"}},"version":2}}"#);
}
