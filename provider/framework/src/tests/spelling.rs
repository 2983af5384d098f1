//! Values that mean the same are the same, however they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv6Addr;
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::testing::{Instance, Terraform, UNKNOWN, to_json};
use crate::{Context, Diagnostics, Model, Plan, Provider, Resource, Text, Value, async_trait};

const GATE: &str = "landform_gate";

type Address = Text<Ipv6Addr>;

/// A gate.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Gate {
    /// The address.
    #[attribute(optional, immutable)]
    address: Value<Address>,
    /// Anything.
    #[attribute(optional)]
    note: Value<String>,
    /// Addresses in order.
    #[attribute(optional)]
    list: Value<Vec<Address>>,
    /// Addresses without order.
    #[attribute(optional)]
    set: Value<BTreeSet<Address>>,
    /// Addresses by name.
    #[attribute(optional)]
    map: Value<BTreeMap<String, Address>>,
    /// Peers in order.
    #[attribute(optional)]
    peers: Value<Vec<Peer>>,
    /// Peers without order.
    #[attribute(optional)]
    friends: Value<BTreeSet<Peer>>,
    /// Peers by name.
    #[attribute(optional)]
    named: Value<BTreeMap<String, Peer>>,
    /// What the plan finds, unless it is configured.
    #[attribute(optional, computed)]
    found: Value<Address>,
    /// What changes with every update.
    #[attribute(computed)]
    revision: Value<i64>,
}

/// A peer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Model)]
struct Peer {
    /// The address.
    #[attribute(required)]
    address: Value<Address>,
    /// The weight.
    #[attribute(default = 1)]
    weight: Value<i64>,
    /// The number.
    #[attribute(computed, sticky)]
    number: Value<i64>,
}

/// What exists, as an API that knows one spelling tells it.
type Seen = Arc<Mutex<Option<Gate>>>;

struct Gates;

fn number(peer: &mut Peer) {
    if peer.number.is_unknown() {
        let segment = peer.address.known().map_or(0, |address| address.segments()[7]);
        peer.number = Value::from(i64::from(segment));
    }
}

fn made(mut gate: Gate, revision: i64) -> Gate {
    gate.revision = Value::from(revision);
    gate.peers = gate.peers.map(|mut peers| {
        peers.iter_mut().for_each(number);
        peers
    });
    gate.named = gate.named.map(|mut named| {
        named.values_mut().for_each(number);
        named
    });
    gate.friends = gate.friends.map(|friends| {
        let numbered = |mut peer: Peer| {
            number(&mut peer);
            peer
        };
        friends.into_iter().map(numbered).collect()
    });
    gate
}

#[async_trait]
impl Resource for Gates {
    type Client = Seen;
    type Model = Gate;

    fn name(&self) -> &'static str {
        "gate"
    }

    async fn plan(&self, plan: &mut Plan<'_, Seen, Gate>) {
        plan.fill(|gate| &mut gate.found, Text(Ipv6Addr::LOCALHOST));
    }

    async fn read(&self, cx: &Context<Seen, Gate>, _: Gate) -> Result<Option<Gate>, Diagnostics> {
        Ok(cx.client().lock().unwrap().clone())
    }

    async fn create(&self, cx: &Context<Seen, Gate>, planned: Gate) -> Result<Gate, Diagnostics> {
        let gate = made(planned, 1);
        *cx.client().lock().unwrap() = Some(gate.clone());
        Ok(gate)
    }

    async fn update(
        &self,
        cx: &Context<Seen, Gate>,
        prior: Gate,
        planned: Gate,
    ) -> Result<Gate, Diagnostics> {
        let gate = made(planned, prior.revision.known().copied().unwrap_or_default() + 1);
        *cx.client().lock().unwrap() = Some(gate.clone());
        Ok(gate)
    }

    async fn delete(&self, cx: &Context<Seen, Gate>, _: Gate) -> Result<(), Diagnostics> {
        *cx.client().lock().unwrap() = None;
        Ok(())
    }
}

