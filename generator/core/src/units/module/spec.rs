//! What a spec says of a unit that is made of a module, or of one resource of the provider.

use std::collections::BTreeMap;

use landform_model::{Region, ResourceName, StackName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::contract::Argument;
use crate::contract::reference::{Identifier, Reference};
use crate::spec::form::form;
use crate::spec::schema::text;
use crate::units::Place;

/// A unit that is made of a module of the spec, or of one resource of the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModuleUnit {
    /// The name, unique in account, region and environment.
    #[schemars(with = "text::ResourceName")]
    pub name: ResourceName,
    /// What it is made of: a name of `modules`, or a resource of the provider such as `landform_vpc`.
    #[schemars(with = "text::KindName")]
    pub kind: KindName,
    /// The environment that it is part of.
    #[schemars(with = "text::ResourceName")]
    pub environment: ResourceName,
    /// The account that it is in.
    #[schemars(with = "text::ResourceName")]
    pub account: ResourceName,
    /// The region that it is in.
    #[schemars(with = "text::Region")]
    pub region: Region,
    /// The inputs of the module that have values. `account_id`, `region` and `name` come by themselves where the module
    /// has them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::Identifier, Argument>")]
    pub inputs: BTreeMap<Identifier, Argument>,
    /// The inputs that are outputs of other units. `input.attribute` is one attribute of an input that is an object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<text::InputPath, Reference>")]
    pub references: BTreeMap<InputPath, Reference>,
    /// Units that are applied before this one, by their ids `account/region/environment/name`. Those that it refers to
    /// are, anyway.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<text::StackName>")]
    pub after: Vec<StackName>,
}

impl ModuleUnit {
    /// A unit without inputs.
    pub fn new(name: ResourceName, kind: KindName, place: Place) -> Self {
        let Place { environment, account, region } = place;
        let (inputs, references, after) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { name, kind, environment, account, region, inputs, references, after }
    }

    /// The same unit, whose input has this value.
    pub fn input(mut self, name: Identifier, value: impl Into<Argument>) -> Self {
        self.inputs.insert(name, value.into());
        self
    }

    /// The same unit, whose input is an output of another one.
    pub fn reference(mut self, input: InputPath, reference: Reference) -> Self {
        self.references.insert(input, reference);
        self
    }

    /// The same unit, applied after the unit of this id.
    pub fn after(mut self, unit: StackName) -> Self {
        self.after.push(unit);
        self
    }
}

form!(
    /// What a unit is made of: the name of a module, or the type of a resource.
    KindName,
    "a kind of unit",
    "write the name of a module such as `queue`, or a resource of the provider such as `landform_vpc`",
    |text| text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
);

/// The name of a module is a kind: its letters are among those of kinds.
impl From<&ResourceName> for KindName {
    fn from(name: &ResourceName) -> Self {
        Self(name.to_string())
    }
}

form!(
    /// An input, or an attribute of an input that is an object: `egress.transit_gateway_id`.
    InputPath,
    "an input",
    "write the name of an input, and `.` before each attribute in it",
    |text| text.split('.').count() <= 16 && text.split('.').all(|part| part.parse::<Identifier>().is_ok())
);

impl From<Identifier> for InputPath {
    fn from(name: Identifier) -> Self {
        Self(name.into())
    }
}

impl InputPath {
    /// The input, then the attributes.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.as_str().split('.')
    }
}
