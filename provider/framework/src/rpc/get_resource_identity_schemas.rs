use std::collections::BTreeMap;

use tfplugin_proto::wire::get_resource_identity_schemas::{Request, Response};

use super::convert;
use super::server::Server;
use crate::Diagnostics;
use crate::erased::AnyResource;

/// What Terraform knows objects by, of every resource that says so.
pub(super) async fn handle<C>(server: &Server<C>, _: Request) -> Response {
    let mut diagnostics = Diagnostics::new();
    let mut identity_schemas = BTreeMap::new();
    for (name, resource) in &server.provider.resources {
        check(resource.as_ref(), &mut diagnostics);
        if let Some(schema) = resource.identity_schema() {
            identity_schemas.insert(name.clone(), convert::identity_schema(schema));
        }
    }
    Response { identity_schemas, diagnostics: convert::diagnostics(diagnostics) }
}

/// Terraform takes any type here, and fails later on some.
fn check<C>(resource: &dyn AnyResource<C>, diagnostics: &mut Diagnostics) {
    let unfit = resource.identity_schema().map(|schema| schema.unfit()).unwrap_or_default();
    for name in unfit {
        diagnostics.error(
            format!("The identity of {} cannot have the attribute \"{name}\"", resource.type_name()),
            "An identity has texts, numbers, booleans, and lists of these.\n\
             This is a bug in the provider, which should be reported to its developers.",
        );
    }
}
