use serde_json::{Map, Value};
use tracing::{Level, Metadata};

/// Terraform does not parse a line of 64 KiB or more.
const MAX_LINE: usize = 64 << 10;

/// Bytes kept of a message whose line is too long. Each can become six characters in JSON.
const MAX_MESSAGE: usize = 10_000;

/// One event as a line of JSON, with its line feed. Terraform panics unless the level, the message and the time are
/// strings, so no field can take their place.
pub(super) fn compose(metadata: &Metadata<'_>, mut fields: Map<String, Value>, timestamp: &str) -> Vec<u8> {
    let message = match fields.remove("message") {
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let level = match *metadata.level() {
        Level::TRACE => "trace",
        Level::DEBUG => "debug",
        Level::INFO => "info",
        Level::WARN => "warn",
        Level::ERROR => "error",
    };
    let module = metadata.target().replace("::", ".");
    let line = |message: &str, mut fields: Map<String, Value>| {
        let reserved =
            [("@level", level), ("@message", message), ("@module", &module), ("@timestamp", timestamp)];
        for (name, text) in reserved {
            fields.insert(name.to_owned(), text.into());
        }
        let mut line = Value::Object(fields).to_string().into_bytes();
        line.push(b'\n');
        line
    };
    let whole = line(&message, fields);
    if whole.len() < MAX_LINE {
        return whole;
    }
    let shortened = Map::from_iter([("shortened".to_owned(), Value::Bool(true))]);
    line(&message[..message.floor_char_boundary(MAX_MESSAGE)], shortened)
}
