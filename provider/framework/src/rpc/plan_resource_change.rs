use tfplugin_proto::cty::Value;
use tfplugin_proto::wire::plan_resource_change::{Request, Response};

use super::convert;
use super::server::Server;
use crate::plan::{self, Change, Planned};
use crate::{Diagnostic, Diagnostics, Path, identity, private::Private, show};

/// Plans one object; called twice for a replacement, and once more before apply.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    match plan(server, &request).await {
        Ok(response) => response,
        Err(diagnostics) => Response {
            planned_state: request.prior_state,
            planned_identity: request.prior_identity,
            diagnostics: convert::diagnostics(diagnostics),
            ..Response::default()
        },
    }
}

async fn plan<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let resource = server.resource(&request.type_name)?;
    let ty = resource.cty_type();
    let prior = convert::decode_object(request.prior_state.as_ref(), ty)?;
    let Some(proposed) = convert::decode_object(request.proposed_new_state.as_ref(), ty)? else {
        let Some(prior) = prior else {
            return Ok(answer(&Private::of(crate::private::Intent::Destroy), Diagnostics::new()));
        };
        let (private, diagnostics) =
            plan::plan_destroy(resource, &prior, server.client(), &server.memory).await;
        let planned_identity = request.prior_identity.clone();
        return Ok(Response { planned_identity, ..answer(&private, diagnostics) });
    };
    let prior_identity =
        convert::decode_identity(request.prior_identity.as_ref(), resource.identity_schema())?;
    let config = convert::decode(request.config.as_ref(), ty)?;
    let change = Change { prior: prior.clone(), config, proposed };
    let Planned { planned, requires_replace, private, mut diagnostics } =
        plan::plan_change(resource, change, server.client(), &server.memory).await;
    if let Some(prior) = &prior
        && !requires_replace.is_empty()
    {
        // Terraform asks nobody about the destroy half of a replacement.
        let objections = resource.plan_destroy(prior, server.client()).await;
        diagnostics.extend(objections.into_iter().map(|objection| because_of(&requires_replace, objection)));
    }
    let identity = match prior.is_some() {
        // What is made gets its identity from the apply. Terraform cannot show the plan of one with unknown parts
        // (1.15: "Failed to marshal plan to json: value is not known").
        false => resource.identity_object(&planned)?.filter(Value::is_wholly_known),
        // What is replaced keeps its own until then.
        true if !requires_replace.is_empty() || diagnostics.has_errors() => prior_identity,
        true => identity::after(resource, prior_identity, Some(&planned), &mut diagnostics),
    };
    let planned_identity = convert::encode_identity(identity, resource.identity_schema(), &mut diagnostics);
    let planned_state = convert::encode(planned, ty, &mut diagnostics);
    Ok(Response {
        planned_identity,
        planned_state: Some(planned_state),
        requires_replace: requires_replace.iter().map(convert::path).collect(),
        deferred: server.deferred(request.client_capabilities.as_ref()),
        ..answer(&private, diagnostics)
    })
}

/// The objection to a replacement, with the attributes that ask for it.
fn because_of(paths: &[Path], objection: Diagnostic) -> Diagnostic {
    let names: Vec<String> = paths.iter().map(show::path).collect();
    let why = format!("The object would be destroyed and made again, to change {}.", names.join(", "));
    let detail = [objection.detail.as_str(), &why].join("\n").trim_start().to_owned();
    Diagnostic { detail, path: objection.path.or_else(|| paths.first().cloned()), ..objection }
}

/// The answer to a destroy.
fn answer(private: &Private, diagnostics: Diagnostics) -> Response {
    Response {
        planned_state: Some(convert::null()),
        planned_private: private.encode(),
        diagnostics: convert::diagnostics(diagnostics),
        ..Response::default()
    }
}
