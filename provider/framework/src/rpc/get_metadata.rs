use tfplugin_proto::wire::get_metadata::{
    DataSourceMetadata, FunctionMetadata, Request, ResourceMetadata, Response,
};

use super::get_provider_schema::capabilities;
use super::server::Server;

/// The names of everything, without schemas.
pub(super) async fn handle<C>(server: &Server<C>, _: Request) -> Response {
    let provider = &server.provider;
    Response {
        server_capabilities: Some(capabilities()),
        data_sources: provider
            .data_sources
            .keys()
            .map(|name| DataSourceMetadata { type_name: name.clone() })
            .collect(),
        resources: provider
            .resources
            .keys()
            .map(|name| ResourceMetadata { type_name: name.clone() })
            .collect(),
        functions: provider.functions.keys().map(|name| FunctionMetadata { name: name.clone() }).collect(),
        ..Response::default()
    }
}
