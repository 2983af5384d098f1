//! One provider process from its start to its end.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use prost::Message;
use rustls::version::TLS13;
use tfplugin_proto::goplugin::Empty;
use tfplugin_proto::goplugin::grpc_controller_client::GrpcControllerClient;
use tfplugin_proto::wire::provider_client::ProviderClient;
use tfplugin_proto::wire::{get_metadata, get_provider_schema};

use crate::terraform::certificate::Client;
use crate::terraform::connector::connect;
use crate::terraform::{Handshake, variables};

/// As large as the provider itself allows.
const MAX_MESSAGE: usize = 256 << 20;

/// What one start of the provider took.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// From the start of the process to its handshake line.
    pub handshake: Duration,
    /// To connect, with mutual TLS and the kind of certificate that Terraform has, and to get a first small answer: only
    /// then has the provider verified the certificate.
    pub connection: Duration,
    /// The first `GetProviderSchema`, from the request to the decoded answer.
    pub schema: Duration,
    /// The size of that answer in bytes.
    pub schema_bytes: usize,
    /// Resident memory in bytes, some time after that answer.
    pub resident_memory: u64,
    /// From the request to end to the end of the process.
    pub end: Duration,
}

/// Why there is no measurement.
#[derive(Debug)]
pub struct StartError {
    doing: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} failed", self.doing)
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

fn failed<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    doing: &'static str,
) -> impl FnOnce(E) -> StartError {
    move |error| StartError { doing, source: error.into() }
}

impl Start {
    /// Starts the provider `binary`, asks for its schema, looks at its memory and ends it.
    ///
    /// # Errors
    /// When the process cannot be started or does not answer.
    pub fn measure(binary: &Path) -> Result<Start, StartError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(failed("making a runtime"))?.block_on(measure(binary))
    }
}

async fn measure(binary: &Path) -> Result<Start, StartError> {
    let client = Client::with_seed(1);
    let begin = Instant::now();
    let mut process = Process(
        Command::new(binary)
            .env_clear()
            .envs(std::env::var_os("TMPDIR").map(|folder| ("TMPDIR", folder)))
            .envs(variables(Some(client.pem())))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed("starting the provider"))?,
    );
    let mut line = String::new();
    if let Some(output) = process.0.stdout.take() {
        BufReader::new(output).read_line(&mut line).map_err(failed("reading the handshake"))?;
    }
    let handshake = begin.elapsed();

    let begin = Instant::now();
    let connected = connect(&Handshake::parse(&line), Some(&client), &TLS13).await;
    let channel = connected.map_err(failed("connecting to the provider"))?;
    let mut provider = ProviderClient::new(channel.clone()).max_decoding_message_size(MAX_MESSAGE);
    let answer = provider.get_metadata(get_metadata::Request {}).await;
    answer.map_err(failed("asking for the names"))?;
    let connection = begin.elapsed();

    let begin = Instant::now();
    let answer = provider.get_provider_schema(get_provider_schema::Request {}).await;
    let answer = answer.map_err(failed("asking for the schema"))?;
    let schema = begin.elapsed();
    let schema_bytes = answer.into_inner().encoded_len();

    // Idle: what answering needed for a moment is given back by then.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let resident_memory = resident_memory(process.0.id()).map_err(failed("reading the memory"))?;

    let begin = Instant::now();
    let ended = GrpcControllerClient::new(channel).shutdown(Empty {}).await;
    ended.map_err(failed("ending the provider"))?;
    process.0.wait().map_err(failed("waiting for the end of the provider"))?;
    Ok(Start { handshake, connection, schema, schema_bytes, resident_memory, end: begin.elapsed() })
}

/// A process that does not outlive its value.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// In bytes, as `ps` tells it in KiB on every Unix.
pub(crate) fn resident_memory(process: u32) -> io::Result<u64> {
    let output = Command::new("ps").args(["-o", "rss=", "-p", &process.to_string()]).output()?;
    let kibibytes: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().map_err(io::Error::other)?;
    Ok(kibibytes * 1024)
}
