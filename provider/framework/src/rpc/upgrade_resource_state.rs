use tfplugin_proto::cty::{self, Value};
use tfplugin_proto::wire::upgrade_resource_state::{Request, Response};

use super::convert;
use super::server::Server;
use crate::erased::AnyResource;
use crate::{Diagnostic, Diagnostics};

/// Reads a state of this or an older schema version. Terraform calls this whenever it loads state, so this is also
/// where a process first sees what a failed create left.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    match upgrade(server, &request) {
        Ok((resource, state)) => {
            see(server, resource, &state);
            let mut diagnostics = Diagnostics::new();
            let state = convert::encode(state, resource.cty_type(), &mut diagnostics);
            Response { upgraded_state: Some(state), diagnostics: convert::diagnostics(diagnostics) }
        }
        Err(diagnostics) => Response { upgraded_state: None, diagnostics: convert::diagnostics(diagnostics) },
    }
}

/// Remembers an object in state, if it has an identity.
pub(super) fn see<C>(server: &Server<C>, resource: &dyn AnyResource<C>, state: &Value) {
    if let Some(identity) = resource.identity(state) {
        let key = (resource.type_name().to_owned(), identity);
        server.memory.see(key, state, resource.is_incomplete(state));
    }
}

fn upgrade<'a, C>(
    server: &'a Server<C>,
    request: &Request,
) -> Result<(&'a dyn AnyResource<C>, Value), Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let current = resource.schema_version();
    if request.version > current {
        return Err(Diagnostic::error(
            format!("The state of this {} was written by a newer provider", resource.type_name()),
            format!(
                "It has schema version {}, and this provider knows versions up to {current}. Upgrade the provider: \
                 raise its version in required_providers and run terraform init -upgrade.",
                request.version
            ),
        )
        .into());
    }
    let wrong = |why: String| {
        Diagnostic::error(format!("Cannot read the state of this {}", resource.type_name()), why)
    };
    let json = request.raw_state.as_ref().map_or(&[][..], |state| &state.json);
    if json.is_empty() {
        return Err(wrong("It has no JSON, as states of Terraform 0.11 and earlier.".to_owned()).into());
    }
    // A state of this version does not pass through a JSON value, which would round its larger numbers.
    let state = if request.version < current {
        let json =
            serde_json::from_slice(json).map_err(|error| wrong(format!("It is not JSON: {error}.")))?;
        let upgraded = resource.upgrade(request.version, json)?.to_string();
        cty::decode_state_json(upgraded.as_bytes(), resource.cty_type())
    } else {
        cty::decode_state_json(json, resource.cty_type())
    };
    Ok((resource, state.map_err(|error| wrong(format!("{error}.")))?))
}
