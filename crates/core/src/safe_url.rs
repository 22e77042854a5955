use std::fmt;

/// An absolute `https` or `http` address that may be followed.
///
/// Every address from a server or a provider passes this check before it
/// becomes a link: `app_install_url`, `configure_url`, `verification_uri`,
/// `profile_url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeUrl(String);

impl SafeUrl {
    /// Accepts `text` if it is an absolute address with the scheme `https` or
    /// `http` and a host, and does not look like another address: no user name
    /// before the host (RFC 3986 §7.6), and no white space, control character
    /// or backslash, which browsers drop or read as a slash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = strip_prefix_ignoring_case(text, "https://")
            .or_else(|| strip_prefix_ignoring_case(text, "http://"))?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host_allowed = authority
            .starts_with(|first: char| first.is_alphanumeric() || first == '[')
            && !authority.contains('@');
        (host_allowed && !has_deceptive_characters(text)).then(|| Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port, without a path.
    #[must_use]
    pub fn origin(&self) -> &str {
        let scheme = self.0.find("://").map_or(0, |position| position + 3);
        &self.0[..scheme + self.host().len()]
    }

    /// The host, with its port if there is one. A person recognises an address
    /// by it.
    #[must_use]
    pub fn host(&self) -> &str {
        let after_scheme = self.0.split_once("://").map_or("", |(_, rest)| rest);
        after_scheme
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether a text contains white space, control characters, backslashes, or
/// marks that change the direction of text.
pub(crate) fn has_deceptive_characters(text: &str) -> bool {
    text.chars().any(|character| {
        character.is_whitespace()
            || character.is_control()
            || character == '\\'
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    })
}

pub(crate) fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::SafeUrl;

    #[test]
    fn accepts_web_addresses() {
        for text in [
            "https://github.com/apps/coder",
            "HTTP://127.0.0.1:8080/?a=b#c",
            "https://[::1]:3000",
            "https://bücher.example/",
        ] {
            assert!(SafeUrl::parse(text).is_some(), "{text}");
        }
        assert_eq!(
            SafeUrl::parse("https://git.example:8443/login/device?x=1")
                .as_ref()
                .map(SafeUrl::host),
            Some("git.example:8443")
        );
    }

    #[test]
    fn refuses_all_other_addresses() {
        for text in [
            "",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " https://github.com",
            "https://",
            "https:///etc/passwd",
            "https://github.com@evil.example/",
            "https://evil.example\\@github.com",
            "https://github.com/\u{202e}moc",
            "//evil.example",
            "/path",
            "ftp://host/",
            "data:text/html,x",
            "blob:https://x/1",
            "https:github.com",
        ] {
            assert!(SafeUrl::parse(text).is_none(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_accepted_text_begins_with_a_web_scheme(text in "\\PC*") {
            if let Some(url) = SafeUrl::parse(&text) {
                let lower = url.as_str().to_ascii_lowercase();
                prop_assert!(lower.starts_with("https://") || lower.starts_with("http://"));
            }
        }
    }
}
