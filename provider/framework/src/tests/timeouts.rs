//! Calls that take too long, or do not listen. The clock is paused: nobody waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use tokio::time::{Instant, sleep};

use crate::testing::{Terraform, UNKNOWN, to_json};
use crate::{
    Context, DefaultTimeouts, Diagnostic, Diagnostics, Model, Plan, Provider, Resource, Timeouts, Value,
    async_trait,
};

const BRIDGE: &str = "landform_bridge";

/// A bridge.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Bridge {
    /// The name.
    #[attribute(required)]
    name: Value<String>,
    /// How many pillars stand.
    #[attribute(computed)]
    pillars: Value<i64>,
    /// How long calls may take.
    #[attribute(optional)]
    timeouts: Value<Timeouts>,
}

/// How the next calls go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pace {
    #[default]
    Quick,
    /// Builds a pillar, and waits until it is stopped.
    Listens,
    /// Waits for nothing that ever comes, and does not listen.
    Hangs,
    /// The same, after it has built a pillar.
    HangsHalfway,
    /// Ends well some seconds after it was stopped.
    Finishes,
}

#[derive(Default)]
struct River {
    pace: Mutex<Pace>,
    calls: Mutex<Vec<String>>,
}

impl River {
    async fn cross(&self, cx: &Context<Arc<River>, Bridge>, bridge: &Bridge) -> Result<(), Diagnostics> {
        let pace = *self.pace.lock().unwrap();
        let left = cx.deadline().map(|deadline| (deadline - Instant::now()).as_secs());
        self.calls.lock().unwrap().push(format!("{pace:?} within {left:?}"));
        if matches!(pace, Pace::Listens | Pace::HangsHalfway) {
            cx.checkpoint(&Bridge { pillars: Value::from(1), timeouts: Value::Null, ..bridge.clone() });
        }
        match pace {
            Pace::Quick => Ok(()),
            Pace::Listens => {
                cx.stopped().cancelled().await;
                Err(Diagnostic::error("The river is wide", "One pillar stands.").into())
            }
            Pace::Hangs | Pace::HangsHalfway => std::future::pending().await,
            Pace::Finishes => {
                cx.stopped().cancelled().await;
                sleep(Duration::from_secs(5)).await;
                Ok(())
            }
        }
    }
}

struct Bridges;

#[async_trait]
impl Resource for Bridges {
    type Client = Arc<River>;
    type Model = Bridge;

    fn name(&self) -> &'static str {
        "bridge"
    }

    fn timeouts(&self) -> DefaultTimeouts {
        DefaultTimeouts { create: Duration::from_secs(90 * 60), ..DefaultTimeouts::default() }
    }

    async fn plan(&self, _: &mut Plan<'_, Arc<River>, Bridge>) {}

    async fn read(
        &self,
        cx: &Context<Arc<River>, Bridge>,
        state: Bridge,
    ) -> Result<Option<Bridge>, Diagnostics> {
        cx.client().cross(cx, &state).await?;
        // What is read knows no timeouts.
        Ok(Some(Bridge { timeouts: Value::Null, ..state }))
    }

    async fn create(&self, cx: &Context<Arc<River>, Bridge>, planned: Bridge) -> Result<Bridge, Diagnostics> {
        cx.client().cross(cx, &planned).await?;
        Ok(Bridge { pillars: Value::from(3), ..planned })
    }

    async fn update(
        &self,
        cx: &Context<Arc<River>, Bridge>,
        _: Bridge,
        planned: Bridge,
    ) -> Result<Bridge, Diagnostics> {
        cx.client().cross(cx, &planned).await?;
        Ok(Bridge { pillars: Value::from(4), timeouts: Value::Null, ..planned })
    }

    async fn delete(&self, cx: &Context<Arc<River>, Bridge>, prior: Bridge) -> Result<(), Diagnostics> {
        cx.client().cross(cx, &prior).await
    }

    async fn import(&self, cx: &Context<Arc<River>, Bridge>, id: &str) -> Result<Bridge, Diagnostics> {
        let found = Bridge { name: Value::from(id), ..Bridge::default() };
        cx.client().cross(cx, &found).await?;
        Ok(found)
    }
}

