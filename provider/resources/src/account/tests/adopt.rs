//! Accounts that exist: taken in by their address, imported, found.

use super::*;
use landform_cloud::organizations::AccountState;
use landform_framework::testing::to_json;

fn by_hand() -> InProcessCloud {
    let cloud = cloud();
    cloud.organization_world(|world| {
        let id = world.add_account("Shop", "Shop@Example.com", "Sandbox").to_string();
        world.tags.insert(id, [("cost".to_owned(), "1".to_owned())].into());
        world.add_account("old", "old@example.com", "Suspended");
        world.accounts.last_mut().unwrap().state = AccountState::Closed;
    });
    cloud
}

fn shop() -> Json {
    json!({ "name": "shop", "email": "shop@example.com", "ou": "Workloads/Prod", "deletion_protection": false })
}

#[tokio::test(start_paused = true)]
async fn an_account_with_the_address_is_taken_in_and_the_plan_knows_its_id() {
    let cloud = by_hand();
    let id = cloud.organization_world(|world| world.accounts[1].id.to_string());
    let mut account = Instance::new(TYPE);
    let planned = plan(&cloud, &mut account, &shop()).await;
    assert!(planned.contains(&format!("Account {id} (Shop) is taken in")), "{planned}");
    let said = apply(&cloud, &mut account, &shop()).await;
    assert!(!said.has_errors(), "{said}");
    assert_eq!((state(&account, "id"), state(&account, "creation_id")), (json!(id), Json::Null));
    assert_eq!(accounts(&cloud), ["old in /Suspended Closed", "shop in /Workloads/Prod Active"]);
    assert!(!writes(&cloud).contains(&"CreateAccount"));
    assert_eq!(plan(&cloud, &mut account, &shop()).await, "no change");
    let tags = cloud.organization_world(|world| world.tags[&id].clone());
    assert_eq!((tags["cost"].as_str(), tags["landform:stack"].as_str()), ("1", "test"));
}

#[tokio::test(start_paused = true)]
async fn accounts_of_others_closed_ones_and_unwanted_ones_are_refused_at_plan() {
    let cloud = by_hand();
    let mut account = Instance::new(TYPE);
    let never = plan(&cloud, &mut account, &with(shop(), json!({ "adopt": "never" }))).await;
    assert!(never.contains("shop@example.com belongs to an account already"), "{never}");
    let closed = plan(&cloud, &mut account, &with(shop(), json!({ "email": "OLD@example.com" }))).await;
    assert!(closed.contains("belongs to a closed account"), "{closed}");
    made_with_warning(&cloud, &shop()).await;
    let terraform = configured(&cloud, json!({ "stack": "other" })).await;
    let foreign = account.plan(&terraform, &shop()).await.to_string();
    assert!(foreign.contains("belongs to account/shop of stack test"), "{foreign}");
    let twice = plan(&cloud, &mut account, &with(shop(), json!({ "name": "shop-2" }))).await;
    assert!(twice.contains("belongs to an account of another resource"), "{twice}");
    let to_taken = with(payments(), json!({ "email": "a@example.com" }));
    let mut other = made(&cloud, &to_taken).await;
    let taken = plan(&cloud, &mut other, &with(payments(), json!({ "email": "shop@example.com" }))).await;
    assert!(taken.contains("belongs to another account"), "{taken}");
}

async fn made_with_warning(cloud: &InProcessCloud, config: &Json) {
    let said = apply(cloud, &mut Instance::new(TYPE), config).await;
    assert!(!said.has_errors(), "{said}");
}

#[tokio::test(start_paused = true)]
async fn open_accounts_are_found_and_their_generated_configuration_plans_empty() {
    let cloud = by_hand();
    cloud.organization_world(|world| {
        let id = world.accounts[1].id.clone();
        let contact = landform_cloud::account_management::AlternateContact {
            name: "Bill".into(),
            title: "Clerk".into(),
            email: "bill@example.com".into(),
            phone: "1".into(),
        };
        let kind = landform_cloud::account_management::ContactType::Billing;
        world.settings.contacts.insert((id, kind), contact);
    });
    let terraform = process(&cloud).await;
    let (found, said) = terraform.list(TYPE, &json!({}), None, true).await;
    assert!(said.is_empty(), "{said}");
    let names: Vec<&str> = found.iter().map(|it| it.display_name.split(' ').next().unwrap()).collect();
    assert_eq!(names, ["management", "Shop"]);
    for it in &found {
        let imported = terraform.import_identified(TYPE, &to_json(&it.identity)).await;
        assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
        let (config, said) = terraform.generate_config(TYPE, &imported.state).await;
        assert!(said.is_empty(), "{said}");
        let planned = terraform.plan_value(TYPE, imported.state.clone(), config).await;
        assert_eq!(planned.to_string(), "no change", "{}", it.display_name);
    }
    let (below, _) = terraform.list(TYPE, &json!({ "ou": "Sandbox" }), None, false).await;
    assert_eq!(below.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_account_is_imported_by_id_or_address_and_managed_from_then_on() {
    let cloud = by_hand();
    let id = cloud.organization_world(|world| world.accounts[1].id.to_string());
    let terraform = process(&cloud).await;
    let imported = terraform.import(TYPE, &id).await;
    assert!(imported.diagnostics.is_empty(), "{}", imported.diagnostics);
    assert_eq!(terraform.import(TYPE, "SHOP@example.com").await.state, imported.state);
    let mut account = Instance::new(TYPE);
    account.state = Some(to_json(&imported.state));
    let same =
        json!({ "name": "Shop", "email": "shop@example.com", "ou": "Sandbox", "tags": { "cost": "1" } });
    assert_eq!(plan(&cloud, &mut account, &same).await, "no change");
    let said = apply(&cloud, &mut account, &with(shop(), json!({ "role_name": "Admin" }))).await;
    assert!(!said.has_errors(), "{said}");
    assert_eq!(accounts(&cloud)[1], "shop in /Workloads/Prod Active");
    for (bad, words) in
        [("1234", "Write the id"), ("x@example.com", "No account"), ("999999999999", "no such account")]
    {
        let text = terraform.import(TYPE, bad).await.diagnostics.to_string();
        assert!(text.contains(words), "{bad}: {text}");
    }
}
