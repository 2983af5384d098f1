use std::sync::Arc;

use tfplugin_proto::wire::configure_provider::{Request, Response};

use super::convert;
use super::server::{Client, Server};
use crate::Diagnostics;
use crate::provider::ConfigureContext;

/// Turns the provider's configuration into a client. May be called again and again in a process that outlives one
/// run of Terraform.
pub(super) async fn handle<C: Send + Sync + 'static>(server: &Server<C>, request: Request) -> Response {
    let cx = ConfigureContext::new(request.terraform_version.clone(), server.renew_after_stop());
    let result = configure(server, &request, cx.clone()).await;
    let mut diagnostics = cx.take_warnings();
    diagnostics.extend(result.err().into_iter().flatten());
    Response { diagnostics: convert::diagnostics(diagnostics) }
}

async fn configure<C: Send + Sync + 'static>(
    server: &Server<C>,
    request: &Request,
    cx: ConfigureContext,
) -> Result<(), Diagnostics> {
    let provider = &server.provider.config;
    let config = convert::decode(request.config.as_ref(), &provider.ty)?;
    let known = config.is_wholly_known();
    let configured = provider.configure(config, cx).await;
    match configured {
        Ok(client) if known => server.set_client(Client::Ready(Arc::new(client))),
        Ok(_) => server.set_client(Client::Unknown),
        Err(diagnostics) => {
            server.set_client(if known { Client::NotConfigured } else { Client::Unknown });
            return Err(diagnostics);
        }
    }
    Ok(())
}
