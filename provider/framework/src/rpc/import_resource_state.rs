use tfplugin_proto::wire::import_resource_state::{ImportedResource, Request, Response};

use super::convert;
use super::server::Server;
use crate::schema::without_unknowns;
use crate::{Diagnostic, Diagnostics};

/// Finds an existing object by id; Terraform reads it afterwards.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let imported_resources = match import(server, &request, &mut diagnostics).await {
        Ok(imported) => vec![imported],
        Err(errors) => {
            diagnostics.extend(errors);
            Vec::new()
        }
    };
    Response { imported_resources, diagnostics: convert::diagnostics(diagnostics), deferred: None }
}

async fn import<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<ImportedResource, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    if request.id.is_empty() {
        let text = "Give the id of an existing object; import by identity is not supported.";
        return Err(
            Diagnostic::error(format!("Nothing to import a {} by", resource.type_name()), text).into()
        );
    }
    let client = server.require_client(resource.type_name())?;
    let outcome = resource.import(request.id.clone(), client, server.stopped()).await;
    diagnostics.extend(outcome.warnings);
    let Some(state) = outcome.result? else {
        let summary = format!("There is no {} {:?}", resource.type_name(), request.id);
        return Err(Diagnostic::error(summary, "Nothing was imported.").into());
    };
    let state = convert::encode(without_unknowns(state), resource.cty_type(), diagnostics);
    Ok(ImportedResource {
        type_name: request.type_name.clone(),
        state: Some(state),
        ..ImportedResource::default()
    })
}
