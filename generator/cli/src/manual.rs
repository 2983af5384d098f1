//! `landform completions` and `landform manual`: the command line as shells and `man` know it.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::output::print;

/// Prints a script that the shell reads.
#[allow(clippy::unnecessary_wraps, reason = "commands have one signature")]
pub(crate) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "landform", &mut script);
    print(String::from_utf8_lossy(&script).trim_end());
    Ok(ExitCode::SUCCESS)
}

/// Writes `landform.1`, `landform-generate.1`, `landform-provider-install.1` and so on, and makes the folder if need be.
pub(crate) fn pages(folder: &Path) -> Result<ExitCode, Failure> {
    let written = fs::create_dir_all(folder).and_then(|()| write(folder));
    written.map_err(|source| Failure::Manual { folder: folder.to_path_buf(), source })?;
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path) -> io::Result<()> {
    // `help` prints what the pages say.
    clap_mangen::generate_to(Arguments::command().disable_help_subcommand(true), folder)
}
