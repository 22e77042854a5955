use std::fmt::Write as _;

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
