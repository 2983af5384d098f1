//! What is decided is pure: a table, and a second run that decides nothing.

use super::super::decide::decide;
use super::super::desired::{Desired, Recorded};
use super::super::email::Email;
use super::super::seen::{Seen, Wanted, look};
use super::*;
use landform_cloud::organizations::ParentId;

fn wish(world: &str) -> Desired {
    Desired {
        owner: landform_model::ownership::Owner {
            stack: "test".parse().unwrap(),
            kind: landform_model::ownership::ResourceKind::ACCOUNT,
            name: "shop".parse().unwrap(),
        },
        name: "shop".to_owned(),
        email: Email::from("shop@example.com"),
        place: Some(world.parse().unwrap()),
        tags: [("team".to_owned(), "shop".to_owned())].into(),
        contacts: [].into(),
        regions: [].into(),
    }
}

async fn seen() -> Seen {
    let cloud = cloud();
    let id = cloud.organization_world(|world| {
        let id = world.add_account("shop", "Shop@example.com", "Sandbox");
        let mut tags = wish("Sandbox").all_tags();
        tags.insert("old".to_owned(), "1".to_owned());
        world.tags.insert(id.to_string(), tags);
        id
    });
    let stack = "test".parse().unwrap();
    let client = Landform::new(Arc::new(cloud), stack, None, [].into(), false);
    look(&client, &id, &Wanted::default()).await.unwrap().unwrap()
}

fn decided(desired: &Desired, recorded: &Recorded, seen: &Seen, code: Option<&str>) -> Vec<String> {
    decide(desired, recorded, seen, code).iter().map(ToString::to_string).collect()
}

#[tokio::test(start_paused = true)]
async fn each_difference_is_one_step() {
    let seen = seen().await;
    let nothing: [&str; 0] = [];
    let none = Recorded::default();
    assert_eq!(decided(&wish("Sandbox"), &none, &seen, None), nothing);
    assert_eq!(decided(&Desired { place: None, ..wish("Sandbox") }, &none, &seen, None), nothing);
    assert_eq!(decided(&wish("Workloads/Prod"), &none, &seen, None), ["move it to Workloads/Prod"]);
    assert_eq!(decided(&wish("Root"), &none, &seen, None), ["move it to Root"]);
    // A place that does not exist is refused elsewhere.
    assert_eq!(decided(&wish("Nowhere"), &none, &seen, None), nothing);
    let recorded = Recorded { tags: [("old".to_owned(), "1".to_owned())].into(), ..Recorded::default() };
    assert_eq!(decided(&wish("Sandbox"), &recorded, &seen, None), ["tag it"]);
    let renamed = Desired { name: "store".to_owned(), ..wish("Sandbox") };
    assert_eq!(decided(&renamed, &none, &seen, None), ["rename it to \"store\""]);
}

#[tokio::test(start_paused = true)]
async fn a_code_is_asked_for_once_and_used_when_it_is_there() {
    let seen = seen().await;
    let new = Email::from("store@example.com");
    let desired = Desired { email: new.clone(), ..wish("Sandbox") };
    let none = Recorded::default();
    let waits = Recorded { pending: Some(new), ..Recorded::default() };
    let elsewhere = Recorded { pending: Some(Email::from("x@example.com")), ..Recorded::default() };
    let asks = ["have a code sent to store@example.com"];
    assert_eq!(decided(&desired, &none, &seen, None), asks);
    assert_eq!(decided(&desired, &none, &seen, Some("123456")), asks);
    assert_eq!(decided(&desired, &elsewhere, &seen, Some("123456")), asks);
    assert_eq!(decided(&desired, &waits, &seen, Some("resend")), asks);
    assert_eq!(decided(&desired, &waits, &seen, None), [""; 0]);
    let ends = ["change its e-mail address to store@example.com"];
    assert_eq!(decided(&desired, &waits, &seen, Some("123456")), ends);
}

#[tokio::test(start_paused = true)]
async fn the_source_of_a_move_is_where_the_account_is() {
    let seen = seen().await;
    assert!(matches!(&seen.parent, ParentId::Unit(_)));
    let steps = decide(&wish("Root"), &Recorded::default(), &seen, None);
    let [super::super::decide::Step::Move { from, to, .. }] = steps.as_slice() else { panic!("{steps:?}") };
    assert_eq!((from, matches!(to, ParentId::Root(_))), (&seen.parent, true));
}
