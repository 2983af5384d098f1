//! Logs in the form that Terraform reads from a provider's standard error.
//!
//! Each event is one line of JSON as [go-hclog](https://github.com/hashicorp/go-hclog) writes it. Terraform shows the
//! lines when `TF_LOG` or `TF_LOG_PROVIDER` is set; see
//! [debugging](https://developer.hashicorp.com/terraform/internals/debugging).

mod level;
mod line;
mod panic;
mod timestamp;

use std::io::Write;
use std::sync::Mutex;

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Scope};

use level::Threshold;
pub use panic::panic_hook;

/// The layer of the Landform provider: [`layer_for`] its crates.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    layer_for(&["landform", "terraform_provider_landform"])
}

/// A layer that writes events to standard error, at the level that `TF_LOG_PROVIDER` or else `TF_LOG` asks for;
/// `info` when neither is set. Fields of the spans around an event are written with it.
///
/// `crates` are the beginnings of the names of the provider's own crates. Others are heard from `warn` on, whatever
/// the level: what HTTP and TLS libraries tell below that drowns everything else, and can hold credentials.
pub fn layer_for<S: Subscriber + for<'a> LookupSpan<'a>>(crates: &'static [&'static str]) -> impl Layer<S> {
    Lines::new(std::io::stderr(), Threshold::from_variables(crates, |name| std::env::var(name).ok()))
}

struct Lines<W> {
    output: Mutex<W>,
    threshold: Threshold,
}

impl<W: Write> Lines<W> {
    fn new(output: W, threshold: Threshold) -> Lines<W> {
        Lines { output: Mutex::new(output), threshold }
    }
}

impl<S, W> Layer<S> for Lines<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Write + Send + 'static,
{
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.threshold.admits(metadata)
    }

    fn max_level_hint(&self) -> Option<tracing::level_filters::LevelFilter> {
        Some(self.threshold.most_verbose())
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in context.event_scope(event).into_iter().flat_map(Scope::from_root) {
            if let Some(of_span) = span.extensions().get::<Fields>() {
                fields.0.extend(of_span.0.clone());
            }
        }
        event.record(&mut fields);
        let line = line::compose(event.metadata(), fields.0, &timestamp::now());
        // Nobody is left to tell when standard error is closed or a writer panicked.
        if let Ok(mut output) = self.output.lock() {
            let _ = output.write_all(&line);
        }
    }
}

/// The fields of one span or event.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    /// An error with all its causes, as nobody else prints them here.
    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let causes = std::iter::successors(Some(value), |error| error.source());
        let text = causes.map(ToString::to_string).collect::<Vec<_>>().join(": ");
        self.0.insert(field.name().to_owned(), text.into());
    }
}

#[cfg(test)]
mod tests;
