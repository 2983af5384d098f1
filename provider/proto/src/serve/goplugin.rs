//! The services beside the provider's own that Terraform expects of any plugin process.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio_stream::Stream;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status, Streaming};

use crate::goplugin::grpc_broker_server::GrpcBroker;
use crate::goplugin::grpc_controller_server::GrpcController;
use crate::goplugin::grpc_stdio_server::GrpcStdio;
use crate::goplugin::{ConnInfo, Empty, StdioData};

/// Answers all three services; holds nothing but the means to end the process.
#[derive(Clone)]
pub(super) struct PluginServices {
    pub(super) shutdown: CancellationToken,
}

#[tonic::async_trait]
impl GrpcController for PluginServices {
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.shutdown.cancel();
        Ok(Response::new(Empty {}))
    }
}

/// Standard output is silent and logs go to standard error, so the stream is open but empty.
#[tonic::async_trait]
impl GrpcStdio for PluginServices {
    async fn stream_stdio(&self, _: Request<()>) -> Result<Response<BoxStream<StdioData>>, Status> {
        Ok(Response::new(Box::pin(SilentUntil::new(&self.shutdown))))
    }
}

/// Providers open no further connections. Terraform takes an ended stream for a fault, so it stays open.
#[tonic::async_trait]
impl GrpcBroker for PluginServices {
    async fn start_stream(
        &self,
        _: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<BoxStream<ConnInfo>>, Status> {
        Ok(Response::new(Box::pin(SilentUntil::new(&self.shutdown))))
    }
}

/// A stream without elements that ends at the shutdown; were it endless, the server could not close its connections.
struct SilentUntil<T> {
    shutdown: Pin<Box<WaitForCancellationFutureOwned>>,
    elements: std::marker::PhantomData<fn() -> T>,
}

impl<T> SilentUntil<T> {
    fn new(shutdown: &CancellationToken) -> SilentUntil<T> {
        SilentUntil {
            shutdown: Box::pin(shutdown.clone().cancelled_owned()),
            elements: std::marker::PhantomData,
        }
    }
}

impl<T> Stream for SilentUntil<T> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.shutdown.as_mut().poll(cx).map(|()| None)
    }
}
