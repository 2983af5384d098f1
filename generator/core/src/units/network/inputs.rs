//! What the Terraform module `network` gets.

use std::collections::{BTreeMap, BTreeSet};

use landform_model::network::{EgressMode, Profile, Slot, Tier};
use landform_model::{AvailabilityZoneId, Cidr, Region, ResourceName, StackName};
use serde::Serialize;

use super::NAME;
use super::spec::Network;
use crate::contract::reference::Reference;
use crate::spec::{InputPath, Tags};
use crate::units::Placed;

/// The arguments in the order in which they are written.
#[derive(Serialize)]
struct Inputs<'a> {
    cidr: Cidr,
    profile: Profile,
    azs: &'a BTreeMap<Slot, AvailabilityZoneId>,
    // A set, so that the order in a spec changes no file.
    tiers: BTreeSet<Tier>,
    egress: Egress,
    deletion_protection: bool,
    tags: &'a Tags,
}

#[derive(Serialize)]
struct Egress {
    mode: EgressMode,
}

impl Placed for Network {
    fn kind(&self) -> &str {
        NAME
    }

    fn name(&self) -> &ResourceName {
        &self.name
    }

    fn account(&self) -> &ResourceName {
        &self.account
    }

    fn region(&self) -> &Region {
        &self.region
    }

    fn environment(&self) -> &ResourceName {
        &self.environment
    }

    fn tags(&self) -> Option<&Tags> {
        Some(&self.tags)
    }

    fn after(&self) -> &[StackName] {
        &self.after
    }

    fn inputs(&self) -> Result<hcl::Map<String, hcl::Value>, hcl::Error> {
        let inputs = Inputs {
            cidr: self.cidr,
            profile: self.profile,
            azs: &self.azs,
            tiers: self.tiers.iter().copied().collect(),
            egress: Egress { mode: self.egress },
            deletion_protection: self.deletion_protection,
            tags: &self.tags,
        };
        match hcl::value::to_value(inputs)? {
            hcl::Value::Object(inputs) => Ok(inputs),
            other => Ok(hcl::Map::from_iter([("value".to_owned(), other)])),
        }
    }
    fn references(&self) -> Option<&BTreeMap<InputPath, Reference>> {
        None
    }
}
