//! Resources and data sources without their model types: values go in, values come out.

mod data_source;
mod resource;

pub(crate) use data_source::{AnyDataSource, TypedDataSource};
pub(crate) use resource::{AnyResource, Call, Outcome, Proposal, TypedResource};
