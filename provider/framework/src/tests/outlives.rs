//! An object that outlives its replacement: whatever replaces it, its delete is never called for it, and a real destroy is.

use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};

use crate::testing::{Instance, Replacement, Terraform};
use crate::{Context, Diagnostics, Model, Plan, Provider, Resource, Value, async_trait};

/// An account, which cannot be made twice.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Account {
    /// The address.
    #[attribute(required)]
    email: Value<String>,
    /// Whether what is in the world speaks against a destroy.
    #[attribute(optional)]
    guarded: Value<bool>,
    /// The id.
    #[attribute(computed, sticky)]
    id: Value<String>,
}

type Calls = Arc<Mutex<Vec<String>>>;

struct Accounts;

#[async_trait]
impl Resource for Accounts {
    type Client = Calls;
    type Model = Account;

    fn name(&self) -> &'static str {
        "account"
    }

    async fn plan(&self, _: &mut Plan<'_, Calls, Account>) {}

    async fn read(
        &self,
        _: &Context<Calls, Account>,
        state: Account,
    ) -> Result<Option<Account>, Diagnostics> {
        Ok(Some(state))
    }

    async fn create(&self, cx: &Context<Calls, Account>, planned: Account) -> Result<Account, Diagnostics> {
        cx.client().lock().unwrap().push("create".to_owned());
        Ok(Account { id: "1".into(), ..planned })
    }

    async fn update(
        &self,
        cx: &Context<Calls, Account>,
        _: Account,
        planned: Account,
    ) -> Result<Account, Diagnostics> {
        cx.client().lock().unwrap().push("update".to_owned());
        Ok(planned)
    }

    async fn delete(&self, cx: &Context<Calls, Account>, _: Account) -> Result<(), Diagnostics> {
        cx.client().lock().unwrap().push("delete".to_owned());
        Ok(())
    }

    async fn look_before_destroy(&self, client: &Calls, prior: &Account, diagnostics: &mut Diagnostics) {
        client.lock().unwrap().push("look".to_owned());
        if prior.guarded == Value::Known(true) {
            diagnostics.error("It is in use", "Nothing was destroyed.");
        }
    }

    fn outlives_replacement(&self) -> bool {
        true
    }

    fn identity(&self, model: &Account) -> Option<String> {
        model.email.known().cloned()
    }
}

async fn start(calls: &Calls) -> Terraform<Calls> {
    let calls = Arc::clone(calls);
    let provider = Provider::new("landform", move |_: crate::tests::toy::Config, _| {
        let calls = Arc::clone(&calls);
        async move { Ok(calls) }
    })
    .resource(Accounts);
    let terraform = Terraform::start(provider);
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

fn taken(calls: &Calls) -> Vec<String> {
    std::mem::take(&mut calls.lock().unwrap())
}

async fn made(calls: &Calls, replacement: Replacement, config: &Json) -> Instance {
    let mut account = Instance { replacement, ..Instance::new("landform_account") };
    let diagnostics = account.apply(&start(calls).await, &start(calls).await, config).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(taken(calls), ["create"]);
    account
}

#[tokio::test]
async fn a_replacement_in_either_order_deletes_nothing() {
    for replacement in [Replacement::DestroyThenCreate, Replacement::CreateThenDestroy] {
        let calls = Calls::default();
        let config = json!({"email": "a@example.com"});
        let mut account = made(&calls, replacement, &config).await;
        account.taint();
        let diagnostics = account.apply(&start(&calls).await, &start(&calls).await, &config).await;
        assert!(!diagnostics.has_errors(), "{diagnostics}");
        let done: Vec<String> = taken(&calls).into_iter().filter(|call| call != "look").collect();
        assert_eq!(done, ["create"], "{replacement:?}");
        assert!(account.deposed.is_empty() && account.state.is_some());
        let diagnostics = account.destroy(&start(&calls).await, &start(&calls).await).await;
        assert!(diagnostics.is_empty(), "{diagnostics}");
        assert_eq!(taken(&calls), ["look", "delete"], "{replacement:?}");
    }
}

#[tokio::test]
async fn a_look_into_the_world_can_refuse_a_destroy_and_a_replacement() {
    let calls = Calls::default();
    let config = json!({"email": "a@example.com", "guarded": true});
    let mut account = made(&calls, Replacement::DestroyThenCreate, &config).await;
    let diagnostics = account.destroy(&start(&calls).await, &start(&calls).await).await;
    assert!(diagnostics.to_string().contains("It is in use"), "{diagnostics}");
    account.taint();
    let diagnostics = account.apply(&start(&calls).await, &start(&calls).await, &config).await;
    assert!(diagnostics.to_string().contains("It is in use"), "{diagnostics}");
    assert_eq!(taken(&calls), ["look", "look"]);
    assert!(account.state.is_some());
}
