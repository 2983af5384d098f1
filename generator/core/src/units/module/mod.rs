//! Units that are made of a module of the spec, or of one resource of the provider.

pub mod spec;

use std::collections::BTreeMap;

use landform_model::{Region, ResourceName, StackName};
use spec::{InputPath, ModuleUnit};

use super::Placed;
use crate::contract::reference::Reference;
use crate::spec::Tags;

impl Placed for ModuleUnit {
    fn kind(&self) -> &str {
        self.kind.as_str()
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
        None
    }

    fn after(&self) -> &[StackName] {
        &self.after
    }

    fn inputs(&self) -> Result<hcl::Map<String, hcl::Value>, hcl::Error> {
        Ok(self.inputs.iter().map(|(name, value)| (name.to_string(), value.to_hcl())).collect())
    }

    fn references(&self) -> Option<&BTreeMap<InputPath, Reference>> {
        Some(&self.references)
    }
}
