//! All problems of an estate at once, or what it comes to: every unit with its account, state and provider resolved.

mod graph;
mod identities;
pub mod ledger;
pub mod parity;
mod references;
mod retired;

use landform_model::{AccountId, BucketName, Region, RoleName, StackName};

use crate::problem::{Problem, SpecPath};
use crate::spec::{Account, Environment, Estate, State, Tags};
use crate::units::{self, Kind, Placed, UnitId, network};
use graph::Graph;
use ledger::{Entry, Ledger};

/// An estate in which every name is resolved and every default applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The units in the order in which they are applied; those of one group in that of their identities.
    pub units: Vec<Unit>,
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
    pub kind: Kind,
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
    network::check::overlaps(&estate.networks, &mut problems);
    let graph = graph::check(estate, &mut problems);
    let ledger = identities::check(estate, ledger, &mut problems);

    let retired = retired::check(estate, &ledger, &mut problems);
    let mut resolved = Vec::new();
    if problems.is_empty() {
        for (at, unit) in units::all(estate) {
            match resolve(estate, &ledger, &graph, unit) {
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
    let rest = Estate { networks: Vec::new(), ..estate.clone() };
    Ok(Landscape { units: resolved, retired, estate: rest, ledger, spec_digest: digest(estate) })
}

/// One unit, after all of its names were found good.
fn resolve(estate: &Estate, ledger: &Ledger, graph: &Graph, unit: &dyn Placed) -> Result<Unit, String> {
    let id = UnitId::of(unit);
    let account = estate.accounts.get(unit.account()).ok_or("its account is not in the spec")?;
    let environment =
        estate.environments.get(unit.environment()).ok_or("its environment is not in the spec")?;
    let entry = ledger.units.get(&id.to_string()).ok_or("it is not in the ledger")?;

    let mut inputs = hcl::Map::new();
    for (name, value) in
        [("account_id", account.id.as_str()), ("region", id.region.as_str()), ("name", entry.name.as_str())]
    {
        inputs.insert(name.to_owned(), hcl::Value::from(value));
    }
    inputs.extend(unit.inputs().map_err(|error| error.to_string())?);

    Ok(Unit {
        kind: unit.kind(),
        state: state(estate, entry),
        provider: provider(estate, entry, &id, account, Some(environment)),
        after: graph.after(&id),
        group: graph.group(&id),
        id,
        inputs,
    })
}

/// Where a unit keeps its state.
fn state(estate: &Estate, entry: &Entry) -> StateObject {
    let State { bucket, region } = estate.organization.state.clone();
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
