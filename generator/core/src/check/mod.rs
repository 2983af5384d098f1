//! All problems of an estate at once, or what it comes to: every unit with its account, state and provider resolved.

mod graph;
mod identities;
mod inputs;
pub(crate) mod kinds;
pub mod ledger;
pub mod parity;
mod references;
mod retired;
mod wires;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use landform_model::{AccountId, BucketName, Region, RoleName, StackName};

use crate::problem::{Problem, SpecPath};
use crate::spec::{Account, Environment, Estate, State, Tags};
use crate::units::{self, Kind, Placed, UnitId, network};
use graph::Graph;
use kinds::Kinds;
use ledger::{Entry, Ledger};
pub use wires::Wire;
use wires::Wires;

/// An estate in which every name is resolved and every default applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The units in the order in which they are applied; those of one group in that of their identities.
    pub units: Vec<Unit>,
    /// The kinds that they are of, by name.
    pub kinds: BTreeMap<String, Arc<Kind>>,
    /// Units that were in the spec and are not pruned, in the order of their identities.
    pub retired: Vec<Retired>,
    /// The estate without its units: accounts, owners, automation.
    pub estate: Estate,
    /// The ledger to keep, with the units that are new.
    pub ledger: Ledger,
    /// SHA-256 of the spec, in hexadecimal.
    pub spec_digest: String,
}

/// One unit: a Terraform root module with its own state.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The identity.
    pub id: UnitId,
    /// The kind.
    pub kind: Arc<Kind>,
    /// Where the state is kept.
    pub state: StateObject,
    /// How the provider is configured.
    pub provider: Provider,
    /// The units that are applied before this one.
    pub after: Vec<UnitId>,
    /// The longest way from a unit that waits for none, which is in group 0. Those of one group wait for none of it.
    pub group: usize,
    /// The arguments of the module in the order in which they are written.
    pub inputs: hcl::Map<String, hcl::Value>,
    /// The arguments that are outputs of other units.
    pub wires: Vec<Wire>,
    /// The outputs of this one that others read where it publishes them.
    pub published: BTreeSet<String>,
}

/// A unit that is no longer in the spec. Nothing is in its folder but where its state is and how its provider is
/// configured, so that its plan is to destroy what it made.
#[derive(Clone, Debug, PartialEq)]
pub struct Retired {
    /// The identity that it had.
    pub id: UnitId,
    /// Where the state is kept.
    pub state: StateObject,
    /// How the provider is configured.
    pub provider: Provider,
    /// The providers that its state needs, each with its source.
    pub providers: BTreeMap<String, String>,
}

/// The object in S3 that holds the state of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateObject {
    /// The bucket.
    pub bucket: BucketName,
    /// The bucket's region.
    pub region: Region,
    /// The key, from the ledger.
    pub key: String,
}

/// The arguments of the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// The region of the unit.
    pub region: Region,
    /// The identity that ownership tags carry, from the ledger.
    pub stack: StackName,
    /// The role to assume in the account; none in the management account.
    pub role: Option<RoleName>,
    /// The only account that the provider may touch.
    pub account_id: AccountId,
    /// Tags on everything: the organization's and, stronger, the environment's.
    pub default_tags: Tags,
}

/// What the estate comes to.
///
/// Pure: the same estate and ledger give the same answer. `ledger` is the one of the tree that is to be changed.
///
/// # Errors
/// All problems, in the order of the spec.
pub fn check(estate: &Estate, ledger: &Ledger) -> Result<Landscape, Vec<Problem>> {
    let mut problems = Vec::new();
    references::check(estate, &mut problems);
    parity::check(estate, &mut problems);
    for (index, network) in estate.networks.iter().enumerate() {
        network::check::network(network, &SpecPath::root().field("networks").index(index), &mut problems);
    }
    network::check::overlaps(estate, &mut problems);
    let kinds = kinds::check(estate, &mut problems);
    inputs::check(estate, &kinds, &mut problems);
    let wires = wires::check(estate, &kinds, &mut problems);
    let graph = graph::check(estate, &wires, &mut problems);
    let mut ledger = identities::check(estate, ledger, &mut problems);

    let retired = retired::check(estate, &ledger, &mut problems);
    let mut resolved = Vec::new();
    if problems.is_empty() {
        let mut found = Found { estate, kinds: &kinds, published: wires::published(&wires), wires, graph };
        for (at, unit) in units::all(estate) {
            match found.resolve(&mut ledger, unit) {
                Ok(unit) => resolved.push(unit),
                Err(why) => problems.push(Problem::new(at, why)),
            }
        }
    }
    if !problems.is_empty() {
        problems.sort_by(|one, other| one.at.cmp(&other.at));
        return Err(problems);
    }
    resolved.sort_by(|one, other| (one.group, &one.id).cmp(&(other.group, &other.id)));
    let rest = Estate {
        networks: Vec::new(),
        modules: BTreeMap::new(),
        units: Vec::new(),
        module_files: BTreeMap::new(),
        ..estate.clone()
    };
    Ok(Landscape { units: resolved, kinds, retired, estate: rest, ledger, spec_digest: digest(estate) })
}

