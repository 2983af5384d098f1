//! Many calls at once, and large ones, over a real connection.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod terraform;

use std::sync::Arc;
use std::time::Duration;

use rustls::version::TLS13;
use tfplugin_proto::wire::provider_client::ProviderClient;
use tfplugin_proto::wire::provider_server::Provider;
use tfplugin_proto::wire::{DynamicValue, read_data_source};
use tfplugin_proto::{Launch, ServeError, ServeOptions, serve_launched};
use tokio::sync::Barrier;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;
use tonic::transport::Channel;
use tonic::{Code, Request, Response, Status};

use terraform::certificate::Client;
use terraform::connector::connect;
use terraform::{Handshake, output, variables};

const MEBIBYTE: usize = 1 << 20;

/// How many calls meet in the provider.
const AT_ONCE: usize = 64;

/// Does what the name of the data source says.
struct Busy {
    meeting: Arc<Barrier>,
}

#[tonic::async_trait]
impl Provider for Busy {
    async fn read_data_source(
        &self,
        request: Request<read_data_source::Request>,
    ) -> Result<Response<read_data_source::Response>, Status> {
        let request = request.into_inner();
        let config = request.config.unwrap();
        let answer =
            |state| Response::new(read_data_source::Response { state: Some(state), ..Default::default() });
        match request.type_name.as_str() {
            "busy_panic" => panic!("as the test asked for"),
            "busy_meet" => {
                self.meeting.wait().await;
            }
            "busy_length" => return Ok(answer(json(config.msgpack.len()))),
            "busy_make" => {
                let length: usize = String::from_utf8(config.json).unwrap().parse().unwrap();
                return Ok(answer(msgpack(length)));
            }
            other => return Err(Status::not_found(other)),
        }
        Ok(answer(config))
    }
}

fn json(number: usize) -> DynamicValue {
    DynamicValue { msgpack: Vec::new(), json: number.to_string().into_bytes() }
}

fn msgpack(length: usize) -> DynamicValue {
    DynamicValue { msgpack: vec![7; length], json: Vec::new() }
}

struct Served {
    channel: Channel,
    _ended: JoinHandle<Result<(), ServeError>>,
}

async fn serve(client: Option<&Client>) -> Served {
    let (output, mut lines) = output();
    let options =
        ServeOptions { provider_address: "registry.terraform.io/example/busy".to_owned(), reattach: false };
    let provider = Busy { meeting: Arc::new(Barrier::new(AT_ONCE)) };
    let launch = Launch::new(variables(client.map(Client::pem)), output);
    let _ended = tokio::spawn(serve_launched(provider, options, launch));
    let handshake = Handshake::parse(&lines.recv().await.unwrap());
    Served { channel: connect(&handshake, client, &TLS13).await.unwrap(), _ended }
}

/// The answer, which may be as large as it likes.
async fn call(channel: &Channel, name: &str, config: DynamicValue) -> Result<DynamicValue, Status> {
    let request =
        read_data_source::Request { type_name: name.to_owned(), config: Some(config), ..Default::default() };
    let mut provider = ProviderClient::new(channel.clone()).max_decoding_message_size(1024 * MEBIBYTE);
    Ok(provider.read_data_source(request).await?.into_inner().state.unwrap())
}

#[tokio::test]
async fn calls_of_one_connection_run_at_once() {
    let client = Client::with_seed(1);
    let served = serve(Some(&client)).await;
    let mut calls = JoinSet::new();
    for number in 0..AT_ONCE {
        let channel = served.channel.clone();
        calls.spawn(async move {
            let answer = call(&channel, "busy_meet", json(number)).await.unwrap();
            assert_eq!(answer, json(number), "each gets its own answer");
        });
        // All but the last wait for the last, so meanwhile others must be answered.
        if number + 1 < AT_ONCE {
            assert_eq!(call(&served.channel, "busy_length", msgpack(number)).await.unwrap(), json(number));
        }
    }
    timeout(Duration::from_secs(30), calls.join_all()).await.expect("all are answered");
}

#[tokio::test]
async fn a_panic_ends_its_own_call_only() {
    let client = Client::with_seed(1);
    let served = serve(Some(&client)).await;
    let mut calls = JoinSet::new();
    for number in 1..AT_ONCE {
        let channel = served.channel.clone();
        calls.spawn(async move { call(&channel, "busy_meet", json(number)).await });
    }
    let status = call(&served.channel, "busy_panic", json(0)).await.unwrap_err();
    assert_eq!(status.code(), Code::Internal);
    assert!(status.message().contains("the provider panicked"), "{status}");
    call(&served.channel, "busy_meet", json(0)).await.unwrap();
    assert!(calls.join_all().await.iter().all(Result::is_ok));
}

/// Without TLS, which would only make the test slower.
#[tokio::test]
async fn requests_up_to_the_limit_are_read_and_larger_ones_refused() {
    let served = serve(None).await;
    let length = 255 * MEBIBYTE;
    let answer = call(&served.channel, "busy_length", msgpack(length)).await.unwrap();
    assert_eq!(answer, json(length));
    let status = call(&served.channel, "busy_length", msgpack(256 * MEBIBYTE)).await.unwrap_err();
    assert_eq!(status.code(), Code::OutOfRange, "{status}");
    assert!(status.message().contains("268435456"), "the limit is named: {status}");
    assert_eq!(call(&served.channel, "busy_length", msgpack(1)).await.unwrap(), json(1), "and all goes on");
}

#[tokio::test]
async fn answers_up_to_the_limit_are_sent_and_larger_ones_refused() {
    let served = serve(None).await;
    let length = 255 * MEBIBYTE;
    let answer = call(&served.channel, "busy_make", json(length)).await.unwrap();
    assert_eq!(answer.msgpack.len(), length);
    let status = call(&served.channel, "busy_make", json(256 * MEBIBYTE)).await.unwrap_err();
    assert_eq!(status.code(), Code::OutOfRange, "{status}");
    assert_eq!(call(&served.channel, "busy_length", msgpack(1)).await.unwrap(), json(1), "and all goes on");
}

#[tokio::test]
async fn a_request_over_64_mebibytes_passes_through_tls() {
    let client = Client::with_seed(1);
    let served = serve(Some(&client)).await;
    let length = 65 * MEBIBYTE;
    let answer = call(&served.channel, "busy_length", msgpack(length)).await.unwrap();
    assert_eq!(answer, json(length));
}
