use std::fmt::Write as _;

use crate::limits::MAX_NAME_CHARS;

/// A name as it is shown: on one line, cut to [`MAX_NAME_CHARS`], and without
/// characters that act unseen.
pub(crate) fn shown_name(name: &str) -> String {
    // The name can have megabytes.
    let head: String = name.chars().take(4 * MAX_NAME_CHARS).collect();
    let mut shown = String::new();
    for word in head.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
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
    use super::shown_name;

    #[test]
    fn a_name_is_one_short_line_that_cannot_act() {
        for (name, shown) in [
            ("", ""),
            ("GitHub", "GitHub"),
            (" Ada\n\tLovelace ", "Ada Lovelace"),
            ("日本語 עברית 👩\u{200d}💻", "日本語 עברית 👩\u{200d}💻"),
            ("GitHub\u{202e}moc", "GitHub\\u{202e}moc"),
            ("a\0\u{1b}[1m", "a\\u{0}\\u{1b}[1m"),
        ] {
            assert_eq!(shown_name(name), shown, "{name:?}");
        }
        let exact = "é".repeat(100);
        assert_eq!(shown_name(&exact), exact);
        assert_eq!(shown_name(&"é".repeat(5_000_000)), format!("{exact}…"));
    }
}
