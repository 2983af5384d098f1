use std::io;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tracing_subscriber::layer::SubscriberExt;

use super::*;

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines that `log` makes at the level `TF_LOG` names.
fn lines(level: &str, log: impl FnOnce()) -> Vec<Value> {
    let captured = Captured::default();
    let threshold = Threshold::from_variables(&["own_"], |name| (name == "TF_LOG").then(|| level.to_owned()));
    let subscriber = tracing_subscriber::registry().with(Lines::new(captured.clone(), threshold));
    tracing::subscriber::with_default(subscriber, log);
    let bytes = captured.0.lock().unwrap().clone();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.lines().all(|line| line.len() < 64 << 10));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_event_carries_its_fields_and_those_of_its_spans() {
    let mut lines = lines("DEBUG", || {
        let span = tracing::info_span!("rpc", resource = "landform_vpc", attempt = tracing::field::Empty);
        span.record("attempt", 2);
        let _entered = span.enter();
        tracing::info_span!("step", step = "subnet").in_scope(|| {
            tracing::warn!(ready = false, elapsed = 1.5, "still waiting for {}", "it");
        });
    });
    let time = lines[0].as_object_mut().unwrap().remove("@timestamp").unwrap();
    let time = time.as_str().unwrap();
    assert_eq!((time.len(), &time[19..20], &time[26..]), (27, ".", "Z"));
    let expected = json!({
        "@level": "warn",
        "@message": "still waiting for it",
        "@module": "tfplugin_proto.logging.tests",
        "attempt": 2,
        "elapsed": 1.5,
        "ready": false,
        "resource": "landform_vpc",
        "step": "subnet",
    });
    assert_eq!(lines, [expected]);
}

#[test]
fn less_than_the_level_is_not_written() {
    let written = lines("INFO", || {
        tracing::debug!("no");
        tracing::info!("yes");
    });
    assert_eq!(written.len(), 1);
    assert!(lines("OFF", || tracing::error!("no")).is_empty());
}

#[test]
fn other_crates_are_heard_only_when_they_warn() {
    let written = lines("TRACE", || {
        tracing::trace!(target: "own_crate::module", "own");
        tracing::info!(target: "h2::codec", "secret");
        tracing::warn!(target: "h2::codec", "warning");
    });
    let messages: Vec<&Value> = written.iter().map(|line| &line["@message"]).collect();
    assert_eq!(messages, ["own", "warning"]);
}

#[test]
fn no_field_takes_the_place_of_what_terraform_needs() {
    let written = lines("INFO", || tracing::info!(message = 3, "@level" = 4, "@timestamp" = true));
    assert_eq!(written[0]["@level"], "info");
    assert_eq!(written[0]["@message"], "3");
    assert!(written[0]["@timestamp"].is_string());
}

#[test]
fn a_long_line_is_shortened_and_still_read() {
    let long = "\u{1}é".repeat(50_000);
    let written = lines("INFO", || tracing::info!(detail = long.as_str(), "{long}"));
    assert_eq!(written[0]["shortened"], true);
    let message = written[0]["@message"].as_str().unwrap();
    assert!(message.len() > 9_000 && long.starts_with(message));
}

#[test]
fn an_error_is_written_with_its_causes() {
    let error = crate::ServeError::Listen(io::Error::other("no space"));
    let written = lines("INFO", || tracing::error!(error = &error as &dyn std::error::Error, "failed"));
    assert_eq!(written[0]["error"], "nothing to listen on for the connection from Terraform: no space");
}
