pub(super) fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`')
}

pub(super) fn is_opening(letter: char) -> bool {
    matches!(letter, '{' | '[' | '(')
}

/// Whether a value or an address without quotes ends here.
pub(super) fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || is_quote(letter) || matches!(letter, '<' | '>')
}

/// The characters of credentials (RFC 9110 §11.2).
pub(super) fn is_in_token68(letter: char) -> bool {
    is_word(letter) || matches!(letter, '.' | '~' | '+' | '/' | '=')
}

/// The schemes of HTTP authentication after which a token follows.
pub(super) fn is_scheme(word: &str) -> bool {
    "bearer basic dpop ntlm negotiate"
        .split(' ')
        .any(|scheme| scheme.eq_ignore_ascii_case(word))
}

pub(super) fn is_lower_case(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase())
}
