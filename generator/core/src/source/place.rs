//! From offsets in a text to lines and columns.

use std::ops::Range;

/// Line and column from 1, and a length, all in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) length: usize,
}

/// Finds the places of offsets. It goes on from the last one, so that a text on one long line takes no longer.
pub(super) struct Ruler<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let line_starts = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, line_starts, offset: 0, line: 1, column: 1 }
    }

    /// The place of these bytes.
    pub(super) fn place(&mut self, range: Range<usize>) -> Place {
        let start = self.boundary(range.start);
        let line = self.line_starts.partition_point(|line_start| *line_start <= start).max(1);
        let line_start = self.line_starts[line - 1];
        let (from, column) = if self.line == line && self.offset <= start {
            (self.offset, self.column)
        } else {
            (line_start, 1)
        };
        let column = column + self.text[from..start].chars().count();
        (self.offset, self.line, self.column) = (start, line, column);
        // A value over many lines is marked on its first one.
        let line_end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = self.boundary(range.end.min(line_end)).max(start);
        // Carets are few: nobody reads more, and a text on one long line is measured once per value.
        Place { line, column, length: self.text[start..end].chars().take(MOST_CARETS).count() }
    }

    fn boundary(&self, offset: usize) -> usize {
        (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }
}

/// The longest mark below a line.
const MOST_CARETS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_may_go_back() {
        let text = "é = 1\r\n  b = \"x\ny\"\n";
        let mut ruler = Ruler::new(text);
        let at = |part: &str| text.find(part).unwrap();
        let place = |line, column, length| Place { line, column, length };
        assert_eq!(ruler.place(at("1")..at("1") + 1), place(1, 5, 1));
        assert_eq!(ruler.place(at("b")..at("b") + 1), place(2, 3, 1));
        assert_eq!(ruler.place(at("\"x")..at("y") + 2), place(2, 7, 2), "only the first line is marked");
        assert_eq!(ruler.place(0..2), place(1, 1, 1));
        assert_eq!(ruler.place(1..2).column, 1, "inside of a character");
        assert_eq!(ruler.place(text.len()..text.len() + 9), place(4, 1, 0));
    }
}
