//! A local sandbox: Terraform, the provider and an AWS emulator, with nothing installed outside `target/`.
//!
//! ```no_run
//! use landform_sandbox::{CliConfig, Emulator, Profile, ProviderBuild, Terraform, Toolchain};
//!
//! # fn main() -> Result<(), landform_sandbox::Error> {
//! let workspace = std::path::Path::new(".");
//! let toolchain = Toolchain::prepare(workspace, &|line| eprintln!("{line}"))?;
//! let emulator = Emulator::start(&toolchain)?;
//! let provider = ProviderBuild::new(workspace, Profile::Release).build(&|line| eprintln!("{line}"), &|_| ())?;
//! let cli_config = CliConfig::write(&workspace.join("target/sandbox"), &provider)?;
//! let terraform = Terraform::new(&toolchain, &cli_config, "my-configuration", emulator.environment());
//! terraform.run(&["init"])?.success()?;
//! # Ok(())
//! # }
//! ```
//!
//! Terraform alone, for another provider: [`TerraformProgram`] and [`LocalProvider`].
//!
//! Nothing here can reach real AWS: [`aws::Client`] refuses every address that is not this machine, and
//! [`Terraform`] removes the caller's AWS settings from the environment it hands on.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod aws;
mod cli_config;
mod emulator;
mod error;
mod hash;
mod leftovers;
mod process_group;
mod provider_build;
mod terraform;
mod toolchain;

pub use cli_config::{CliConfig, LocalProvider};
pub use emulator::{Emulator, environment_for};
pub use error::Error;
pub use provider_build::{Profile, ProviderBuild};
pub use terraform::{Killer, Output, Running, Source, Terraform};
pub use toolchain::{Flavour, GoProgram, TerraformProgram, Toolchain, check_jsonschema, zizmor};
