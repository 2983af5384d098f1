//! What a person sees while the demo works and when it is over.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use landform_sandbox::aws::Client;

use super::Failure;
use super::stop::Stop;
use crate::output::print;
use crate::table::table;

/// The steps so far. On a terminal the step at work has a spinner; elsewhere each step is a line at its begin and end.
pub(super) struct Report {
    begin: Instant,
    steps: Vec<Step>,
    client: Option<Arc<Client>>,
    stop: Stop,
}

struct Step {
    title: String,
    took: Duration,
    calls: Option<Calls>,
}

/// Calls to EC2: all, and those that change something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Calls {
    all: u64,
    changing: u64,
}

/// Says what a step is doing right now.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Replaces the words beside the spinner; silent where there is no terminal.
    pub(super) fn now(&self, words: &str) {
        self.0.set_message(words.trim().chars().take(70).collect::<String>());
    }

    /// A line that stays.
    pub(super) fn note(&self, line: &str) {
        let line = format!("        {line}");
        if self.0.is_hidden() {
            anstream::eprintln!("{line}");
        } else {
            self.0.println(line);
        }
    }
}

impl Report {
    /// No step begins once `stop` is requested.
    pub(super) fn new(stop: Stop) -> Self {
        Report { begin: Instant::now(), steps: Vec::new(), client: None, stop }
    }

    /// From here on the calls to the emulator are counted.
    pub(super) fn count_calls_of(&mut self, client: &Arc<Client>) {
        self.client = Some(Arc::clone(client));
    }

    /// Does one step and counts the calls to EC2 that it makes.
    pub(super) fn step<T>(
        &mut self,
        title: &str,
        work: impl FnOnce(&Progress) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.stop.check()?;
        if let Some(client) = &self.client {
            client.take_call_counts()?;
        }
        let progress = Progress(spinner(title));
        let begin = Instant::now();
        // What was interrupted ends with an error of its own, which is not the reason.
        let outcome = work(&progress).or_else(|failure| self.stop.check().and(Err(failure)));
        progress.0.finish_and_clear();
        let took = begin.elapsed();
        let calls = match &self.client {
            Some(client) if outcome.is_ok() => Some(Calls::of(&client.take_call_counts()?)),
            _ => None,
        };
        let mark = if outcome.is_ok() { "ok" } else { "FAILED" };
        let count = calls.filter(|calls| calls.all > 0).map_or_else(String::new, |calls| calls.to_string());
        let line = format!("{mark:>6}  {title:<58} {:>6.1} s  {count}", took.as_secs_f64());
        anstream::eprintln!("{}", line.trim_end());
        self.steps.push(Step { title: title.to_owned(), took, calls });
        outcome
    }

    /// A heading over the next steps.
    pub(super) fn chapter(&self, title: &str) {
        anstream::eprintln!("\n{title}");
    }

    /// Text that belongs to the result: goes to standard output.
    pub(super) fn show(&self, text: &str) {
        print(text);
    }

    /// Every step with its time and calls.
    pub(super) fn summary(&self) -> String {
        let mut rows = vec![["step", "seconds", "EC2 calls", "changes"].map(str::to_owned).to_vec()];
        let mut total = Calls::default();
        for step in &self.steps {
            let calls = step.calls.unwrap_or_default();
            total = Calls { all: total.all + calls.all, changing: total.changing + calls.changing };
            rows.push(row(&step.title, step.took, calls));
        }
        rows.push(row("in all", self.begin.elapsed(), total));
        table(&rows, 1)
    }
}

fn row(title: &str, took: Duration, calls: Calls) -> Vec<String> {
    let number = |count: u64| if count == 0 { String::new() } else { count.to_string() };
    vec![title.to_owned(), format!("{:.1}", took.as_secs_f64()), number(calls.all), number(calls.changing)]
}

impl Calls {
    fn of(counts: &BTreeMap<String, u64>) -> Self {
        let mut calls = Calls::default();
        for (name, count) in counts {
            if let Some(action) = name.strip_prefix("ec2:") {
                calls.all += count;
                if !action.starts_with("Describe") && !action.starts_with("Get") {
                    calls.changing += count;
                }
            }
        }
        calls
    }
}

impl std::fmt::Display for Calls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} EC2 calls, {} changes", self.all, self.changing)
    }
}

fn spinner(title: &str) -> ProgressBar {
    if !stderr().is_terminal() {
        anstream::eprintln!("   ...  {title}");
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    // The template is a constant; the style without it would do as well.
    if let Ok(style) = ProgressStyle::with_template("  {spinner}     {prefix} ({elapsed}) {msg:.dim}") {
        bar.set_style(style);
    }
    bar.set_prefix(title.to_owned());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_to_ec2_count_and_reads_are_no_changes() {
        let counts = [("ec2:DescribeVpcs", 3), ("ec2:CreateVpc", 1), ("s3:PUT", 9)];
        let counts = counts.map(|(name, count)| (name.to_owned(), count)).into();
        assert_eq!(Calls::of(&counts), Calls { all: 4, changing: 1 });
    }

    #[test]
    fn the_summary_has_a_line_per_step_and_a_sum() {
        let mut report = Report::new(Stop::default());
        report.step("one", |_| Ok(())).unwrap();
        report.step("two", |_| Err::<(), _>(Failure::Stopped)).unwrap_err();
        let summary = report.summary();
        let first_words: Vec<_> = summary.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(first_words, ["step", "one", "two", "in"]);
    }
}
