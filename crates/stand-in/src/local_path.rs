//! Redirect targets that stay on the deployment's origin.

/// The path and query of the callback's `redirect` parameter. As in Coder, a
/// host is ignored, and the fragment and bytes that no cookie can hold
/// (RFC 6265 §4.1.1) are removed.
pub(crate) fn of_any_url(redirect: &str) -> Option<String> {
    if redirect.is_empty() {
        return None;
    }
    let without_fragment = redirect.split('#').next().unwrap_or_default();
    let after_scheme = match without_fragment.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => Some(rest),
        _ => without_fragment.strip_prefix("//"),
    };
    let path = match after_scheme {
        Some(with_host) => with_host
            .find(['/', '?'])
            .map_or("", |start| &with_host[start..]),
        None => without_fragment,
    };
    let kept: String = path
        .chars()
        .filter(|character| {
            character.is_ascii_graphic() && !matches!(character, ';' | '\\' | '"' | ',')
        })
        .collect();
    // Two slashes would begin a host.
    Some(format!("/{}", kept.trim_start_matches('/')))
}

/// The path when it stays on this origin, else `/`.
pub(crate) fn or_root(path: &str) -> &str {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_keeps_its_path_but_not_its_host() {
        for (given, kept) in [
            ("/accounts/?a=1", "/accounts/?a=1"),
            ("https://evil.example/x?y=1#z", "/x?y=1"),
            ("//evil.example/x", "/x"),
            ("///evil.example", "/evil.example"),
            ("/\\evil.example", "/evil.example"),
            ("https://evil.example", "/"),
            ("accounts/", "/accounts/"),
            ("/a;b", "/ab"),
            ("/x?next=https://a/b", "/x?next=https://a/b"),
        ] {
            assert_eq!(of_any_url(given).as_deref(), Some(kept), "{given}");
        }
        assert_eq!(of_any_url(""), None);
    }

    #[test]
    fn a_path_to_another_origin_becomes_the_root() {
        for path in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "/\t/x",
        ] {
            assert_eq!(or_root(path), "/", "{path}");
        }
        assert_eq!(or_root("/accounts/?a=1"), "/accounts/?a=1");
    }
}
