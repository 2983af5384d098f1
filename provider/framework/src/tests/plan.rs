//! Prior state and configuration in, plan out.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::toy::{World, provider, ready, start};
use crate::testing::{Terraform, UNKNOWN};

async fn plan(prior: Json, config: Json) -> String {
    let terraform = start(&Arc::new(World::default())).await;
    terraform.plan("landform_network", &prior, &config).await.to_string()
}

#[tokio::test]
async fn a_create_has_defaults_and_unknowns() {
    assert_snapshot!(plan(Json::Null, json!({"name": "core"})).await, @r#"
    create
    + contact = (known after apply)
    + id = (known after apply)
    + name = "core"
    + revision = 1
    + size = 3
    + status = "ready"
    + zone = (known after apply)
    "#);
}

#[tokio::test]
async fn nothing_changes_nothing() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": "core"})).await, @"no change");
}

#[tokio::test]
async fn an_update_keeps_what_is_sticky_and_lets_the_rest_be_unknown() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": "core", "size": 4})).await, @"
    update
    + contact = (known after apply)
    ~ revision = 1 -> 2
    ~ size = 3 -> 4
    ");
}

#[tokio::test]
async fn a_default_comes_back_when_the_configuration_goes() {
    assert_snapshot!(plan(ready(json!({"size": 5})), json!({"name": "core"})).await, @"
    update
    + contact = (known after apply)
    ~ revision = 1 -> 2
    ~ size = 5 -> 3
    ");
}

#[tokio::test]
async fn an_immutable_attribute_is_named_and_not_changed() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": "edge"})).await, @r#"
    error: Changing "name" would replace landform_network core (at name)
    "name" cannot be changed in place: it is "core", and the configuration asks for "edge".
    Everything in it would be destroyed and made again. To keep it, restore the old value; to replace it, set allow_replace = ["name"].
    "#);
}

#[tokio::test]
async fn an_immutable_attribute_that_may_be_replaced_is() {
    let config = json!({"name": "edge", "allow_replace": ["name"]});
    assert_snapshot!(plan(ready(json!({})), config).await, @r#"
    replace because of name
    + allow_replace = ["name"]
    + contact = (known after apply)
    ~ name = "core" -> "edge"
    ~ revision = 1 -> 2
    "#);
}

#[tokio::test]
async fn an_immutable_attribute_that_is_not_known_yet_is_judged_later() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": UNKNOWN})).await, @r#"
    update
    + contact = (known after apply)
    ~ name = "core" -> (known after apply)
    ~ revision = 1 -> 2
    "#);
}

#[tokio::test]
async fn setting_and_removing_an_immutable_attribute_are_changes() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": "core", "router": "fd00::1"})).await, @r#"
    error: Changing "router" would replace landform_network core (at router)
    "router" cannot be changed in place: it is null, and the configuration asks for "fd00::1".
    Everything in it would be destroyed and made again. To keep it, restore the old value; to replace it, set allow_replace = ["router"].
    "#);
    assert_snapshot!(plan(ready(json!({"router": "fd00::1"})), json!({"name": "core"})).await, @r#"
    error: Changing "router" would replace landform_network core (at router)
    "router" cannot be changed in place: it is "fd00::1", and the configuration asks for null.
    Everything in it would be destroyed and made again. To keep it, restore the old value; to replace it, set allow_replace = ["router"].
    "#);
}

#[tokio::test]
async fn a_new_spelling_is_no_change_of_an_immutable_attribute() {
    let prior = ready(json!({"router": "fd00::1"}));
    assert_snapshot!(plan(prior, json!({"name": "core", "router": "FD00::0001"})).await, @"no change");
}

#[tokio::test]
async fn a_replace_attribute_replaces_without_asking_but_not_when_it_is_left_out() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": "core", "zone": "z2"})).await, @r#"
    replace because of zone
    + contact = (known after apply)
    ~ revision = 1 -> 2
    ~ zone = "z1" -> "z2"
    "#);
    assert_snapshot!(plan(ready(json!({})), json!({"name": "core", "zone": "z1"})).await, @"no change");
}

