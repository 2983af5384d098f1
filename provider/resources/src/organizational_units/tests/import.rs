//! A tree that others made is taken in as it is.

use super::*;

/// A tree by hand: with a name that cannot stand in a path, tags, and a unit of another stack.
fn by_hand() -> InProcessCloud {
    let cloud = cloud();
    cloud.organization_world(|world| {
        world.add_unit("Security");
        let prod = world.add_unit("Workloads/Prod").to_string();
        world.tags.insert(prod, [("data".to_owned(), "pci".to_owned())].into());
        let other = world.add_unit("Theirs").to_string();
        world.tags.insert(other, [("landform:stack".to_owned(), "other".to_owned())].into());
        world.add_unit("Theirs/Below");
        let odd = world.add_unit("Odd").to_string();
        world.units.iter_mut().filter(|it| it.unit.id.as_str() == odd).for_each(|it| {
            it.unit.name = "R/D".to_owned();
        });
    });
    cloud
}

#[tokio::test(start_paused = true)]
async fn a_tree_is_found_and_imported_and_its_generated_configuration_plans_empty() {
    let cloud = by_hand();
    let terraform = process(&cloud).await;
    let (found, diagnostics) = terraform.list(TYPE, &json!({}), None, true).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    let [tree] = found.as_slice() else { panic!("{found:?}") };
    assert!(tree.display_name.starts_with("organizational units of o-"), "{}", tree.display_name);

    let imported =
        terraform.import_identified(TYPE, &landform_framework::testing::to_json(&tree.identity)).await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    let (config, diagnostics) = terraform.generate_config(TYPE, &imported.state).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    let planned = terraform.plan_value(TYPE, imported.state.clone(), config).await;
    assert_eq!(planned.to_string(), "no change");
    let text = format!("{:?}", imported.state);
    assert!(text.contains("Workloads/Prod") && text.contains("pci"), "{text}");
    assert!(!text.contains("Theirs") && !text.contains("R/D"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn what_is_imported_is_changed_and_destroyed_as_if_it_were_made_here() {
    let cloud = by_hand();
    let id = cloud.organization_world(|world| world.organization.clone().unwrap().id.to_string());
    let terraform = process(&cloud).await;
    let imported = terraform.import(TYPE, &id).await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    let mut tree = Instance::new(TYPE);
    tree.state = Some(landform_framework::testing::to_json(&imported.state));
    let config = json!({ "units": { "Security": {}, "Workloads/Prod": { "tags": { "data": "none" } } } });
    let diagnostics = apply(&cloud, &mut tree, &config).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert_eq!(plan(&cloud, &mut tree, &config).await, "no change");
    let diagnostics = tree.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(units(&cloud), ["R/D", "Theirs", "Theirs/Below"]);
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_none_is_refused_with_the_form_wanted() {
    let terraform = process(&cloud()).await;
    for id in ["r-ab12", "o-ffff", "o-1/Not a name"] {
        let text = terraform.import(TYPE, id).await.diagnostics.to_string();
        assert!(text.contains("Write the id of the organization") || text.contains("not in that"), "{text}");
    }
}
