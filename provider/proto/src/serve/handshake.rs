use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Version of go-plugin's own handshake, and of Terraform's protocol. Terraform tells which protocols it speaks, but
/// there is only one to choose from here; a Terraform that lacks it says so best itself.
const CORE_VERSION: u8 = 1;
const PROTOCOL_VERSION: u8 = 6;

/// Where the server listens, in go-plugin's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) network: &'static str,
    pub(super) text: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}", self.network, self.text)
    }
}

/// The line that tells Terraform where to connect, and which certificate (DER) to expect there.
pub(super) fn line(address: &Address, certificate: Option<&[u8]>) -> String {
    let certificate = certificate.map(|der| STANDARD_NO_PAD.encode(der)).unwrap_or_default();
    format!("{CORE_VERSION}|{PROTOCOL_VERSION}|{address}|grpc|{certificate}")
}

/// The line for a person to put into the environment of Terraform.
pub(super) fn reattach_line(provider_address: &str, address: &Address) -> String {
    let provider = serde_json::json!({
        "Protocol": "grpc",
        "ProtocolVersion": PROTOCOL_VERSION,
        "Pid": std::process::id(),
        // Terraform must not kill a process it did not start.
        "Test": true,
        "Addr": {"Network": address.network, "String": address.text},
    });
    let providers = serde_json::json!({ provider_address: provider }).to_string();
    // Within single quotes the shell takes everything but a single quote as it is.
    format!("TF_REATTACH_PROVIDERS='{}'", providers.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn socket() -> Address {
        Address { network: "unix", text: "/tmp/a/provider".to_owned() }
    }

    #[test]
    fn the_line_has_six_fields() {
        assert_eq!(line(&socket(), None), "1|6|unix|/tmp/a/provider|grpc|");
        assert_eq!(line(&socket(), Some(b"\xff\xff\xff\xff")), "1|6|unix|/tmp/a/provider|grpc|/////w");
    }

    #[test]
    fn the_reattach_line_is_an_assignment_in_shell() {
        let expected = format!(
            r#"TF_REATTACH_PROVIDERS='{{"registry.terraform.io/a/b":{{"Addr":{{"Network":"unix","String":"/tmp/a/provider"}},"Pid":{},"Protocol":"grpc","ProtocolVersion":6,"Test":true}}}}'"#,
            std::process::id()
        );
        assert_eq!(reattach_line("registry.terraform.io/a/b", &socket()), expected);
    }
}
