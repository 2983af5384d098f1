//! A provider of networks that exist in memory alone.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv6Addr;
use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};

use crate::testing::Terraform;
use crate::{
    Context, DataSource, Diagnostic, Diagnostics, Function, FunctionError, FunctionSignature, Model, Path,
    Plan, Provider, Resource, Text, Value, async_trait, cty,
};

/// A toy provider.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct Config {
    /// Where the networks are.
    #[attribute(optional, default = "home")]
    pub(super) region: Value<String>,
    /// A password.
    #[attribute(optional, sensitive, validate = not_empty)]
    pub(super) password: Value<String>,
}

/// A network with subnets.
///
/// It exists in memory alone.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(super) struct Network {
    /// The name.
    #[attribute(required, immutable, validate = not_empty)]
    pub(super) name: Value<String>,
    /// The zone. A network cannot move.
    #[attribute(optional, computed, replace)]
    pub(super) zone: Value<String>,
    /// How many machines fit.
    #[attribute(default = 3, validate = positive)]
    pub(super) size: Value<i64>,
    /// The address of the router.
    #[attribute(optional, immutable)]
    pub(super) router: Value<Text<Ipv6Addr>>,
    /// Free labels.
    #[attribute(optional)]
    pub(super) labels: Value<Vec<String>>,
    /// The subnets by name.
    #[attribute(optional)]
    pub(super) subnets: Value<BTreeMap<String, Subnet>>,
    /// What is let through.
    #[attribute(optional)]
    pub(super) rules: Value<BTreeSet<Rule>>,
    /// Who is told.
    #[attribute(optional, computed)]
    pub(super) contact: Value<Contact>,
    /// A password.
    #[attribute(optional, sensitive)]
    pub(super) password: Value<String>,
    /// A password that is not stored.
    #[attribute(optional, write_only)]
    pub(super) token: Value<String>,
    /// Attributes whose change may replace the network.
    #[attribute(optional)]
    pub(super) allow_replace: Value<Vec<String>>,
    /// The id.
    #[attribute(computed, sticky)]
    pub(super) id: Value<String>,
    /// Counts the changes.
    #[attribute(computed)]
    pub(super) revision: Value<i64>,
    /// `ready`, or `incomplete` after a create that failed.
    #[attribute(computed)]
    pub(super) status: Value<String>,
}

/// A part of a network.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(super) struct Subnet {
    /// The block of addresses.
    #[attribute(required, immutable, validate = not_empty)]
    pub(super) cidr: Value<String>,
    /// Whether it can be reached from outside.
    #[attribute(default = false)]
    pub(super) public: Value<bool>,
    /// The id.
    #[attribute(computed, sticky)]
    pub(super) id: Value<String>,
}

/// Lets something through.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Model)]
pub(super) struct Rule {
    /// The port.
    #[attribute(required, validate = positive)]
    pub(super) port: Value<i64>,
    /// What happens.
    #[attribute(default = "allow")]
    pub(super) action: Value<String>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(super) struct Contact {
    /// The address.
    #[attribute(required)]
    pub(super) mail: String,
    /// A number.
    #[attribute(optional)]
    pub(super) phone: Value<String>,
}

fn not_empty(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("It must not be empty.".to_owned()) } else { Ok(()) }
}

fn positive(number: &i64) -> Result<(), String> {
    if *number > 0 { Ok(()) } else { Err(format!("It must be positive, not {number}.")) }
}

/// How the next calls go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mood {
    #[default]
    Well,
    /// Fails before anything was made.
    Fails,
    /// Fails after a checkpoint.
    FailsHalfway,
    Panics,
    PanicsHalfway,
    /// Goes on until it is stopped.
    WaitsForStop,
    /// Succeeds, and leaves the revision unknown.
    ForgetsTheRevision,
    /// Succeeds, and changes what was planned.
    ChangesTheSize,
}

