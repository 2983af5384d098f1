//! The example provider as Terraform starts it: a process with an environment, two outputs and an exit code.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod terraform;

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use rustls::version::{TLS12, TLS13};
use tfplugin_proto::cty::{Type, Value, decode_msgpack, encode_msgpack};
use tfplugin_proto::goplugin::Empty;
use tfplugin_proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tfplugin_proto::wire::provider_client::ProviderClient;
use tfplugin_proto::wire::{self, DynamicValue};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use terraform::certificate::Client;
use terraform::connector::connect;
use terraform::{Handshake, variables};

fn provider(variables: Vec<(String, String)>) -> Command {
    let tests: PathBuf = std::env::current_exe().unwrap().parent().unwrap().into();
    let program = tests.parent().unwrap().join("examples/greeting_provider");
    assert!(
        program.exists(),
        "run `cargo test -p tfplugin-proto`, which builds the example {}",
        program.display()
    );
    let mut command = Command::new(program);
    command.env_clear().envs(variables).kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

async fn ended(child: Child) -> Output {
    timeout(Duration::from_secs(10), child.wait_with_output()).await.unwrap().unwrap()
}

#[tokio::test]
async fn started_by_hand_it_says_what_it_is() {
    let output = ended(provider(Vec::new()).spawn().unwrap()).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    assert!(String::from_utf8(output.stderr).unwrap().contains("is a Terraform provider"));
}

#[tokio::test]
async fn it_outlives_an_interrupt_and_ends_when_told() {
    let client = Client::with_seed(1);
    let mut child = provider(variables(Some(client.pem()))).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).await.unwrap();
    let channel = connect(&Handshake::parse(&line), Some(&client), &TLS13).await.unwrap();

    // Ctrl-C reaches all processes of a terminal; the provider learns of it from Terraform.
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().await.unwrap().success());
    let mut provider = ProviderClient::new(channel.clone());
    provider.stop_provider(wire::stop_provider::Request {}).await.unwrap();

    let ty = Type::object([("name", Type::String), ("text", Type::String)]);
    let config = Value::object([("name", Value::from("Ada")), ("text", Value::Null)]);
    let config = DynamicValue { msgpack: encode_msgpack(&config, &ty).unwrap(), json: Vec::new() };
    let request = wire::read_data_source::Request { config: Some(config), ..Default::default() };
    let state = provider.read_data_source(request).await.unwrap().into_inner().state.unwrap();
    let state = decode_msgpack(&state.msgpack, &ty).unwrap();
    assert_eq!(state, Value::object([("name", Value::from("Ada")), ("text", Value::from("Hello, Ada!"))]));

    GrpcControllerClient::new(channel).shutdown(Empty {}).await.unwrap();
    let ended = ended(child).await;
    assert_eq!(ended.status.code(), Some(0));
    let mut more = String::new();
    output.read_to_string(&mut more).await.unwrap();
    assert_eq!(more, "", "standard output has nothing but the handshake");
    let logs = String::from_utf8(ended.stderr).unwrap();
    assert!(logs.lines().all(|line| line.starts_with(r#"{"@level":"#)), "{logs}");
    assert!(logs.contains(r#""@message":"greeting""#), "{logs}");
}

/// Starts the provider with `directory` for temporary files, and waits for its handshake.
async fn started(client: &Client, directory: &Path) -> (Child, Handshake) {
    let mut command = provider(variables(Some(client.pem())));
    let mut child = command.env("TMPDIR", directory).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).await.unwrap();
    (child, Handshake::parse(&line))
}

async fn is_served(handshake: &Handshake, client: &Client) -> bool {
    let channel = connect(handshake, Some(client), &TLS13).await.unwrap();
    ProviderClient::new(channel).stop_provider(wire::stop_provider::Request {}).await.is_ok()
}

#[tokio::test]
async fn killed_and_started_again_it_serves_at_once() {
    let client = Client::with_seed(1);
    let directory = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        let (mut child, handshake) = started(&client, directory.path()).await;
        assert!(is_served(&handshake, &client).await);
        child.kill().await.unwrap();
        assert!(Path::new(&handshake.address).exists(), "who is killed removes nothing");
        assert!(connect(&handshake, Some(&client), &TLS13).await.is_err(), "the old socket leads nowhere");
    }
    let (_child, handshake) = started(&client, directory.path()).await;
    assert!(is_served(&handshake, &client).await);
}

#[tokio::test]
async fn two_processes_have_two_addresses() {
    let client = Client::with_seed(1);
    let directory = tempfile::tempdir().unwrap();
    let (_first, one) = started(&client, directory.path()).await;
    let (_second, other) = started(&client, directory.path()).await;
    assert_ne!(one.address, other.address);
    assert!(is_served(&one, &client).await && is_served(&other, &client).await);
}

/// As always on Windows.
#[tokio::test]
async fn where_no_socket_can_be_made_it_listens_on_a_port() {
    let client = Client::with_seed(1);
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing");
    let (_first, one) = started(&client, &missing).await;
    let (_second, other) = started(&client, &missing).await;
    for handshake in [&one, &other] {
        assert_eq!(handshake.network, "tcp");
        let address: std::net::SocketAddrV4 = handshake.address.parse().unwrap();
        assert!(address.ip().is_loopback() && (10000..=25000).contains(&address.port()), "{address}");
        assert!(is_served(handshake, &client).await);
        for version in [&TLS12, &TLS13] {
            for stranger in [None, Some(Client::with_seed(2))] {
                let refused = match connect(handshake, stranger.as_ref(), version).await {
                    Ok(channel) => {
                        let asked = wire::stop_provider::Request {};
                        ProviderClient::new(channel).stop_provider(asked).await.is_err()
                    }
                    Err(_) => true,
                };
                assert!(refused, "a stranger is served");
            }
        }
    }
    assert_ne!(one.address, other.address);
}
