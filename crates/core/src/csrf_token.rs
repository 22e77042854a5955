use crate::limits::MAX_SECRET_BYTES;

/// Finds the CSRF token in a page of the deployment: `<meta
/// property="csrf-token" content="…">`.
///
/// The text is scanned, not parsed as a document, because `DOMParser` is a
/// Trusted Types sink. Only the two attributes of the tag matter.
#[must_use]
pub fn csrf_token(html: &str) -> Option<String> {
    // A tag is read up to the next one at most, so that each byte is read once.
    html.split("<meta").skip(1).find_map(|tag| {
        let (tag, _) = tag.split_once('>')?;
        (attribute(tag, "property")? == "csrf-token")
            .then(|| attribute(tag, "content"))
            .flatten()
            .map(unescape)
            .filter(|token| is_sendable(token))
    })
}

/// Whether a token can be sent in a header. The browser refuses a header with a
/// line break by an exception.
fn is_sendable(token: &str) -> bool {
    let is_visible = |byte: u8| byte.is_ascii_graphic();
    (1..=MAX_SECRET_BYTES).contains(&token.len()) && token.bytes().all(is_visible)
}

/// The value of a quoted attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(position, _)| {
        tag[..position]
            .ends_with(|before: char| before.is_ascii_whitespace())
            .then_some(())?;
        let rest = tag[position + name.len()..]
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    })
}

/// Tokens are Base64. An HTML writer may escape `+`, `=` and `/` in them.
fn unescape(text: &str) -> String {
    [
        ("&#43;", "+"),
        ("&#61;", "="),
        ("&#x3D;", "="),
        ("&#47;", "/"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (escaped, plain)| {
        text.replace(escaped, plain)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::csrf_token;

    #[test]
    fn finds_the_token_among_other_tags() {
        let page = "<!doctype html><meta charset=utf-8><meta name='property' content=\"no\">\
                    <meta property='og:title' content='x'>\n<meta content=\"a&#43;b/c&#61;\" property = \"csrf-token\" />";
        assert_eq!(csrf_token(page).as_deref(), Some("a+b/c="));
    }

    #[test]
    fn returns_none_where_there_is_no_token() {
        for page in [
            "",
            "<meta",
            "<meta property=\"csrf-token\">",
            "<meta property=\"csrf-token\" content=\"\">",
            "csrf-token",
        ] {
            assert_eq!(csrf_token(page), None, "{page}");
        }
        for token in ["a\nb", "a\r\nX-Evil: 1", "a b", "a\0", "é", "\u{202e}a"] {
            let page = format!("<meta property='csrf-token' content='{token}'>");
            assert_eq!(csrf_token(&page), None, "{token:?}");
        }
        let long = "x".repeat(4_001);
        let page = format!("<meta property='csrf-token' content='{long}'>");
        assert_eq!(csrf_token(&page), None);
    }

    proptest! {
        #[test]
        fn any_page_is_scanned_without_a_panic(page in "(<meta |property=|\"csrf-token\"|content=|'|\\PC){0,40}") {
            let _ = csrf_token(&page);
        }
    }
}
