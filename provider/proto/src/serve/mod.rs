//! Running as the process that Terraform starts for a provider.
//!
//! Terraform starts the process, reads one line from its standard output that says where the process listens, and
//! then speaks gRPC over mutually authenticated TLS. The rules are those of
//! [go-plugin](https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md).

mod client_certificate;
mod connection;
mod goplugin;
mod handshake;
mod launch;
mod lifetime;
mod listener;
mod p521;
mod panicked;
mod routes;
mod tls;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

pub use launch::Launch;

use crate::wire::provider_server::Provider;
use connection::Connection;
use lifetime::Attendance;
use listener::Listener;
use routes::Routes;

/// What to serve, and how.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Source address of the provider, such as `registry.terraform.io/landform/landform`. Only reattaching uses it.
    pub provider_address: String,
    /// Serve until Ctrl-C for any number of Terraform runs, for debugging: a line with `TF_REATTACH_PROVIDERS` goes to
    /// standard output, and there is neither cookie nor TLS. See
    /// [debugging providers](https://developer.hashicorp.com/terraform/plugin/debugging).
    pub reattach: bool,
}

/// Why serving could not start or go on. The texts are for people; print them to standard error and exit with code 1.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody started the provider by hand.
    #[error(
        "This program is a Terraform provider. Terraform starts it; it does nothing by itself.\n\
         To debug it, start it in reattach mode."
    )]
    NotStartedByTerraform,
    /// `PLUGIN_CLIENT_CERT` is not a certificate.
    #[error("the client certificate that Terraform passed in PLUGIN_CLIENT_CERT cannot be read")]
    ClientCertificate(#[source] rustls::pki_types::pem::Error),
    /// The server certificate could not be made.
    #[error("no certificate could be made for the connection to Terraform")]
    ServerCertificate(#[source] rcgen::Error),
    /// The TLS library refused its configuration.
    #[error("no TLS configuration could be made for the connection to Terraform")]
    Tls(#[source] rustls::Error),
    /// Neither a socket nor a port to listen on.
    #[error("nothing to listen on for the connection from Terraform")]
    Listen(#[source] io::Error),
    /// Standard output is closed, so Terraform cannot be told where to connect.
    #[error("the handshake line could not be written to standard output")]
    Handshake(#[source] io::Error),
    /// The gRPC server failed.
    #[error("the gRPC server failed")]
    Server(#[source] tonic::transport::Error),
}

/// Serves `provider` to the Terraform that started this process, until Terraform asks for the end of it or is gone:
/// when it has no connection for 5 seconds, or makes none for a minute. In reattach mode the wait has no end.
///
/// Must run in a Tokio runtime with I/O and time enabled. Ctrl-C is ignored (Terraform, which gets it too, sends
/// `StopProvider`), except in reattach mode, which it ends. Nothing else in the process may write to standard output.
/// When this returns, exit at once: Terraform waits for it.
///
/// # Errors
/// See [`ServeError`]. Connections that fail, or that cannot prove to come from Terraform, are not errors.
pub async fn serve<P: Provider>(provider: P, options: ServeOptions) -> Result<(), ServeError> {
    serve_launched(provider, options, Launch::of_this_process()).await
}

/// As [`serve`], for a process whose environment and standard output are given: how tests play Terraform's part.
///
/// # Errors
/// As [`serve`].
pub async fn serve_launched<P: Provider>(
    provider: P,
    options: ServeOptions,
    mut launch: Launch,
) -> Result<(), ServeError> {
    let interrupted = tokio::spawn(interrupted(options.reattach));
    let shutdown = CancellationToken::new();
    let routes = Routes::new(provider, &shutdown);

    let (listener, tls) = if options.reattach {
        let listener = Listener::bind(&launch, false).map_err(ServeError::Listen)?;
        launch.announce(&handshake::reattach_line(&options.provider_address, listener.address()))?;
        (listener, None)
    } else {
        if !launch.by_terraform() {
            return Err(ServeError::NotStartedByTerraform);
        }
        let tls = launch.client_certificate().map(tls::Identity::for_client).transpose()?;
        let listener = Listener::bind(&launch, tls.is_some()).map_err(ServeError::Listen)?;
        let certificate = tls.as_ref().map(|identity| identity.certificate.as_ref());
        launch.announce(&handshake::line(listener.address(), certificate))?;
        (listener, tls.map(|identity| identity.config))
    };

    let attendance = Attendance::default();
    let (accepted, connections) = mpsc::channel(16);
    let accepting = accept(&listener, tls, &attendance, accepted);
    let server = tonic::transport::Server::builder().serve_with_incoming_shutdown(
        routes,
        ReceiverStream::new(connections),
        shutdown.cancelled(),
    );
    tokio::select! {
        ended = server => ended.map_err(ServeError::Server),
        () = accepting => Ok(()),
        () = after_shutdown(&shutdown) => Ok(()),
        () = attendance.deserted(), if !options.reattach => {
            tracing::warn!("Terraform is gone, so the provider ends");
            Ok(())
        }
        _ = interrupted => Ok(()),
    }
}

/// Ends on the first Ctrl-C in reattach mode, and never otherwise.
async fn interrupted(reattach: bool) {
    while tokio::signal::ctrl_c().await.is_ok() {
        if reattach {
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// The answer to `Shutdown` needs a moment to reach Terraform; nothing else is waited for.
async fn after_shutdown(shutdown: &CancellationToken) {
    shutdown.cancelled().await;
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// A peer that does not finish its TLS handshake by then is not Terraform.
const TLS_HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);

/// Passes on every connection that has proved to come from Terraform; runs until nobody takes them any more.
async fn accept(
    listener: &Listener,
    tls: Option<Arc<rustls::ServerConfig>>,
    attendance: &Attendance,
    accepted: mpsc::Sender<io::Result<Connection>>,
) {
    let tls = tls.map(TlsAcceptor::from);
    while !accepted.is_closed() {
        let connection = match listener.accept().await {
            Ok(connection) => connection,
            Err(error) => {
                // Usually out of file descriptors, which passes.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Some(tls) = tls.clone() else {
            if accepted.send(Ok(connection.counted(attendance.enter()))).await.is_err() {
                return;
            }
            continue;
        };
        let (accepted, attendance) = (accepted.clone(), attendance.clone());
        // In a task of its own, so that a slow or hostile peer does not keep Terraform waiting.
        tokio::spawn(async move {
            match tokio::time::timeout(TLS_HANDSHAKE_LIMIT, tls.accept(connection)).await {
                // The server may be gone by now; then so is the connection.
                Ok(Ok(stream)) => {
                    let connection = Connection::new(stream).counted(attendance.enter());
                    drop(accepted.send(Ok(connection)).await);
                }
                Ok(Err(error)) => tracing::warn!(%error, "a connection was refused"),
                Err(_) => tracing::warn!("a connection was refused: its TLS handshake took too long"),
            }
        });
    }
}
