//! The protocol: one file per RPC, which converts the request, calls the layers above, and converts the answer.

mod apply_resource_change;
mod call_function;
mod configure_provider;
mod convert;
mod get_functions;
mod get_metadata;
mod get_provider_schema;
mod get_resource_identity_schemas;
mod import_resource_state;
mod move_resource_state;
mod plan_resource_change;
mod read_data_source;
mod read_resource;
mod server;
mod service;
mod stop_provider;
mod upgrade_resource_identity;
mod upgrade_resource_state;
mod validate_data_resource_config;
mod validate_provider_config;
mod validate_resource_config;

pub use service::Service;
