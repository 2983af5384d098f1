use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::open_ephemeral_resource::{Request, Response};

use super::convert;
use super::server::Server;
use crate::ephemeral_resource::{EphemeralContext, Opened};
use crate::erased::AnyEphemeralResource;
use crate::{Diagnostics, consistency};

/// Opens one ephemeral resource.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let response = open(server, &request, &mut diagnostics).await.unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        Response::default()
    });
    Response { diagnostics: convert::diagnostics(diagnostics), ..response }
}

async fn open<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<Response, Diagnostics> {
    let ephemeral = server.ephemeral_resource(&request.type_name)?;
    if let Some(deferred) = server.deferred(request.client_capabilities.as_ref()) {
        let result = convert::encode(Value::unknown(), ephemeral.cty_type(), diagnostics);
        return Ok(Response { result: Some(result), deferred: Some(deferred), ..Response::default() });
    }
    let config = convert::decode(request.config.as_ref(), ephemeral.cty_type())?;
    let client = server.require_client(ephemeral.type_name())?;
    let cx = EphemeralContext::new(client, server.stopped());
    let (opened, warnings) = ephemeral.open(config, cx).await;
    diagnostics.extend(warnings);
    let (Opened { result, renew_at, private }, config) = opened?;
    let wrong = wrong(ephemeral, &config, &result);
    if wrong.has_errors() {
        // Terraform does not close what it did not get.
        let client = server.require_client(ephemeral.type_name())?;
        let (closed, _) = ephemeral.close(private, EphemeralContext::new(client, server.stopped())).await;
        diagnostics.extend(closed.err().into_iter().flatten());
        return Err(wrong);
    }
    Ok(Response {
        result: Some(convert::encode(result, ephemeral.cty_type(), diagnostics)),
        renew_at: renew_at.map(convert::timestamp),
        private: Some(private),
        ..Response::default()
    })
}

/// What is wrong with a result: everything in it is known, and arguments come back as they are.
fn wrong<C>(ephemeral: &dyn AnyEphemeralResource<C>, config: &Value, result: &Value) -> Diagnostics {
    let doing = format!("opening {}", ephemeral.type_name());
    let mut wrong = consistency::known(&doing, ephemeral.schema(), result);
    let schema = ephemeral.schema();
    wrong.extend(consistency::plan_valid(ephemeral.type_name(), schema, &Value::Null, config, result));
    wrong
}
