//! The example provider as Terraform starts it: a process with an environment, two outputs and an exit code.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod terraform;

use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::Duration;

use rustls::version::TLS13;
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
