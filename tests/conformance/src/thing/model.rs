//! The attributes of a thing.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use landform_framework::{Dynamic, Model, Text, Timeouts, Value, cty};

use crate::not_empty;

/// A thing.
///
/// It has an attribute of every kind.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Thing {
    /// The name, unique in the world.
    #[attribute(required, immutable, validate = not_empty)]
    pub name: Value<String>,
    /// Where it is; it cannot move. Default: `home`.
    #[attribute(optional, computed, sticky, replace)]
    pub zone: Value<String>,
    /// What it is made of. Only `allow_replace` lets it change.
    #[attribute(default = "wood", immutable)]
    pub material: Value<String>,
    /// How large it is. Default: `3`.
    #[attribute(default = 3, validate = positive)]
    pub size: Value<i64>,
    /// How much of it is left.
    #[attribute(optional)]
    pub ratio: Value<f64>,
    /// A number with every digit.
    #[attribute(optional)]
    pub exact: Value<cty::Number>,
    /// A value of any type.
    #[attribute(optional)]
    pub anything: Value<Dynamic>,
    /// A text.
    #[attribute(optional)]
    pub note: Value<String>,
    /// The colour.
    #[attribute(optional, deprecated = "Use labels.")]
    pub color: Value<String>,
    /// Free labels.
    #[attribute(optional)]
    pub labels: Value<BTreeMap<String, String>>,
    /// Free words.
    #[attribute(optional)]
    pub tags: Value<BTreeSet<String>>,
    /// Its IP address, in any spelling.
    #[attribute(optional)]
    pub address: Value<Text<IpAddr>>,
    /// Who made it. Default: the toy works.
    #[attribute(optional, computed, sticky)]
    pub maker: Value<Maker>,
    /// What is known of it.
    #[attribute(computed)]
    pub facts: Value<BTreeMap<String, String>>,
    /// Whose it is.
    #[attribute(optional)]
    pub owner: Value<Owner>,
    /// The parts by name, which are written one after the other.
    #[attribute(optional)]
    pub parts: Value<BTreeMap<String, Part>>,
    /// What happens, in order.
    #[attribute(optional)]
    pub steps: Value<Vec<Step>>,
    /// What is let through.
    #[attribute(optional)]
    pub rules: Value<BTreeSet<Rule>>,
    /// A password, in state.
    #[attribute(optional, sensitive)]
    pub password: Value<String>,
    /// A token, nowhere.
    #[attribute(optional, write_only)]
    pub token: Value<String>,
    /// Changes when there is another token.
    #[attribute(optional)]
    pub token_version: Value<i64>,
    /// Whether Terraform refuses to destroy it. Default: `false`.
    #[attribute(default = false)]
    pub protected: Value<bool>,
    /// Attributes whose change may replace the thing.
    #[attribute(optional)]
    pub allow_replace: Value<Vec<String>>,
    /// How many wheels it stands on.
    #[attribute(optional, conflicts_with("legs"))]
    pub wheels: Value<i64>,
    /// How many legs it stands on.
    #[attribute(optional)]
    pub legs: Value<i64>,
    /// Whether there is a brake.
    #[attribute(optional, required_with("wheels"))]
    pub brake: Value<bool>,
    /// How long calls may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The id, which no other thing ever had.
    #[attribute(computed, sticky, prefix = "thing-")]
    pub id: Value<String>,
    /// Counts the changes.
    #[attribute(computed)]
    pub revision: Value<i64>,
    /// `ready`, or `incomplete` after a create that failed.
    #[attribute(computed)]
    pub status: Value<String>,
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

/// Who makes things.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Maker {
    /// The name.
    #[attribute(required)]
    pub name: Value<String>,
    /// The licence that was given to the maker.
    #[attribute(computed, sticky)]
    pub licence: Value<String>,
}

/// A part of a thing.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Part {
    /// What is written on it.
    #[attribute(required)]
    pub text: Value<String>,
    /// How heavy it is. Default: `1`.
    #[attribute(default = 1, validate = positive)]
    pub weight: Value<i64>,
    /// Its form, which it keeps. Default: `round`.
    #[attribute(default = "round", replace)]
    pub form: Value<String>,
    /// The id.
    #[attribute(computed, sticky)]
    pub id: Value<String>,
}

/// Something that happens.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Step {
    /// What.
    #[attribute(required)]
    pub run: Value<String>,
    /// How often it is tried. Default: `1`.
    #[attribute(default = 1)]
    pub attempts: Value<i64>,
    /// The id.
    #[attribute(computed, sticky)]
    pub id: Value<String>,
}

/// Lets something through.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Model)]
pub struct Rule {
    /// The port.
    #[attribute(required, validate = positive)]
    pub port: Value<i64>,
    /// What happens. Default: `allow`.
    #[attribute(default = "allow")]
    pub action: Value<String>,
    /// The id.
    #[attribute(computed, sticky)]
    pub id: Value<String>,
}

impl Thing {
    /// The name; empty while it is unknown.
    pub fn called(&self) -> String {
        self.name.known().cloned().unwrap_or_default()
    }
}

fn positive(number: &i64) -> Result<(), String> {
    if *number > 0 { Ok(()) } else { Err(format!("It must be positive, not {number}.")) }
}
