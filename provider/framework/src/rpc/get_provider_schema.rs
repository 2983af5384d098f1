use tfplugin_proto::wire::ServerCapabilities;
use tfplugin_proto::wire::get_provider_schema::{Request, Response};

use super::convert;
use super::server::Server;

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
        ..ServerCapabilities::default()
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
        functions: provider
            .functions
            .iter()
            .map(|(name, function)| (name.clone(), convert::function(&function.signature())))
            .collect(),
        server_capabilities: Some(capabilities()),
        ..Response::default()
    }
}
