use tfplugin_proto::wire::apply_resource_change::{Request, Response};

use super::convert;
use super::server::Server;
use crate::apply::{Applied, Change, apply_change};
use crate::private::Private;
use crate::{Diagnostics, identity};

/// Creates, updates or deletes one object, by which side of the change is null.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    match apply(server, &request).await {
        Ok(response) => response,
        // Nothing was begun, so what was there is still there; of an object that exists the planned identity is its own.
        Err(diagnostics) => {
            let prior_state = request.prior_state.unwrap_or_else(convert::null);
            let exists = prior_state != convert::null();
            Response {
                new_state: Some(prior_state),
                new_identity: request.planned_identity.filter(|_| exists),
                diagnostics: convert::diagnostics(diagnostics),
                ..Response::default()
            }
        }
    }
}

async fn apply<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let ty = resource.cty_type();
    let change = Change {
        prior: convert::decode_object(request.prior_state.as_ref(), ty)?,
        planned: convert::decode_object(request.planned_state.as_ref(), ty)?,
        config: convert::decode(request.config.as_ref(), ty)?,
        private: Private::decode(&request.planned_private),
    };
    let identities = resource.identity_schema();
    let planned_identity = convert::decode_identity(request.planned_identity.as_ref(), identities)?;
    let client = server.require_client(resource.type_name());
    let Applied { new_state, mut diagnostics } =
        apply_change(resource, change, client, server.stopped(), &server.memory).await;
    let new_identity = identity::after(resource, planned_identity, new_state.as_ref(), &mut diagnostics);
    let new_identity = convert::encode_identity(new_identity, identities, &mut diagnostics);
    let new_state = match new_state {
        Some(state) => convert::encode(state, ty, &mut diagnostics),
        None => convert::null(),
    };
    Ok(Response {
        new_state: Some(new_state),
        new_identity,
        diagnostics: convert::diagnostics(diagnostics),
        ..Response::default()
    })
}
