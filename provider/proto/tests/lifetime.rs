//! A provider whose Terraform is gone ends by itself.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod terraform;

use std::future::pending;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::version::TLS13;
use tfplugin_proto::wire;
use tfplugin_proto::wire::provider_client::ProviderClient;
use tfplugin_proto::wire::provider_server::Provider;
use tfplugin_proto::{Launch, ServeError, ServeOptions, serve_launched};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};
use tonic::{Request, Response, Status};

use terraform::certificate::Client;
use terraform::connector::connect;
use terraform::{Handshake, output, variables};

/// Begins to read a data source, and never ends.
struct Stuck {
    began: Arc<Notify>,
}

#[tonic::async_trait]
impl Provider for Stuck {
    async fn read_data_source(
        &self,
        _: Request<wire::read_data_source::Request>,
    ) -> Result<Response<wire::read_data_source::Response>, Status> {
        self.began.notify_one();
        pending().await
    }
}

struct Served {
    line: String,
    began: Arc<Notify>,
    ended: JoinHandle<Result<(), ServeError>>,
}

async fn start(variables: Vec<(String, String)>, reattach: bool) -> Served {
    let (output, mut lines) = output();
    let options =
        ServeOptions { provider_address: "registry.terraform.io/example/stuck".to_owned(), reattach };
    let began = Arc::new(Notify::new());
    let provider = Stuck { began: began.clone() };
    let ended = tokio::spawn(serve_launched(provider, options, Launch::new(variables, output)));
    Served { line: lines.recv().await.unwrap(), began, ended }
}

/// Waits for the end and returns the seconds, by a clock that jumps to the next timer. It also jumps when data arrives, so
/// what has just happened to a connection is first given a moment of real time to be noticed.
async fn ended_after(served: Served) -> u64 {
    let begin = Instant::now();
    time::sleep(Duration::from_millis(500)).await;
    time::pause();
    time::timeout(Duration::from_secs(3600), served.ended).await.expect("an end").unwrap().unwrap();
    time::resume();
    begin.elapsed().as_secs()
}

#[tokio::test]
async fn terraform_dies_in_the_middle_of_a_call() {
    for client in [Some(Client::with_seed(1)), None] {
        let served = start(variables(client.as_ref().map(Client::pem)), false).await;
        let handshake = Handshake::parse(&served.line);
        let address = handshake.address.clone();
        // All that runs in a runtime ends with it, without a word to the peer, as a killed process does.
        let terraform = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let terraform = terraform.unwrap();
        terraform.spawn(async move {
            let channel = connect(&handshake, client.as_ref(), &TLS13).await.unwrap();
            ProviderClient::new(channel).read_data_source(wire::read_data_source::Request::default()).await
        });
        time::timeout(Duration::from_secs(10), served.began.notified()).await.unwrap();
        assert!(Path::new(&address).exists());
        terraform.shutdown_background();
        assert_eq!(ended_after(served).await, 5);
        assert!(!Path::new(&address).parent().unwrap().exists(), "the socket and its folder are removed");
    }
}

#[tokio::test]
async fn an_open_connection_keeps_the_provider_alive() {
    let client = Client::with_seed(1);
    let mut served = start(variables(Some(client.pem())), false).await;
    let channel = connect(&Handshake::parse(&served.line), Some(&client), &TLS13).await.unwrap();
    time::pause();
    let day = Duration::from_secs(24 * 60 * 60);
    assert!(time::timeout(day, &mut served.ended).await.is_err());
    time::resume();
    drop(channel);
    assert_eq!(ended_after(served).await, 5);
}

#[tokio::test]
async fn strangers_do_not_keep_the_provider_alive() {
    let client = Client::with_seed(1);
    let served = start(variables(Some(client.pem())), false).await;
    let _silent = tokio::net::UnixStream::connect(Handshake::parse(&served.line).address).await.unwrap();
    let wait = ended_after(served).await;
    assert!((59..=60).contains(&wait), "{wait}");
}

#[tokio::test]
async fn in_reattach_mode_the_wait_has_no_end() {
    let mut served = start(Vec::new(), true).await;
    time::pause();
    let day = Duration::from_secs(24 * 60 * 60);
    assert!(time::timeout(day, &mut served.ended).await.is_err());
}
