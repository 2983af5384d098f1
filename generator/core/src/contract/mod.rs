//! Contracts: what a module takes and gives, in Terraform's types.
//!
//! A contract is read from a module's files ([`module`]), made of the provider's schema ([`provider`]), or declared in
//! a spec. Inputs are checked against it, and references, mocks and order follow from it.

mod argument;
pub(crate) mod conform;
mod mock;
pub mod module;
mod parse;
pub mod reference;
mod types;

use std::collections::BTreeMap;

pub use argument::Argument;
pub use mock::{MOCK, MOCK_NUMBER};
pub use parse::NotAType;
pub use types::{Attribute, Type};

/// What a module takes and gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// The inputs by name.
    pub inputs: BTreeMap<String, Input>,
    /// The outputs by name.
    pub outputs: BTreeMap<String, Output>,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its type.
    pub ty: Type,
    /// Whether it has no default.
    pub is_required: bool,
    /// Whether it takes `null`.
    pub is_nullable: bool,
    /// Whether it is a secret, which no spec may hold.
    pub is_sensitive: bool,
    /// What it is.
    pub description: String,
}

/// One output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its type; none when nobody said it, as Terraform's own outputs have none.
    pub ty: Option<Type>,
    /// Whether it is a secret.
    pub is_sensitive: bool,
    /// What it is.
    pub description: String,
    /// What IDs of it begin with, such as `vpc-`, so that a mock looks like one.
    pub id_prefix: &'static str,
}
