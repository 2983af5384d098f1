//! Loaves that are found by `terraform query`.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use insta::assert_snapshot;
use serde_json::json;
use tfplugin_proto::wire::provider_server::Provider as _;
use tonic::Request;

use crate::docs::{Examples, Permissions, Statement};
use crate::testing::{FoundObject, Terraform, to_json};
use crate::{
    Context, Diagnostic, Diagnostics, IdentifiedBy, Identity, List, ListContext, ListedBy, Model, Plan,
    Provider, Resource, Value, async_trait,
};

const LOAF: &str = "landform_loaf";

/// A loaf.
#[derive(Clone, Debug, PartialEq, Model)]
struct Loaf {
    /// The number on the shelf.
    #[attribute(required, replace)]
    number: Value<i64>,
    /// What it is made of.
    #[attribute(optional)]
    flour: Value<String>,
}

/// What finds a loaf.
#[derive(Clone, Debug, PartialEq, Model)]
struct LoafIdentity {
    /// The number on the shelf.
    #[attribute(required)]
    number: Value<i64>,
}

#[async_trait]
impl Identity for LoafIdentity {
    type Resource = Loaves;

    fn of(loaf: &Loaf) -> LoafIdentity {
        LoafIdentity { number: loaf.number }
    }

    async fn import(self, _: &Loaves, _: &Context<Oven, Loaf>) -> Result<Loaf, Diagnostics> {
        Ok(Loaf { number: self.number, flour: Value::Null })
    }

    fn example() -> LoafIdentity {
        LoafIdentity { number: Value::from(7) }
    }
}

/// Finds loaves.
#[derive(Clone, Debug, PartialEq, Model)]
struct LoafList {
    /// How many there are.
    #[attribute(default = 3, validate = few)]
    count_of: Value<i64>,
    /// What they are made of.
    #[attribute(optional)]
    flour: Value<String>,
}

fn few(number: &i64) -> Result<(), String> {
    if *number < 1000 { Ok(()) } else { Err("There is no such oven.".to_owned()) }
}

#[async_trait]
impl List for LoafList {
    type Resource = Loaves;

    fn validate(&self, diagnostics: &mut Diagnostics) {
        if self.flour == Value::from("sand") {
            diagnostics.error("Sand is no flour", "");
        }
    }

    async fn list(self, _: &Loaves, cx: &ListContext<Loaves>) -> Result<(), Diagnostics> {
        for number in 1..=self.count_of.known().copied().unwrap_or_default() {
            cx.client().0.fetch_add(1, Ordering::Relaxed);
            match (number, self.flour.known().map(String::as_str)) {
                (2, Some("burnt")) => return Err(Diagnostic::error("The oven is on fire", "").into()),
                (2, Some("panic")) => panic!("the shelf fell over"),
                (2, Some("old")) => cx.warn(Diagnostic::warning("One is old", "")).await,
                _ => {}
            }
            let number =
                if self.flour == Value::from("nameless") { Value::Null } else { Value::from(number) };
            let flour = if cx.wants_objects() { self.flour.clone() } else { Value::Unknown };
            if let ControlFlow::Break(()) = cx.found(format!("loaf {number:?}"), Loaf { number, flour }).await
            {
                break;
            }
        }
        Ok(())
    }
}

/// Counts the loaves that were looked at.
#[derive(Clone, Default)]
struct Oven(Arc<AtomicUsize>);

struct Loaves;

#[async_trait]
impl Resource for Loaves {
    type Client = Oven;
    type Model = Loaf;

    fn name(&self) -> &'static str {
        "loaf"
    }

    async fn plan(&self, _: &mut Plan<'_, Oven, Loaf>) {}

    async fn read(&self, _: &Context<Oven, Loaf>, state: Loaf) -> Result<Option<Loaf>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, _: &Context<Oven, Loaf>, planned: Loaf) -> Result<Loaf, Diagnostics> {
        Ok(planned)
    }

    async fn update(&self, _: &Context<Oven, Loaf>, _: Loaf, planned: Loaf) -> Result<Loaf, Diagnostics> {
        Ok(planned)
    }

    async fn delete(&self, _: &Context<Oven, Loaf>, _: Loaf) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn permissions(&self) -> Permissions {
        Permissions {
            read: vec!["oven:Look".to_owned()],
            write: vec![Statement::new("Apply", ["oven:Bake"])],
            note: String::new(),
        }
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<LoafIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<LoafList>())
    }
}

/// A bakery.
#[derive(Clone, Debug, PartialEq, Model)]
struct Bakery {
    /// Its name.
    #[attribute(optional)]
    name: Value<String>,
}

