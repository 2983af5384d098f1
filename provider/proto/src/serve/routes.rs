use std::convert::Infallible;
use std::task::{Context, Poll};

use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service, http};

use super::goplugin::PluginServices;
use super::panicked::MayPanic;
use crate::goplugin::grpc_broker_server::{self, GrpcBrokerServer};
use crate::goplugin::grpc_controller_server::{self, GrpcControllerServer};
use crate::goplugin::grpc_stdio_server::{self, GrpcStdioServer};
use crate::wire::provider_server::{self, Provider, ProviderServer};

/// The largest message in either direction, in bytes, as in providers written in Go. The default of 4 MiB is less than
/// what large configurations and states need.
const MAX_MESSAGE: usize = 256 << 20;

/// Sends each request to its service, by the first part of its path: `/tfplugin6.Provider/PlanResourceChange`.
pub(super) struct Routes<P> {
    provider: ProviderServer<P>,
    controller: GrpcControllerServer<PluginServices>,
    stdio: GrpcStdioServer<PluginServices>,
    broker: GrpcBrokerServer<PluginServices>,
}

impl<P: Provider> Routes<P> {
    /// Routes to `provider`; the controller cancels `shutdown` when Terraform asks for the end of the process.
    pub(super) fn new(provider: P, shutdown: &CancellationToken) -> Routes<P> {
        let plugin = PluginServices { shutdown: shutdown.clone() };
        Routes {
            provider: ProviderServer::new(provider)
                .max_decoding_message_size(MAX_MESSAGE)
                .max_encoding_message_size(MAX_MESSAGE),
            controller: GrpcControllerServer::new(plugin.clone()),
            stdio: GrpcStdioServer::new(plugin.clone()),
            broker: GrpcBrokerServer::new(plugin),
        }
    }
}

// Not derived, because that would ask for a provider that can be cloned.
impl<P> Clone for Routes<P> {
    fn clone(&self) -> Routes<P> {
        Routes {
            provider: self.provider.clone(),
            controller: self.controller.clone(),
            stdio: self.stdio.clone(),
            broker: self.broker.clone(),
        }
    }
}

impl<P: Provider> Service<http::Request<Body>> for Routes<P> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Self::Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        match request.uri().path().split('/').nth(1) {
            Some(provider_server::SERVICE_NAME) => Box::pin(MayPanic::new(self.provider.call(request))),
            Some(grpc_controller_server::SERVICE_NAME) => self.controller.call(request),
            Some(grpc_stdio_server::SERVICE_NAME) => self.stdio.call(request),
            Some(grpc_broker_server::SERVICE_NAME) => self.broker.call(request),
            _ => Box::pin(async { Ok(Status::unimplemented("no such service").into_http()) }),
        }
    }
}
