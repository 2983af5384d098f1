//! The fault table as a command.

use std::error::Error;

use landform_test_support::faults::{Case, Outcome, cases, markdown, run_all, text, to_json};
use landform_test_support::scenario::TestBed;

/// Cases at once. Most of a case is waiting for processes to start, and some wait for timeouts.
const WORKERS: usize = 4;

/// Runs the table and prints it.
pub(crate) fn command(words: &[&str]) -> Result<(), Box<dyn Error>> {
    let (mut only, mut json, mut page) = ("", false, false);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            "--json" => json = true,
            "--markdown" => page = true,
            "--only" => only = rest.next().ok_or("--only needs a text")?,
            other => return Err(format!("unknown argument `{other}`\n\n{}", super::USAGE).into()),
        }
    }
    TestBed::build_provider()?;
    let chosen: Vec<Case> = cases().into_iter().filter(|case| case.name().contains(only)).collect();
    let outcomes = run_all(&chosen, WORKERS, &|outcome| {
        let state = if outcome.is_clean() { "ok" } else { "BROKEN" };
        eprintln!("{state:<6} {:>5.1} s  {}", outcome.took.as_secs_f64(), outcome.case.name());
        for problem in &outcome.problems {
            eprintln!("       {}", problem.replace('\n', "\n       "));
        }
    });
    match (json, page) {
        (true, _) => println!("{}", to_json(&outcomes)),
        (_, true) => print!("{}", markdown(&outcomes)),
        _ => print!("{}", text(&outcomes)),
    }
    verdict(&outcomes)
}

fn verdict(outcomes: &[Outcome]) -> Result<(), Box<dyn Error>> {
    if outcomes.is_empty() {
        return Err("no case has such a name".into());
    }
    match outcomes.iter().filter(|outcome| !outcome.is_clean()).count() {
        0 => Ok(()),
        broken => Err(format!("{broken} of {} cases broke an invariant", outcomes.len()).into()),
    }
}
