//! The landform command.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | clean |
//! | 1 | the user's problem: a bad spec, a file in the way, a failed Terraform run |
//! | 2 | a bug of landform |
//! | 3 | `--check` found differences, or a plan has changes and `--fail-on-changes` is set, retired units are left, environments are not alike, or there are orphans |

mod affected;
mod arguments;
mod bootstrap;
mod demo;
mod explain;
mod failure;
mod findings;
mod generate;
mod graph;
mod import_tree;
mod init;
mod known;
mod manual;
mod orphans;
mod output;
mod parity;
mod plan_guard;
mod provider;
mod prune;
mod run;
mod schema;
mod source_tree;
mod spec_file;
mod table;
mod validate;

use std::panic::catch_unwind;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::{BUG, USERS_PROBLEM};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let is_help = !error.use_stderr();
            // Nobody is left to tell when the terminal is gone.
            let _ = error.print();
            return if is_help { ExitCode::SUCCESS } else { ExitCode::from(USERS_PROBLEM) };
        }
    };
    // The panic has printed its message by then; what is left is the exit code.
    catch_unwind(|| execute(arguments)).unwrap_or(ExitCode::from(BUG))
}

fn execute(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        Command::Init(arguments) => init::init(&arguments),
        Command::ImportTree(arguments) => import_tree::import_tree(&arguments),
        Command::Generate(arguments) => generate::generate(&arguments),
        Command::Validate(arguments) => validate::validate(&arguments),
        Command::Prune(arguments) => prune::prune(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Graph(arguments) => graph::graph(&arguments),
        Command::Affected(arguments) => affected::affected(&arguments),
        Command::Parity(arguments) => parity::parity(&arguments),
        Command::Schema => schema::schema(),
        Command::Completions { shell } => manual::completions(shell),
        Command::Manual { folder } => manual::pages(&folder),
        Command::PlanGuard(arguments) => plan_guard::plan_guard(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Orphans(arguments) => orphans::orphans(&arguments),
        Command::Bootstrap(arguments) => bootstrap::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Provider(arguments) => provider::run(&arguments),
    };
    result.unwrap_or_else(|failure| failure.report())
}
