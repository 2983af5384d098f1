//! The table, for people, for pages and for machines.

use std::fmt::Write;

use super::Outcome;

/// The columns.
const HEAD: [&str; 10] = [
    "fault",
    "at",
    "phase",
    "exit code",
    "converged",
    "duplicates",
    "orphans",
    "needless deletions",
    "calls",
    "without fault",
];

/// The rows with columns of equal width, each with its problems, and a last line with the sums.
pub fn text(outcomes: &[Outcome]) -> String {
    let rows: Vec<[String; 10]> = outcomes.iter().map(cells).collect();
    let mut widths = HEAD.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String; 10]| {
        let mut padded = String::new();
        for (number, (cell, width)) in cells.iter().zip(widths).enumerate() {
            // Words to the left, numbers to the right.
            let _ = if number < 3 {
                write!(padded, "{cell:<width$}  ")
            } else {
                write!(padded, "{cell:>width$}  ")
            };
        }
        padded.trim_end().to_owned() + "\n"
    };
    let mut text = line(&HEAD.map(str::to_owned));
    for (outcome, row) in outcomes.iter().zip(&rows) {
        text += &line(row);
        for problem in &outcome.problems {
            let _ = writeln!(text, "    BROKEN: {}", problem.replace('\n', "\n    "));
        }
    }
    text + &summary(outcomes)
}

/// The table of a page in Markdown.
pub fn markdown(outcomes: &[Outcome]) -> String {
    let line = |cells: &[String; 10]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&HEAD.map(str::to_owned)) + "|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n";
    for outcome in outcomes {
        text += &line(&cells(outcome));
    }
    format!("{text}\n{}", summary(outcomes))
}

/// The names of the cases in a table that [`markdown`] wrote.
pub fn names_in_markdown(page: &str) -> Vec<String> {
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .skip_while(|line| !line.starts_with("fault |"));
    rows.skip(1).map(|row| row.split(" | ").take(3).collect::<Vec<_>>().join(" | ")).collect()
}

/// One object for each case.
pub fn to_json(outcomes: &[Outcome]) -> serde_json::Value {
    let row = |outcome: &Outcome| {
        serde_json::json!({
            "fault": outcome.case.fault.to_string(),
            "at": outcome.case.on.to_string(),
            "phase": outcome.case.phase.to_string(),
            "exit_code": outcome.exit,
            "said": outcome.said,
            "converged": outcome.converged,
            "duplicates": outcome.duplicates,
            "orphans": outcome.orphans,
            "needless_deletions": outcome.needless_deletions,
            "calls": outcome.calls,
            "calls_without_fault": outcome.calls_without_fault,
            "seconds": (outcome.took.as_secs_f64() * 10.0).round() / 10.0,
            "problems": outcome.problems,
        })
    };
    serde_json::Value::Array(outcomes.iter().map(row).collect())
}

fn cells(outcome: &Outcome) -> [String; 10] {
    [
        outcome.case.fault.to_string(),
        outcome.case.on.to_string(),
        outcome.case.phase.to_string(),
        outcome.exit.to_string(),
        if outcome.converged { "yes" } else { "NO" }.to_owned(),
        outcome.duplicates.to_string(),
        outcome.orphans.to_string(),
        outcome.needless_deletions.to_string(),
        outcome.calls.to_string(),
        outcome.calls_without_fault.to_string(),
    ]
}

fn summary(outcomes: &[Outcome]) -> String {
    let sum = |part: fn(&Outcome) -> usize| outcomes.iter().map(part).sum::<usize>();
    format!(
        "{} cases: {} converged, {} duplicates, {} orphans, {} needless deletions, {} with a broken invariant\n",
        outcomes.len(),
        sum(|outcome| outcome.converged.into()),
        sum(|outcome| outcome.duplicates),
        sum(|outcome| outcome.orphans),
        sum(|outcome| outcome.needless_deletions),
        sum(|outcome| (!outcome.is_clean()).into()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::cases;

    #[test]
    fn a_table_names_its_cases_and_counts_what_is_broken() {
        let mut outcomes: Vec<Outcome> = cases().iter().map(|case| Outcome::new(*case)).collect();
        outcomes[0].problems.push("two VPCs".to_owned());
        outcomes[0].duplicates = 1;
        let names: Vec<String> = cases().iter().map(super::super::Case::name).collect();
        let table = markdown(&outcomes);
        assert_eq!(names_in_markdown(&format!("# Page\n\n| a | b | c |\n\n{table}")), names);
        let text = text(&outcomes);
        assert!(text.contains("    BROKEN: two VPCs\n"), "{text}");
        assert!(text.ends_with(
            "0 converged, 1 duplicates, 0 orphans, 0 needless deletions, 1 with a broken invariant\n"
        ));
        assert_eq!(to_json(&outcomes).as_array().map(Vec::len), Some(outcomes.len()));
    }
}
