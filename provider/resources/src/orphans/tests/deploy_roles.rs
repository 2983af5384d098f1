//! Deploy roles.

use super::*;
use crate::deploy_roles::tests::{Process, both};
use landform_framework::{Text, Value};
use landform_model::RoleName;
use landform_test_cloud::InMemoryRole;

fn here() -> Place {
    place("123456789012", Scope::Account)
}

/// Deploy roles, and a role of others.
async fn made() -> (Process, Landform) {
    let process = Process::new();
    process.create(both()).await.unwrap();
    let name: RoleName = "theirs".parse().unwrap();
    process.world(|iam| {
        let mut role: InMemoryRole = iam.roles.values().next().unwrap().clone();
        role.role.tags = [("team".to_owned(), "other".to_owned())].into();
        role.role.arn = "arn:aws:iam::123456789012:role/theirs".parse().unwrap();
        role.role.boundary = None;
        role.role.trust = None;
        iam.roles.insert(name, role);
    });
    let client = client(&process.cloud);
    (process, client)
}

#[tokio::test(start_paused = true)]
async fn roles_boundary_and_provider_are_listed_and_nothing_of_others() {
    let (process, client) = made().await;
    let all = listed(&client, &here()).await;
    let kinds = vec!["oidc-provider", "policy", "role", "role"];
    assert_eq!(names(&all), [("test", "deploy_roles/deploy", kinds)]);
    assert_eq!(all[0].kept, None);
    process.world(|iam| {
        let plan = iam.roles.get_mut(&"landform-plan".parse::<RoleName>().unwrap()).unwrap();
        plan.role.tags.remove(STACK_TAG);
    });
    let all = listed(&client, &here()).await;
    assert_eq!(names(&all)[0], ("", "deploy_roles/deploy", vec!["role"]));
    assert_eq!(all.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_no_state_knows_is_removed_whole_and_what_others_made_stays() {
    let (process, client) = made().await;
    let before = process.parts();
    for (stack, resource) in [("other", "deploy_roles/deploy"), ("test", "deploy_roles/another")] {
        remove(&client, &here(), stack, resource).await.unwrap();
        assert_eq!(process.parts(), before, "{resource} of {stack}");
    }
    let said = remove(&client, &here(), "test", "deploy_roles/deploy").await.unwrap();
    assert!(said.is_empty(), "{said}");
    assert_eq!(process.parts(), ["role theirs -"]);
    assert_eq!(listed(&client, &here()).await, []);
}

/// Nothing but the tags is needed: the names are the user's, and a removal that broke off goes on.
#[tokio::test(start_paused = true)]
async fn roles_of_any_name_and_the_rest_of_a_broken_removal_go() {
    let process = Process::new();
    let named = |name: &str| Value::Known(Text(name.parse::<RoleName>().unwrap()));
    let model = crate::DeployRoles { plan_role: named("reader"), apply_role: named("writer"), ..both() };
    process.create(model).await.unwrap();
    process.world(|iam| drop(iam.roles.remove(&"writer".parse::<RoleName>().unwrap())));
    remove(&client(&process.cloud), &here(), "test", "deploy_roles/deploy").await.unwrap();
    assert_eq!(process.parts(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_others_need_is_left_to_them_and_that_is_said() {
    let (process, client) = made().await;
    process.world(|iam| {
        let trust = iam.roles[&"landform-plan".parse::<RoleName>().unwrap()].role.trust.clone();
        iam.roles.get_mut(&"theirs".parse::<RoleName>().unwrap()).unwrap().role.trust = trust;
    });
    let said = remove(&client, &here(), "test", "deploy_roles/deploy").await.unwrap().to_string();
    assert!(said.contains("stays") && said.contains("theirs"), "{said}");
    assert_eq!(process.parts(), ["role theirs -", "oidc-provider/token.actions.githubusercontent.com -"]);
}

#[tokio::test(start_paused = true)]
async fn a_copy_of_a_role_with_its_tags_stops_the_removal_before_anything_is_deleted() {
    let (process, client) = made().await;
    process.world(|iam| {
        let tags = iam.roles[&"landform-plan".parse::<RoleName>().unwrap()].role.tags.clone();
        iam.roles.get_mut(&"theirs".parse::<RoleName>().unwrap()).unwrap().role.tags = tags;
    });
    let before = process.parts();
    let refused = remove(&client, &here(), "test", "deploy_roles/deploy").await.unwrap_err().to_string();
    assert!(refused.contains("role/theirs") && refused.contains("Nothing was deleted"), "{refused}");
    assert_eq!(process.parts(), before);
}
