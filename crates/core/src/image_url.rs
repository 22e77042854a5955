use crate::SafeUrl;
use crate::safe_url::{has_deceptive_characters, strip_prefix_ignoring_case};

/// An address that a picture may be loaded from: a web address, a
/// `data:image/…` address, or a path on the deployment.
///
/// For `display_icon` and `avatar_url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUrl(String);

impl ImageUrl {
    /// Accepts `text` as the address of a picture. A path is on `base`, the
    /// origin of the deployment (empty: the page's own).
    #[must_use]
    pub fn parse(text: &str, base: &str) -> Option<Self> {
        if SafeUrl::parse(text).is_some() {
            return Some(Self(text.to_owned()));
        }
        if has_deceptive_characters(text) {
            return None;
        }
        if strip_prefix_ignoring_case(text, "data:image/").is_some() {
            return Some(Self(text.to_owned()));
        }
        // Two slashes would mean another host.
        (text.starts_with('/') && !text.starts_with("//")).then(|| Self(format!("{base}{text}")))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::ImageUrl;

    fn parse(text: &str) -> Option<String> {
        ImageUrl::parse(text, "https://coder.example").map(|url| url.as_str().to_owned())
    }

    #[test]
    fn accepts_web_addresses_data_and_paths_on_the_deployment() {
        assert_eq!(
            parse("/icon/github.svg").as_deref(),
            Some("https://coder.example/icon/github.svg")
        );
        assert_eq!(
            parse("https://a.example/b.png").as_deref(),
            Some("https://a.example/b.png")
        );
        assert_eq!(
            parse("data:image/svg+xml,%3Csvg/%3E").as_deref(),
            Some("data:image/svg+xml,%3Csvg/%3E")
        );
    }

    #[test]
    fn refuses_all_other_addresses() {
        for text in [
            "",
            "icon.svg",
            "//evil.example/x.svg",
            "/\\evil.example",
            "data:text/html,x",
            "javascript:1",
            "/a b",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
