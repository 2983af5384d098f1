use tfplugin_proto::wire::get_metadata::{
    ActionMetadata, DataSourceMetadata, EphemeralMetadata, FunctionMetadata, ListResourceMetadata, Request,
    ResourceMetadata, Response,
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
        ephemeral_resources: provider
            .ephemeral_resources
            .keys()
            .map(|name| EphemeralMetadata { type_name: name.clone() })
            .collect(),
        list_resources: provider
            .listed()
            .map(|(name, ..)| ListResourceMetadata { type_name: name.to_owned() })
            .collect(),
        actions: provider.actions.keys().map(|name| ActionMetadata { type_name: name.clone() }).collect(),
        functions: provider.functions.keys().map(|name| FunctionMetadata { name: name.clone() }).collect(),
        ..Response::default()
    }
}
