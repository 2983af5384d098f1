//! `serve` against a client that behaves as Terraform does, and against ones that should be refused.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod terraform;

use std::time::{Duration, Instant};

use rustls::version::{TLS12, TLS13};
use tfplugin_proto::goplugin::grpc_broker_client::GrpcBrokerClient;
use tfplugin_proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tfplugin_proto::goplugin::grpc_stdio_client::GrpcStdioClient;
use tfplugin_proto::goplugin::{ConnInfo, Empty};
use tfplugin_proto::wire::provider_client::ProviderClient;
use tfplugin_proto::wire::provider_server::Provider;
use tfplugin_proto::wire::{self, DynamicValue};
use tfplugin_proto::{Launch, ServeError, ServeOptions, serve_launched};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tonic::transport::Channel;
use tonic::{Code, Request, Response, Status};

use terraform::certificate::Client;
use terraform::connector::connect;
use terraform::{Handshake, output, variables};

/// Answers a data source with its configuration, and nothing else.
struct Echo;

#[tonic::async_trait]
impl Provider for Echo {
    async fn read_data_source(
        &self,
        request: Request<wire::read_data_source::Request>,
    ) -> Result<Response<wire::read_data_source::Response>, Status> {
        let state = request.into_inner().config;
        Ok(Response::new(wire::read_data_source::Response { state, ..Default::default() }))
    }
}

struct Served {
    line: String,
    more_output: mpsc::UnboundedReceiver<String>,
    ended: JoinHandle<Result<(), ServeError>>,
}

async fn start(variables: Vec<(String, String)>, reattach: bool) -> Served {
    let (output, mut lines) = output();
    let options =
        ServeOptions { provider_address: "registry.terraform.io/example/echo".to_owned(), reattach };
    let ended = tokio::spawn(serve_launched(Echo, options, Launch::new(variables, output)));
    Served { line: lines.recv().await.unwrap_or_default(), more_output: lines, ended }
}

async fn start_for(client: &Client) -> (Served, Handshake) {
    let served = start(variables(Some(client.pem())), false).await;
    let handshake = Handshake::parse(&served.line);
    (served, handshake)
}

async fn echo(channel: Channel, size: usize) -> Result<usize, Status> {
    let config = DynamicValue { msgpack: vec![7; size], json: Vec::new() };
    let request = wire::read_data_source::Request { config: Some(config), ..Default::default() };
    let mut provider = ProviderClient::new(channel).max_decoding_message_size(256 << 20);
    let state = provider.read_data_source(request).await?.into_inner().state.unwrap();
    assert!(state.msgpack.iter().all(|byte| *byte == 7));
    Ok(state.msgpack.len())
}

/// Whether a client gets an answer, which it may find out while connecting or only when it calls.
async fn is_refused(handshake: &Handshake, client: Option<&Client>) -> bool {
    for version in [&TLS12, &TLS13] {
        if let Ok(channel) = connect(handshake, client, version).await
            && echo(channel, 1).await.is_ok()
        {
            return false;
        }
    }
    true
}

#[tokio::test]
async fn terraforms_client_is_served_over_both_versions_of_tls() {
    let client = Client::with_seed(1);
    let (_served, handshake) = start_for(&client).await;
    assert_eq!(handshake.network, "unix");
    for version in [&TLS12, &TLS13] {
        let channel = connect(&handshake, Some(&client), version).await.unwrap();
        assert_eq!(echo(channel, 10).await.unwrap(), 10);
    }
}

#[tokio::test]
async fn nobody_else_is_served() {
    let client = Client::with_seed(1);
    let other = Client::with_seed(2);
    let (_served, handshake) = start_for(&client).await;
    assert!(is_refused(&handshake, None).await, "without a certificate");
    assert!(is_refused(&handshake, Some(&other)).await, "with another certificate");
    assert!(
        is_refused(&handshake, Some(&client.signing_with(&other))).await,
        "with the certificate but not its key"
    );
    let bare = Handshake { certificate: None, ..handshake.clone() };
    assert!(is_refused(&bare, None).await, "without TLS");
    assert!(!is_refused(&handshake, Some(&client)).await, "the server still serves Terraform");
}

#[tokio::test]
async fn a_silent_peer_keeps_nobody_waiting() {
    let client = Client::with_seed(1);
    let (_served, handshake) = start_for(&client).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(tokio::net::UnixStream::connect(&handshake.address).await.unwrap());
    }
    let channel =
        timeout(Duration::from_secs(5), connect(&handshake, Some(&client), &TLS13)).await.unwrap().unwrap();
    assert_eq!(echo(channel, 1).await.unwrap(), 1);
}

