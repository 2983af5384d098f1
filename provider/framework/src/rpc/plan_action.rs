use tfplugin_proto::wire::plan_action::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;

/// Lets an action object before anything is applied.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let diagnostics = plan(server, &request).await.unwrap_or_else(|errors| errors);
    let deferred = server.deferred(request.client_capabilities.as_ref());
    Response { diagnostics: convert::diagnostics(diagnostics), deferred }
}

async fn plan<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
) -> Result<Diagnostics, Diagnostics> {
    let action = server.action(&request.action_type)?;
    let config = convert::decode(request.config.as_ref(), action.cty_type())?;
    Ok(action.plan(config, server.client()).await)
}
