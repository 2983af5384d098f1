//! Inputs and outputs with types of Rust, for estates that are built in Rust: what does not fit does not compile.
//!
//! ```
//! use std::error::Error;
//!
//! use landform_generator::spec::typed::Input;
//! use landform_generator::spec::{ModuleUnit, Network, Place};
//! use landform_generator::units::network;
//!
//! const ENGINE: Input<String> = Input::new("engine");
//! const SUBNET_IDS: Input<Vec<String>> = Input::new("subnet_ids");
//!
//! fn database(place: Place, main: &Network) -> Result<ModuleUnit, Box<dyn Error>> {
//!     Ok(ModuleUnit::new("orders".parse()?, "database".parse()?, place)
//!         .set(ENGINE, "postgres".to_owned())
//!         .link(SUBNET_IDS, network::SUBNET_IDS.of(main)?.key(&"private")))
//! }
//! ```
//!
//! The whole map of subnets is no list of them:
//!
//! ```compile_fail
//! use landform_generator::spec::typed::Input;
//! use landform_generator::spec::{ModuleUnit, Network};
//! use landform_generator::units::network;
//!
//! const SUBNET_IDS: Input<Vec<String>> = Input::new("subnet_ids");
//!
//! fn link(unit: ModuleUnit, main: &Network) -> Option<ModuleUnit> {
//!     Some(unit.link(SUBNET_IDS, network::SUBNET_IDS.of(main).ok()?))
//! }
//! ```
//!
//! And a name that Terraform does not take is no input:
//!
//! ```compile_fail
//! const SIZE: landform_generator::spec::typed::Input<i64> = landform_generator::spec::typed::Input::new("size in GB");
//! ```

use std::collections::BTreeMap;
use std::marker::PhantomData;

use landform_model::InvalidText;

use crate::contract::Argument;
use crate::contract::reference::{Identifier, Reference, Step};
use crate::spec::{InputPath, ModuleUnit};
use crate::units::{Placed, UnitId};

/// An input that takes values of the type `T`.
#[derive(Debug)]
pub struct Input<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

// A derived copy would ask the same of `T`.
impl<T> Clone for Input<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Input<T> {}

impl<T> Input<T> {
    /// The input of this name. As a constant, a bad name is an error of the compiler.
    ///
    /// # Panics
    /// When the name is not one that Terraform takes.
    pub const fn new(name: &'static str) -> Self {
        assert!(Identifier::is_valid(name), "letters, digits, `_` and `-`, and no digit first");
        Self { name, ty: PhantomData }
    }
}

/// An output that has values of the type `T`.
#[derive(Debug)]
pub struct Output<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

impl<T> Clone for Output<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Output<T> {}

impl<T> Output<T> {
    /// The output of this name. As a constant, a bad name is an error of the compiler.
    ///
    /// # Panics
    /// When the name is not one that Terraform takes.
    pub const fn new(name: &'static str) -> Self {
        assert!(Identifier::is_valid(name), "letters, digits, `_` and `-`, and no digit first");
        Self { name, ty: PhantomData }
    }

    /// This output of that unit.
    ///
    /// # Errors
    /// When the identity of the unit is longer than a tag can be.
    pub fn of(self, unit: &dyn Placed) -> Result<Link<T>, InvalidText> {
        let output = Identifier::constant(self.name);
        Ok(Link {
            reference: Reference { from: UnitId::of(unit).stack()?, output, path: Vec::new() },
            ty: PhantomData,
        })
    }
}

/// A value of the type `T` that another unit gives.
#[derive(Clone, Debug)]
pub struct Link<T> {
    reference: Reference,
    ty: PhantomData<fn() -> T>,
}

impl<T> Link<BTreeMap<String, T>> {
    /// The value of this key.
    pub fn key(self, key: &impl ToString) -> Link<T> {
        self.step(Step::Key(key.to_string()))
    }
}

impl<T> Link<Vec<T>> {
    /// The element of this position, from 0.
    pub fn index(self, index: u64) -> Link<T> {
        self.step(Step::Index(index))
    }
}

impl<T> Link<T> {
    fn step<U>(mut self, step: Step) -> Link<U> {
        self.reference.path.push(step);
        Link { reference: self.reference, ty: PhantomData }
    }
}

impl ModuleUnit {
    /// The same unit, whose input has this value.
    pub fn set<T: Into<Argument>>(self, input: Input<T>, value: T) -> Self {
        self.input(Identifier::constant(input.name), value)
    }

    /// The same unit, whose input is what another unit gives.
    pub fn link<T>(self, input: Input<T>, link: Link<T>) -> Self {
        self.reference(InputPath::from(Identifier::constant(input.name)), link.reference)
    }
}
