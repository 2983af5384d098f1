//! Every call of the protocol, as Terraform makes it and damaged: 100,000 calls in sessions of forty. Whatever is asked,
//! there is an answer in time and of the right types, or a status where the request itself cannot be read.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use landform_fuzz::answers;
use landform_fuzz::catalog::Catalog;
use landform_fuzz::garden::{self, Garden};
use landform_fuzz::requests::{Maker, Memory, Planned, RPCS};
use landform_fuzz::{Callee, Chance, core_rules, run};
use tonic::Code;

const CALLS: usize = 40;

/// What Terraform asks a process before anything else, or what a test wants to happen often.
const OFTEN: [&str; 8] = [
    "PlanResourceChange",
    "ApplyResourceChange",
    "ApplyResourceChange",
    "ReadResource",
    "UpgradeResourceState",
    "ListResource",
    "ImportResourceState",
    "InvokeAction",
];

/// Calls that only look: asked again, they answer the same.
const PURE: [&str; 17] = [
    "CallFunction",
    "GenerateResourceConfig",
    "GetFunctions",
    "GetMetadata",
    "GetProviderSchema",
    "GetResourceIdentitySchemas",
    "PlanAction",
    "PlanResourceChange",
    "ReadDataSource",
    "UpgradeResourceIdentity",
    "UpgradeResourceState",
    "ValidateActionConfig",
    "ValidateDataResourceConfig",
    "ValidateEphemeralResourceConfig",
    "ValidateListResourceConfig",
    "ValidateProviderConfig",
    "ValidateResourceConfig",
];

/// Calls of state stores, which the framework does not serve.
const NOT_SERVED: [&str; 8] = [
    "ValidateStateStoreConfig",
    "ConfigureStateStore",
    "ReadStateBytes",
    "WriteStateBytes",
    "LockState",
    "UnlockState",
    "GetStates",
    "DeleteState",
];

/// The panics of the process, wherever they are caught.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// How many plans and applies were held against Terraform's rules.
static PLANS: AtomicUsize = AtomicUsize::new(0);
static APPLIES: AtomicUsize = AtomicUsize::new(0);

/// How many answers to each call were good, and how many were errors.
type Counts = Arc<Mutex<BTreeMap<&'static str, (usize, usize)>>>;

fn panics() -> Vec<String> {
    std::mem::take(&mut *PANICS.lock().unwrap_or_else(PoisonError::into_inner))
}

fn record_panics() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(panic.to_string());
            before(panic);
        }));
    });
}

async fn catalog(callee: &mut Callee<Garden>) -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    if let Some(catalog) = CATALOG.get() {
        return catalog;
    }
    let schemas = callee.call("GetProviderSchema", &[]).await.unwrap();
    let identities = callee.call("GetResourceIdentitySchemas", &[]).await.unwrap();
    CATALOG.get_or_init(|| Catalog::read(&schemas[0], &identities[0]).unwrap())
}

