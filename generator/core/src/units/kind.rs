//! What units of one kind have in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::spec::Version;
use crate::tree::{Content, TreePath};

/// A kind of unit: a Terraform module with its contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The name, such as `network`.
    pub name: String,
    /// Where the module is.
    pub place: ModulePlace,
    /// What it takes and gives.
    pub contract: Contract,
    /// Whether the contract has all of the module's inputs, so that others are errors.
    pub has_inputs: bool,
    /// The providers that it needs, each with its source.
    pub providers: BTreeMap<String, String>,
    /// How others find its outputs; none when they have to be published.
    pub lookup: Option<Lookup>,
    /// The files of the module that are written into the tree.
    pub files: Vec<(TreePath, Content)>,
    /// The folders of the tree that hold them, its own first.
    pub folders: Vec<TreePath>,
}

/// Where a module is, seen from a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModulePlace {
    /// In the tree.
    Tree {
        /// The folder at the top of the tree that holds it and its neighbours.
        root: &'static str,
        /// Its folder in there.
        folder: TreePath,
    },
    /// In a registry.
    Registry {
        /// `namespace/name/provider`, and the host before it.
        address: String,
        /// The folder in the module.
        folder: Option<TreePath>,
        /// The version.
        version: Version,
    },
    /// In a repository of Git.
    Git {
        /// `git::https://…` or `git::ssh://…`.
        url: String,
        /// The folder in the repository.
        folder: Option<TreePath>,
        /// The tag or commit.
        version: Version,
    },
}

/// A data source that finds what a unit made by its ownership tags, so that nobody reads the unit's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Its type, such as `landform_vpc`.
    pub data_source: String,
    /// Its arguments, of `account_id`, `region`, `name` and `stack`.
    pub arguments: BTreeSet<String>,
    /// The outputs that it has, too, under the same names.
    pub outputs: BTreeSet<String>,
}
