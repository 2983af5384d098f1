use tfplugin_proto::wire::stop_provider::{Request, Response};

use super::server::Server;

/// Asks everything that runs to end soon, and goes on serving: Terraform still waits for the answers.
pub(super) async fn handle<C>(server: &Server<C>, _: Request) -> Response {
    tracing::info!("Terraform was interrupted; running calls are asked to end");
    server.stop();
    Response::default()
}
