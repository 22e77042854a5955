use std::fmt::Write as _;

use crate::limits::MAX_NAME_CHARS;

/// A name as it stands in a sentence, a label or a line of its own: on one line,
/// cut to 100 characters, without characters that act unseen, and isolated, so
/// that the direction of its letters does not reorder the words around it
/// (UAX #9).
///
/// Names get this form where they are read, so that no sentence can forget it.
#[must_use]
pub fn shown_name(name: &str) -> String {
    isolated(one_line(name))
}

/// The name without the isolation, for what is not shown here.
#[must_use]
pub fn name_without_isolates(name: &str) -> &str {
    name.trim_matches([FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE])
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// Puts a text between the characters that isolate its direction, where it has
/// letters that are written from right to left. They are not seen and not
/// spoken. In a plain text, such as a label, they do what `<bdi>` does.
fn isolated(text: String) -> String {
    if text.chars().any(is_right_to_left) {
        format!("{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}")
    } else {
        text
    }
}

/// Whether a character is in a block of scripts that are written from right to
/// left.
fn is_right_to_left(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// A short text on one line, without characters that act unseen. A dot between
/// spaces separates the facts of a row, so a name must not have one.
pub(crate) fn one_line(name: &str) -> String {
    // The name can have megabytes.
    let head: String = name.chars().take(4 * MAX_NAME_CHARS).collect();
    let mut shown = String::new();
    for word in head.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        if word == "·" {
            shown.push('-');
            continue;
        }
        word.chars()
            .for_each(|letter| push_visibly(&mut shown, letter));
    }
    if let Some((end, _)) = shown.char_indices().nth(MAX_NAME_CHARS) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

/// Adds a character so that it is seen and cannot act. What acts without being
/// seen is written as its code, for example `\u{1b}` for ESC.
pub(crate) fn push_visibly(shown: &mut String, character: char) {
    if acts_unseen(character) {
        // Writing to a text never fails.
        let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
    } else {
        shown.push(character);
    }
}

/// Whether a character is not seen but changes what is seen, or what a program
/// does: control characters, marks of direction (UAX #9), and most other
/// invisible characters. The joiners of emoji and of some scripts are not among
/// them.
pub(crate) fn acts_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::{name_without_isolates, one_line, shown_name};

    #[test]
    fn a_name_is_one_short_line_that_cannot_act() {
        for (name, shown) in [
            ("", ""),
            ("GitHub", "GitHub"),
            (" Ada\n\tLovelace ", "Ada Lovelace"),
            ("日本語 👩\u{200d}💻", "日本語 👩\u{200d}💻"),
            ("Ada · Linked", "Ada - Linked"),
            ("Gal·la", "Gal·la"),
            ("GitHub עברית", "\u{2068}GitHub עברית\u{2069}"),
            ("مثال", "\u{2068}مثال\u{2069}"),
            // Isolates of the name itself would end ours.
            ("\u{2069}עברית", "\u{2068}\\u{2069}עברית\u{2069}"),
            ("GitHub\u{202e}moc", "GitHub\\u{202e}moc"),
            ("a\0\u{1b}[1m", "a\\u{0}\\u{1b}[1m"),
        ] {
            assert_eq!(shown_name(name), shown, "{name:?}");
        }
        assert_eq!(one_line("עברית"), "עברית");
        for name in ["GitHub", "עברית", ""] {
            assert_eq!(name_without_isolates(&shown_name(name)), name);
        }
        let exact = "é".repeat(100);
        assert_eq!(shown_name(&exact), exact);
        assert_eq!(shown_name(&"é".repeat(5_000_000)), format!("{exact}…"));
    }
}