/// A provider without attributes.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Nothing {}

async fn start(seen: &Seen) -> Terraform<Seen> {
    let seen = Arc::clone(seen);
    let provider = Provider::new("landform", move |_: Nothing, _| {
        let seen = Arc::clone(&seen);
        async move { Ok(seen) }
    });
    let terraform = Terraform::start(provider.resource(Gates));
    assert!(terraform.configure(json!({})).await.is_empty());
    terraform
}

/// A gate with `config`, then the plan of `changed`.
async fn replan(config: Json, changed: Json) -> String {
    let terraform = start(&Seen::default()).await;
    let mut gate = Instance::new(GATE);
    let diagnostics = gate.apply(&terraform, &terraform, &config).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    gate.plan(&terraform, &changed).await.to_string()
}

/// Everything in capital letters and with too many zeros.
fn loud() -> Json {
    json!({
        "address": "FD00::0001",
        "list": ["FD00::0001", "FD00::0002"],
        "set": ["FD00::0001", "FD00::0002"],
        "map": {"a": "FD00::0001"},
        "peers": [{"address": "FD00::0001"}],
        "friends": [{"address": "FD00::0001"}, {"address": "FD00::0002"}],
        "named": {"a": {"address": "FD00::0001"}},
    })
}

fn quiet() -> Json {
    let text = loud().to_string().replace("FD00::000", "fd00::");
    serde_json::from_str(&text).unwrap()
}

fn with(mut config: Json, changes: Json) -> Json {
    let (Some(fields), Json::Object(changes)) = (config.as_object_mut(), changes) else {
        panic!("an object")
    };
    fields.extend(changes);
    config
}

#[tokio::test]
async fn another_spelling_in_the_configuration_is_no_change() {
    for name in ["address", "list", "set", "map", "peers", "friends", "named"] {
        let only = |config: Json| json!({name: config[name]});
        assert_eq!(replan(only(loud()), only(quiet())).await, "no change", "{name}");
    }
    assert_eq!(replan(loud(), quiet()).await, "no change");
    assert_eq!(replan(quiet(), loud()).await, "no change");
}

