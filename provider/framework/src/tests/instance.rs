//! The life of one object between runs of Terraform, with its identity.

use serde_json::{Value as Json, json};

use super::crates::{CRATE, Hall, start};
use crate::testing::{Instance, Replacement, to_json};

fn seven(shelf: &str) -> Option<Json> {
    Some(json!({"number": 7, "shelf": shelf}))
}

#[tokio::test]
async fn an_identity_is_stored_with_the_object_and_goes_with_it() {
    let hall = Hall::default();
    let terraform = start(&hall).await;
    let mut instance = Instance::new(CRATE);
    assert!(!instance.apply(&terraform, &terraform, &json!({"shelf": "first"})).await.has_errors());
    assert_eq!(instance.identity, seven("first"));
    let config = json!({"shelf": "first", "label": "glass"});
    let planned = instance.plan(&terraform, &config).await;
    assert_eq!(Some(to_json(&planned.prior_identity)), seven("first"));
    assert!(!instance.apply(&terraform, &terraform, &config).await.has_errors());
    assert_eq!(instance.identity, seven("first"));
    assert!(!instance.destroy(&terraform, &terraform).await.has_errors());
    assert_eq!((instance.state, instance.identity), (None, None));
}

#[tokio::test]
async fn an_object_that_is_gone_has_no_identity_any_more() {
    let hall = Hall::default();
    let terraform = start(&hall).await;
    let mut instance = Instance::new(CRATE);
    instance.apply(&terraform, &terraform, &json!({"shelf": "first"})).await;
    hall.put(None);
    instance.plan(&terraform, &json!({"shelf": "first"})).await;
    assert_eq!((instance.state, instance.identity), (None, None));
}

#[tokio::test]
async fn a_replacement_has_an_identity_of_its_own_in_either_order() {
    for replacement in [Replacement::DestroyThenCreate, Replacement::CreateThenDestroy] {
        let terraform = start(&Hall::default()).await;
        let mut instance = Instance { replacement, ..Instance::new(CRATE) };
        instance.apply(&terraform, &terraform, &json!({"shelf": "first"})).await;
        let diagnostics = instance.apply(&terraform, &terraform, &json!({"shelf": "second"})).await;
        assert!(!diagnostics.has_errors(), "{diagnostics}");
        assert_eq!(instance.identity, seven("second"), "{replacement:?}");
        assert!(instance.deposed.is_empty());
    }
}

#[tokio::test]
async fn an_object_that_nothing_took_the_place_of_is_put_back_with_its_identity() {
    let hall = Hall::default();
    let terraform = start(&hall).await;
    let mut instance = Instance { replacement: Replacement::CreateThenDestroy, ..Instance::new(CRATE) };
    instance.apply(&terraform, &terraform, &json!({"shelf": "first"})).await;
    let config = json!({"shelf": "second", "label": "never arrives"});
    assert!(instance.apply(&terraform, &terraform, &config).await.has_errors());
    assert_eq!(instance.identity, seven("first"));
    assert!(instance.deposed.is_empty() && !instance.tainted);
}
