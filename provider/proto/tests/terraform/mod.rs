//! Plays the part of Terraform towards a provider process: its certificate, its handshake, its connection.

#![allow(dead_code, reason = "each test file uses a part")]

pub(crate) mod certificate;
pub(crate) mod connector;

use std::io;

use base64::Engine;
use rustls::pki_types::CertificateDer;
use tokio::sync::mpsc;

pub(crate) const COOKIE: (&str, &str) =
    ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2");

/// The environment that Terraform gives to a provider.
pub(crate) fn variables(client_certificate: Option<String>) -> Vec<(String, String)> {
    let mut variables = vec![COOKIE, ("PLUGIN_PROTOCOL_VERSIONS", "6,5")];
    variables.extend([("PLUGIN_MIN_PORT", "10000"), ("PLUGIN_MAX_PORT", "25000")]);
    let mut variables: Vec<_> =
        variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    variables.extend(client_certificate.map(|pem| ("PLUGIN_CLIENT_CERT".to_owned(), pem)));
    variables
}

/// The fields of a handshake line.
#[derive(Debug, Clone)]
pub(crate) struct Handshake {
    pub(crate) network: String,
    pub(crate) address: String,
    pub(crate) certificate: Option<CertificateDer<'static>>,
}

impl Handshake {
    /// Reads the line as strictly as go-plugin, and fails the test when it is anything else.
    pub(crate) fn parse(line: &str) -> Handshake {
        let fields: Vec<&str> = line.strip_suffix('\n').expect("a whole line").split('|').collect();
        let ["1", "6", network, address, "grpc", certificate] = fields[..] else {
            panic!("not a handshake: {line:?}");
        };
        let decoded = base64::engine::general_purpose::STANDARD_NO_PAD.decode(certificate).unwrap();
        let certificate = (!decoded.is_empty()).then(|| decoded.into());
        Handshake { network: network.to_owned(), address: address.to_owned(), certificate }
    }
}

/// Standard output of a provider within the test.
pub(crate) struct Output(mpsc::UnboundedSender<String>);

pub(crate) fn output() -> (Output, mpsc::UnboundedReceiver<String>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Output(sender), receiver)
}

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(String::from_utf8(bytes.to_vec()).unwrap()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