#[tokio::test]
async fn another_spelling_beside_a_real_change_is_none_either() {
    assert_snapshot!(replan(loud(), with(quiet(), json!({"note": "new"}))).await, @r#"
    update
    + note = "new"
    ~ revision = 1 -> (known after apply)
    "#);
}

#[tokio::test]
async fn a_real_change_beside_another_spelling_is_shown_and_the_rest_keeps_what_it_has() {
    let changed = json!({
        "list": ["fd00::1", "fd00::3"],
        "set": ["fd00::1", "fd00::3"],
        "map": {"a": "fd00::1", "b": "fd00::3"},
        "peers": [{"address": "fd00::1", "weight": 2}],
        "friends": [{"address": "fd00::1"}, {"address": "fd00::3"}],
        "named": {"a": {"address": "fd00::1"}, "b": {"address": "fd00::3"}},
    });
    for name in ["list", "set", "map", "peers", "friends", "named"] {
        let only = |config: &Json| json!({name: config[name]});
        let terraform = start(&Seen::default()).await;
        let mut gate = Instance::new(GATE);
        gate.apply(&terraform, &terraform, &only(&loud())).await;
        let diagnostics = gate.apply(&terraform, &terraform, &only(&changed)).await;
        assert!(diagnostics.is_empty(), "{name}: {diagnostics}");
        assert_eq!(gate.plan(&terraform, &only(&changed)).await.to_string(), "no change", "{name}");
    }
    let friends = json!({"friends": changed["friends"]});
    assert_snapshot!(replan(json!({"friends": loud()["friends"]}), friends).await, @r#"
    update
    ~ friends = [{address = "FD00::0001", number = 1, weight = 1}, {address = "FD00::0002", number = 2, weight = 1}] -> [{address = "fd00::1", number = 1, weight = 1}, {address = "fd00::3", number = (known after apply), weight = 1}]
    ~ revision = 1 -> (known after apply)
    "#);
}

/// Somebody else takes elements away and changes one.
fn changed_by_others(seen: &Seen) {
    let mut seen = seen.lock().unwrap();
    let gate = seen.as_mut().unwrap();
    let address = |text: &str| Text(text.parse::<Ipv6Addr>().unwrap());
    gate.list = Value::Known(vec![address("fd00::2")]);
    gate.set = Value::Known(BTreeSet::from([address("fd00::2")]));
    let heavy = Peer { address: address("fd00::1").into(), weight: Value::from(9), number: Value::from(1) };
    gate.friends = Value::Known(BTreeSet::from([heavy]));
}

#[tokio::test]
async fn what_an_api_gives_back_in_another_spelling_keeps_that_of_the_state() {
    let seen = Seen::default();
    let terraform = start(&seen).await;
    let mut gate = Instance::new(GATE);
    gate.apply(&terraform, &terraform, &loud()).await;
    let state = gate.state.clone();
    gate.plan(&terraform, &loud()).await;
    assert_eq!(gate.state, state);
    assert!(!state.unwrap().to_string().contains("fd00"));

    changed_by_others(&seen);
    gate.plan(&terraform, &loud()).await;
    let state = gate.state.unwrap();
    assert_eq!(state["list"], json!(["FD00::0002"]));
    assert_eq!(state["set"], json!(["FD00::0002"]));
    assert_eq!(state["friends"], json!([{"address": "FD00::0001", "number": 1, "weight": 9}]));
}

#[tokio::test]
async fn a_set_with_two_spellings_of_one_value_is_created_and_stays() {
    let config = json!({
        "set": ["FD00::0001", "fd00::1", "fd00::2"],
        "friends": [{"address": "FD00::0001"}, {"address": "fd00::1"}],
    });
    let terraform = start(&Seen::default()).await;
    let mut gate = Instance::new(GATE);
    let diagnostics = gate.apply(&terraform, &terraform, &config).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(gate.state.clone().unwrap()["set"].as_array().unwrap().len(), 3);
    assert_eq!(gate.plan(&terraform, &config).await.to_string(), "no change");
    let fewer = json!({"set": ["fd00::1", "fd00::2"], "friends": [{"address": "fd00::1"}]});
    assert_snapshot!(gate.plan(&terraform, &fewer).await, @"no change");
}

#[tokio::test]
async fn a_value_that_is_not_known_yet_is_no_spelling() {
    assert_snapshot!(replan(json!({"list": ["FD00::0001"]}), json!({"list": ["fd00::1", UNKNOWN]})).await, @r#"
    update
    ~ list = ["FD00::0001"] -> ["fd00::1", (known after apply)]
    ~ revision = 1 -> (known after apply)
    "#);
    assert_snapshot!(replan(json!({"set": ["FD00::0001"]}), json!({"set": ["fd00::1", UNKNOWN]})).await, @r#"
    update
    ~ revision = 1 -> (known after apply)
    ~ set = ["FD00::0001"] -> ["fd00::1", (known after apply)]
    "#);
}

#[tokio::test]
async fn what_the_plan_computes_keeps_the_spelling_of_the_state() {
    let planned = replan(json!({"found": "0:0:0:0:0:0:0:1"}), json!({"note": "new"})).await;
    assert_snapshot!(planned, @r#"
    update
    + note = "new"
    ~ revision = 1 -> (known after apply)
    "#);
}

#[tokio::test]
async fn an_immutable_attribute_may_be_written_otherwise_and_not_be_changed() {
    let seen = Seen::default();
    let terraform = start(&seen).await;
    let planned = terraform.plan(GATE, &Json::Null, &json!({"address": "FD00::0001"})).await;
    let made = to_json(&terraform.apply(&planned).await.state);
    let again = terraform.plan(GATE, &made, &json!({"address": "fd00::1"})).await;
    assert_eq!((again.to_string().as_str(), again.requires_replace.len()), ("no change", 0));
    let other = terraform.plan(GATE, &made, &json!({"address": "fd00::2"})).await;
    assert!(other.diagnostics.has_errors());
}

/// One of the addresses `fd00::1` to `fd00::3`, as two users may write it.
fn address() -> impl Strategy<Value = [String; 2]> {
    let written = |number: u8, loud: bool| match loud {
        true => format!("FD00::000{number}"),
        false => format!("fd00::{number}"),
    };
    (1..4_u8, any::<bool>(), any::<bool>())
        .prop_map(move |(number, first, second)| [written(number, first), written(number, second)])
}

/// A configuration as two users may write it.
fn configuration() -> impl Strategy<Value = [Json; 2]> {
    let peers = || vec((address(), proptest::option::of(1..3_i64)), 0..4);
    let addresses = || vec(address(), 0..4);
    (addresses(), addresses(), peers(), peers(), any::<bool>()).prop_map(
        |(list, set, peers, friends, weighed)| {
            // Terraform cannot tell which element of a set was which if they differ in nothing but a default.
            let weight = |weight: Option<i64>| weighed.then(|| weight.unwrap_or(1));
            let friends: Vec<_> =
                friends.into_iter().map(|(address, given)| (address, weight(given))).collect();
            [0, 1].map(|user| {
            let addresses = |all: &[[String; 2]]| all.iter().map(|one| one[user].clone()).collect::<Vec<_>>();
            let written = |all: &[([String; 2], Option<i64>)]| {
                let peer = |(address, weight): &([String; 2], Option<i64>)| {
                    json!({"address": address[user], "weight": weight})
                };
                all.iter().map(peer).collect::<Vec<_>>()
            };
            // Terraform sends no element of a set twice.
            let distinct = |mut all: Vec<Json>| {
                all.sort_by_key(Json::to_string);
                all.dedup();
                all
            };
            json!({
                "list": addresses(&list),
                "set": distinct(addresses(&set).into_iter().map(Json::from).collect()),
                "peers": written(&peers),
                "friends": distinct(written(&friends)),
            })
        })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Two users that mean the same do not undo each other's work.
    #[test]
    fn what_one_user_applied_is_no_change_to_another(config in configuration()) {
        let [first, second] = config;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let terraform = start(&Seen::default()).await;
            let mut gate = Instance::new(GATE);
            let diagnostics = gate.apply(&terraform, &terraform, &first).await;
            assert!(diagnostics.is_empty(), "{diagnostics}");
            for config in [&first, &second] {
                assert_eq!(gate.plan(&terraform, config).await.to_string(), "no change");
            }
        });
    }

    /// What differs is applied, and then nothing differs any more.
    #[test]
    fn a_change_of_meaning_is_applied_in_any_spelling(one in configuration(), other in configuration()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let terraform = start(&Seen::default()).await;
            let mut gate = Instance::new(GATE);
            for config in [&one[0], &other[0]] {
                let diagnostics = gate.apply(&terraform, &terraform, config).await;
                assert!(diagnostics.is_empty(), "{diagnostics}");
            }
            assert_eq!(gate.plan(&terraform, &other[1]).await.to_string(), "no change");
        });
    }
}

#[tokio::test]
async fn a_default_goes_to_the_element_of_a_set_that_lacks_it() {
    let terraform = start(&Seen::default()).await;
    let config = json!({"friends": [{"address": "fd00::1"}, {"address": "fd00::1", "weight": 2}]});
    assert_snapshot!(terraform.plan(GATE, &Json::Null, &config).await, @r#"
    create
    + found = "::1"
    + friends = [{address = "fd00::1", number = (known after apply), weight = 1}, {address = "fd00::1", number = (known after apply), weight = 2}]
    + revision = (known after apply)
    "#);
}
