use crate::{Origins, SafeUrl};

/// The address of this page on the host of the deployment's access URL
/// (`dashboard_url` of `GET /buildinfo`). None where the page is on that host
/// already, or where the access URL may not be followed.
///
/// A redirect flow works only on that host. The deployment keeps the flow's
/// state in a cookie of the host where the flow begins (without the port, RFC
/// 6265 §8.5), and the provider sends the browser to the host of the access
/// URL.
///
/// `origins` judge the access URL. `host` is the host of this page as the browser
/// writes it, with or without a port; `path` is its path and query.
#[must_use]
pub fn page_at_access_url(
    origins: &Origins,
    host: &str,
    path: &str,
    access_url: &str,
) -> Option<SafeUrl> {
    let access = origins.link(access_url)?;
    if is_same_host(host, access.host()) {
        return None;
    }
    origins.link(&format!("{}{path}", access.origin()))
}

fn is_same_host(one: &str, other: &str) -> bool {
    without_port(one).eq_ignore_ascii_case(without_port(other))
}

/// The name or IP address of a host without its port. A trailing dot, which
/// means the DNS root, is removed.
fn without_port(host: &str) -> &str {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.strip_suffix('.').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::page_at_access_url;
    use crate::Origins;

    fn there(host: &str, access_url: &str) -> Option<String> {
        let origins = Origins::new("https://page.example", "");
        let page = page_at_access_url(&origins, host, "/accounts/?q=git", access_url);
        page.map(|page| page.to_string())
    }

    #[test]
    fn names_the_same_page_on_the_host_of_the_access_url() {
        for (host, access_url, expected) in [
            (
                "coder.internal",
                "https://coder.example",
                "https://coder.example/accounts/?q=git",
            ),
            (
                "coder.internal",
                "https://coder.example/",
                "https://coder.example/accounts/?q=git",
            ),
            (
                "localhost:8085",
                "http://127.0.0.1:3000",
                "http://127.0.0.1:3000/accounts/?q=git",
            ),
            (
                "10.0.0.7",
                "https://coder.example:8443/x?y#z",
                "https://coder.example:8443/accounts/?q=git",
            ),
            (
                "[::1]:3000",
                "http://localhost:3000",
                "http://localhost:3000/accounts/?q=git",
            ),
            (
                "www.coder.example",
                "https://coder.example",
                "https://coder.example/accounts/?q=git",
            ),
        ] {
            assert_eq!(there(host, access_url).as_deref(), Some(expected), "{host}");
        }
    }

    #[test]
    fn returns_none_on_the_same_host() {
        for (host, access_url) in [
            ("coder.example", "https://coder.example"),
            ("coder.example", "https://Coder.Example/"),
            ("coder.example.", "https://coder.example"),
            // Cookies ignore the port.
            ("coder.example:8443", "https://coder.example"),
            ("[::1]:3000", "http://[::1]"),
            ("[::1]", "http://[::1]"),
        ] {
            assert_eq!(there(host, access_url), None, "{host}");
        }
    }

    #[test]
    fn returns_none_for_an_address_that_may_not_be_followed() {
        for access_url in [
            "",
            "coder.example",
            "javascript:alert(1)",
            "https://coder.example@evil.example",
            // Less safe than this page.
            "http://coder.example",
            "/",
        ] {
            assert_eq!(there("localhost", access_url), None, "{access_url}");
        }
    }
}
