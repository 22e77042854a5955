/// Whether a word of letters, digits, `_` and `-` is a token by its shape.
pub(super) fn is_token(word: &str) -> bool {
    let mut is_start = true;
    for (start, letter) in word.char_indices() {
        if is_start && has_prefix_of_token(&word[start..]) {
            return true;
        }
        is_start = !letter.is_ascii_alphanumeric();
    }
    is_session_token(word) || is_long_and_random(word)
}

/// The prefixes of GitHub, GitLab and Slack, and of JSON Web Tokens (RFC 7519
/// §3): the base64 of `{"`.
fn has_prefix_of_token(word: &str) -> bool {
    word.starts_with("glpat-")
        || word.starts_with("github_pat_")
        || (word.starts_with("eyJ") && word.len() > 8)
        || match word.as_bytes() {
            [b'g', b'h', kind, b'_', _, ..] => b"oprsu".contains(kind),
            [b'x', b'o', b'x', kind, b'-', _, ..] => kind.is_ascii_lowercase(),
            _ => false,
        }
}

/// A session token of Coder: ten characters, a dash, 22 characters.
fn is_session_token(word: &str) -> bool {
    word.len() == 33
        && word
            .bytes()
            .position(|letter| !letter.is_ascii_alphanumeric())
            == Some(10)
        && word[11..]
            .bytes()
            .all(|letter| letter.is_ascii_alphanumeric())
}

/// Long words with capitals, small letters and several digits. Identifiers of
/// commits and requests have no capitals, and names in programs few digits.
fn is_long_and_random(word: &str) -> bool {
    let count = |is: fn(&u8) -> bool| word.as_bytes().iter().filter(|letter| is(letter)).count();
    word.len() >= 32
        && count(u8::is_ascii_digit) >= 3
        && count(u8::is_ascii_uppercase) >= 3
        && count(u8::is_ascii_lowercase) >= 3
}

/// Whether a value after a common word is a secret rather than a word: at least
/// eight characters with a digit, with many changes of case, or very long.
pub(super) fn is_random(value: &str) -> bool {
    let value = value.trim_end_matches(['=', '.']);
    let capitals_inside = value
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        .count();
    value.len() >= 8
        && (value.bytes().any(|letter| letter.is_ascii_digit())
            || 5 * capitals_inside > value.len()
            || value.len() > 30)
}
