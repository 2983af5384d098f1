//! A provider behind a real gRPC server and client, connected in memory.

use std::future::{Ready, ready};
use std::io;
use std::task::{Context, Poll};

use hyper_util::rt::TokioIo;
use tfplugin_proto::wire::provider_client::ProviderClient;
use tfplugin_proto::wire::provider_server::ProviderServer;
use tokio::io::DuplexStream;
use tokio::task::JoinHandle;
use tokio_stream::StreamExt as _;
use tokio_util::sync::CancellationToken;
use tonic::codegen::Service;
use tonic::transport::{Channel, Endpoint, Error, Server, Uri};

use crate::Provider;

/// The largest message in either direction, in bytes, as the provider's process has it.
const MAX_MESSAGE: usize = 256 << 20;

/// How much of a message is on its way at a time; less than most messages, so that they come in pieces.
const IN_FLIGHT: usize = 16 << 10;

/// A process of a provider as Terraform sees it: with status codes, streams and limits of messages, but without
/// sockets, TLS and the handshake. It is not configured yet.
#[derive(Debug)]
pub struct Grpc {
    client: ProviderClient<Channel>,
    shutdown: CancellationToken,
    server: JoinHandle<Result<(), Error>>,
}

impl Grpc {
    /// Starts to serve `provider`.
    ///
    /// # Panics
    /// The client cannot connect, which says that the server ended at once.
    pub async fn start<C: Send + Sync + 'static>(provider: Provider<C>) -> Grpc {
        let (ours, theirs) = tokio::io::duplex(IN_FLIGHT);
        let service = ProviderServer::new(provider.into_service())
            .max_decoding_message_size(MAX_MESSAGE)
            .max_encoding_message_size(MAX_MESSAGE);
        let shutdown = CancellationToken::new();
        // The server would end with the last connection that can come.
        let incoming = tokio_stream::once(Ok::<_, io::Error>(theirs)).chain(tokio_stream::pending());
        let stopping = shutdown.clone().cancelled_owned();
        let server =
            tokio::spawn(Server::builder().serve_with_incoming_shutdown(service, incoming, stopping));
        let endpoint = Endpoint::from_static("http://provider");
        let channel = match endpoint.connect_with_connector(Connector(Some(ours))).await {
            Ok(channel) => channel,
            Err(error) => panic!("the provider does not answer: {error:?}"),
        };
        let client = ProviderClient::new(channel)
            .max_decoding_message_size(MAX_MESSAGE)
            .max_encoding_message_size(MAX_MESSAGE);
        Grpc { client, shutdown, server }
    }

    /// A client, which may be cloned for calls at the same time.
    pub fn client(&self) -> ProviderClient<Channel> {
        self.client.clone()
    }

    /// Ends the server once the calls that run have their answers.
    ///
    /// # Panics
    /// The server ended with an error.
    pub async fn stop(self) {
        self.shutdown.cancel();
        drop(self.client);
        match self.server.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => panic!("the server failed: {error:?}"),
            Err(error) => panic!("the server crashed: {error}"),
        }
    }
}

/// Gives its one connection away.
struct Connector(Option<DuplexStream>);

impl Service<Uri> for Connector {
    type Response = TokioIo<DuplexStream>;
    type Error = io::Error;
    type Future = Ready<Result<Self::Response, io::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(match self.0.take() {
            Some(stream) => Ok(TokioIo::new(stream)),
            None => Err(io::Error::new(io::ErrorKind::NotConnected, "the provider has ended")),
        })
    }
}
