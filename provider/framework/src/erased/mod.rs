//! Resources, data sources and so on without their model types: values go in, values come out.

mod action;
mod arguments;
mod call;
mod data_source;
mod ephemeral_resource;
mod list;
mod resource;

pub(crate) use action::{AnyAction, TypedAction};
pub(crate) use arguments::{AnyArguments, Arguments, Block};
pub(crate) use call::{Call, ImportBy, Outcome, Proposal};
pub(crate) use data_source::{AnyDataSource, TypedDataSource};
pub(crate) use ephemeral_resource::{AnyEphemeralResource, TypedEphemeralResource};
pub(crate) use list::{AnyList, Listed, Search, TypedList};
pub(crate) use resource::{AnyResource, TypedResource};
