use tfplugin_proto::wire::validate_action_config::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;

/// Checks the arguments of one action; values may be unknown.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let diagnostics = validate(server, &request).unwrap_or_else(|errors| errors);
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

fn validate<C>(server: &Server<C>, request: &Request) -> Result<Diagnostics, Diagnostics> {
    let action = server.action(&request.type_name)?;
    let config = convert::decode(request.config.as_ref(), action.cty_type())?;
    Ok(action.validate(&config))
}
