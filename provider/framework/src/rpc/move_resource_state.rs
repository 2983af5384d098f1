use tfplugin_proto::wire::RawState;
use tfplugin_proto::wire::move_resource_state::{Request, Response};

use super::convert;
use super::server::Server;
use super::upgrade_resource_state::see;
use crate::schema::without_unknowns;
use crate::{Diagnostic, Diagnostics, Source, identity};

/// Makes an object of one type from an object of another; Terraform reads it afterwards.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    moved(server, &request).unwrap_or_else(|diagnostics| Response {
        diagnostics: convert::diagnostics(diagnostics),
        ..Response::default()
    })
}

fn moved<C>(server: &Server<C>, request: &Request) -> Result<Response, Diagnostics> {
    let resource = server.resource(&request.target_type_name)?;
    let refused = |why: String| {
        let (from, to) = (&request.source_type_name, resource.type_name());
        Diagnostic::error(format!("Cannot move {from} to {to}"), format!("{why} Nothing was changed."))
    };
    let json = |raw: Option<&RawState>| match raw.map_or(&[][..], |raw| &raw.json) {
        [] => Ok(serde_json::Value::Null),
        json => serde_json::from_slice(json).map_err(|error| refused(format!("It is not JSON: {error}."))),
    };
    let source = Source {
        provider_address: request.source_provider_address.clone(),
        type_name: request.source_type_name.clone(),
        schema_version: request.source_schema_version,
        state: json(request.source_state.as_ref())?,
        identity: json(request.source_identity.as_ref())?,
    };
    let Some(state) = resource.moved_from(&source)? else {
        let provider = &source.provider_address;
        let why = format!(
            "This version of the provider does not know how to make one from an object of {provider}."
        );
        return Err(refused(why).into());
    };
    let state = without_unknowns(state);
    see(server, resource, &state);
    let mut diagnostics = Diagnostics::new();
    let identity = identity::after(resource, None, Some(&state), &mut diagnostics);
    let target_identity = convert::encode_identity(identity, resource.identity_schema(), &mut diagnostics);
    let target_state = convert::encode(state, resource.cty_type(), &mut diagnostics);
    Ok(Response {
        target_state: Some(target_state),
        target_identity,
        diagnostics: convert::diagnostics(diagnostics),
        ..Response::default()
    })
}