async fn start(oven: &Oven) -> Terraform<Oven> {
    let oven = oven.clone();
    let provider = Provider::new("landform", move |_: Bakery, _| {
        let oven = oven.clone();
        async move { Ok(oven) }
    });
    let terraform = Terraform::start(provider.resource(Loaves));
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

fn lines((found, diagnostics): (Vec<FoundObject>, Diagnostics)) -> String {
    let line = |found: FoundObject| {
        let object = found.object.as_ref().map(|object| format!(" {}", to_json(object))).unwrap_or_default();
        format!("{} {}{object}\n", found.display_name, to_json(&found.identity))
    };
    found.into_iter().map(line).collect::<String>() + &diagnostics.to_string()
}

#[tokio::test]
async fn objects_are_found_with_identity_and_on_demand_with_attributes() {
    let terraform = start(&Oven::default()).await;
    assert_snapshot!(lines(terraform.list(LOAF, &json!({}), None, false).await), @r#"
    loaf Known(1) {"number":1}
    loaf Known(2) {"number":2}
    loaf Known(3) {"number":3}
    "#);
    let rye = json!({"flour": "rye", "count_of": 1});
    assert_snapshot!(lines(terraform.list(LOAF, &rye, None, true).await), @r#"loaf Known(1) {"number":1} {"flour":"rye","number":1}"#);
}

#[tokio::test]
async fn no_more_are_looked_for_than_terraform_takes() {
    let oven = Oven::default();
    let terraform = start(&oven).await;
    let (found, diagnostics) = terraform.list(LOAF, &json!({"count_of": 900}), Some(5), false).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!((found.len(), oven.0.load(Ordering::Relaxed)), (5, 5));
}

#[tokio::test]
async fn what_was_found_before_a_failure_is_kept() {
    let terraform = start(&Oven::default()).await;
    for flour in ["burnt", "panic", "old", "nameless"] {
        let told = lines(terraform.list(LOAF, &json!({"flour": flour}), None, false).await);
        match flour {
            "burnt" => assert_snapshot!(told, @r#"
            loaf Known(1) {"number":1}
            error: The oven is on fire
            "#),
            "panic" => assert_snapshot!(told, @r#"
            loaf Known(1) {"number":1}
            error: The provider crashed while listing landform_loaf
            the shelf fell over
            This is a bug in the provider, which should be reported to its developers.
            "#),
            "old" => assert_snapshot!(told, @r#"
            loaf Known(1) {"number":1}
            loaf Known(2) {"number":2}
            loaf Known(3) {"number":3}
            warning: One is old
            "#),
            _ => assert_snapshot!(told, @r#"
            error: The landform_loaf "loaf Null" was found without an identity
            This is a bug in the provider, which should be reported to its developers.
            "#),
        }
    }
}

#[tokio::test]
async fn arguments_are_checked_before_anything_is_looked_for() {
    let oven = Oven::default();
    let terraform = start(&oven).await;
    assert_snapshot!(lines(terraform.list(LOAF, &json!({"count_of": 1000}), None, false).await), @r#"
    error: Invalid value for "count_of" (at count_of)
    There is no such oven.
    "#);
    assert_snapshot!(lines(terraform.list(LOAF, &json!({"flour": "sand"}), None, false).await), @"error: Sand is no flour");
    assert_eq!(oven.0.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_query_that_nobody_reads_ends() {
    let oven = Oven::default();
    let terraform = start(&oven).await;
    let config = crate::cty::Value::object([("count_of", 900.into()), ("flour", crate::cty::Value::Null)]);
    let ty = LoafList::schema().cty_type();
    let msgpack = crate::cty::encode_msgpack(&config, &ty).unwrap();
    let request = tfplugin_proto::wire::list_resource::Request {
        type_name: LOAF.to_owned(),
        config: Some(tfplugin_proto::wire::DynamicValue { msgpack, json: Vec::new() }),
        ..Default::default()
    };
    drop(terraform.service().list_resource(Request::new(request)).await.unwrap());
    // The task ends when it notices; its share of the client goes with it.
    while Arc::strong_count(&oven.0) > 3 {
        tokio::task::yield_now().await;
    }
    assert!(oven.0.load(Ordering::Relaxed) < 900);
}

/// Finding needs what reading needs.
#[tokio::test]
async fn a_list_has_a_page_with_the_permissions_of_reading() {
    let terraform = start(&Oven::default()).await;
    let pages = terraform.service().provider().pages(&Examples::default());
    assert!(pages["resources/loaf.md"].contains("\"oven:Bake\""));
    assert_snapshot!(pages["list-resources/loaf.md"], @r#"
    ---
    page_title: "landform_loaf List Resource - landform"
    subcategory: ""
    description: |-
      Finds loaves.
    ---

    # landform_loaf (List Resource)

    Finds loaves.

    <!-- generated from the provider's schema -->
    ## Schema

    ### Optional

    - `count_of` (Number) How many there are. Defaults to `3`.
    - `flour` (String) What they are made of.

    ## Permissions

    Planning needs these actions, which change nothing:

    ```json
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Sid": "Plan",
        "Effect": "Allow",
        "Action": [
          "oven:Look"
        ],
        "Resource": "*"
      }]
    }
    ```
    "#);
}
