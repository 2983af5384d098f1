//! The toy provider as the program that Terraform starts.

use std::error::Error;
use std::process::ExitCode;

use tfplugin_proto::{ServeOptions, logging, panic_hook, serve};
use tracing_subscriber::layer::SubscriberExt as _;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    panic_hook();
    let subscriber = tracing_subscriber::registry().with(logging::layer_for(&["landform_conformance"]));
    tracing::subscriber::set_global_default(subscriber)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let options = ServeOptions {
        provider_address: landform_conformance::ADDRESS.to_owned(),
        reattach: std::env::args().any(|argument| argument == "--reattach"),
    };
    let served = runtime.block_on(serve(landform_conformance::provider().into_service(), options));
    // Terraform waits for the end of the process, which must not wait for a call that hangs.
    runtime.shutdown_background();
    Ok(served?)
}
