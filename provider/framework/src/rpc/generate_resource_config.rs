use tfplugin_proto::wire::DynamicValue;
use tfplugin_proto::wire::generate_resource_config::{Request, Response};

use super::convert;
use super::server::Server;
use crate::generated_config::generated_config;
use crate::{Diagnostic, Diagnostics};

/// Writes the configuration of an object that `terraform query` found or an `import` block names.
pub(super) async fn handle<C>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let config = generate(server, &request, &mut diagnostics).unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        convert::null()
    });
    Response { config: Some(config), diagnostics: convert::diagnostics(diagnostics) }
}

fn generate<C>(
    server: &Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<DynamicValue, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let Some(state) = convert::decode_object(request.state.as_ref(), resource.cty_type())? else {
        let summary = format!("There is no {} to write a configuration for", resource.type_name());
        return Err(Diagnostic::error(summary, "Terraform sent no state.").into());
    };
    let config = resource.generated_config(&generated_config(resource.schema(), state))?;
    Ok(convert::encode(config, resource.cty_type(), diagnostics))
}
