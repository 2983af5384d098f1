use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use landform_framework::{Dynamic, Model, Text, Timeouts, Value, cty};

/// A plant.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Plant {
    /// The name.
    #[attribute(required, immutable)]
    pub name: Value<String>,
    /// Where it grows.
    #[attribute(optional, computed, sticky, replace)]
    pub zone: Value<String>,
    /// How tall it is. Default: `3`.
    #[attribute(default = 3, validate = not_negative)]
    pub height: Value<i64>,
    /// How much water it needs.
    #[attribute(optional)]
    pub ratio: Value<f64>,
    /// Whether it is in flower. Default: `false`.
    #[attribute(default = false)]
    pub flowers: Value<bool>,
    /// Free labels.
    #[attribute(optional)]
    pub labels: Value<BTreeMap<String, String>>,
    /// Free words.
    #[attribute(optional)]
    pub tags: Value<BTreeSet<String>>,
    /// Months.
    #[attribute(optional)]
    pub months: Value<Vec<i64>>,
    /// Whose it is.
    #[attribute(optional)]
    pub owner: Value<Owner>,
    /// Its branches by name.
    #[attribute(optional)]
    pub branches: Value<BTreeMap<String, Branch>>,
    /// What was done to it, in order.
    #[attribute(optional)]
    pub steps: Value<Vec<Step>>,
    /// What keeps it upright.
    #[attribute(optional)]
    pub props: Value<BTreeSet<Prop>>,
    /// The address of its sensor.
    #[attribute(optional)]
    pub sensor: Value<Text<Ipv4Addr>>,
    /// Anything.
    #[attribute(optional)]
    pub anything: Value<Dynamic>,
    /// A number with every digit.
    #[attribute(optional)]
    pub exact: Value<cty::Number>,
    /// A secret, in state.
    #[attribute(optional, sensitive)]
    pub secret: Value<String>,
    /// A token, nowhere.
    #[attribute(optional, write_only)]
    pub token: Value<String>,
    /// Attributes whose change may replace it.
    #[attribute(optional)]
    pub allow_replace: Value<Vec<String>>,
    /// The end of summer, not with `frost`.
    #[attribute(optional, conflicts_with("frost"))]
    pub autumn: Value<String>,
    /// The first frost.
    #[attribute(optional)]
    pub frost: Value<String>,
    /// How long it may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The id.
    #[attribute(computed, sticky, prefix = "plant-")]
    pub id: Value<String>,
    /// Counts the changes.
    #[attribute(computed, not_null)]
    pub revision: Value<i64>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Owner {
    /// The address.
    #[attribute(required)]
    pub mail: Value<String>,
    /// A number.
    #[attribute(optional)]
    pub phone: Value<String>,
}

/// A branch.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Branch {
    /// What is written on it.
    #[attribute(required)]
    pub text: Value<String>,
    /// How heavy it is. Default: `1`.
    #[attribute(default = 1, validate = not_negative)]
    pub weight: Value<i64>,
    /// The id.
    #[attribute(computed, sticky)]
    pub id: Value<String>,
}

/// Something that was done.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Step {
    /// What.
    #[attribute(required)]
    pub run: Value<String>,
    /// How often. Default: `1`.
    #[attribute(default = 1)]
    pub attempts: Value<i64>,
}

/// Keeps a plant upright.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Model)]
pub struct Prop {
    /// Where it stands.
    #[attribute(required, validate = not_negative)]
    pub place: Value<i64>,
    /// What it is. Default: `stick`.
    #[attribute(default = "stick")]
    pub kind: Value<String>,
}

impl Plant {
    /// The name; empty while it is unknown.
    pub(super) fn called(&self) -> String {
        self.name.known().cloned().unwrap_or_default()
    }

    /// With a value for everything that is computed.
    pub(super) fn filled_in(mut self) -> Plant {
        let name = self.called();
        let fill = |value: &mut Value<String>, text: String| {
            if !value.is_known() {
                *value = Value::from(text);
            }
        };
        fill(&mut self.zone, "south".to_owned());
        fill(&mut self.id, format!("plant-{name}"));
        if !self.revision.is_known() {
            self.revision = Value::from(1);
        }
        if let Some(mut branches) = self.branches.known().cloned() {
            for (key, branch) in &mut branches {
                fill(&mut branch.id, format!("branch-{key}"));
            }
            self.branches = Value::from(branches);
        }
        self.token = Value::Null;
        self
    }
}

fn not_negative(number: &i64) -> Result<(), String> {
    if *number >= 0 { Ok(()) } else { Err(format!("It must not be negative, as {number} is.")) }
}
