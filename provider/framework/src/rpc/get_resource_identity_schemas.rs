use tfplugin_proto::wire::get_resource_identity_schemas::{Request, Response};

use super::server::Server;

/// No resource has an identity in Terraform's sense yet; an empty answer says so.
pub(super) async fn handle<C>(_: &Server<C>, _: Request) -> Response {
    Response::default()
}
