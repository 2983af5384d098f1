//! Layers: what holds for all units of an organization, a class of accounts, an account, a region or an environment.
//!
//! Every change of a value is written as an operation; lists are never merged by themselves. Layers are applied when a
//! spec is read, so that an estate has whole units. An estate that is built in Rust has functions and loops for this.

use std::collections::BTreeMap;

use landform_model::network::{EgressMode, Profile, Slot, Tier};
use landform_model::{AvailabilityZoneId, Region, ResourceName, StackName, TagKey, TagValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema::text;
use super::{Argument, Identifier, InputPath, KindName, Reference};

/// What holds for many units. The weakest layer is first, each later one is stronger, and what a unit says itself is
/// the strongest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Layers {
    /// For all units.
    #[serde(skip_serializing_if = "Layer::is_default")]
    pub organization: Layer,
    /// For units in accounts of this class.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::ResourceName, Layer>")]
    pub classes: BTreeMap<ResourceName, Layer>,
    /// For units in this account.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::ResourceName, Layer>")]
    pub accounts: BTreeMap<ResourceName, Layer>,
    /// For units in this region.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::Region, Layer>")]
    pub regions: BTreeMap<Region, Layer>,
    /// For units of this environment.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::ResourceName, Layer>")]
    pub environments: BTreeMap<ResourceName, Layer>,
}

impl Layers {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// One layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Layer {
    /// What it changes in each network.
    pub networks: NetworkPatch,
    /// What it changes in each of the `units`, by their kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::KindName, UnitPatch>")]
    pub units: BTreeMap<KindName, UnitPatch>,
}

impl Layer {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What a layer changes in each network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NetworkPatch {
    /// How the block is divided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Setting<text::Profile>>")]
    pub profile: Option<Setting<Profile>>,
    /// The availability zone of each slot.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<MapPatch<BTreeMap<text::Slot, text::AvailabilityZoneId>>>")]
    pub azs: Option<MapPatch<BTreeMap<Slot, AvailabilityZoneId>>>,
    /// The kinds of subnet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ListPatch<text::Tier>>")]
    pub tiers: Option<ListPatch<Tier>>,
    /// How private subnets reach the internet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Setting<text::EgressMode>>")]
    pub egress: Option<Setting<EgressMode>>,
    /// Whether the provider refuses to destroy the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_protection: Option<Setting<bool>>,
    /// Units that are applied before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ListPatch<text::StackName>>")]
    pub after: Option<ListPatch<StackName>>,
    /// Tags of the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<MapPatch<text::Tags>>")]
    pub tags: Option<MapPatch<BTreeMap<TagKey, TagValue>>>,
}

/// What a layer changes in each unit of a kind. Each input is a value of its own: what a unit says of one leaves the others
/// as the layers have them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UnitPatch {
    /// The inputs of the module that have values. One that a unit refers to is left alone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::Identifier, ArgumentPatch>")]
    pub inputs: BTreeMap<Identifier, ArgumentPatch>,
    /// The inputs that are outputs of other units. One that a unit has a value for is left alone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::InputPath, Setting<Reference>>")]
    pub references: BTreeMap<InputPath, Setting<Reference>>,
    /// Units that are applied before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ListPatch<text::StackName>>")]
    pub after: Option<ListPatch<StackName>>,
}

/// A change of an input, which may be of any type. Of several operations, `set` is first and `merge` last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArgumentPatch {
    /// The value, in place of that of weaker layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<Argument>,
    /// Elements that are taken out of a list of texts, or keys that are taken out of a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<Vec<String>>,
    /// Elements that are added at the end of a list; of texts, those that are not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub append: Option<Vec<Argument>>,
    /// Entries that are added to a map, or take the place of those of the same key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge: Option<BTreeMap<String, Argument>>,
}

/// A change of one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting<T> {
    /// The value, in place of that of weaker layers.
    pub set: T,
}

/// A change of a list. Of several operations, `set` is first and `append` last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPatch<T> {
    /// The list, in place of that of weaker layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<Vec<T>>,
    /// Elements that are taken out of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove: Option<Vec<T>>,
    /// Elements that are added at its end, unless they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub append: Option<Vec<T>>,
}

/// A change of a map. Of several operations, `set` is first and `merge` last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapPatch<M> {
    /// The map, in place of that of weaker layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<M>,
    /// Keys that are taken out of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove: Option<Vec<String>>,
    /// Entries that are added, or take the place of those of the same key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<M>,
}
