use std::sync::Arc;

use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::{Signature, SigningKey, VerifyingKey};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::sign::{CertifiedKey, Signer};
use rustls::{SignatureAlgorithm, SignatureScheme};

/// A certificate with the properties of those that Terraform makes: ECDSA on P-521 with SHA-512, and a certificate
/// authority. Only the form is used: each client puts its own key in, so that no private key is kept here.
const FORM: &[u8] = include_bytes!("../data/terraform-client.pem");

/// A client's key, and the certificate for it.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    key: Arc<Key>,
    certificate: CertificateDer<'static>,
}

impl Client {
    /// Different seeds make different keys.
    pub(crate) fn with_seed(seed: u8) -> Client {
        // The order of the curve begins with 0x01ff, so a number that begins with zero is below it.
        let mut secret = [seed; 66];
        secret[0] = 0;
        let key = SigningKey::from_slice(&secret).unwrap();
        let mut der = CertificateDer::from_pem_slice(FORM).unwrap().to_vec();
        let public = VerifyingKey::from(&key).to_encoded_point(false);
        // The public key is a bit string of 0x86 bytes: no unused bits, then an uncompressed point.
        let header = [0x03, 0x81, 0x86, 0x00, 0x04];
        let at = der.windows(header.len()).position(|bytes| bytes == header).unwrap() + 4;
        der[at..at + 133].copy_from_slice(public.as_bytes());
        Client { key: Arc::new(Key(key)), certificate: der.into() }
    }

    /// As in `PLUGIN_CLIENT_CERT`.
    pub(crate) fn pem(&self) -> String {
        use base64::Engine;
        let body = base64::engine::general_purpose::STANDARD.encode(&self.certificate);
        let lines: Vec<&str> =
            body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
    }

    pub(crate) fn certified_key(&self) -> CertifiedKey {
        CertifiedKey::new(vec![self.certificate.clone()], self.key.clone())
    }

    /// Shows this client's certificate, but signs with the key of `other`.
    pub(crate) fn signing_with(&self, other: &Client) -> Client {
        Client { key: other.key.clone(), certificate: self.certificate.clone() }
    }
}

#[derive(Clone)]
struct Key(SigningKey);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl rustls::sign::SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&SignatureScheme::ECDSA_NISTP521_SHA512)
            .then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let signature: Signature = self.0.sign(message);
        Ok(signature.to_der().as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP521_SHA512
    }
}
