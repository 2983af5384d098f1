use tfplugin_proto::wire::validate_data_resource_config::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;

/// Checks one data source; values may be unknown.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let diagnostics = validate(server, &request).unwrap_or_else(|errors| errors);
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

fn validate<C>(server: &Server<C>, request: &Request) -> Result<Diagnostics, Diagnostics> {
    let data_source = server.data_source(&request.type_name)?;
    let config = convert::decode(request.config.as_ref(), data_source.cty_type())?;
    Ok(data_source.validate(&config))
}
