//! What all resources of the organization share.

use crate::client::Landform;
use landform_cloud::organizations::ParentId;
use landform_cloud::{ErrorKind, OrganizationsReads};
use landform_test_cloud::{InProcessCloud, OrganizationWorld};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A cloud with an organization, and the provider over it.
fn stage(read_only: bool) -> (InProcessCloud, Landform) {
    let cloud = InProcessCloud::new("111122223333".parse().unwrap());
    cloud.organization_world(OrganizationWorld::establish);
    let client = Landform::new(
        Arc::new(cloud.clone()),
        "prod/organization".parse().unwrap(),
        None,
        [].into(),
        read_only,
    );
    (cloud, client)
}

/// 30 units in two levels, and 499 accounts in them beside that of the management.
fn fill(world: &mut OrganizationWorld) {
    for number in 0..499 {
        let path = format!("Unit{}/Part{}", number % 6, number % 5);
        // 6 units with 4 below each: 30.
        let path = if path.ends_with("Part4") { format!("Unit{}", number % 6) } else { path };
        world.add_account(&format!("account-{number}"), &format!("{number}@example.com"), &path);
    }
}

/// What every account resource asks in a refresh.
async fn refresh(client: &Landform, number: usize) -> String {
    let it = client.organizations().await.unwrap();
    it.organization().await.unwrap().unwrap();
    let email = format!("{number}@example.com");
    let accounts = it.placed_accounts().await.unwrap();
    let account = accounts.iter().find(|it| it.email == email).unwrap();
    let tree = it.tree().await.unwrap();
    tree.path_of(account.parent.as_ref().unwrap()).unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_refresh_of_500_accounts_in_30_units_costs_tens_of_calls() {
    let (cloud, client) = stage(false);
    cloud.organization_world(fill);
    assert_eq!(cloud.organization_world(|world| (world.accounts.len(), world.units.len())), (500, 30));
    for hidden in [false, true] {
        cloud.organization_world(|world| world.parents_hidden = hidden);
        client.organizations_for_change().await.unwrap().set_tags("r-ab12", &[].into()).await.unwrap();
        cloud.take_calls();
        let asked = (0..499).map(|number| refresh(&client, number));
        let places = futures_util::future::join_all(asked).await;
        assert_eq!((places[4].as_str(), places[7].as_str()), ("Unit4", "Unit1/Part2"));
        let mut calls = BTreeMap::<&str, usize>::new();
        for call in cloud.take_calls() {
            *calls.entry(call.operation).or_default() += 1;
        }
        let mut expected = BTreeMap::from([
            ("DescribeOrganization", 1),
            ("ListRoots", 1),
            ("ListOrganizationalUnitsForParent", 31),
            ("ListAccounts", 25),
        ]);
        if hidden {
            // 6 units of 16 or 17 accounts, 24 of as many, and the root.
            expected.insert("ListAccountsForParent", 31);
        }
        assert_eq!(calls, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_is_seen_by_whoever_asks_next() {
    let (cloud, client) = stage(false);
    let before = client.organizations().await.unwrap();
    let root = before.tree().await.unwrap().parent_at(None).unwrap();
    let made = {
        let port = client.organizations_for_change().await.unwrap();
        port.create_organizational_unit(&root, "Workloads", &[].into()).await.unwrap()
    };
    assert!(before.tree().await.unwrap().units().is_empty());
    let after = client.organizations().await.unwrap();
    let unit = ParentId::Unit(made.id);
    let tree = after.tree().await.unwrap();
    assert_eq!(tree.parent_at(Some(&"Workloads".parse().unwrap())), Some(unit.clone()));
    assert_eq!((tree.path_of(&unit), tree.path_of(&root)), (Some("Workloads"), Some("/")));
    // What people do meanwhile is seen when the answers are old.
    cloud.organization_world(|world| world.add_unit("Sandbox"));
    let soon = client.organizations().await.unwrap();
    assert_eq!(soon.tree().await.unwrap().units().len(), 1);
    tokio::time::sleep(std::time::Duration::from_secs(301)).await;
    let later = client.organizations().await.unwrap();
    assert_eq!(later.tree().await.unwrap().units().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_unit_with_a_slash_in_its_name_is_read_and_is_at_no_path() {
    let (cloud, client) = stage(false);
    let port = client.organizations_for_change().await.unwrap();
    let root = cloud.organization_world(|world| world.root_parent());
    let odd = port.create_organizational_unit(&root, "A/B", &[].into()).await.unwrap();
    let it = client.organizations().await.unwrap();
    let tree = it.tree().await.unwrap();
    assert_eq!(tree.parent_at(Some(&"A/B".parse().unwrap())), None);
    assert_eq!(tree.path_of(&ParentId::Unit(odd.id)), Some("A/B"));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_only_reads_changes_nothing() {
    let (cloud, client) = stage(true);
    let refused = client.organizations_for_change().await.map(drop).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    client.organizations().await.unwrap().root().await.unwrap();
    assert_eq!(cloud.take_calls().len(), 1);
}