#[tokio::test]
async fn the_resource_may_ask_for_a_replacement() {
    let config = json!({"name": "core", "labels": ["asks for replacement"]});
    assert_snapshot!(plan(ready(json!({})), config).await, @r#"
    replace because of labels
    + contact = (known after apply)
    + labels = ["asks for replacement"]
    ~ revision = 1 -> 2
    warning: Changing "labels" replaces landform_network core (at labels)
    A label asks for it.
    "#);
}

#[tokio::test]
async fn nested_objects_have_defaults_and_unknowns_of_their_own() {
    let config = json!({"name": "core", "subnets": {"a": {"cidr": "10.0.0.0/24"}, "b": {"cidr": UNKNOWN, "public": true}}});
    assert_snapshot!(plan(Json::Null, config).await, @r#"
    create
    + contact = (known after apply)
    + id = (known after apply)
    + name = "core"
    + revision = 1
    + size = 3
    + status = "ready"
    + subnets = {"a" = {cidr = "10.0.0.0/24", id = (known after apply), public = false}, "b" = {cidr = (known after apply), id = (known after apply), public = true}}
    + zone = (known after apply)
    "#);
}

#[tokio::test]
async fn an_element_that_stays_keeps_its_sticky_values_and_a_new_one_gets_unknown_ones() {
    let prior = ready(json!({"subnets": {"a": {"cidr": "10.0.0.0/24", "public": false, "id": "subnet-a"}}}));
    let config =
        json!({"name": "core", "subnets": {"a": {"cidr": "10.0.0.0/24"}, "b": {"cidr": "10.0.1.0/24"}}});
    assert_snapshot!(plan(prior, config).await, @r#"
    update
    + contact = (known after apply)
    ~ revision = 1 -> 2
    ~ subnets = {"a" = {cidr = "10.0.0.0/24", id = "subnet-a", public = false}} -> {"a" = {cidr = "10.0.0.0/24", id = "subnet-a", public = false}, "b" = {cidr = "10.0.1.0/24", id = (known after apply), public = false}}
    "#);
}

#[tokio::test]
async fn an_immutable_attribute_of_an_element_is_named_with_its_key() {
    let prior = ready(json!({"subnets": {"a": {"cidr": "10.0.0.0/24", "public": false, "id": "subnet-a"}}}));
    let config = json!({"name": "core", "subnets": {"a": {"cidr": "10.9.0.0/24"}}});
    assert_snapshot!(plan(prior.clone(), config).await, @r#"
    error: Changing subnets["a"].cidr would replace landform_network core (at subnets["a"].cidr)
    subnets["a"].cidr cannot be changed in place: it is "10.0.0.0/24", and the configuration asks for "10.9.0.0/24".
    Everything in it would be destroyed and made again. To keep it, restore the old value; to replace it, set allow_replace = ["subnets.cidr"].
    "#);
    let config =
        json!({"name": "core", "subnets": {"a": {"cidr": "10.9.0.0/24"}}, "allow_replace": ["subnets.cidr"]});
    assert_snapshot!(plan(prior, config).await, @r#"
    replace because of subnets["a"].cidr
    + allow_replace = ["subnets.cidr"]
    + contact = (known after apply)
    ~ revision = 1 -> 2
    ~ subnets = {"a" = {cidr = "10.0.0.0/24", id = "subnet-a", public = false}} -> {"a" = {cidr = "10.9.0.0/24", id = "subnet-a", public = false}}
    "#);
}

#[tokio::test]
async fn elements_of_a_set_have_defaults() {
    let config = json!({"name": "core", "rules": [{"port": 443}, {"port": 22, "action": "deny"}]});
    assert_snapshot!(plan(Json::Null, config.clone()).await, @r#"
    create
    + contact = (known after apply)
    + id = (known after apply)
    + name = "core"
    + revision = 1
    + rules = [{action = "allow", port = 443}, {action = "deny", port = 22}]
    + size = 3
    + status = "ready"
    + zone = (known after apply)
    "#);
    let prior = ready(json!({"rules": [{"port": 443, "action": "allow"}, {"port": 22, "action": "deny"}]}));
    assert_snapshot!(plan(prior, config).await, @"no change");
}

#[tokio::test]
async fn a_list_with_an_unknown_element_goes_through_as_it_is() {
    let config = json!({"name": "core", "labels": ["a", UNKNOWN]});
    assert_snapshot!(plan(Json::Null, config).await, @r#"
    create
    + contact = (known after apply)
    + id = (known after apply)
    + labels = ["a", (known after apply)]
    + name = "core"
    + revision = 1
    + size = 3
    + status = "ready"
    + zone = (known after apply)
    "#);
}

#[tokio::test]
async fn an_optional_object_is_computed_when_it_is_left_out_and_checked_when_it_is_not() {
    let config = json!({"name": "core", "contact": {"mail": "a@example.org"}});
    let prior = ready(json!({"contact": {"mail": "a@example.org"}}));
    assert_snapshot!(plan(prior.clone(), config).await, @"no change");
    assert_snapshot!(plan(prior, json!({"name": "core", "size": 4})).await, @r#"
    update
    ~ contact = {mail = "a@example.org"} -> (known after apply)
    ~ revision = 1 -> 2
    ~ size = 3 -> 4
    "#);
}

#[tokio::test]
async fn a_write_only_value_is_never_planned() {
    assert_snapshot!(plan(ready(json!({})), json!({"name": "core", "token": "t0p"})).await, @"no change");
}

#[tokio::test]
async fn a_sensitive_value_is_not_shown() {
    let config = json!({"name": "core", "labels": ["bug: changes the name"], "password": "hunter2"});
    let text = plan(Json::Null, config).await;
    assert!(!text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn a_plan_that_terraform_would_refuse_names_attribute_and_values() {
    let config = json!({"name": "core", "labels": ["bug: changes the name"]});
    assert_snapshot!(plan(Json::Null, config).await, @r#"
    error: The plan of landform_network is not valid (at name)
    "name": the plan has "other", but the configuration has "core".
    This is a bug in the provider, which should be reported to its developers.
    "#);
}

#[tokio::test]
async fn a_panic_is_an_error_of_the_plan_alone() {
    let terraform = start(&Arc::new(World::default())).await;
    let config = json!({"name": "core", "labels": ["panic"]});
    assert_snapshot!(terraform.plan("landform_network", &Json::Null, &config).await, @"
    error: The provider crashed while planning landform_network
    a label made the plan panic
    This is a bug in the provider, which should be reported to its developers.
    ");
    let after = terraform.plan("landform_network", &Json::Null, &json!({"name": "core"})).await;
    assert!(!after.diagnostics.has_errors());
}

#[tokio::test]
async fn validators_run_where_the_value_is() {
    let config = json!({"name": "", "size": -1, "subnets": {"a": {"cidr": ""}}, "rules": [{"port": 0}]});
    assert_snapshot!(plan(Json::Null, config).await, @r#"
    error: Invalid value for "name" (at name)
    It must not be empty.
    error: Invalid value for "size" (at size)
    It must be positive, not -1.
    error: Invalid value for subnets["a"].cidr (at subnets["a"].cidr)
    It must not be empty.
    error: Invalid value for "rules[*].port" (at rules)
    It must be positive, not 0.
    "#);
}

#[tokio::test]
async fn a_value_that_does_not_parse_is_named() {
    assert_snapshot!(plan(Json::Null, json!({"name": "core", "router": "10.0.0.1"})).await, @r#"
    error: Invalid value for "router" (at router)
    invalid IPv6 address syntax
    "#);
}

#[tokio::test]
async fn without_a_known_provider_configuration_there_is_no_client() {
    let terraform = Terraform::start(provider(&Arc::new(World::default())));
    assert!(terraform.configure(json!({"region": UNKNOWN})).await.is_empty());
    let config = json!({"name": "core", "labels": ["no client"]});
    let planned = terraform.plan("landform_network", &Json::Null, &config).await;
    assert_snapshot!(planned.diagnostics, @"warning: Planned without a client (at labels)");
}

#[tokio::test]
async fn the_same_plan_has_the_same_bytes() {
    let terraform = start(&Arc::new(World::default())).await;
    let config = json!({"name": "core", "subnets": {"a": {"cidr": "10.0.0.0/24"}}, "rules": [{"port": 443}]});
    let first = terraform.plan("landform_network", &Json::Null, &config).await;
    let second = terraform.plan("landform_network", &Json::Null, &config).await;
    assert_eq!((first.planned, first.private), (second.planned, second.private));
}

#[tokio::test]
async fn a_protected_object_is_not_destroyed() {
    let terraform = start(&Arc::new(World::default())).await;
    let planned = terraform.plan_destroy("landform_network", &ready(json!({"labels": ["protected"]}))).await;
    assert_snapshot!(planned, @"
    error: The network is protected
    Remove the label first.
    ");
    let planned = terraform.plan_destroy("landform_network", &ready(json!({}))).await;
    assert_snapshot!(planned, @"destroy");
}
