//! `landform provider`: the provider as people install it.
//!
//! [`install`] and [`package`] are the commands; the other modules are what they are made of.

mod archive;
mod arguments;
mod bill;
mod build;
mod checksums;
mod configuration;
mod date;
mod failure;
mod install;
mod mirror;
mod package;
mod place;
mod platform;
mod release;

use std::process::ExitCode;

pub(crate) use arguments::Arguments;
use arguments::Command;
pub(crate) use failure::Failure;

/// Installs or packages.
///
/// # Errors
/// When the provider does not build, or a file cannot be read or written.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, crate::failure::Failure> {
    match &arguments.command {
        Command::Install(arguments) => install::install(arguments)?,
        Command::Package(arguments) => package::package(arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}
