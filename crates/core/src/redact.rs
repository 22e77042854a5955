/// The maximum length of a redacted text, in characters: a few lines.
const MAX_CHARS: usize = 400;

/// Names whose values are always secret.
const SECRET_NAMES: [&str; 10] = [
    "access_token",
    "authorization",
    "client_id",
    "client_secret",
    "code_verifier",
    "device_code",
    "id_token",
    "password",
    "refresh_token",
    "session_token",
];

/// Names that are also common words. Their values are secret only in
/// `name=value` and `"name":"value"`.
const SECRET_WORDS: [&str; 5] = ["code", "key", "secret", "state", "token"];

/// Makes a text from a server or a provider safe to show and to log. It removes
/// queries of addresses and values of secrets, folds white space, and cuts the
/// text to a few lines.
///
/// Some of Coder's error texts contain the whole request address, with the
/// device code and the client id in its query, and the provider's page.
#[must_use]
pub fn redact(text: &str) -> String {
    // The text is cut first, because it can have megabytes; four times the
    // maximum leaves enough for folding. A secret that is cut in half still
    // follows its name, so it is still found.
    let head: String = text.chars().take(4 * MAX_CHARS).collect();
    let folded = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown = mask_secrets(&strip_queries(&folded));
    if let Some((end, _)) = shown.char_indices().nth(MAX_CHARS) {
        shown.truncate(end);
        shown.push('…');
    } else if text.chars().nth(4 * MAX_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

/// Replaces the query and the fragment of every address by `?…`.
fn strip_queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find("://") {
        let (before, address) = rest.split_at(position + 3);
        out.push_str(before);
        let end = address
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`'))
            .unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        match address.find(['?', '#']) {
            Some(query) => {
                out.push_str(&address[..query]);
                out.push_str("?…");
            }
            None => out.push_str(address),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Replaces what follows the name of a secret by `…`.
fn mask_secrets(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut position = 0;
    while let Some((start, end)) = next_secret(&lower, position) {
        out.push_str(&text[position..start]);
        out.push('…');
        position = end;
    }
    out.push_str(&text[position..]);
    out
}

/// Where the next value of a secret begins and ends, searched from `from`.
fn next_secret(lower: &str, from: usize) -> Option<(usize, usize)> {
    let names = SECRET_NAMES.iter().map(|name| (name, true));
    let words = SECRET_WORDS.iter().map(|word| (word, false));
    names
        .chain(words)
        .filter_map(|(name, anywhere)| {
            lower[from..].match_indices(name).find_map(|(offset, _)| {
                let after = from + offset + name.len();
                let (start, end) = value_after(lower, after, anywhere)?;
                // A value that is already masked must not be found again, or
                // the search would never end.
                (end > start && lower[start..end] != *"…").then_some((start, end))
            })
        })
        .chain(bearer_token(lower, from))
        .min()
}

/// The value that belongs to the name that ends at `position`. A name that is
/// also a common word counts only with `=` or in quotes: in "refresh token: the
/// provider said no" a reason follows the colon, not a secret.
fn value_after(lower: &str, position: usize, anywhere: bool) -> Option<(usize, usize)> {
    let rest = &lower[position..];
    let after_quote = rest.trim_start_matches(['"', '\'', '\\']);
    let quoted = after_quote.len() < rest.len();
    let after_space = after_quote.trim_start();
    let separated = match after_space.strip_prefix('=') {
        Some(value) => value,
        None if anywhere || quoted => after_space
            .strip_prefix(':')
            .or_else(|| after_space.strip_prefix("%3d"))?,
        None => return None,
    };
    let value = separated.trim_start_matches([' ', '"', '\'', '\\']);
    // The scheme of an `Authorization` header comes before its secret.
    let value = ["bearer ", "basic ", "token "]
        .iter()
        .find_map(|scheme| value.strip_prefix(scheme))
        .unwrap_or(value);
    let start = lower.len() - value.len();
    let length = value
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '&' | ',' | ';' | '"' | '\'' | '\\' | '}' | '<' | ')')
        })
        .unwrap_or(value.len());
    Some((start, start + length))
}

/// The credentials of an `Authorization: Bearer …` header (RFC 6750 §2.1).
fn bearer_token(lower: &str, from: usize) -> Option<(usize, usize)> {
    lower[from..]
        .match_indices("bearer ")
        .find_map(|(offset, word)| {
            let start = from + offset + word.len();
            let value = &lower[start..];
            let length = value
                .find(|c: char| !(c.is_ascii_alphanumeric() || "-._~+/=".contains(c)))
                .unwrap_or(value.len());
            // "bearer token" in a sentence is not followed by a token.
            (length > "credentials".len()).then_some((start, start + length))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MAX_CHARS, SECRET_NAMES, redact};

    #[test]
    fn removes_queries_of_addresses() {
        assert_eq!(
            redact("Post \"https://git.example/login?client_id=abc&device_code=s3cret\": EOF"),
            "Post \"https://git.example/login?…\": EOF"
        );
    }

    #[test]
    fn removes_values_of_secrets() {
        for text in [
            "device_code=s3cret&grant_type=x",
            "{\"access_token\":\"s3cret\",\"scope\":\"repo\"}",
            "{\\\"refresh_token\\\": \\\"s3cret\\\"}",
            "client_secret: s3cret",
            "Authorization: Bearer s3cret",
            "Authorization: token s3cret",
            "sent with Bearer s3cretS3cretS3cret",
            "token=s3cret",
            "state%3Dx code=s3cret",
            "DEVICE_CODE=s3cret",
        ] {
            assert!(
                !redact(text).to_lowercase().contains("s3cret"),
                "{text} gave {}",
                redact(text)
            );
        }
    }

    #[test]
    fn keeps_reasons() {
        let reason = "refresh token: the provider refused it; token expired, status code: 401";
        assert_eq!(redact(reason), reason);
    }

    #[test]
    fn cuts_long_texts() {
        let shown = redact(&"<p>sorry</p> ".repeat(100_000));
        assert_eq!(shown.chars().count(), MAX_CHARS + 1);
        assert!(shown.ends_with('…'));
    }

    proptest! {
        #[test]
        fn no_secret_is_shown(
            before in "\\PC{0,40}",
            name in proptest::sample::select(SECRET_NAMES.to_vec()),
            separator in proptest::sample::select(vec!["=", ":", ": ", "\":\"", "\": \""]),
            secret in "[A-Z]{12}[0-9]{12}",
            after in "[ &,\"][a-z ]{0,20}",
        ) {
            let shown = redact(&format!("{before} {name}{separator}{secret}{after}"));
            prop_assert!(!shown.contains(&secret), "{}", shown);
        }

        #[test]
        fn any_text_is_cut_to_the_maximum_length(text in "\\PC*") {
            prop_assert!(redact(&text).chars().count() <= MAX_CHARS + 1);
        }
    }
}
