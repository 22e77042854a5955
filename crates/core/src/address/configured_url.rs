use super::SafeUrl;
use super::safe_url::is_plain;

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
    use serde_json::Value;

    use super::ConfiguredUrl;

    fn address(text: &str) -> Option<String> {
        ConfiguredUrl::parse(text).map(|url| url.as_str().to_owned())
    }

    fn base(text: &str) -> Option<String> {
        ConfiguredUrl::parse_base(text).map(|url| url.as_str().to_owned())
    }

    /// The table is also that of `public/configured-url.js`.
    fn table(name: &str) -> Vec<Value> {
        let table: Value =
            serde_json::from_str(include_str!("../../tests/addresses.json")).unwrap();
        table["configured"][name].as_array().cloned().unwrap()
    }

    #[test]
    fn web_addresses_and_paths_are_accepted() {
        for row in table("accepted") {
            let text = row["text"].as_str().unwrap();
            assert_eq!(address(text).as_deref(), row["url"].as_str(), "{text:?}");
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
        for text in table("refused") {
            let text = text.as_str().unwrap();
            assert_eq!(address(text), None, "{text:?}");
            assert_eq!(base(text), None, "{text:?}");
        }
    }
}