/// One call, and what its answer brings. Says whether the answer was good, if there was one.
async fn call(
    chance: &mut Chance,
    callee: &mut Callee<Garden>,
    memory: &mut Memory,
    rpc: &str,
    wild: bool,
) -> Option<bool> {
    let catalog = catalog(callee).await;
    let request = Maker { catalog, memory, chance, wild }.make(rpc);
    let answered = tokio::time::timeout(Duration::from_secs(10), callee.call(rpc, &request.bytes)).await;
    let found = panics();
    assert!(found.is_empty(), "{rpc} panics: {found:?}");
    let answer = match answered.unwrap_or_else(|_| panic!("{rpc} is not answered")) {
        Ok(answer) => answer,
        Err(status) => {
            let served = !NOT_SERVED.contains(&rpc);
            let unreadable = status.code() == Code::Internal && status.message().contains("decode");
            assert!(
                (wild && unreadable) || (!served && status.code() == Code::Unimplemented),
                "{rpc}: {status}"
            );
            return None;
        }
    };
    if PURE.contains(&rpc) && chance.one_in(8) {
        let again = callee.call(rpc, &request.bytes).await.unwrap();
        assert_eq!(answer, again, "{rpc}: one request has two answers");
    }
    let learned = answers::check(catalog, rpc, &request.bytes, &answer);
    if let (Some(planned), Some((prior, config)), false, false) =
        (&learned.planned, &request.plan, wild, learned.failed)
    {
        core_rules::check_plan(&catalog.resources["garden_plant"], prior, config, planned);
        PLANS.fetch_add(1, Ordering::Relaxed);
    }
    if let (Some(new), Some(planned), false, false) = (&learned.state, &request.apply, wild, learned.failed) {
        core_rules::check_apply(planned, new);
        APPLIES.fetch_add(1, Ordering::Relaxed);
    }
    if let (Some(loaded), Some(state), false) = (&learned.state, &request.load, wild)
        && state.is_wholly_known()
    {
        assert_eq!(loaded, state, "a state of the current schema is read as it was written");
    }
    let private = learned.private.unwrap_or_default();
    // Terraform goes on with no plan that has errors; a wild peer may.
    if let (Some(planned), Some((prior, config))) = (learned.planned, request.plan)
        && (!learned.failed || wild)
    {
        let identity = learned.identity.clone();
        let private = private.clone();
        memory.planned.push(Planned { prior, config, planned, private, identity, sound: !wild });
    }
    memory.states.extend(learned.state.filter(|state| !state.is_null()));
    memory.identities.extend(learned.identity);
    if !private.is_empty() {
        memory.privates.push(private);
    }
    Some(!learned.failed)
}

/// Forty calls to one process, of which one in `tame` is not damaged.
fn session(chance: &mut Chance, tame: usize, counts: &Counts) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let mut callee = Callee::new(garden::provider().into_service());
        let mut memory = Memory::default();
        if !chance.one_in(20) {
            call(chance, &mut callee, &mut memory, "ConfigureProvider", false).await;
        }
        for _ in 0..CALLS {
            let rpc = *if chance.one_in(2) { chance.pick(&OFTEN) } else { chance.pick(&RPCS) };
            let wild = !chance.one_in(tame);
            if let Some(is_good) = call(chance, &mut callee, &mut memory, rpc, wild).await {
                let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
                let (good, failed) = counts.entry(rpc).or_default();
                *(if is_good { good } else { failed }) += 1;
            }
        }
    });
}

/// Half of all sessions. Every call that is served must be reached, with good answers and, where calls are damaged, with
/// errors: else the test would test nothing.
fn sessions(target: &str, tame: usize) {
    record_panics();
    let counts = Counts::default();
    let counted = Arc::clone(&counts);
    let count = run(target, 1250, move |chance| session(chance, tame, &counted));
    let counts = counts.lock().unwrap();
    for rpc in RPCS.iter().filter(|rpc| !NOT_SERVED.contains(rpc)) {
        let (good, failed) = counts.get(rpc).copied().unwrap_or_default();
        let can_fail = tame > 1 && !rpc.starts_with("Get") && *rpc != "StopProvider";
        let reached = good > 0 && (failed > 0 || !can_fail);
        assert!(reached || count < 1000, "{rpc}: {good} good answers and {failed} errors");
    }
    let (plans, applies) = (PLANS.load(Ordering::Relaxed), APPLIES.load(Ordering::Relaxed));
    assert!((plans > 500 && applies > 500) || count < 1000, "{plans} plans, {applies} applies");
}

#[test]
fn calls_as_terraform_makes_them_are_answered() {
    sessions("service: valid calls, 40 a session", 1);
}

#[test]
fn damaged_calls_are_answered() {
    sessions("service: damaged calls, 40 a session", 3);
}

#[test]
fn no_call_is_forgotten() {
    let proto = include_str!("../../../provider/proto/proto/tfplugin6.proto");
    let names = proto.lines().filter_map(|line| line.trim().strip_prefix("rpc ")?.split('(').next());
    assert_eq!(names.collect::<Vec<_>>(), RPCS);
}
