//! What a spec says of a network.

use std::collections::BTreeMap;

use landform_model::network::{EgressMode, Profile, Slot, Tier};
use landform_model::{AvailabilityZoneId, Cidr, Region, ResourceName, StackName, TagKey, TagValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::spec::Tags;
use crate::spec::schema::text;
use crate::units::Place;

/// One VPC with its subnets and its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// The name, unique in account, region and environment.
    #[schemars(with = "text::ResourceName")]
    pub name: ResourceName,
    /// The environment that it is part of.
    #[schemars(with = "text::ResourceName")]
    pub environment: ResourceName,
    /// The account that it is in.
    #[schemars(with = "text::ResourceName")]
    pub account: ResourceName,
    /// The region that it is in.
    #[schemars(with = "text::Region")]
    pub region: Region,
    /// The block of the VPC. No two networks of an estate overlap.
    #[schemars(with = "text::Cidr")]
    pub cidr: Cidr,
    /// How the block is divided. The default is `standard`.
    #[serde(default)]
    #[schemars(with = "text::Profile")]
    pub profile: Profile,
    /// The availability zone of each slot. A slot keeps its letter for good.
    #[schemars(with = "BTreeMap<text::Slot, text::AvailabilityZoneId>")]
    pub azs: BTreeMap<Slot, AvailabilityZoneId>,
    /// The kinds of subnet, each in all zones.
    #[schemars(with = "Vec<text::Tier>")]
    pub tiers: Vec<Tier>,
    /// How private subnets reach the internet. The default is `none`.
    #[serde(default)]
    #[schemars(with = "text::EgressMode")]
    pub egress: EgressMode,
    /// Whether the provider refuses to destroy the network. The default is true.
    #[serde(default = "yes")]
    pub deletion_protection: bool,
    /// Units that are applied before this one, by their ids `account/region/environment/name`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<text::StackName>")]
    pub after: Vec<StackName>,
    /// Tags of this network only.
    #[serde(default)]
    #[schemars(with = "text::Tags")]
    pub tags: Tags,
}

fn yes() -> bool {
    true
}

impl Network {
    /// A network without zones and tiers, which must follow; all else is as by default.
    pub fn new(name: ResourceName, place: Place, cidr: Cidr) -> Self {
        let Place { environment, account, region } = place;
        Self {
            name,
            environment,
            account,
            region,
            cidr,
            profile: Profile::default(),
            azs: BTreeMap::new(),
            tiers: Vec::new(),
            egress: EgressMode::default(),
            deletion_protection: true,
            after: Vec::new(),
            tags: Tags::new(),
        }
    }

    /// Where it is, so that other units can be there, too.
    pub fn place(&self) -> Place {
        Place {
            environment: self.environment.clone(),
            account: self.account.clone(),
            region: self.region.clone(),
        }
    }

    /// The same network, its block divided by `profile`.
    pub fn profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// The same network with the zone `az` in `slot`.
    pub fn az(mut self, slot: Slot, az: AvailabilityZoneId) -> Self {
        self.azs.insert(slot, az);
        self
    }

    /// The same network with these kinds of subnet.
    pub fn tiers(self, tiers: impl IntoIterator<Item = Tier>) -> Self {
        Self { tiers: tiers.into_iter().collect(), ..self }
    }

    /// The same network with this way out.
    pub fn egress(self, egress: EgressMode) -> Self {
        Self { egress, ..self }
    }

    /// The same network, which the provider refuses to destroy, or not.
    pub fn deletion_protection(self, deletion_protection: bool) -> Self {
        Self { deletion_protection, ..self }
    }

    /// The same network, applied after the unit of this id.
    pub fn after(mut self, unit: StackName) -> Self {
        self.after.push(unit);
        self
    }

    /// The same network with a tag of its own.
    pub fn tag(mut self, key: TagKey, value: TagValue) -> Self {
        self.tags.insert(key, value);
        self
    }
}
