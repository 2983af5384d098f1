//! Resources and data sources without their model types: values go in, values come out.

mod call;
mod data_source;
mod resource;

pub(crate) use call::{Call, ImportBy, Outcome, Proposal};
pub(crate) use data_source::{AnyDataSource, TypedDataSource};
pub(crate) use resource::{AnyResource, TypedResource};
