use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::read_data_source::{Request, Response};
use tfplugin_proto::wire::{Deferred, DynamicValue};

use super::convert;
use super::server::Server;
use crate::schema::without_unknowns;
use crate::{Diagnostics, consistency};

/// Reads one data source.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    if let Some(deferred) = server.deferred(request.client_capabilities.as_ref()) {
        return put_off(server, &request, deferred);
    }
    let state = match read(server, &request, &mut diagnostics).await {
        Ok(state) => Some(state),
        Err(errors) => {
            diagnostics.extend(errors);
            None
        }
    };
    Response { state, diagnostics: convert::diagnostics(diagnostics), deferred: None }
}

/// The answer while the provider's configuration is unknown: so is everything it would read.
fn put_off<C>(server: &Server<C>, request: &Request, deferred: Deferred) -> Response {
    let mut diagnostics = Diagnostics::new();
    let state = match server.data_source(&request.type_name) {
        Ok(it) => Some(convert::encode(Value::unknown(), it.cty_type(), &mut diagnostics)),
        Err(error) => {
            diagnostics.push(error);
            None
        }
    };
    Response { state, diagnostics: convert::diagnostics(diagnostics), deferred: Some(deferred) }
}

async fn read<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<DynamicValue, Diagnostics> {
    let data_source = server.data_source(&request.type_name)?;
    let config = convert::decode(request.config.as_ref(), data_source.cty_type())?;
    let client = server.require_client(data_source.type_name())?;
    let (state, config) = data_source.read(config, client, server.stopped()).await?;
    let doing = format!("reading {}", data_source.type_name());
    diagnostics.extend(consistency::known(&doing, data_source.schema(), &state));
    // A data source gives back its arguments as they are, as a plan does.
    let null = Value::Null;
    let valid =
        consistency::plan_valid(data_source.type_name(), data_source.schema(), &null, &config, &state);
    diagnostics.extend(valid);
    Ok(convert::encode(without_unknowns(state), data_source.cty_type(), diagnostics))
}
