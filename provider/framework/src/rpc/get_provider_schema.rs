use tfplugin_proto::wire::get_provider_schema::{Request, Response};
use tfplugin_proto::wire::{ActionSchema, ServerCapabilities};

use super::convert;
use super::server::Server;
use crate::{Diagnostics, Provider};

/// All schemas; built once.
pub(super) async fn handle<C>(server: &Server<C>, _: Request) -> Response {
    server.schema.get_or_init(|| build(server)).clone()
}

/// What this framework can do beyond the first version of the protocol.
pub(super) fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: true,
        generate_resource_config: true,
    }
}

fn build<C>(server: &Server<C>) -> Response {
    let provider = &server.provider;
    Response {
        provider: Some(convert::schema(0, &provider.config.schema)),
        resource_schemas: provider
            .resources
            .iter()
            .map(|(name, resource)| {
                (name.clone(), convert::schema(resource.schema_version(), resource.schema()))
            })
            .collect(),
        data_source_schemas: provider
            .data_sources
            .iter()
            .map(|(name, data_source)| (name.clone(), convert::schema(0, data_source.schema())))
            .collect(),
        ephemeral_resource_schemas: provider
            .ephemeral_resources
            .iter()
            .map(|(name, ephemeral)| (name.clone(), convert::schema(0, ephemeral.schema())))
            .collect(),
        list_resource_schemas: provider
            .listed()
            .map(|(name, _, arguments)| (name.to_owned(), convert::schema(0, arguments)))
            .collect(),
        action_schemas: provider
            .actions
            .iter()
            .map(|(name, action)| {
                (name.clone(), ActionSchema { schema: Some(convert::schema(0, action.schema())) })
            })
            .collect(),
        diagnostics: convert::diagnostics(unidentified(provider)),
        functions: provider
            .functions
            .iter()
            .map(|(name, function)| (name.clone(), convert::function(&function.signature())))
            .collect(),
        server_capabilities: Some(capabilities()),
        ..Response::default()
    }
}

/// Terraform imports what was listed by its identity, and fails late without one.
fn unidentified<C>(provider: &Provider<C>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (name, resource, _) in provider.listed() {
        if resource.identity_schema().is_none() {
            diagnostics.error(
                format!("{name} can be listed, but its objects have no identity"),
                "This is a bug in the provider, which should be reported to its developers.",
            );
        }
    }
    diagnostics
}
