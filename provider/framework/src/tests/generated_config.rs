//! The configuration that is written for an object which was imported.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::toy::{ready, start};
use crate::testing::{from_json, to_json};

const NETWORK: &str = "landform_network";

fn without_nulls(json: Json) -> Json {
    match json {
        Json::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(k, v)| (k, without_nulls(v)))
            .collect(),
        Json::Array(elements) => elements.into_iter().map(without_nulls).collect(),
        json => json,
    }
}

#[tokio::test]
async fn it_has_what_one_would_write_and_plans_empty() {
    let terraform = start(&Arc::default()).await;
    let state = ready(json!({
        "subnets": {"a": {"cidr": "10.0.0.0/24", "id": "subnet-a", "public": true},
                    "b": {"cidr": "10.0.1.0/24", "id": "subnet-b", "public": false}},
        "labels": ["x"], "password": "secret",
    }));
    let ty = terraform
        .service()
        .provider()
        .resource_schemas()
        .find(|(name, _)| *name == NETWORK)
        .unwrap()
        .1
        .cty_type();
    let state = from_json(&state, &ty);
    let (config, diagnostics) = terraform.generate_config(NETWORK, &state).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_snapshot!(without_nulls(to_json(&config)), @r#"{"labels":["x"],"name":"core","subnets":{"a":{"cidr":"10.0.0.0/24","public":true},"b":{"cidr":"10.0.1.0/24"}},"zone":"z1"}"#);
    // A secret is not written into a file; the user puts it there.
    let mut config = to_json(&config);
    config["password"] = json!("secret");
    let planned = terraform.plan(NETWORK, &to_json(&state), &config).await;
    assert_snapshot!(planned, @"no change");
}

#[tokio::test]
async fn nothing_has_no_configuration() {
    let terraform = start(&Arc::default()).await;
    let (config, diagnostics) = terraform.generate_config(NETWORK, &crate::cty::Value::Null).await;
    assert!(config.is_null());
    assert_snapshot!(diagnostics, @r#"
    error: There is no landform_network to write a configuration for
    Terraform sent no state.
    "#);
}
