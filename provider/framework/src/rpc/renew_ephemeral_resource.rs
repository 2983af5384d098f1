use tfplugin_proto::wire::renew_ephemeral_resource::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;
use crate::ephemeral_resource::{EphemeralContext, Renewed};

/// Prolongs an ephemeral resource that is open.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let renewed = renew(server, request, &mut diagnostics).await.unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        Renewed::default()
    });
    Response {
        renew_at: renewed.renew_at.map(convert::timestamp),
        private: Some(renewed.private),
        diagnostics: convert::diagnostics(diagnostics),
    }
}

async fn renew<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: Request,
    diagnostics: &mut Diagnostics,
) -> Result<Renewed, Diagnostics> {
    let ephemeral = server.ephemeral_resource(&request.type_name)?;
    let client = server.require_client(ephemeral.type_name())?;
    let cx = EphemeralContext::new(client, server.stopped());
    let (renewed, warnings) = ephemeral.renew(request.private.unwrap_or_default(), cx).await;
    diagnostics.extend(warnings);
    renewed
}
