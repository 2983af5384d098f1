use tfplugin_proto::wire::validate_provider_config::{Request, Response};

use super::convert;
use super::server::Server;

/// Checks the provider block; values may be unknown.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let config = &server.provider.config;
    let diagnostics = match convert::decode(request.config.as_ref(), &config.ty) {
        Ok(value) => config.validate(&value),
        Err(error) => error.into(),
    };
    Response { diagnostics: convert::diagnostics(diagnostics) }
}
