//! From the first plan to the last destroy.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_tree_is_made_from_the_top_with_all_its_tags_and_plans_empty() {
    let cloud = cloud();
    let mut tree = Instance::new(TYPE);
    let planned = plan(&cloud, &mut tree, &workloads()).await;
    for known in ["paths", "Workloads/Prod", "depth", "organization_id"] {
        assert!(planned.contains(known), "{known}: {planned}");
    }
    cloud.take_calls();
    let diagnostics = apply(&cloud, &mut tree, &workloads()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(units(&cloud), ["Security", "Workloads", "Workloads/Dev", "Workloads/Prod"]);
    let tags = cloud.organization_world(|world| {
        let id = world.parent_at("Workloads/Prod").unwrap().to_string();
        world.tags[&id].clone()
    });
    let expected = [
        ("data", "pci"),
        ("landform:child", "organizational_unit"),
        ("landform:resource", "organizational_units/main"),
        ("landform:stack", "test"),
        ("team", "platform"),
    ];
    assert_eq!(tags, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    let writes: Vec<String> = cloud
        .take_calls()
        .into_iter()
        .filter(|call| landform_test_cloud::is_write(call.operation))
        .map(|call| call.to_string())
        .collect();
    let made =
        ["Security", "Workloads", "Dev", "Prod"].map(|name| format!("CreateOrganizationalUnit {name}"));
    assert_eq!(writes, made);
    assert_eq!(plan(&cloud, &mut tree, &workloads()).await, "no change");
    assert_eq!(tree.state.as_ref().unwrap()["depth"], 2);
}

/// A refresh costs a call per unit and no more, whatever the tags; a plan of no change costs nothing on top.
#[tokio::test(start_paused = true)]
async fn a_refresh_reads_the_tree_once_and_no_tags() {
    let cloud = cloud();
    let mut tree = made(&cloud, &workloads()).await;
    cloud.take_calls();
    assert_eq!(plan(&cloud, &mut tree, &workloads()).await, "no change");
    let calls: Vec<&str> = cloud.take_calls().iter().map(|call| call.operation).collect();
    let count = |operation: &str| calls.iter().filter(|call| **call == operation).count();
    assert_eq!(count("ListOrganizationalUnitsForParent"), 5, "{calls:?}");
    assert_eq!((count("ListTagsForResource"), count("ListAccounts")), (0, 0), "{calls:?}");
    assert!(calls.len() <= 8, "{calls:?}");
}

#[tokio::test(start_paused = true)]
async fn units_come_and_go_and_get_other_tags() {
    let cloud = cloud();
    let mut tree = made(&cloud, &workloads()).await;
    let other = json!({ "preset": "small", "units": { "Workloads/Prod": {}, "Workloads/Test/Load": {} } });
    let planned = plan(&cloud, &mut tree, &other).await;
    assert!(planned.contains("Workloads/Dev is deleted"), "{planned}");
    let diagnostics = apply(&cloud, &mut tree, &other).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert_eq!(
        units(&cloud),
        [
            "Infrastructure",
            "Sandbox",
            "Security",
            "Suspended",
            "Workloads",
            "Workloads/Prod",
            "Workloads/Test",
            "Workloads/Test/Load"
        ]
    );
    let tags = cloud.organization_world(|world| world.tags.values().flatten().count());
    assert_eq!(tags, 3 * 8, "only those that say whose a unit is");
    assert_eq!(plan(&cloud, &mut tree, &other).await, "no change");
    let diagnostics = tree.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert!(units(&cloud).is_empty());
}

#[tokio::test(start_paused = true)]
async fn default_tags_of_the_provider_show_in_the_plan() {
    let cloud = cloud();
    let mut tree = made(&cloud, &workloads()).await;
    let block = json!({ "region": "us-east-1", "stack": "test", "default_tags": { "owner": "cloud" } });
    let tagging = || configured(&cloud, block.clone());
    assert!(tree.plan(&tagging().await, &workloads()).await.to_string().contains("owner"));
    let diagnostics = tree.apply(&tagging().await, &tagging().await, &workloads()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(tree.plan(&tagging().await, &workloads()).await.to_string(), "no change");
}

#[tokio::test(start_paused = true)]
async fn a_unit_gets_another_name_in_place_with_all_that_is_in_it() {
    let cloud = cloud();
    let before = json!({ "units": { "Work/Prod/PCI": {} } });
    let mut tree = made(&cloud, &before).await;
    cloud.organization_world(|world| world.add_account("shop", "shop@example.com", "Work/Prod/PCI"));
    let ids = tree.state.as_ref().unwrap()["ids"].clone();
    let after = json!({ "units": {
        "Workloads": { "renamed_from": "Work" },
        "Workloads/Production": { "renamed_from": "Workloads/Prod" },
        "Workloads/Production/PCI": {},
    } });
    let planned = plan(&cloud, &mut tree, &after).await;
    assert!(!planned.contains("is deleted"), "{planned}");
    let diagnostics = apply(&cloud, &mut tree, &after).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(units(&cloud), ["Workloads", "Workloads/Production", "Workloads/Production/PCI"]);
    let now = tree.state.as_ref().unwrap()["ids"].clone();
    assert_eq!(now["Workloads/Production/PCI"], ids["Work/Prod/PCI"]);
    // It may stay in the configuration, and may leave it.
    assert_eq!(plan(&cloud, &mut tree, &after).await, "no change");
    let without = json!({ "units": { "Workloads/Production/PCI": {} } });
    cloud.take_calls();
    let diagnostics = apply(&cloud, &mut tree, &without).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert!(!cloud.take_calls().iter().any(|call| landform_test_cloud::is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn what_people_delete_or_rename_is_drift_and_mended() {
    let cloud = cloud();
    let mut tree = made(&cloud, &workloads()).await;
    cloud.organization_world(|world| {
        world.units.retain(|it| it.unit.name != "Dev");
        world.units.iter_mut().filter(|it| it.unit.name == "Workloads").for_each(|it| {
            it.unit.name = "Work".to_owned();
        });
    });
    let planned = plan(&cloud, &mut tree, &workloads()).await;
    assert!(planned.contains(r#"rename \"Work\" to organizational unit Workloads"#), "{planned}");
    assert!(planned.contains("create organizational unit Workloads/Dev"), "{planned}");
    let diagnostics = apply(&cloud, &mut tree, &workloads()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(units(&cloud), ["Security", "Workloads", "Workloads/Dev", "Workloads/Prod"]);
    assert_eq!(plan(&cloud, &mut tree, &workloads()).await, "no change");
}
