use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::read_resource::{Request, Response};

use super::convert;
use super::server::Server;
use super::upgrade_resource_state::see;
use crate::erased::{AnyResource, Call, Outcome};
use crate::schema::without_unknowns;
use crate::{Diagnostics, consistency};

/// Refreshes one object. On error the state stays what it was.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let new_state = match read(server, &request, &mut diagnostics).await {
        Ok(Some((resource, state))) => Some(convert::encode(state, resource.cty_type(), &mut diagnostics)),
        Ok(None) => Some(convert::null()),
        Err(errors) => {
            diagnostics.extend(errors);
            None
        }
    };
    let new_state = if diagnostics.has_errors() { request.current_state } else { new_state };
    Response {
        new_state,
        private: request.private,
        diagnostics: convert::diagnostics(diagnostics),
        ..Response::default()
    }
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
