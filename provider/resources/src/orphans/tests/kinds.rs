//! What is decided before any kind is asked.

use super::*;
use crate::vpc::tests::{Process, with_everything};
use landform_cloud::ErrorKind;
use landform_test_cloud::{Fault, When, is_write};

#[tokio::test]
async fn tags_that_name_no_resource_remove_nothing() {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    for scope in [region(), Scope::Account, Scope::Organization] {
        let place = place("123456789012", scope);
        for resource in ["", "main", "lake/main", "account/dev", "organizational_units/all", "vpc/No name"] {
            let refused = remove(&client(&cloud), &place, "test", resource).await;
            let text = refused.unwrap_err().to_string();
            assert!(text.contains("no resource that this version"), "{text}");
        }
    }
    assert!(cloud.take_calls().is_empty());
}

/// A role or a policy that somebody copied with all its tags is no reason to touch what the tags name elsewhere.
#[tokio::test(start_paused = true)]
async fn a_resource_is_removed_only_where_its_kind_is() {
    let process = Process::new();
    process.create(with_everything()).await.unwrap();
    for (scope, resource) in [
        (Scope::Account, "vpc/main"),
        (Scope::Organization, "vpc/main"),
        (region(), "deploy_roles/main"),
        (Scope::Account, "guardrails/main"),
        (region(), "organization_policy/main"),
    ] {
        let place = place("123456789012", scope);
        let refused = remove(process.client(), &place, "test", resource).await.unwrap_err().to_string();
        assert!(refused.contains(&format!("can remove in {place}")), "{refused}");
    }
    assert!(!process.parts().is_empty());
    assert!(process.cloud().take_calls().iter().all(|call| !call.operation.starts_with("Delete")));
}

#[tokio::test(start_paused = true)]
async fn looking_writes_nothing() {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    cloud.organization_world(|world| drop(world.establish()));
    for scope in [region(), Scope::Account, Scope::Organization] {
        assert_eq!(listed(&client(&cloud), &place("123456789012", scope)).await, []);
    }
    let calls = cloud.take_calls();
    assert!(!calls.is_empty() && calls.iter().all(|call| !is_write(call.operation)), "{calls:?}");
}

#[tokio::test(start_paused = true)]
async fn a_place_that_aws_does_not_show_is_a_failure_that_names_it() {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    for (scope, operation) in
        [(region(), "DescribeTags"), (region(), "ListBuckets"), (Scope::Account, "ListRoles")]
    {
        let (place, kind) = (place("123456789012", scope), ErrorKind::Denied);
        cloud.inject(Fault { operation: Some(operation), nth: 1, times: 1, when: When::Before, kind });
        let refused = owned_resources(&client(&cloud), &place).await.unwrap_err().to_string();
        assert!(refused.contains(&place.to_string()) && refused.contains(operation), "{refused}");
        assert_eq!(listed(&client(&cloud), &place).await, []);
    }
}