/// What exists, and what was done.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) networks: Mutex<BTreeMap<String, Network>>,
    pub(super) mood: Mutex<Mood>,
    calls: Mutex<Vec<String>>,
}

impl World {
    /// What was done since the last time one asked.
    pub(super) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    pub(super) fn set_mood(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    fn did(&self, what: String) {
        self.calls.lock().unwrap().push(what);
    }

    /// Makes the network as far as the mood allows.
    async fn make(
        &self,
        cx: &Context<Arc<World>, Network>,
        planned: &Network,
    ) -> Result<Network, Diagnostics> {
        let name = planned.name.known().cloned().unwrap();
        let mood = self.mood();
        if mood == Mood::Fails {
            return Err(Diagnostic::error(format!("creating network {name}"), "No room.").into());
        }
        if mood == Mood::Panics {
            panic!("the network {name} fell over");
        }
        let mut made = Network {
            id: Value::from(format!("net-{name}")),
            revision: planned.revision.known().copied().unwrap_or(1).into(),
            status: Value::from("incomplete"),
            zone: planned.zone.known().cloned().unwrap_or_else(|| "z1".to_owned()).into(),
            contact: if planned.contact.is_unknown() { Value::Null } else { planned.contact.clone() },
            ..planned.clone()
        };
        self.networks.lock().unwrap().insert(name.clone(), made.clone());
        cx.checkpoint(&Network { subnets: planned.subnets.clone(), ..made.clone() });
        if mood == Mood::FailsHalfway {
            return Err(
                Diagnostic::error(format!("creating network {name}"), "The subnets do not fit.").into()
            );
        }
        if mood == Mood::PanicsHalfway {
            panic!("the network {name} fell over");
        }
        if mood == Mood::WaitsForStop {
            cx.stopped().cancelled().await;
            return Err(Diagnostic::error(format!("creating network {name}"), "Interrupted.").into());
        }
        if let Value::Known(subnets) = &mut made.subnets {
            for (key, subnet) in subnets {
                subnet.id = Value::from(format!("subnet-{key}"));
            }
        }
        made.status = Value::from("ready");
        match mood {
            Mood::ForgetsTheRevision => made.revision = Value::Unknown,
            Mood::ChangesTheSize => made.size = Value::from(99),
            _ => {}
        }
        self.networks.lock().unwrap().insert(name, made.clone());
        Ok(made)
    }
}

/// Networks.
struct Networks;

#[async_trait]
impl Resource for Networks {
    type Client = Arc<World>;
    type Model = Network;

    fn name(&self) -> &'static str {
        "network"
    }

    async fn plan(&self, plan: &mut Plan<'_, Arc<World>, Network>) {
        match (plan.prior, plan.planned.revision.is_unknown()) {
            (Some(prior), true) => {
                plan.planned.revision = prior.revision.map(|revision| revision + 1);
            }
            (None, true) => plan.planned.revision = Value::from(1),
            _ => {}
        }
        if plan.planned.status.is_unknown() {
            plan.planned.status = Value::from("ready");
        }
        match plan.planned.labels.known().and_then(|labels| labels.first()).map(String::as_str) {
            Some("bug: changes the name") => plan.planned.name = Value::from("other"),
            Some("panic") => panic!("a label made the plan panic"),
            Some("no client") if plan.client().is_none() => {
                plan.diagnostics.warning_at(Path::root().attribute("labels"), "Planned without a client", "");
            }
            Some("asks for replacement") if plan.prior.is_some() => {
                plan.require_replace(Path::root().attribute("labels"), "A label asks for it.");
            }
            _ => {}
        }
    }