#[tokio::test]
async fn large_messages_pass_in_both_directions() {
    let client = Client::with_seed(1);
    let (_served, handshake) = start_for(&client).await;
    let channel = connect(&handshake, Some(&client), &TLS13).await.unwrap();
    assert_eq!(echo(channel, 5 << 20).await.unwrap(), 5 << 20);
}

#[tokio::test]
async fn shutdown_ends_the_process_at_once_though_streams_are_open() {
    let client = Client::with_seed(1);
    let (mut served, handshake) = start_for(&client).await;
    let channel = connect(&handshake, Some(&client), &TLS13).await.unwrap();
    let mut stdio = GrpcStdioClient::new(channel.clone()).stream_stdio(()).await.unwrap().into_inner();
    let calls = tokio_stream::pending::<ConnInfo>();
    let mut broker = GrpcBrokerClient::new(channel.clone()).start_stream(calls).await.unwrap().into_inner();
    for _ in 0..2 {
        let waited = Duration::from_millis(50);
        assert!(timeout(waited, stdio.message()).await.is_err(), "the stream of output stays open");
        assert!(timeout(waited, broker.message()).await.is_err(), "the stream of connections stays open");
    }
    let asked = Instant::now();
    GrpcControllerClient::new(channel).shutdown(Empty {}).await.unwrap();
    timeout(Duration::from_secs(2), &mut served.ended).await.unwrap().unwrap().unwrap();
    assert!(asked.elapsed() < Duration::from_millis(500), "{:?}", asked.elapsed());
    assert!(!std::path::Path::new(&handshake.address).exists(), "the socket is removed");
    assert_eq!(served.more_output.recv().await, None, "standard output has nothing but the handshake");
}

#[tokio::test]
async fn what_is_not_implemented_is_answered_as_such() {
    let client = Client::with_seed(1);
    let (_served, handshake) = start_for(&client).await;
    let channel = connect(&handshake, Some(&client), &TLS13).await.unwrap();
    let mut provider = ProviderClient::new(channel.clone());
    let status = provider.stop_provider(wire::stop_provider::Request {}).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready().await.unwrap();
    let path = tonic::codegen::http::uri::PathAndQuery::from_static("/grpc.health.v1.Health/Check");
    let codec = tonic_prost::ProstCodec::<Empty, Empty>::default();
    let status = grpc.unary(Request::new(Empty {}), path, codec).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
}

#[tokio::test]
async fn without_a_client_certificate_there_is_no_tls() {
    let served = start(variables(None), false).await;
    assert!(served.line.ends_with("|grpc|\n"), "{}", served.line);
    let handshake = Handshake::parse(&served.line);
    let channel = connect(&handshake, None, &TLS13).await.unwrap();
    assert_eq!(echo(channel, 3).await.unwrap(), 3);
}

#[tokio::test]
async fn without_the_cookie_nothing_is_served() {
    let mut served = start(Vec::new(), false).await;
    let error = served.ended.await.unwrap().unwrap_err();
    assert!(matches!(error, ServeError::NotStartedByTerraform));
    assert!(error.to_string().contains("Terraform provider"));
    assert_eq!((served.line.as_str(), served.more_output.recv().await), ("", None));
}

#[tokio::test]
async fn a_client_certificate_that_is_none_is_an_error() {
    let served = start(variables(Some("not a certificate".to_owned())), false).await;
    let error = served.ended.await.unwrap().unwrap_err();
    assert!(matches!(error, ServeError::ClientCertificate(_)), "{error}");
}

#[tokio::test]
async fn reattach_mode_needs_neither_cookie_nor_tls() {
    let served = start(Vec::new(), true).await;
    let json = served.line.strip_prefix("TF_REATTACH_PROVIDERS='").unwrap().strip_suffix("'\n").unwrap();
    let providers: serde_json::Value = serde_json::from_str(json).unwrap();
    let provider = &providers["registry.terraform.io/example/echo"];
    assert_eq!((&provider["Protocol"], &provider["ProtocolVersion"]), (&"grpc".into(), &6.into()));
    let address = provider["Addr"]["String"].as_str().unwrap().to_owned();
    let handshake = Handshake { network: "unix".to_owned(), address, certificate: None };
    for _ in 0..2 {
        let channel = connect(&handshake, None, &TLS13).await.unwrap();
        assert_eq!(echo(channel, 3).await.unwrap(), 3);
    }
}
