//! The HTTPS client: TLS by rustls and ring, proxies by the environment, and errors that name the endpoint.

use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{self, TlsContext, TrustStore};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use hyper_util::client::legacy;
use landform_cloud::{CloudError, ErrorKind, Result};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// No connection came to stand, so nothing was sent.
#[derive(Debug)]
pub(crate) struct ConnectFailed {
    endpoint: String,
    source: BoxError,
}

impl std::fmt::Display for ConnectFailed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot connect to {}", self.endpoint)
    }
}

impl std::error::Error for ConnectFailed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// The client for all services.
///
/// Trusts the certificates of the machine, or those in the file `AWS_CA_BUNDLE` in their place.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html>
pub(super) fn https_client() -> Result<SharedHttpClient> {
    client(trust(std::env::var("AWS_CA_BUNDLE").ok().filter(|path| !path.is_empty()))?)
}

fn client(trust: TrustStore) -> Result<SharedHttpClient> {
    let tls = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|error| CloudError { source: Some(error.into()), ..invalid("TLS could not be set up") })?;
    Ok(SharedHttpClient::new(Client { tls, connectors: Mutex::default() }))
}

fn trust(bundle: Option<String>) -> Result<TrustStore> {
    let Some(path) = bundle else { return Ok(TrustStore::default()) };
    let unreadable = || invalid(format!("AWS_CA_BUNDLE names {path}, which is no file of PEM certificates"));
    let certificates =
        std::fs::read(&path).map_err(|error| CloudError { source: Some(error.into()), ..unreadable() })?;
    if !certificates.windows(27).any(|text| text == b"-----BEGIN CERTIFICATE-----") {
        return Err(unreadable());
    }
    Ok(TrustStore::empty().with_pem_certificate(certificates))
}

fn invalid(message: impl Into<String>) -> CloudError {
    CloudError::new(ErrorKind::Invalid, "LoadConfiguration", message)
}

/// Connect and read timeout.
type Timeouts = (Option<Duration>, Option<Duration>);

/// Keeps one pool of connections per pair of timeouts.
#[derive(Debug)]
struct Client {
    tls: TlsContext,
    connectors: Mutex<BTreeMap<Timeouts, SharedHttpConnector>>,
}

impl HttpClient for Client {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let mut connectors = self.connectors.lock().unwrap_or_else(PoisonError::into_inner);
        connectors
            .entry((settings.connect_timeout(), settings.read_timeout()))
            .or_insert_with(|| {
                let connector = |proxy| {
                    let mut builder =
                        Connector::builder().connector_settings(settings.clone()).proxy_config(proxy);
                    builder.set_sleep_impl(components.sleep_impl());
                    let provider = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
                    SharedHttpConnector::new(
                        builder.tls_provider(provider).tls_context(self.tls.clone()).build(),
                    )
                };
                SharedHttpConnector::new(NamingConnector {
                    proxied: connector(ProxyConfig::from_env()),
                    direct: connector(ProxyConfig::disabled()),
                })
            })
            .clone()
    }
}

/// Sends requests, and names the endpoint when it cannot be connected to.
#[derive(Debug)]
struct NamingConnector {
    proxied: SharedHttpConnector,
    /// For what no proxy reaches: an emulator on this machine, and the metadata services of the machine or container.
    direct: SharedHttpConnector,
}

impl HttpConnector for NamingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let endpoint = endpoint(request.uri());
        let connector = if is_local(&endpoint) { &self.direct } else { &self.proxied };
        let answer = connector.call(request);
        HttpConnectorFuture::new(async move { answer.await.map_err(|error| name_endpoint(endpoint, error)) })
    }
}

fn name_endpoint(endpoint: String, error: ConnectorError) -> ConnectorError {
    let unconnected = crate::error::find::<legacy::Error>(&error).is_some_and(legacy::Error::is_connect);
    if unconnected {
        // The kind "I/O" keeps what the SDK does about it: a call that was not sent may be sent again.
        ConnectorError::io(Box::new(ConnectFailed { endpoint, source: error.into_source() }))
    } else {
        error
    }
}

/// `https://ec2.eu-west-1.amazonaws.com` of `https://ec2.eu-west-1.amazonaws.com/?…`.
fn endpoint(uri: &str) -> String {
    let (scheme, rest) = uri.split_once("://").unwrap_or(("https", uri));
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    format!("{scheme}://{authority}")
}

fn is_local(endpoint: &str) -> bool {
    let authority = endpoint.split_once("://").map_or(endpoint, |(_, authority)| authority);
    let host = if authority.starts_with('[') {
        authority.split(']').next().unwrap_or_default().trim_start_matches('[')
    } else {
        authority.split(':').next().unwrap_or_default()
    };
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| match address {
            IpAddr::V4(address) => address.is_loopback() || address.is_link_local(),
            IpAddr::V6(address) => address.is_loopback(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_local_is_asked_without_the_proxy() {
        for (uri, expected, local) in [
            ("https://ec2.eu-west-1.amazonaws.com/?Action=x", "https://ec2.eu-west-1.amazonaws.com", false),
            ("http://127.0.0.1:5000/", "http://127.0.0.1:5000", true),
            ("http://localhost:5000", "http://localhost:5000", true),
            ("http://[::1]:5000/", "http://[::1]:5000", true),
            ("http://moto.localhost/", "http://moto.localhost", true),
            ("http://127.0.0.1.example.com/", "http://127.0.0.1.example.com", false),
            ("http://169.254.169.254/latest/", "http://169.254.169.254", true),
        ] {
            assert_eq!(endpoint(uri), expected);
            assert_eq!(is_local(&endpoint(uri)), local, "{uri}");
        }
    }

    #[test]
    fn a_bundle_that_is_none_is_refused_by_name() {
        for path in ["/does/not/exist", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")] {
            let error = trust(Some(path.to_owned())).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Invalid);
            assert!(error.message.contains(path), "{error}");
        }
    }
}
