use tfplugin_proto::wire::validate_resource_config::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;

/// Checks one resource; called while validating, and again at plan and at apply. Values may be unknown.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let diagnostics = validate(server, &request).unwrap_or_else(|errors| errors);
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

fn validate<C>(server: &Server<C>, request: &Request) -> Result<Diagnostics, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let config = convert::decode(request.config.as_ref(), resource.cty_type())?;
    Ok(resource.validate(&config))
}
