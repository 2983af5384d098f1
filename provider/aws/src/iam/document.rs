//! Policy documents as IAM answers them: percent-encoded ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)).

use landform_model::PolicyJson;

/// The document; none for one that is no policy.
pub(super) fn read(encoded: &str) -> Option<PolicyJson> {
    decode(encoded)?.parse().ok()
}

fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_decoded_and_parsed() {
        let policy =
            r#"{"Statement":[{"Action":"*","Effect":"Deny","Resource":"*"}],"Version":"2012-10-17"}"#;
        let encoded: String = policy.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for text in [encoded.as_str(), policy] {
            assert_eq!(read(text).unwrap().as_str(), policy);
        }
        for bad in ["", "%7", "%zz", "not a policy", "%FF"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
