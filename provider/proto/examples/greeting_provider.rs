//! A whole provider on the bare protocol: one data source, `greeting_text`, that makes a sentence of a name.
//!
//! Terraform starts it, or one starts it in reattach mode and gives Terraform the line it prints:
//!
//! ```sh
//! cargo run -p tfplugin-proto --example greeting_provider -- --reattach
//! ```

use std::process::ExitCode;
use std::time::Duration;

use tfplugin_proto::cty::{Type, Value, decode_msgpack, encode_msgpack};
use tfplugin_proto::wire::provider_server::Provider;
use tfplugin_proto::wire::{self, DynamicValue, schema};
use tfplugin_proto::{ServeError, ServeOptions, logging, panic_hook, serve};
use tonic::{Request, Response, Status};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> ExitCode {
    panic_hook();
    tracing_subscriber::registry().with(logging::layer_for(&["greeting"])).init();
    let options = ServeOptions {
        provider_address: "registry.terraform.io/example/greeting".to_owned(),
        reattach: std::env::args().any(|argument| argument == "--reattach"),
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: ServeOptions) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(ServeError::Listen)?;
    let served = runtime.block_on(serve(Greeting, options));
    // Terraform waits for the process to end.
    runtime.shutdown_timeout(Duration::ZERO);
    served
}

struct Greeting;

fn text_type() -> Type {
    Type::object([("name", Type::String), ("text", Type::String)])
}

/// What the data source answers to a configuration; Terraform has checked that a name is set.
fn greet(config: &DynamicValue) -> Result<DynamicValue, Status> {
    let invalid = |error: &dyn std::error::Error| Status::invalid_argument(error.to_string());
    let mut value = decode_msgpack(&config.msgpack, &text_type()).map_err(|error| invalid(&error))?;
    if let Value::Object(attributes) = &mut value
        && let Some(Value::String(name)) = attributes.get("name")
    {
        let text = format!("Hello, {name}!");
        attributes.insert("text".to_owned(), text.into());
    }
    let msgpack = encode_msgpack(&value, &text_type()).map_err(|error| invalid(&error))?;
    Ok(DynamicValue { msgpack, json: Vec::new() })
}

#[tonic::async_trait]
impl Provider for Greeting {
    async fn get_provider_schema(
        &self,
        _: Request<wire::get_provider_schema::Request>,
    ) -> Result<Response<wire::get_provider_schema::Response>, Status> {
        let string = |name: &str| schema::Attribute {
            name: name.to_owned(),
            r#type: Type::String.to_json(),
            ..schema::Attribute::default()
        };
        let attributes = vec![
            schema::Attribute { required: true, ..string("name") },
            schema::Attribute { computed: true, ..string("text") },
        ];
        let block = schema::Block { attributes, ..schema::Block::default() };
        let text = wire::Schema { version: 0, block: Some(block) };
        Ok(Response::new(wire::get_provider_schema::Response {
            provider: Some(wire::Schema { version: 0, block: Some(schema::Block::default()) }),
            data_source_schemas: [("greeting_text".to_owned(), text)].into(),
            ..wire::get_provider_schema::Response::default()
        }))
    }

    async fn validate_provider_config(
        &self,
        _: Request<wire::validate_provider_config::Request>,
    ) -> Result<Response<wire::validate_provider_config::Response>, Status> {
        Ok(Response::new(wire::validate_provider_config::Response::default()))
    }

    async fn configure_provider(
        &self,
        _: Request<wire::configure_provider::Request>,
    ) -> Result<Response<wire::configure_provider::Response>, Status> {
        Ok(Response::new(wire::configure_provider::Response::default()))
    }

    async fn validate_data_resource_config(
        &self,
        _: Request<wire::validate_data_resource_config::Request>,
    ) -> Result<Response<wire::validate_data_resource_config::Response>, Status> {
        Ok(Response::new(wire::validate_data_resource_config::Response::default()))
    }

    async fn read_data_source(
        &self,
        request: Request<wire::read_data_source::Request>,
    ) -> Result<Response<wire::read_data_source::Response>, Status> {
        tracing::info!("greeting");
        let state = greet(&request.into_inner().config.unwrap_or_default())?;
        Ok(Response::new(wire::read_data_source::Response {
            state: Some(state),
            ..wire::read_data_source::Response::default()
        }))
    }

    async fn stop_provider(
        &self,
        _: Request<wire::stop_provider::Request>,
    ) -> Result<Response<wire::stop_provider::Response>, Status> {
        Ok(Response::new(wire::stop_provider::Response::default()))
    }
}
