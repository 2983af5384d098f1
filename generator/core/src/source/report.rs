//! Problems as people see them.

use super::Format;
use super::node::{Node, Unreadable};
use super::place::Place;
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

/// The same form for a text that is not of its format.
pub(super) fn syntax(name: &str, text: &str, format: Format, error: &Unreadable) -> String {
    let mut report = format!("error: this is not {format}: {}\n", error.message);
    match error.place {
        Some(place) => report.push_str(&excerpt(name, text, place)),
        None => report.push_str(&format!("  --> {name}")),
    }
    if let Some(hint) = &error.hint {
        report.push_str(&format!("\n  help: {hint}"));
    }
    report
}

fn is_blank(text: &str, place: Place) -> bool {
    line(text, place).chars().nth(place.column.saturating_sub(1)).is_none_or(char::is_whitespace)
}

fn line(text: &str, place: Place) -> &str {
    text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default()
}

/// The longest piece of a line that is shown, in characters, and what of it comes before the place.
const LONGEST_LINE: usize = 160;
const BEFORE: usize = 60;

fn excerpt(name: &str, text: &str, place: Place) -> String {
    let whole = line(text, place);
    let (shown, column) = cropped(whole, place.column);
    let rest = shown.trim_end().chars().count().saturating_sub(column.saturating_sub(1));
    let carets = "^".repeat(place.length.min(rest).max(1));
    // A tab stays a tab, so that the caret stands below its character.
    let before: String =
        shown.chars().take(column.saturating_sub(1)).map(|c| if c == '\t' { c } else { ' ' }).collect();
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    format!(
        "{margin}--> {name}:{}:{}\n{margin} |\n{number} | {shown}\n{margin} | {before}{carets}",
        place.line, place.column
    )
}

/// The part of a long line around the column, and the column in that part. What is cut off shows as `…`.
fn cropped(line: &str, column: usize) -> (String, usize) {
    if line.chars().nth(LONGEST_LINE).is_none() {
        return (line.to_owned(), column);
    }
    let skipped = column.saturating_sub(BEFORE);
    let mut shown: String = line.chars().skip(skipped).take(LONGEST_LINE).collect();
    if line.chars().nth(skipped + LONGEST_LINE).is_some() {
        shown.push('…');
    }
    if skipped == 0 { (shown, column) } else { (format!("…{shown}"), column - skipped + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cropped_around_the_place() {
        let line = format!("{}HERE{}", "a".repeat(1000), "b".repeat(1000));
        let report = excerpt("x", &line, Place { line: 1, column: 1001, length: 4 });
        let lines: Vec<&str> = report.lines().collect();
        assert!(
            lines[2].len() < 200 && lines[2].starts_with("1 | …aaa") && lines[2].ends_with("bb…"),
            "{report}"
        );
        let at = lines[3].find('^').unwrap();
        assert_eq!(lines[2].chars().skip(at).take(4).collect::<String>(), "HERE");
        assert_eq!(lines[3].trim_start_matches([' ', '|']), "^^^^");
    }
}
