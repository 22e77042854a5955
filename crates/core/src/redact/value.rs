use std::ops::Range;

use super::characters::{ends_word, is_opening, is_quote, is_scheme};
use super::scan::Scan;

/// The value that belongs to a name.
pub(super) struct Value {
    /// The value, without its quotes.
    pub range: Range<usize>,
    /// Whether it stands in quotes or brackets.
    pub is_enclosed: bool,
}

impl Scan<'_> {
    /// The value from `start` on.
    pub(super) fn value(&self, start: usize, separator: usize) -> Value {
        let start = self.run_end(start, &char::is_whitespace);
        let first = self.at(start);
        if is_quote(first) {
            return Value {
                range: start + 1..self.closing_quote(start),
                is_enclosed: true,
            };
        }
        if is_opening(first) {
            return Value {
                range: start + 1..self.closing_bracket(start),
                is_enclosed: true,
            };
        }
        let depth = self.depth(separator);
        let end = |start: usize| {
            self.find(start, &|this, at| {
                let letter = this.at(at);
                let is_inside_word = is_quote(letter) && this.at(at + 1).is_ascii_alphanumeric();
                (letter == '&' || ends_word(letter)) && !is_inside_word && this.depth(at) <= depth
            })
        };
        let mut value_end = end(start);
        if is_scheme(&self.meant(start..value_end).to_ascii_lowercase()) {
            value_end = end(self.run_end(value_end, &char::is_whitespace));
        }
        Value {
            range: start..value_end,
            is_enclosed: false,
        }
    }

    /// Where the quote at `opening` is closed. A quote inside of the value is
    /// written in another way.
    fn closing_quote(&self, opening: usize) -> usize {
        self.find(opening + 1, &|this, at| this.is_same_quote(opening, at))
    }

    pub(super) fn is_same_quote(&self, opening: usize, at: usize) -> bool {
        self.at(at) == self.at(opening)
            && self.source(at).eq_ignore_ascii_case(self.source(opening))
    }

    fn closing_bracket(&self, opening: usize) -> usize {
        let mut depth = 0_usize;
        let mut at = opening;
        while at < self.letters().len() {
            match self.at(at) {
                letter if is_opening(letter) => depth += 1,
                letter if is_quote(letter) => at = self.closing_quote(at),
                '}' | ']' | ')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        at.min(self.letters().len())
    }
}
