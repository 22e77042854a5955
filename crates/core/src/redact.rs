mod address;
mod characters;
mod letters;
mod names;
mod pair;
mod scan;
mod shapes;
mod value;

use crate::foreign_text::push_visibly;
use characters::is_word;
use letters::letters;
use scan::Scan;

#[cfg(test)]
mod tests;

/// The maximum length of a redacted text, in characters: a few lines.
pub(crate) const MAX_CHARS: usize = 400;

/// Words that are longer than this are known as tokens without their end.
const MAX_SHAPELESS: usize = 40;

/// Makes a text from a server or a provider safe to show and to log. It
/// replaces secrets by `…`, shows characters that act, such as ESC or marks of
/// direction, as what they are (`\u{1b}`), folds white space, and cuts the text
/// to a few lines.
///
/// Some of Coder's error texts contain the whole request address, with the
/// device code and the client id in its query, and the provider's page.
///
/// A secret is found by the name beside it (`access_token=…`, in any of the
/// forms that programs write, also escaped and encoded several times), by the
/// word before it (`Bearer …`), by its place in an address (user information,
/// query, fragment), or by its shape (`ghp_…`, a JSON Web Token). Where it is
/// not clear how far a secret goes, more is hidden rather than less.
#[must_use]
pub fn redact(text: &str) -> String {
    // The text is cut first, because it can have megabytes; four times the
    // maximum leaves enough for folding.
    let end = text.char_indices().nth(4 * MAX_CHARS);
    let is_cut = end.is_some();
    let mut head = &text[..end.map_or(text.len(), |(end, _)| end)];
    if is_cut {
        // A token that is cut in half may have lost its shape. A longer part has
        // not.
        let whole = head.trim_end_matches(is_word);
        if head.len() - whole.len() <= MAX_SHAPELESS {
            head = whole;
        }
    }
    let mut scan = Scan::new(head, letters(head));
    scan.run();
    shown(&scan, head, is_cut)
}

/// The text with `…` for each hidden part.
fn shown(scan: &Scan<'_>, text: &str, is_cut: bool) -> String {
    let mut shown = String::new();
    let mut count = 0;
    let mut is_space_due = false;
    let mut was_hidden = false;
    for letter in scan.letters() {
        let source = &text[letter.start..letter.end];
        let is_space = !letter.hidden && source.chars().all(char::is_whitespace);
        if is_space {
            is_space_due = !shown.is_empty();
            was_hidden = false;
            continue;
        }
        if letter.hidden && was_hidden {
            continue;
        }
        let before = shown.len();
        if is_space_due {
            shown.push(' ');
            is_space_due = false;
        }
        if letter.hidden {
            shown.push('…');
        } else {
            source
                .chars()
                .for_each(|character| push_visibly(&mut shown, character));
        }
        was_hidden = letter.hidden;
        count += shown[before..].chars().count();
        if count > MAX_CHARS {
            let end = shown.char_indices().nth(MAX_CHARS);
            shown.truncate(end.map_or(shown.len(), |(end, _)| end));
            shown.push('…');
            return shown;
        }
    }
    if is_cut && !was_hidden {
        shown.push('…');
    }
    shown
}
