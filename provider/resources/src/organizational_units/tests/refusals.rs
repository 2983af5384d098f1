//! What is refused, at plan, with what to do.

use super::*;
use insta::assert_snapshot;

#[tokio::test(start_paused = true)]
async fn a_unit_that_is_not_empty_is_kept_and_the_plan_names_what_is_in_it() {
    let cloud = cloud();
    let mut tree = made(&cloud, &workloads()).await;
    let shop = cloud.organization_world(|world| {
        world.add_unit("Workloads/Dev/Hand");
        world.add_account("shop", "shop@example.com", "Workloads/Dev")
    });
    let fewer = json!({ "units": { "Security": {}, "Workloads/Prod": {} } });
    let planned = plan(&cloud, &mut tree, &fewer).await;
    assert!(planned.contains("Organizational unit Workloads/Dev is not empty"), "{planned}");
    assert!(planned.contains(&format!("account {shop} (shop), organizational unit ou-ab12-")), "{planned}");
    assert!(planned.contains("(Workloads/Dev/Hand)"), "{planned}");
    let diagnostics = tree.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(diagnostics.to_string().contains("Workloads/Dev is not empty"), "{diagnostics}");
    assert_eq!(units(&cloud).len(), 5);
    // Retained, it stays where it is, and is nobody's.
    let retained = json!({ "units": { "Security": {}, "Workloads/Prod": {} }, "on_remove": "retain" });
    let diagnostics = apply(&cloud, &mut tree, &retained).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert_eq!(units(&cloud).len(), 5);
    let tags = cloud.organization_world(|world| {
        let id = world.parent_at("Workloads/Dev").unwrap().to_string();
        world.tags[&id].clone()
    });
    assert!(!tags.keys().any(|key| key.starts_with("landform:")), "{tags:?}");
    assert_eq!(plan(&cloud, &mut tree, &retained).await, "no change");
}

#[tokio::test(start_paused = true)]
async fn units_of_nobody_are_taken_in_on_request_only_and_units_of_others_never() {
    let cloud = cloud();
    cloud.organization_world(|world| world.add_unit("Workloads/Prod"));
    let mut tree = Instance::new(TYPE);
    let refused = plan(&cloud, &mut tree, &workloads()).await;
    assert!(refused.contains("Organizational unit Workloads exists already"), "{refused}");
    assert!(refused.contains("Set `adopt = true`"), "{refused}");
    let mut adopting = workloads();
    adopting["adopt"] = json!(true);
    let planned = plan(&cloud, &mut tree, &adopting).await;
    assert!(planned.contains("Workloads, Workloads/Prod exist already"), "{planned}");
    let diagnostics = apply(&cloud, &mut tree, &adopting).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert_eq!(units(&cloud).len(), 4);
    assert_eq!(plan(&cloud, &mut tree, &adopting).await, "no change");

    let mut other = Instance::new(TYPE);
    let elsewhere = configured(&cloud, json!({ "region": "us-east-1", "stack": "other" })).await;
    let refused = other.plan(&elsewhere, &adopting).await.to_string();
    assert!(refused.contains("belongs to organizational_units/main of stack test"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn a_plan_without_an_organization_waits_for_it_and_an_apply_says_what_to_do() {
    let cloud = InProcessCloud::new("123456789012".parse().unwrap());
    let mut tree = Instance::new(TYPE);
    let planned = plan(&cloud, &mut tree, &workloads()).await;
    assert!(!planned.contains("error"), "{planned}");
    let refused = apply(&cloud, &mut tree, &workloads()).await.to_string();
    assert!(refused.contains("There is no organization"), "{refused}");
    assert!(tree.state.is_none());
    cloud.organization_world(landform_test_cloud::OrganizationWorld::establish);
    assert!(apply(&cloud, &mut tree, &workloads()).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn credentials_of_another_organization_touch_nothing() {
    let cloud = cloud();
    let mut tree = made(&cloud, &workloads()).await;
    tree.state.as_mut().unwrap()["root_id"] = json!("r-ff99");
    let refused = plan(&cloud, &mut tree, &workloads()).await;
    assert!(refused.contains("those of another organization"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn bad_input_is_named_with_the_rule() {
    let cloud = cloud();
    let check = async |config: Json| process(&cloud).await.validate(TYPE, config).await.to_string();
    let text = check(json!({ "units": {
        "Workloads//Prod": {},
        "a/b/c/d/e/f": {},
        "Work": { "tags": { "landform:stack": "x" } },
        "New": { "renamed_from": "Other/Old" },
        "Same": { "renamed_from": "Work" },
        "Self": { "renamed_from": "Self" },
    } }))
    .await;
    assert_snapshot!(text, @r#"
    error: Tag "landform:stack" is not possible (at units["Work"].tags["landform:stack"])
    Keys that start with `landform:` say whose the object is and are set by Landform.
    error: Not a path (at units["Workloads//Prod"])
    `Workloads//Prod` is not a path of organizational units: it has an empty name. Write names with `/` between them, such as `Workloads/Prod`; the root has no name.
    error: Not a path (at units["a/b/c/d/e/f"])
    `a/b/c/d/e/f` has 6 levels, and AWS takes 5 below the root (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
    error: Not a path to rename (at units["New"].renamed_from)
    AWS cannot move Other/Old to another unit: only the last name of a path can change. Leave `renamed_from` out: New becomes a unit of its own.
    error: Not a path to rename (at units["Same"].renamed_from)
    Work is still in the configuration.
    error: Not a path to rename (at units["Self"].renamed_from)
    It is the path itself.
    "#);
    let text = check(json!({ "preset": "large" })).await;
    assert!(text.contains("it is `small` or `aws-recommended`"), "{text}");
    assert!(check(json!({ "preset": "aws-recommended" })).await.is_empty());
}
