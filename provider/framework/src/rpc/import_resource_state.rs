use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::import_resource_state::{ImportedResource, Request, Response};

use super::convert;
use super::server::Server;
use crate::erased::{AnyResource, ImportBy};
use crate::schema::without_unknowns;
use crate::{Diagnostic, Diagnostics, identity};

/// Finds an existing object by id or by identity; Terraform reads it afterwards.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let imported = import(server, &request, &mut diagnostics).await.unwrap_or_else(|errors| {
        diagnostics.extend(errors);
        None
    });
    let imported_resources = imported.filter(|_| !diagnostics.has_errors()).into_iter().collect();
    Response { imported_resources, diagnostics: convert::diagnostics(diagnostics), deferred: None }
}

async fn import<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    diagnostics: &mut Diagnostics,
) -> Result<Option<ImportedResource>, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let schema = resource.identity_schema();
    let given = convert::decode_identity(request.identity.as_ref(), schema)?;
    let given = given.map(|given| complete(resource, &given)).transpose()?;
    let by = match (&given, request.id.as_str()) {
        (Some(identity), _) => ImportBy::Identity(identity.clone()),
        (None, "") => return Err(nothing_given(resource).into()),
        (None, id) => ImportBy::Id(id.to_owned()),
    };
    let client = server.require_client(resource.type_name())?;
    let outcome = resource.import(by, client, server.stopped()).await;
    diagnostics.extend(outcome.warnings);
    let Some(state) = outcome.result? else {
        let summary = format!("There is no {} {:?}", resource.type_name(), request.id);
        return Err(Diagnostic::error(summary, "Nothing was imported.").into());
    };
    let identity = identity::after(resource, given, Some(&state), diagnostics);
    let identity = convert::encode_identity(identity, schema, diagnostics);
    let state = convert::encode(without_unknowns(state), resource.cty_type(), diagnostics);
    Ok(Some(ImportedResource {
        type_name: request.type_name.clone(),
        state: Some(state),
        identity,
        ..ImportedResource::default()
    }))
}

/// The identity that the user gave, if nothing is missing or wrong.
fn complete<C>(resource: &dyn AnyResource<C>, given: &Value) -> Result<Value, Diagnostics> {
    let missing = resource.identity_schema().map(|schema| schema.missing(given)).unwrap_or_default();
    if !missing.is_empty() {
        let summary = format!("The identity to import a {} by is incomplete", resource.type_name());
        return Err(Diagnostic::error(summary, format!("It lacks: {}.", missing.join(", "))).into());
    }
    // A path would point into the configuration of the object, which has attributes of the same names.
    let elsewhere = |diagnostic: Diagnostic| Diagnostic { path: None, ..diagnostic };
    resource.checked_identity(given).map_err(|errors| errors.into_iter().map(elsewhere).collect())
}

fn nothing_given<C>(resource: &dyn AnyResource<C>) -> Diagnostic {
    let text = match resource.identity_schema() {
        None => "Give the id of an existing object; import by identity is not supported.".to_owned(),
        Some(schema) => {
            let names: Vec<&str> = schema.object.attributes.keys().map(String::as_str).collect();
            format!("Give the id of an existing object, or its identity: {}.", names.join(", "))
        }
    };
    Diagnostic::error(format!("Nothing to import a {} by", resource.type_name()), text)
}
