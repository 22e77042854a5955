//! What is true of every redacted text. The property tests and the fuzz targets use
//! it.

use external_auth_core::redact;

/// The maximum length of a redacted text, in characters, with the `…` at its end.
const MAX_CHARS: usize = 401;

/// Names that secrets have beside them, in forms in which programs write them.
const PLANTED: [(&str, &str); 4] = [
    ("access_token=", "&"),
    ("\"client_secret\":\"", "\""),
    ("Authorization: Bearer ", "\n"),
    ("https://ada:", "@git.example/"),
];
const SECRET: &str = "pL4ntedSecretpL4ntedSecret";

/// A redacted text is short and has no character that acts, and a secret that
/// stands on a line of its own is hidden, whatever is before it.
///
/// # Panics
///
/// If that is not so.
pub fn is_short_and_safe(text: &str) {
    let shown = redact(text);
    assert!(shown.chars().count() <= MAX_CHARS, "{text:?}");
    assert!(!shown.chars().any(char::is_control), "{text:?}");
    if text.contains(SECRET) {
        // A fuzzer learns it.
        return;
    }
    for (before, after) in PLANTED {
        let text = format!("{text}\n{before}{SECRET}{after}");
        let shown = redact(&text);
        assert!(!shown.contains(SECRET), "{text:?} gave {shown:?}");
    }
}
