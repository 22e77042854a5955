use crate::foreign_text::acts_unseen;

/// How many encodings can lie around each other.
const MAX_ENCODINGS: usize = 6;

/// A character as it is meant, and the part of the text that writes it: `"` is
/// also written `\"`, `&quot;`, `%22` or `%2522`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// The character that is meant.
    pub meant: char,
    /// Where the text that writes it begins, in bytes.
    pub start: usize,
    /// Where the text that writes it ends, in bytes.
    pub end: usize,
    /// Whether it belongs to a secret.
    pub hidden: bool,
}

/// The characters that a text means. Invisible characters belong to the one
/// before them, so that they do not disguise a name.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for (start, meant) in text.char_indices() {
        let end = start + meant.len_utf8();
        match letters.last_mut() {
            Some(last) if acts_unseen(meant) && !meant.is_whitespace() => last.end = end,
            _ => letters.push(Letter {
                meant,
                start,
                end,
                hidden: false,
            }),
        }
    }
    for _ in 0..MAX_ENCODINGS {
        if !text.contains(['%', '\\', '&']) {
            break;
        }
        let length = letters.len();
        letters = decoded(&letters);
        if letters.len() == length {
            break;
        }
    }
    letters
}

/// Removes one layer of encoding.
fn decoded(letters: &[Letter]) -> Vec<Letter> {
    let mut decoded = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some(first) = rest.first() {
        let (meant, count) = escape(rest).unwrap_or((first.meant, 1));
        let (escape, after) = rest.split_at(count);
        decoded.push(Letter {
            meant,
            end: escape.last().map_or(first.end, |last| last.end),
            ..*first
        });
        rest = after;
    }
    decoded
}

/// The escape sequence with which letters begin: the character that is meant,
/// and how many letters write it. Those of addresses (RFC 3986 §2.1, ASCII
/// alone), of JSON and programming languages, and of HTML.
fn escape(letters: &[Letter]) -> Option<(char, usize)> {
    let at = |position: usize| letters.get(position).map_or('\0', |letter| letter.meant);
    match at(0) {
        '%' => {
            let code = number(letters, 1, 3, 16)?;
            (code < 0x80).then_some((char::from_u32(code)?, 3))
        }
        '\\' => match at(1) {
            'u' => Some((char::from_u32(number(letters, 2, 6, 16)?)?, 6)),
            'x' => Some((char::from_u32(number(letters, 2, 4, 16)?)?, 4)),
            'n' => Some(('\n', 2)),
            'r' => Some(('\r', 2)),
            't' => Some(('\t', 2)),
            other @ ('\\' | '/' | '"' | '\'' | '`') => Some((other, 2)),
            _ => None,
        },
        '&' => {
            let end = (2..9).find(|position| at(*position) == ';')?;
            let meant = match (at(1), at(2)) {
                ('#', 'x' | 'X') => char::from_u32(number(letters, 3, end, 16)?)?,
                ('#', _) => char::from_u32(number(letters, 2, end, 10)?)?,
                ('q', 'u') => '"',
                ('a', 'p') => '\'',
                ('a', 'm') => '&',
                ('l', 't') => '<',
                ('g', 't') => '>',
                ('n', 'b') => ' ',
                _ => return None,
            };
            Some((meant, end + 1))
        }
        _ => None,
    }
}

fn number(letters: &[Letter], from: usize, to: usize, radix: u32) -> Option<u32> {
    let digits = letters.get(from..to).filter(|digits| !digits.is_empty())?;
    digits.iter().try_fold(0_u32, |number, digit| {
        number
            .checked_mul(radix)?
            .checked_add(digit.meant.to_digit(radix)?)
    })
}
