use tfplugin_proto::wire::get_functions::{Request, Response};

use super::convert;
use super::server::Server;

/// The signatures of all functions. Terraform takes them from the schema; OpenTofu may ask.
pub(super) async fn handle<C>(server: &Server<C>, _: Request) -> Response {
    let functions = &server.provider.functions;
    let signatures =
        functions.iter().map(|(name, function)| (name.clone(), convert::function(&function.signature())));
    Response { functions: signatures.collect(), diagnostics: Vec::new() }
}
