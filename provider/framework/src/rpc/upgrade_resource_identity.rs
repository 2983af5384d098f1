use tfplugin_proto::cty;
use tfplugin_proto::wire::upgrade_resource_identity::{Request, Response};

use super::convert;
use super::server::Server;
use crate::{Diagnostic, Diagnostics};

/// Reads an identity of this or an older version.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let upgraded_identity = upgrade(server, &request, &mut diagnostics).unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        None
    });
    Response { upgraded_identity, diagnostics: convert::diagnostics(diagnostics) }
}

fn upgrade<C>(
    server: &Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<Option<tfplugin_proto::wire::ResourceIdentityData>, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let wrong = |why: String| {
        Diagnostic::error(format!("Cannot read the identity of this {}", resource.type_name()), why)
    };
    let Some(schema) = resource.identity_schema() else {
        return Err(wrong("This version of the provider has none for this type.".to_owned()).into());
    };
    if request.version > schema.version {
        let why = format!(
            "It has version {}, and this provider knows versions up to {}. Upgrade the provider: raise its version \
             in required_providers and run terraform init -upgrade.",
            request.version, schema.version
        );
        return Err(wrong(why).into());
    }
    let json = request.raw_identity.as_ref().map_or(&[][..], |identity| &identity.json);
    if json.is_empty() || json == b"null" {
        return Ok(None);
    }
    let identity = if request.version < schema.version {
        let json =
            serde_json::from_slice(json).map_err(|error| wrong(format!("It is not JSON: {error}.")))?;
        let upgraded = resource.upgrade_identity(request.version, json)?.to_string();
        cty::decode_state_json(upgraded.as_bytes(), &schema.ty)
    } else {
        cty::decode_state_json(json, &schema.ty)
    };
    let identity = identity.map_err(|error| wrong(format!("{error}.")))?;
    Ok(convert::encode_identity(Some(identity), Some(schema), diagnostics))
}
