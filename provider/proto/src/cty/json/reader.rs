use std::borrow::Cow;

use super::super::MAX_DEPTH;
use super::super::error::{Located, wrong};

/// Reads JSON token by token. A reader of our own because numbers must keep every digit, and nesting its own limit.
#[derive(Clone)]
pub(in crate::cty) struct Reader<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Reader<'a> {
    pub(in crate::cty) fn new(bytes: &'a [u8]) -> Result<Reader<'a>, Located> {
        let text = std::str::from_utf8(bytes).map_err(|_| wrong("the text is not valid UTF-8"))?;
        Ok(Reader { text, position: 0 })
    }

    /// The first byte of the next token, or an error at the end of the text.
    pub(in crate::cty) fn peek(&mut self) -> Result<u8, Located> {
        self.skip_space();
        self.rest().first().copied().ok_or_else(|| wrong("the JSON text is cut short"))
    }

    pub(in crate::cty) fn end(&mut self) -> Result<(), Located> {
        self.skip_space();
        if self.rest().is_empty() { Ok(()) } else { Err(self.unexpected("the end of the text")) }
    }

    /// Reads `word` if it comes next.
    pub(in crate::cty) fn word(&mut self, word: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(word.as_bytes());
        if found {
            self.position += word.len();
        }
        found
    }

    pub(in crate::cty) fn expect(&mut self, word: &str) -> Result<(), Located> {
        if self.word(word) { Ok(()) } else { Err(self.unexpected(word)) }
    }

    /// Reads `close`, or the comma before the next element: `while reader.more("]", &mut first)? { … }`.
    pub(in crate::cty) fn more(&mut self, close: &str, first: &mut bool) -> Result<bool, Located> {
        if self.word(close) {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(",")?;
        }
        Ok(true)
    }

    pub(in crate::cty) fn key(&mut self) -> Result<Cow<'a, str>, Located> {
        let key = self.string()?;
        self.expect(":")?;
        Ok(key)
    }

    pub(in crate::cty) fn string(&mut self) -> Result<Cow<'a, str>, Located> {
        let literal = self.string_literal()?;
        let inner = &literal[1..literal.len() - 1];
        if inner.bytes().all(|byte| byte >= 0x20 && byte != b'\\') {
            return Ok(Cow::Borrowed(inner));
        }
        serde_json::from_str(literal).map(Cow::Owned).map_err(|_| wrong("malformed JSON string"))
    }

    /// The text of a number, checked against JSON's grammar.
    pub(in crate::cty) fn number(&mut self) -> Result<&'a str, Located> {
        self.skip_space();
        let length = self
            .rest()
            .iter()
            .take_while(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'));
        let literal = &self.text[self.position..self.position + length.count()];
        let unsigned = literal.strip_prefix('-').unwrap_or(literal);
        let digits_end =
            |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mut end = digits_end(unsigned);
        let mut valid = end == 1 || (end > 1 && !unsigned.starts_with('0'));
        if let Some(fraction) = unsigned[end..].strip_prefix('.') {
            valid &= digits_end(fraction) > 0;
            end += 1 + digits_end(fraction);
        }
        if let Some(exponent) = unsigned[end..].strip_prefix(['e', 'E']) {
            let sign = usize::from(exponent.starts_with(['+', '-']));
            valid &= digits_end(&exponent[sign..]) > 0;
            end += 1 + sign + digits_end(&exponent[sign..]);
        }
        if !valid || end != unsigned.len() {
            return Err(self.unexpected("a number"));
        }
        self.position += literal.len();
        Ok(literal)
    }

    /// Passes over the next value whatever it is.
    pub(in crate::cty) fn skip(&mut self, depth: usize) -> Result<(), Located> {
        if depth > MAX_DEPTH {
            return Err(wrong(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        let mut first = true;
        match self.peek()? {
            b'"' => drop(self.string()?),
            b'[' => {
                self.expect("[")?;
                while self.more("]", &mut first)? {
                    self.skip(depth + 1)?;
                }
            }
            b'{' => {
                self.expect("{")?;
                while self.more("}", &mut first)? {
                    self.key()?;
                    self.skip(depth + 1)?;
                }
            }
            _ if self.word("null") || self.word("true") || self.word("false") => {}
            _ => drop(self.number()?),
        }
        Ok(())
    }

    pub(in crate::cty) fn unexpected(&self, wanted: &str) -> Located {
        wrong(format!("malformed JSON at byte {}: {wanted} is expected", self.position))
    }

    fn string_literal(&mut self) -> Result<&'a str, Located> {
        self.skip_space();
        let rest = self.rest();
        if rest.first() != Some(&b'"') {
            return Err(self.unexpected("a string"));
        }
        let mut length = 1;
        loop {
            match rest.get(length) {
                None => return Err(wrong("the JSON text is cut short")),
                Some(b'"') => break,
                Some(b'\\') => length += 2,
                Some(_) => length += 1,
            }
        }
        let literal = &self.text[self.position..=self.position + length];
        self.position += literal.len();
        Ok(literal)
    }

    fn skip_space(&mut self) {
        let space =
            self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.position += space;
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.position..]
    }
}
