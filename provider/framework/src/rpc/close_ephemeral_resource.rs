use tfplugin_proto::wire::close_ephemeral_resource::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;
use crate::ephemeral_resource::EphemeralContext;

/// Ends an ephemeral resource that is open.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let closed = close(server, request, &mut diagnostics).await;
    diagnostics.extend(closed.err().into_iter().flatten());
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

async fn close<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: Request,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostics> {
    let ephemeral = server.ephemeral_resource(&request.type_name)?;
    let client = server.require_client(ephemeral.type_name())?;
    let cx = EphemeralContext::new(client, server.stopped());
    let (closed, warnings) = ephemeral.close(request.private.unwrap_or_default(), cx).await;
    diagnostics.extend(warnings);
    closed
}
