use std::ops::Range;

use super::characters::{is_in_token68, is_quote, is_scheme, is_word};
use super::letters::Letter;
use super::names::{Naming, naming, plain};
use super::pair::Pair;
use super::shapes::{is_random, is_token};

/// Finds and hides the secrets of a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    letters: Vec<Letter>,
    /// Whether the place is inside of a tag of HTML or XML.
    pub(super) is_in_tag: bool,
    /// Whether the name of a secret came as a value, as in
    /// `name="access_token"`: the next `value` is the secret.
    pub(super) is_named: bool,
    /// The last `value`, whose name may still come.
    pub(super) value: Range<usize>,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str, letters: Vec<Letter>) -> Self {
        Self {
            text,
            letters,
            is_in_tag: false,
            is_named: false,
            value: 0..0,
        }
    }

    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// Hides all secrets. Each step goes forward.
    ///
    /// Hidden words are read too. What was taken for a value may be the name of the
    /// next one: `key:"access_token":"…"`.
    pub fn run(&mut self) {
        let mut at = 0;
        while at < self.letters.len() {
            let letter = self.at(at);
            if is_word(letter) {
                let end = self.run_end(at, &is_word);
                at = self.read_word(at..end);
            } else if self.letters[at].hidden {
                at += 1;
            } else {
                match letter {
                    ':' if self.is_address(at) => self.hide_in_address(at),
                    '<' => self.begin_object(self.at(at + 1).is_ascii_alphabetic()),
                    '>' | '{' | '}' => self.begin_object(false),
                    _ => {}
                }
                at += 1;
            }
        }
    }

    fn begin_object(&mut self, is_tag: bool) {
        self.is_in_tag = is_tag;
        self.is_named = false;
        self.value = 0..0;
    }

    /// The character at a place; NUL beyond the end.
    pub(super) fn at(&self, at: usize) -> char {
        self.letters.get(at).map_or('\0', |letter| letter.meant)
    }

    pub(super) fn meant(&self, range: Range<usize>) -> String {
        let letters = self.letters.get(range).unwrap_or_default();
        letters.iter().map(|letter| letter.meant).collect()
    }

    /// How the text writes a character.
    pub(super) fn source(&self, at: usize) -> &str {
        self.letters
            .get(at)
            .map_or("", |letter| &self.text[letter.start..letter.end])
    }

    /// How often a character is percent-encoded: the length of the code grows
    /// with it.
    pub(super) fn depth(&self, at: usize) -> usize {
        let source = self.source(at);
        if source.starts_with('%') {
            source.len()
        } else {
            0
        }
    }

    pub(super) fn hide(&mut self, range: Range<usize>) {
        for letter in self.letters.get_mut(range).unwrap_or_default() {
            letter.hidden = true;
        }
    }

    /// Where the letters from `at` on are no longer of one kind.
    pub(super) fn run_end(&self, at: usize, is_inside: &dyn Fn(char) -> bool) -> usize {
        self.find(at, &|this, at| !is_inside(this.at(at)))
    }

    /// The first place from `at` on, or the end.
    pub(super) fn find(&self, at: usize, is_there: &dyn Fn(&Self, usize) -> bool) -> usize {
        (at..self.letters.len())
            .find(|at| is_there(self, *at))
            .unwrap_or(self.letters.len())
    }

    /// Reads a word, hides what it names, and returns where to go on.
    fn read_word(&mut self, word: Range<usize>) -> usize {
        let text = self.meant(word.clone());
        if is_token(&text) {
            // The parts of a JSON Web Token are joined by dots.
            let end = self.run_end(word.start, &|letter| is_word(letter) || letter == '.');
            self.hide(word.start..end);
            return end;
        }
        if is_scheme(&text) {
            let start = self.run_end(word.end, &|letter| letter == ' ' || letter == '+');
            let end = self.run_end(start, &is_in_token68);
            if start > word.end && is_random(&self.meant(start..end)) {
                self.hide(start..end);
                return end;
            }
        }
        let closed = self.run_end(word.end, &|letter| {
            is_quote(letter) || "])\\".contains(letter)
        });
        let separator = self.run_end(closed, &char::is_whitespace);
        let is_quoted = closed > word.end;
        let is_option = text.starts_with("--");
        if !is_quoted && !is_option && !":=>".contains(self.at(separator)) {
            return word.end;
        }
        let name = plain(text.chars());
        let before = word.start.checked_sub(1);
        let naming = match before.map_or('\0', |before| self.at(before)) {
            // The end of an address is no name: `/oauth/access_token": EOF`.
            '/' if self.at(separator) != '=' => Naming::Harmless,
            _ => naming(&name),
        };
        let is_named = naming != Naming::Harmless;
        match self.at(separator) {
            mark @ (':' | '=') if !(mark == ':' && ":/".contains(self.at(separator + 1))) => {
                self.read_pair(&Pair {
                    name: &name,
                    naming,
                    separator,
                    start: self.run_end(separator + 1, &|letter| "=>".contains(letter)),
                    // Go writes the headers of a request as `Cookie:[a=b]`.
                    is_certain: mark == '=' || self.at(separator + 1) == '[',
                    is_quoted,
                    opening: before.filter(|at| !is_quoted && is_quote(self.at(*at))),
                });
            }
            // The text of an element.
            '>' if is_named && before.is_some_and(|before| self.at(before) == '<') => {
                let end = self.run_end(separator, &|letter| letter != '<');
                self.hide(separator + 1..end);
            }
            // An option of a command.
            _ if is_named && is_option && separator > closed => {
                let value = self.value(separator, separator);
                self.hide(value.range);
            }
            _ if is_named && is_quoted => {
                self.is_named = true;
                self.hide(self.value.clone());
            }
            _ => {}
        }
        word.end
    }
}
