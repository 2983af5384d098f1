use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::read_resource::{Request, Response};
use tfplugin_proto::wire::{DynamicValue, ResourceIdentityData};

use super::convert;
use super::server::Server;
use super::upgrade_resource_state::see;
use crate::erased::{AnyResource, Call, Outcome};
use crate::schema::without_unknowns;
use crate::{Diagnostics, consistency, identity};

/// Refreshes one object. On error state and identity stay what they were.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let answer = match read(server, &request, &mut diagnostics).await {
        Ok(Some((resource, state))) => answer(resource, &request, state, &mut diagnostics),
        Ok(None) => Ok((Some(convert::null()), request.current_identity.clone())),
        Err(errors) => Err(errors),
    };
    let (new_state, new_identity) = answer.unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        (None, None)
    });
    let (new_state, new_identity) = match diagnostics.has_errors() {
        true => (request.current_state, request.current_identity),
        false => (new_state, new_identity),
    };
    Response {
        new_state,
        new_identity,
        private: request.private,
        diagnostics: convert::diagnostics(diagnostics),
        deferred: server.deferred(request.client_capabilities.as_ref()),
    }
}

/// State and identity of an object that is there.
fn answer<C>(
    resource: &dyn AnyResource<C>,
    request: &Request,
    state: Value,
    diagnostics: &mut Diagnostics,
) -> Result<(Option<DynamicValue>, Option<ResourceIdentityData>), Diagnostics> {
    let schema = resource.identity_schema();
    let before = convert::decode_identity(request.current_identity.as_ref(), schema)?;
    let identity = identity::after(resource, before, Some(&state), diagnostics);
    let identity = convert::encode_identity(identity, schema, diagnostics);
    Ok((Some(convert::encode(state, resource.cty_type(), diagnostics)), identity))
}

type Read<'a, C> = Option<(&'a dyn AnyResource<C>, Value)>;

async fn read<'a, C: Send + Sync + 'static>(
    server: &'a Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<Read<'a, C>, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let Some(state) = convert::decode_object(request.current_state.as_ref(), resource.cty_type())? else {
        return Ok(None);
    };
    // While the provider's configuration is unknown nobody can say where to look.
    let Some(client) = server.client() else {
        see(server, resource, &state);
        return Ok(Some((resource, state)));
    };
    let Outcome { result, warnings, .. } =
        resource.call(Call::Read { state: state.clone() }, client, server.stopped()).await;
    diagnostics.extend(warnings);
    match result? {
        Some(new) => {
            let doing = format!("reading {}", resource.type_name());
            diagnostics.extend(consistency::known(&doing, resource.schema(), &new));
            see(server, resource, &new);
            Ok(Some((resource, without_unknowns(new))))
        }
        None => {
            if let Some(identity) = resource.identity(&state) {
                server.memory.gone(&(resource.type_name().to_owned(), identity));
            }
            Ok(None)
        }
    }
}
