use tfplugin_proto::wire::validate_list_resource_config::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;

/// Checks the arguments of one list; values may be unknown.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let diagnostics = validate(server, &request).unwrap_or_else(|errors| errors);
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

fn validate<C>(server: &Server<C>, request: &Request) -> Result<Diagnostics, Diagnostics> {
    let (resource, ty) = server.list_resource(&request.type_name)?;
    Ok(resource.validate_list(&convert::decode(request.config.as_ref(), ty)?))
}
