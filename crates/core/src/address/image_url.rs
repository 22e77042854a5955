use super::SafeUrl;
use super::safe_url::{is_plain, starts_with_ignoring_case};

/// An address that a picture may be loaded from: a web address, a
/// `data:image/…` address, or a path on the deployment.
///
/// For `display_icon` and `avatar_url`; [`Origins`](super::Origins) says which
/// of them may have what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUrl(String);

impl ImageUrl {
    /// The maximum length of a picture inside of an address, in bytes: an icon
    /// has a few thousand.
    pub const MAX_DATA_LENGTH: usize = 100_000;

    /// Accepts `text` as the address of a picture. A path is on `base`, the
    /// origin of the deployment (empty: the page's own).
    pub(super) fn parse(text: &str, base: &str) -> Option<Self> {
        if let Some(url) = SafeUrl::parse(text) {
            return Some(url.into());
        }
        if text.len() > Self::MAX_DATA_LENGTH || !is_plain(text) {
            return None;
        }
        if starts_with_ignoring_case(text, "data:image/") {
            return Some(Self(text.to_owned()));
        }
        // Two slashes would mean another host.
        let is_path = text.starts_with('/') && !text.starts_with("//");
        (is_path && text.len() <= SafeUrl::MAX_LENGTH).then(|| Self(format!("{base}{text}")))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<SafeUrl> for ImageUrl {
    fn from(url: SafeUrl) -> Self {
        Self(url.to_string())
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
        for (text, url) in [
            ("/icon/github.svg", "https://coder.example/icon/github.svg"),
            ("https://a.example/b.png", "https://a.example/b.png"),
            ("https://A.Example:443/b.png", "https://a.example/b.png"),
            (
                "data:image/svg+xml,%3Csvg/%3E",
                "data:image/svg+xml,%3Csvg/%3E",
            ),
        ] {
            assert_eq!(parse(text).as_deref(), Some(url));
        }
        let data = format!("data:image/png;base64,{}", "A".repeat(50_000));
        assert_eq!(parse(&data), Some(data));
    }

    #[test]
    fn refuses_all_other_addresses() {
        let too_long = format!("data:image/png;base64,{}", "A".repeat(100_000));
        for text in [
            "",
            "icon.svg",
            "//evil.example/x.svg",
            "/\\evil.example",
            "/\t/evil.example",
            "data:text/html,x",
            "data:image",
            "javascript:1",
            "/a b",
            "https://github.com@evil.example/x.png",
            "https://2130706433/x.png",
            &too_long,
            &"/x".repeat(2000),
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
