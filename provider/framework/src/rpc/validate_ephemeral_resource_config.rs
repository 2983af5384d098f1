use tfplugin_proto::wire::validate_ephemeral_resource_config::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;

/// Checks one ephemeral resource; values may be unknown.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let diagnostics = validate(server, &request).unwrap_or_else(|errors| errors);
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

fn validate<C>(server: &Server<C>, request: &Request) -> Result<Diagnostics, Diagnostics> {
    let ephemeral = server.ephemeral_resource(&request.type_name)?;
    let config = convert::decode(request.config.as_ref(), ephemeral.cty_type())?;
    Ok(ephemeral.validate(&config))
}
