//! The kinds of unit: [`network`], whose fields are written here, and [`module`], which is any module of a spec and any
//! resource of the provider.

mod kind;
pub mod module;
pub mod network;
mod provider_schema;
mod resource;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use landform_model::{Region, ResourceName, StackName};

pub use kind::{Kind, Lookup, ModulePlace};
pub use resource::{kind as resource_kind, types as resource_types};

use crate::contract::reference::Reference;
use crate::problem::SpecPath;
use crate::spec::{Estate, InputPath, Tags};

/// Where a unit is: environment, account and region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the environment.
    pub environment: ResourceName,
    /// The name of the account.
    pub account: ResourceName,
    /// The region.
    pub region: Region,
}

/// One unit as the spec places it, of any kind.
pub trait Placed {
    /// The name of the kind.
    fn kind(&self) -> &str;
    /// The name, unique in account, region and environment.
    fn name(&self) -> &ResourceName;
    /// The name of the account.
    fn account(&self) -> &ResourceName;
    /// The region.
    fn region(&self) -> &Region;
    /// The name of the environment.
    fn environment(&self) -> &ResourceName;
    /// The unit's own tags; none when its kind has no field for them.
    fn tags(&self) -> Option<&Tags>;
    /// The units that are applied before this one.
    fn after(&self) -> &[StackName];
    /// The arguments of the module, in the order in which they are written, but for `account_id`, `region` and `name`
    /// and for what is referred to.
    ///
    /// # Errors
    /// When a value has no form in HCL, which is a fault of the kind.
    fn inputs(&self) -> Result<hcl::Map<String, hcl::Value>, hcl::Error>;
    /// The arguments of the module that are outputs of other units; none when its kind has no field for them.
    fn references(&self) -> Option<&BTreeMap<InputPath, Reference>>;
}

/// All units of the estate, each with where it stands in the spec.
pub fn all(estate: &Estate) -> impl Iterator<Item = (SpecPath, &dyn Placed)> {
    let (networks, units) = (SpecPath::root().field("networks"), SpecPath::root().field("units"));
    let networks =
        estate.networks.iter().enumerate().map(move |(index, it)| (networks.index(index), it as &dyn Placed));
    let units =
        estate.units.iter().enumerate().map(move |(index, it)| (units.index(index), it as &dyn Placed));
    networks.chain(units)
}

/// The identity of a unit: `account/region/environment/name`. No two units of one estate share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitId {
    /// The name of the account.
    pub account: ResourceName,
    /// The region.
    pub region: Region,
    /// The name of the environment.
    pub environment: ResourceName,
    /// The name of the unit.
    pub name: ResourceName,
}

impl UnitId {
    /// The identity of `unit`.
    pub fn of(unit: &dyn Placed) -> Self {
        Self {
            account: unit.account().clone(),
            region: unit.region().clone(),
            environment: unit.environment().clone(),
            name: unit.name().clone(),
        }
    }

    /// The identity as the provider's `stack`, unless the ledger has kept an older one.
    ///
    /// # Errors
    /// When the four names together are longer than the value of a tag.
    pub fn stack(&self) -> Result<StackName, landform_model::InvalidText> {
        self.to_string().parse()
    }
}

impl FromStr for UnitId {
    type Err = UnknownForm;

    fn from_str(text: &str) -> Result<Self, UnknownForm> {
        let unknown = || UnknownForm(text.to_owned());
        let [account, region, environment, name] =
            text.split('/').collect::<Vec<_>>().try_into().map_err(|_| unknown())?;
        Ok(Self {
            account: account.parse().map_err(|_| unknown())?,
            region: region.parse().map_err(|_| unknown())?,
            environment: environment.parse().map_err(|_| unknown())?,
            name: name.parse().map_err(|_| unknown())?,
        })
    }
}

/// A text that is not an identity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the identity of a unit: it is `account/region/environment/name`")]
pub struct UnknownForm(String);

impl fmt::Display for UnitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}/{}", self.account, self.region, self.environment, self.name)
    }
}
