//! Problems as people see them.

use super::node::{Node, Place};
use crate::problem::Problem;

/// Message, place, line, caret, related places and hint.
pub(super) fn problem(name: &str, text: &str, root: &Node, problem: &Problem) -> String {
    let place = place(text, root, problem);
    let mut report = format!("error: {}\n{}", problem.message, excerpt(name, text, place));
    for (at, words) in &problem.related {
        let (_, place) = root.locate(at);
        report.push_str(&format!("\n  note: {name}:{}:{}: {words}", place.line, place.column));
    }
    if let Some(hint) = &problem.hint {
        report.push_str(&format!("\n  help: {hint}"));
    }
    report
}

/// Where the problem is shown.
pub(super) fn place(text: &str, root: &Node, problem: &Problem) -> Place {
    let (key, value) = root.locate(&problem.at);
    let place = if problem.at_key { key.unwrap_or(value) } else { value };
    // The value of a key without one stands nowhere; its key does.
    if place.length == 0 || is_blank(text, place) { key.unwrap_or(place) } else { place }
}

/// The same form for a text that is not YAML.
pub(super) fn syntax(name: &str, text: &str, error: &serde_saphyr::Error) -> String {
    let message = error.without_snippet().to_string();
    // The message repeats the place that the next line gives.
    let message = message.split(" at line ").next().unwrap_or(&message);
    // Nor does it help people to hear of the parser's options.
    let message = message.split(", set DuplicateKeyPolicy").next().unwrap_or(message);
    match error.location() {
        Some(location) => format!("error: {message}\n{}", excerpt(name, text, location.into())),
        None => format!("error: {message}\n  --> {name}"),
    }
}

fn is_blank(text: &str, place: Place) -> bool {
    line(text, place).chars().nth(place.column.saturating_sub(1)).is_none_or(char::is_whitespace)
}

fn line(text: &str, place: Place) -> &str {
    text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default()
}

fn excerpt(name: &str, text: &str, place: Place) -> String {
    let shown = line(text, place);
    let rest = shown.trim_end().chars().count().saturating_sub(place.column.saturating_sub(1));
    let carets = "^".repeat(place.length.min(rest).max(1));
    // A tab stays a tab, so that the caret stands below its character.
    let before: String =
        shown.chars().take(place.column.saturating_sub(1)).map(|c| if c == '\t' { c } else { ' ' }).collect();
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    format!(
        "{margin}--> {name}:{}:{}\n{margin} |\n{number} | {shown}\n{margin} | {before}{carets}",
        place.line, place.column
    )
}
