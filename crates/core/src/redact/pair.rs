use super::characters::{is_in_token68, is_lower_case, is_scheme, is_word};
use super::names::{Naming, naming, plain};
use super::scan::Scan;
use super::shapes::is_random;
use super::value::Value;

/// A name that is followed by `=` or `:`.
pub(super) struct Pair<'a> {
    /// The name, in the form of [`plain`].
    pub name: &'a str,
    pub naming: Naming,
    /// The place of `=` or `:`.
    pub separator: usize,
    /// Where the value can begin.
    pub start: usize,
    /// Whether a value follows for certain: after `=` or in brackets.
    pub is_certain: bool,
    /// Whether the name stands in quotes.
    pub is_quoted: bool,
    /// The quote before the name, if it encloses the pair.
    pub opening: Option<usize>,
}

impl Pair<'_> {
    /// Whether this can be a header whose name ends like this.
    pub fn is_header(&self, ending: &str) -> bool {
        !self.is_certain && self.name.ends_with(ending)
    }
}

impl Scan<'_> {
    /// Hides the value of a pair if it is a secret.
    pub(super) fn read_pair(&mut self, pair: &Pair<'_>) {
        let is_value = matches!(pair.name, "value" | "content");
        if pair.naming == Naming::Harmless && !is_value {
            return;
        }
        let value = self.value(pair.start, pair.separator);
        let words = self.meant(value.range.clone());
        if is_value {
            if self.is_named || self.is_in_tag {
                self.is_named = false;
                self.hide(value.range);
            } else {
                self.value = value.range;
            }
        } else if pair.name == "key" && is_name_of_secret(&words) {
            // `"key":"access_token","value":"…"`: read on.
        } else if pair.is_header("authorization") && !value.is_enclosed {
            self.hide_credentials(pair, value.range.start);
        } else if pair.is_header("cookie") && !value.is_enclosed && words.contains('=') {
            self.hide_line(pair, value.range.start);
        } else if self.is_secret(pair, &value) && !is_harmless(pair, &words) {
            self.hide(value.range);
        }
    }

    fn is_secret(&self, pair: &Pair<'_>, value: &Value) -> bool {
        pair.naming == Naming::Secret
            || pair.is_certain
            || if value.is_enclosed {
                pair.is_quoted
            } else {
                self.is_random_value(value.range.start)
            }
    }

    /// Whether a value after a colon is random, and does not name the part of a
    /// program that goes on to say what is wrong, as in `token: http2: no`.
    fn is_random_value(&self, start: usize) -> bool {
        let end = self.run_end(start, &is_in_token68);
        self.at(end) != ':' && is_random(&self.meant(start..end))
    }

    /// Hides the credentials of a header. They can have several words (RFC 9110
    /// §11.4). Two words in small letters are a sentence.
    fn hide_credentials(&mut self, pair: &Pair<'_>, start: usize) {
        let end = self.run_end(start, &|letter| !letter.is_whitespace());
        let first = self.meant(start..end);
        let second = self.run_end(end, &char::is_whitespace);
        let second = self.meant(second..self.run_end(second, &is_word));
        let is_sentence = is_lower_case(&first) && is_lower_case(&second) && !is_scheme(&first);
        if !is_sentence && first != "…" {
            self.hide_line(pair, start);
        }
    }

    /// Hides the value of a header to the end of the line, or of the quote in
    /// which the header stands.
    fn hide_line(&mut self, pair: &Pair<'_>, start: usize) {
        let end = self.find(start, &|this, at| {
            matches!(this.at(at), '\n' | '\r')
                || (pair.opening).is_some_and(|opening| this.is_same_quote(opening, at))
        });
        self.hide(start..end);
    }
}

/// Whether a value says that there is none, or is the number of an error.
fn is_harmless(pair: &Pair<'_>, value: &str) -> bool {
    let is_number = value.len() < 6 && value.bytes().all(|digit| digit.is_ascii_digit());
    (pair.naming == Naming::Word && is_number)
        || matches!(
            value.trim_end_matches([',', '}', ']']),
            "null" | "true" | "false"
        )
}

/// Whether a text is the name of a secret rather than a secret.
fn is_name_of_secret(text: &str) -> bool {
    let is_name = |letter: u8| letter.is_ascii_lowercase() || letter == b'_' || letter == b'-';
    text.len() < 30 && text.bytes().all(is_name) && naming(&plain(text.chars())) != Naming::Harmless
}