/// A provider without attributes.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Nothing {}

fn provider(river: &Arc<River>) -> Provider<Arc<River>> {
    let river = Arc::clone(river);
    Provider::new("landform", move |_: Nothing, _| {
        let river = Arc::clone(&river);
        async move { Ok(river) }
    })
    .resource(Bridges)
}

async fn start(river: &Arc<River>) -> Terraform<Arc<River>> {
    let terraform = Terraform::start(provider(river));
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

fn built() -> Json {
    json!({"name": "old", "pillars": 3, "timeouts": {"read": "1m", "update": "2m", "delete": "3m"}})
}

/// Applies the way from `prior` to `config` at `pace`, and how many seconds it took.
async fn apply(pace: Pace, prior: Json, config: Option<Json>) -> String {
    let river = Arc::new(River::default());
    let terraform = start(&river).await;
    let planned = match config {
        Some(config) => terraform.plan(BRIDGE, &prior, &config).await,
        None => terraform.plan_destroy(BRIDGE, &prior).await,
    };
    *river.pace.lock().unwrap() = pace;
    let begin = Instant::now();
    let applied = terraform.apply(&planned).await;
    format!("{applied}\nafter {}s", begin.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn a_call_that_listens_ends_at_its_deadline_with_its_checkpoint() {
    assert_snapshot!(apply(Pace::Listens, Json::Null, Some(json!({"name": "new", "timeouts": {"create": "1h"}}))).await, @r#"
    name = "new"
    pillars = 1
    timeouts = {create = "1h"}
    error: Creating landform_bridge took longer than 1h (at timeouts.create)
    The limit is "timeouts.create", which is 1h in the configuration.
    The state has what was made until then.
    To give it more time, set timeouts = { create = "2h" }.
    error: The river is wide
    One pillar stands.
    after 3600s
    "#);
    let config = json!({"name": "new", "timeouts": {"update": "2m"}});
    assert_snapshot!(apply(Pace::Listens, built(), Some(config)).await, @r#"
    name = "new"
    pillars = 1
    timeouts = {update = "2m"}
    error: Updating landform_bridge took longer than 2m (at timeouts.update)
    The limit is "timeouts.update", which is 2m in the configuration.
    The state has the object as far as the change came.
    To give it more time, set timeouts = { update = "4m" }.
    error: The river is wide
    One pillar stands.
    after 120s
    "#);
    assert_snapshot!(apply(Pace::Listens, built(), None).await, @r#"
    name = "old"
    pillars = 1
    timeouts = {delete = "3m", read = "1m", update = "2m"}
    error: Deleting landform_bridge took longer than 3m (at timeouts.delete)
    The limit is "timeouts.delete", which is 3m in the state.
    The state has the object as far as the change came.
    To give it more time, set timeouts = { delete = "6m" } and apply that first.
    error: The river is wide
    One pillar stands.
    after 180s
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_does_not_listen_is_abandoned_after_a_grace_period() {
    assert_snapshot!(apply(Pace::Hangs, Json::Null, Some(json!({"name": "new"}))).await, @r#"
    no object
    error: Creating landform_bridge took longer than 1h30m (at timeouts.create)
    The limit is "timeouts.create", which is 1h30m by default.
    It did not end within 30s of being asked to, and was abandoned.
    The state has nothing of it, because nothing was made as far as the provider knows.
    To give it more time, set timeouts = { create = "3h" }.
    after 5430s
    "#);
    assert_snapshot!(apply(Pace::HangsHalfway, Json::Null, Some(json!({"name": "new"}))).await, @r#"
    name = "new"
    pillars = 1
    error: Creating landform_bridge took longer than 1h30m (at timeouts.create)
    The limit is "timeouts.create", which is 1h30m by default.
    It did not end within 30s of being asked to, and was abandoned.
    The state has what was made until then.
    To give it more time, set timeouts = { create = "3h" }.
    after 5430s
    "#);
    assert_snapshot!(apply(Pace::Hangs, built(), Some(json!({"name": "new", "timeouts": {"update": "2m"}}))).await, @r#"
    name = "old"
    pillars = 3
    timeouts = {delete = "3m", read = "1m", update = "2m"}
    error: Updating landform_bridge took longer than 2m (at timeouts.update)
    The limit is "timeouts.update", which is 2m in the configuration.
    It did not end within 30s of being asked to, and was abandoned.
    The state has the object as it was before.
    To give it more time, set timeouts = { update = "4m" }.
    after 150s
    "#);
    assert_snapshot!(apply(Pace::Hangs, built(), None).await, @r#"
    name = "old"
    pillars = 3
    timeouts = {delete = "3m", read = "1m", update = "2m"}
    error: Deleting landform_bridge took longer than 3m (at timeouts.delete)
    The limit is "timeouts.delete", which is 3m in the state.
    It did not end within 30s of being asked to, and was abandoned.
    The state has the object as it was before.
    To give it more time, set timeouts = { delete = "6m" } and apply that first.
    after 210s
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_comes_to_its_end_in_the_grace_period_has_succeeded() {
    assert_snapshot!(apply(Pace::Finishes, built(), None).await, @"
    no object
    after 185s
    ");
}

#[tokio::test(start_paused = true)]
async fn reading_has_the_limit_in_the_state_and_keeps_it_there() {
    let river = Arc::new(River::default());
    let terraform = start(&river).await;
    let state = terraform.upgrade(BRIDGE, 0, &built()).await.state;
    assert_eq!(terraform.read(BRIDGE, &state).await.state, state);
    *river.pace.lock().unwrap() = Pace::Hangs;
    let begin = Instant::now();
    assert_snapshot!(terraform.read(BRIDGE, &state).await, @r#"
    name = "old"
    pillars = 3
    timeouts = {delete = "3m", read = "1m", update = "2m"}
    error: Reading landform_bridge took longer than 1m (at timeouts.read)
    The limit is "timeouts.read", which is 1m in the state.
    It did not end within 30s of being asked to, and was abandoned.
    The state has the object as it was read before.
    To give it more time, set timeouts = { read = "2m" } and apply that with -refresh=false.
    "#);
    assert_eq!(begin.elapsed().as_secs(), 60 + 30);
}

#[tokio::test(start_paused = true)]
async fn a_change_of_the_timeouts_alone_is_an_update_that_calls_nobody() {
    let river = Arc::new(River::default());
    let terraform = start(&river).await;
    let config = json!({"name": "old", "timeouts": {"create": "5m"}});
    let planned = terraform.plan(BRIDGE, &built(), &config).await;
    assert_snapshot!(planned, @r#"
    update
    ~ timeouts = {delete = "3m", read = "1m", update = "2m"} -> {create = "5m"}
    "#);
    let applied = terraform.apply(&planned).await;
    assert_eq!((applied.state, applied.diagnostics.len()), (planned.planned, 0));
    assert!(river.calls.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_is_none_is_named_in_the_plan() {
    let terraform = start(&Arc::default()).await;
    let config = json!({"name": "new", "timeouts": {"create": "soon", "read": "0s", "delete": "10"}});
    assert_snapshot!(terraform.plan(BRIDGE, &Json::Null, &config).await, @r#"
    error: Invalid value for "timeouts.create" (at timeouts.create)
    Write a length of time as numbers with units, such as "30m", "1h30m" or "90s".
    "#);
    let config = json!({"name": "new", "timeouts": {"create": UNKNOWN}});
    assert!(terraform.plan(BRIDGE, &Json::Null, &config).await.diagnostics.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_stop_ends_a_call_and_the_provider_goes_on() {
    for (pace, seconds) in [(Pace::Listens, 0), (Pace::Hangs, 30), (Pace::HangsHalfway, 30)] {
        let river = Arc::new(River::default());
        let terraform = start(&river).await;
        let planned = terraform.plan(BRIDGE, &Json::Null, &json!({"name": "new"})).await;
        *river.pace.lock().unwrap() = pace;
        let stop = async {
            sleep(Duration::from_secs(1)).await;
            terraform.stop().await;
            Instant::now()
        };
        let (applied, stopped) = tokio::join!(terraform.apply(&planned), stop);
        assert_eq!(stopped.elapsed().as_secs(), seconds, "{pace:?}");
        assert_eq!(applied.state.is_null(), pace == Pace::Hangs);
        match pace {
            Pace::Hangs => assert_snapshot!(applied, @"
            no object
            error: Creating landform_bridge was interrupted
            It did not end within 30s of being asked to, and was abandoned.
            The state has nothing of it, because nothing was made as far as the provider knows.
            "),
            Pace::HangsHalfway => assert_snapshot!(applied, @r#"
            name = "new"
            pillars = 1
            error: Creating landform_bridge was interrupted
            It did not end within 30s of being asked to, and was abandoned.
            The state has what was made until then.
            "#),
            _ => assert_snapshot!(applied, @r#"
            name = "new"
            pillars = 1
            error: The river is wide
            One pillar stands.
            "#),
        }
        *river.pace.lock().unwrap() = Pace::Quick;
        assert!(terraform.configure(json!({})).await.is_empty());
        assert!(terraform.apply(&planned).await.diagnostics.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn an_import_has_no_deadline_and_is_abandoned_when_it_does_not_listen() {
    let river = Arc::new(River::default());
    let terraform = start(&river).await;
    *river.pace.lock().unwrap() = Pace::Hangs;
    let stop = async {
        sleep(Duration::from_secs(999_999)).await;
        terraform.stop().await;
    };
    let (imported, ()) = tokio::join!(terraform.import(BRIDGE, "old"), stop);
    assert_snapshot!(imported, @"
    no object
    error: Importing landform_bridge was interrupted
    It did not end within 30s of being asked to, and was abandoned.
    ");
    assert_eq!(*river.calls.lock().unwrap(), ["Hangs within None"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_knows_its_deadline() {
    let river = Arc::new(River::default());
    let terraform = start(&river).await;
    let planned = terraform.plan(BRIDGE, &Json::Null, &json!({"name": "new"})).await;
    let made = terraform.apply(&planned).await.state;
    terraform.read(BRIDGE, &made).await;
    let planned = terraform.plan(BRIDGE, &to_json(&made), &json!({"name": "other"})).await;
    terraform.apply(&planned).await;
    terraform.apply(&terraform.plan_destroy(BRIDGE, &built()).await).await;
    let expected = [5400, 1200, 1200, 180].map(|seconds| format!("Quick within Some({seconds})"));
    assert_eq!(*river.calls.lock().unwrap(), expected);
}

#[test]
fn the_page_tells_the_defaults() {
    let page = &provider(&Arc::default()).pages(&crate::docs::Examples::default())["resources/bridge.md"];
    assert!(page.contains("- `timeouts` (Attributes) How long calls may take."), "{page}");
    let (_, nested) = page.split_once("### Nested Schema for `timeouts`").unwrap();
    assert_snapshot!(nested, @"


    How long calls may take, such as `30m` or `1h30m`.

    #### Optional

    - `create` (String) How long creating may take. Default: `1h30m`.
    - `delete` (String) How long deleting may take. Default: `20m`.
    - `read` (String) How long reading may take. Default: `20m`.
    - `update` (String) How long updating may take. Default: `20m`.
    ");
}