    async fn read(
        &self,
        cx: &Context<Arc<World>, Network>,
        state: Network,
    ) -> Result<Option<Network>, Diagnostics> {
        match cx.client().mood() {
            Mood::Fails => return Err(Diagnostic::error("reading network", "No answer.").into()),
            Mood::Panics => panic!("reading fell over"),
            _ => {}
        }
        let name = state.name.known().cloned().unwrap_or_default();
        let mut seen = cx.client().networks.lock().unwrap().get(&name).cloned();
        if let Some(Network { subnets: Value::Known(subnets), .. }) = &mut seen {
            // Subnets that were never made have no id.
            subnets.values_mut().filter(|it| it.id.is_unknown()).for_each(|it| it.id = Value::Null);
        }
        Ok(seen.map(|seen| match cx.client().mood() {
            Mood::ForgetsTheRevision => Network { revision: Value::Unknown, ..seen },
            _ => seen,
        }))
    }

    async fn create(
        &self,
        cx: &Context<Arc<World>, Network>,
        planned: Network,
    ) -> Result<Network, Diagnostics> {
        let name = planned.name.known().cloned().unwrap();
        let resumed = if cx.resumed_from().is_some() { " resumed" } else { "" };
        let token = cx.config().and_then(|config| config.token.known().cloned());
        let token = token.map(|token| format!(" with token {token}")).unwrap_or_default();
        cx.client().did(format!("create {name}{resumed}{token}"));
        cx.warn(Diagnostic::warning("Networks are slow", ""));
        cx.client().make(cx, &planned).await
    }

    async fn update(
        &self,
        cx: &Context<Arc<World>, Network>,
        prior: Network,
        planned: Network,
    ) -> Result<Network, Diagnostics> {
        cx.client().did(format!("update {}", prior.name.known().unwrap()));
        cx.client().make(cx, &planned).await
    }

    async fn delete(&self, cx: &Context<Arc<World>, Network>, prior: Network) -> Result<(), Diagnostics> {
        let name = prior.name.known().cloned().unwrap();
        cx.client().did(format!("delete {name}"));
        match cx.client().mood() {
            Mood::Fails => {
                return Err(Diagnostic::error(format!("deleting network {name}"), "It is in use.").into());
            }
            Mood::FailsHalfway => {
                cx.checkpoint(&Network { subnets: Value::Null, ..prior });
                return Err(Diagnostic::error(format!("deleting network {name}"), "It is in use.").into());
            }
            Mood::Panics => panic!("deleting fell over"),
            _ => {}
        }
        cx.client().networks.lock().unwrap().remove(&name);
        Ok(())
    }

    fn schema_version(&self) -> i64 {
        2
    }

    fn upgrade(&self, from_version: i64, mut state: Json) -> Result<Json, Diagnostics> {
        if from_version != 1 {
            return Err(Diagnostic::error("Too old", "").into());
        }
        state["name"] = state["title"].take();
        Ok(state)
    }

    fn validate(&self, config: &Network, diagnostics: &mut Diagnostics) {
        if config.size == Value::from(13) {
            diagnostics.error_at(Path::root().attribute("size"), "Unlucky", "");
        }
    }

    async fn plan_destroy(&self, prior: &Network, diagnostics: &mut Diagnostics) {
        if prior.labels.known().is_some_and(|labels| labels.iter().any(|label| label == "protected")) {
            diagnostics.error("The network is protected", "Remove the label first.");
        }
    }

    async fn import(&self, cx: &Context<Arc<World>, Network>, id: &str) -> Result<Network, Diagnostics> {
        match cx.client().networks.lock().unwrap().get(id) {
            Some(network) => Ok(network.clone()),
            None => Err(Diagnostic::error(format!("There is no network {id}"), "").into()),
        }
    }

    fn identity(&self, model: &Network) -> Option<String> {
        model.name.known().cloned()
    }

    fn is_incomplete(&self, model: &Network) -> bool {
        model.status == Value::from("incomplete")
    }

    fn subcategory(&self) -> &'static str {
        "Networking"
    }
}

