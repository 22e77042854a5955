use crate::SafeUrl;
use crate::safe_url::is_plain;

/// An address from the configuration of the page or of an element: `base-url`,
/// `page-url`, `data-base-url`, `data-docs-url`.
///
/// A person may follow it, and requests may go there. So it is a web address or
/// a path on the page's origin; `javascript:` and others are refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfiguredUrl(String);

impl ConfiguredUrl {
    /// Accepts an address: `https://…`, `http://…`, or a path that begins with
    /// one slash. Spaces around it do not count. The empty text is the default,
    /// which the caller knows.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::default());
        }
        if let Some(url) = SafeUrl::parse(text) {
            return Some(Self(url.to_string()));
        }
        let is_path = text.starts_with('/') && !text.starts_with("//");
        (is_path && text.len() <= SafeUrl::MAX_LENGTH && is_plain(text))
            .then(|| Self(text.to_owned()))
    }

    /// Accepts the base of a deployment, to which the paths of the API are
    /// added: an address without a query and a fragment. Slashes at its end are
    /// removed.
    #[must_use]
    pub fn parse_base(text: &str) -> Option<Self> {
        let Self(base) = Self::parse(text)?;
        let has_end = base.contains(['?', '#']);
        (!has_end).then(|| Self(base.trim_end_matches('/').to_owned()))
    }

    /// The address; empty for the default.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::ConfiguredUrl;

    fn address(text: &str) -> Option<String> {
        ConfiguredUrl::parse(text).map(|url| url.as_str().to_owned())
    }

    fn base(text: &str) -> Option<String> {
        ConfiguredUrl::parse_base(text).map(|url| url.as_str().to_owned())
    }

    #[test]
    fn web_addresses_and_paths_are_accepted() {
        for (text, url) in [
            ("", ""),
            ("  ", ""),
            (
                "https://wiki.example/git?x#y",
                "https://wiki.example/git?x#y",
            ),
            (
                " HTTPS://Wiki.Example:443/git\n",
                "https://wiki.example/git",
            ),
            ("http://wiki.lan/", "http://wiki.lan/"),
            ("/settings/external-auth?x", "/settings/external-auth?x"),
        ] {
            assert_eq!(address(text).as_deref(), Some(url), "{text:?}");
        }
    }

    #[test]
    fn a_base_has_no_slash_at_its_end() {
        for (text, url) in [
            ("", ""),
            ("/", ""),
            ("https://coder.example", "https://coder.example"),
            ("https://coder.example//", "https://coder.example"),
            (
                "https://proxy.example/coder/",
                "https://proxy.example/coder",
            ),
            ("/coder/", "/coder"),
        ] {
            assert_eq!(base(text).as_deref(), Some(url), "{text:?}");
        }
        for text in [
            "https://coder.example?x",
            "https://coder.example/#x",
            "/coder?x",
        ] {
            assert_eq!(base(text), None, "{text}");
            assert!(address(text).is_some(), "{text}");
        }
    }

    #[test]
    fn all_others_are_refused() {
        for text in [
            "javascript:alert(1)",
            "JavaScript:alert(1)//https://coder.example",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:https://coder.example/1",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "coder.example",
            "../x",
            "?x",
            "https://coder.example@evil.example",
            "https://2130706433",
        ] {
            assert_eq!(address(text), None, "{text:?}");
            assert_eq!(base(text), None, "{text:?}");
        }
    }
}