/// What was found about the units of an estate without problems.
struct Found<'a> {
    estate: &'a Estate,
    kinds: &'a Kinds,
    graph: Graph,
    wires: Wires,
    published: BTreeMap<UnitId, BTreeSet<String>>,
}

impl Found<'_> {
    /// One unit. The ledger gets to know the providers that it has now.
    fn resolve(&mut self, ledger: &mut Ledger, unit: &dyn Placed) -> Result<Unit, String> {
        let estate = self.estate;
        let id = UnitId::of(unit);
        let account = estate.accounts.get(unit.account()).ok_or("its account is not in the spec")?;
        let environment =
            estate.environments.get(unit.environment()).ok_or("its environment is not in the spec")?;
        let entry = ledger.units.get_mut(&id.to_string()).ok_or("it is not in the ledger")?;
        let kind = self.kinds.get(unit.kind()).ok_or("its kind is not in the spec")?;
        let wires = self.wires.remove(&id).unwrap_or_default();
        let published = self.published.remove(&id).unwrap_or_default();

        let mut inputs = hcl::Map::new();
        let placement = [account.id.as_str(), id.region.as_str(), entry.name.as_str()];
        for (name, value) in inputs::PLACEMENT.into_iter().zip(placement) {
            if inputs::is_placed(&kind.contract, name)
                && !wires.iter().any(|wire| wire.input.as_str() == name)
            {
                inputs.insert(name.to_owned(), hcl::Value::from(value));
            }
        }
        inputs.extend(unit.inputs().map_err(|error| error.to_string())?);
        entry.providers = kind.providers.clone();
        if !published.is_empty() {
            entry.providers.entry("aws".to_owned()).or_insert_with(|| "hashicorp/aws".to_owned());
        }
        Ok(Unit {
            kind: kind.clone(),
            state: state(estate, entry),
            provider: provider(estate, entry, &id, account, Some(environment)),
            after: self.graph.after(&id),
            group: self.graph.group(&id),
            id,
            inputs,
            wires,
            published,
        })
    }
}

/// Where a unit keeps its state.
fn state(estate: &Estate, entry: &Entry) -> StateObject {
    let State { bucket, region } = entry.state.as_ref().unwrap_or(&estate.organization.state).clone();
    StateObject { bucket, region, key: entry.key.clone() }
}

/// How the provider of a unit is configured.
fn provider(
    estate: &Estate,
    entry: &Entry,
    id: &UnitId,
    account: &Account,
    environment: Option<&Environment>,
) -> Provider {
    let organization = &estate.organization;
    let mut default_tags = organization.tags.clone();
    default_tags.extend(environment.into_iter().flat_map(|environment| environment.tags.clone()));
    Provider {
        region: id.region.clone(),
        stack: entry.stack.clone(),
        role: (account.id != organization.management_account_id).then(|| estate.roles.deploy.clone()),
        account_id: account.id.clone(),
        default_tags,
    }
}

/// The digest of what a spec means: neither its layout nor its comments count.
fn digest(estate: &Estate) -> String {
    // A spec is made of maps with text keys, lists and scalars, which always have a JSON form.
    let json = serde_json::to_vec(estate).unwrap_or_default();
    crate::render::sha256(&json)
}