/// How many networks there are.
#[derive(Clone, Debug, PartialEq, Model)]
pub(super) struct Count {
    /// Only those whose name starts with this.
    #[attribute(optional)]
    pub(super) prefix: Value<String>,
    /// What is added.
    #[attribute(default = 0, validate = not_negative)]
    pub(super) plus: Value<i64>,
    /// The number.
    #[attribute(computed)]
    pub(super) count_of: Value<i64>,
}

fn not_negative(number: &i64) -> Result<(), String> {
    if *number >= 0 { Ok(()) } else { Err("It must not be negative.".to_owned()) }
}

struct Counts;

#[async_trait]
impl DataSource for Counts {
    type Client = Arc<World>;
    type Model = Count;

    fn name(&self) -> &'static str {
        "count"
    }

    async fn read(&self, client: &Arc<World>, config: Count) -> Result<Count, Diagnostics> {
        match client.mood() {
            Mood::Panics => panic!("counting fell over"),
            Mood::ForgetsTheRevision => return Ok(Count { count_of: Value::Unknown, ..config }),
            Mood::ChangesTheSize => return Ok(Count { prefix: Value::from("other"), ..config }),
            _ => {}
        }
        let prefix = config.prefix.known().map_or("", String::as_str);
        let names = client.networks.lock().unwrap().keys().filter(|name| name.starts_with(prefix)).count();
        let plus = config.plus.known().copied().unwrap_or_default();
        Ok(Count { count_of: Value::from(i64::try_from(names).unwrap() + plus), ..config })
    }
}

struct Join;

impl Function for Join {
    fn name(&self) -> &'static str {
        "join_all"
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature::new("Joins texts", "Puts a separator between texts.", cty::Type::String)
            .parameter("separator", cty::Type::String, "Goes between.")
            .variadic("texts", cty::Type::String, "What is joined.")
    }

    fn call(&self, arguments: Vec<cty::Value>) -> Result<cty::Value, FunctionError> {
        let texts: Vec<String> = arguments
            .into_iter()
            .map(|argument| match argument {
                cty::Value::String(text) => text,
                other => panic!("not a text: {other:?}"),
            })
            .collect();
        let Some((separator, texts)) = texts.split_first() else { panic!("no separator") };
        match separator.as_str() {
            "" => Err(FunctionError::argument(0, "The separator must not be empty.")),
            "panic" => panic!("joining fell over"),
            "list" => Ok(cty::Value::List(vec![])),
            _ => Ok(cty::Value::from(texts.join(separator))),
        }
    }
}

/// The toy provider.
pub(super) fn provider(world: &Arc<World>) -> Provider<Arc<World>> {
    let world = Arc::clone(world);
    Provider::new("landform", move |config: Config, cx| {
        let world = Arc::clone(&world);
        async move {
            match config.region.known().map(String::as_str) {
                Some("nowhere") => Err(Diagnostic::error("There is no region nowhere", "").into()),
                Some("panic") => panic!("configuring fell over"),
                Some("old") => {
                    cx.warn(Diagnostic::warning("The region is old", cx.terraform_version()));
                    Ok(world)
                }
                _ => Ok(world),
            }
        }
    })
    .validate(|config: &Config, diagnostics| {
        if config.region == Value::from("mars") {
            diagnostics.error_at(Path::root().attribute("region"), "Too far", "");
        }
    })
    .resource(Networks)
    .data_source(Counts)
    .function(Join)
}

/// A process of the toy provider, configured.
pub(super) async fn start(world: &Arc<World>) -> Terraform<Arc<World>> {
    let terraform = Terraform::start(provider(world));
    let diagnostics = terraform.configure(json!({})).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    terraform
}

/// The state of a network that is ready, with what `changes` says.
pub(super) fn ready(changes: Json) -> Json {
    let mut state = json!({
        "name": "core", "zone": "z1", "size": 3, "id": "net-core", "revision": 1, "status": "ready",
    });
    let (Some(state_fields), Json::Object(changes)) = (state.as_object_mut(), changes) else {
        panic!("an object")
    };
    state_fields.extend(changes);
    state
}
