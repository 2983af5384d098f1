//! The provider binary that Terraform starts: environment in, ports to AWS, registry, serve.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod arguments;
mod inventory;
mod settings;

use arguments::Start;
use landform_aws::AwsCloud;
use landform_cloud::Cloud;
use std::error::Error;
use std::iter::successors;
use std::process::ExitCode;
use std::sync::Arc;
use tfplugin_proto::{ServeError, ServeOptions};
use tracing_subscriber::layer::SubscriberExt as _;

/// Where the registry has this provider; only reattaching needs it.
const ADDRESS: &str = "registry.terraform.io/landform/landform";

fn main() -> ExitCode {
    match arguments::read(std::env::args().skip(1)) {
        Ok(Start::Serve { reattach }) => match serve(reattach) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&chain(error.as_ref())),
        },
        Ok(Start::Inventory) => match inventory::answer(std::io::stdin().lock(), std::io::stdout().lock()) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => fail(&chain(error.as_ref())),
        },
        // Standard output otherwise belongs to the handshake.
        #[expect(clippy::print_stdout, reason = "it is what was asked for")]
        Ok(Start::ShowVersion) => {
            println!("terraform-provider-landform {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn serve(reattach: bool) -> Result<(), Box<dyn Error>> {
    tfplugin_proto::panic_hook();
    // The only subscriber of the process: it fails where one is set already, which is nowhere.
    tracing::subscriber::set_global_default(
        tracing_subscriber::registry().with(tfplugin_proto::logging::layer()),
    )?;
    // Two threads: a plan waits for AWS, it does not compute.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let provider = landform_resources::provider(|configuration| {
        Ok(Arc::new(AwsCloud::new(settings::of(configuration)?)) as Arc<dyn Cloud>)
    });
    let options = ServeOptions { provider_address: ADDRESS.to_owned(), reattach };
    let served: Result<(), ServeError> =
        runtime.block_on(tfplugin_proto::serve(provider.into_service(), options));
    // Terraform waits for the end of the process: a call that still runs must not hold it up.
    runtime.shutdown_background();
    Ok(served?)
}

/// The error and everything beneath it.
fn chain(error: &(dyn Error + 'static)) -> String {
    successors(Some(error), |&error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
