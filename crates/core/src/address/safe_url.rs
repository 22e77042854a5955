use std::fmt;

use super::host::canonical_host;

#[cfg(test)]
mod tests;

/// An absolute `https` or `http` address that may be followed.
///
/// [`Origins`](super::Origins) makes it of an address from a server or a provider:
/// `app_install_url`, `configure_url`, `verification_uri`, `profile_url`. The host that is shown is the host that a browser visits
/// (WHATWG URL): what a browser would read in another way is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeUrl(String);

impl SafeUrl {
    /// The maximum length, in bytes: what servers and proxies accept in a
    /// request. Longer addresses are refused, because a part of an address is
    /// another address.
    pub const MAX_LENGTH: usize = 2048;

    /// Accepts `text` if it is an absolute address with the scheme `https` or
    /// `http` and a host of ASCII characters, without user information (RFC
    /// 3986 §7.6). The scheme and the host become lower case, and a default
    /// port is removed.
    ///
    /// An address with other characters is accepted in the form that the
    /// browser's `URL` gives it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > Self::MAX_LENGTH || !is_plain(text) {
            return None;
        }
        let (scheme, default_port) = if starts_with_ignoring_case(text, "https://") {
            ("https://", "443")
        } else if starts_with_ignoring_case(text, "http://") {
            ("http://", "80")
        } else {
            return None;
        };
        let rest = &text[scheme.len()..];
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = canonical_host(&authority.to_ascii_lowercase(), default_port)?;
        let mut url = String::from(scheme);
        url.push_str(&host);
        url.push_str(path);
        Some(Self(url))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port, without a path.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0[..self.host_start() + self.host().len()]
    }

    /// The host, with its port if that is not the default one. A person
    /// recognises an address by it.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = &self.0[self.host_start()..];
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// Whether the scheme is `https`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// Whether the host is this computer (W3C Secure Contexts §3.1): what is
    /// sent there leaves it not, so `http` is as good as `https`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        if host.starts_with("[::1]") {
            return true;
        }
        let name = host.split(':').next().unwrap_or_default();
        let name = name.strip_suffix('.').unwrap_or(name);
        // A name whose last label is no number is not an IP address.
        let is_ipv4 = name.ends_with(|last: char| last.is_ascii_digit())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        name == "localhost" || name.ends_with(".localhost") || (is_ipv4 && name.starts_with("127."))
    }

    fn host_start(&self) -> usize {
        if self.is_https() { 8 } else { 7 }
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether a text has only visible ASCII characters that mean the same to a
/// browser and to a person: no backslash, which a browser reads as a slash, and
/// nothing that ends an address in a sentence.
pub(super) fn is_plain(text: &str) -> bool {
    let is_allowed = |byte| matches!(byte, b'!'..=b'~') && !b"\\\"<>`".contains(&byte);
    text.bytes().all(is_allowed)
}

pub(super) fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}
