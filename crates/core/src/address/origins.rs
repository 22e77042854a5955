use super::{ImageUrl, SafeUrl};

/// The origins by which an address from outside is judged: where this page is,
/// and where the deployment is. The one place that says which addresses may be
/// followed, shown or loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    page: String,
    /// Empty for the page's own.
    deployment: String,
}

impl Origins {
    /// `page` is the origin of this page as the browser writes it. `deployment`
    /// is the origin of the deployment; empty for the page's own.
    #[must_use]
    pub fn new(page: &str, deployment: &str) -> Self {
        Self {
            page: page.to_owned(),
            deployment: deployment.to_owned(),
        }
    }

    /// An address that may be followed: `https`, or `http` where that is not
    /// less safe than this page, or stays on this computer.
    #[must_use]
    pub fn link(&self, text: &str) -> Option<SafeUrl> {
        let may_be_http = self.page.starts_with("http:");
        SafeUrl::parse(text).filter(|url| url.is_https() || may_be_http || url.is_loopback())
    }

    /// An address of a picture that the deployment's configuration names:
    /// `display_icon`. It may be a path on the deployment.
    #[must_use]
    pub fn icon(&self, text: &str) -> Option<ImageUrl> {
        match SafeUrl::parse(text) {
            Some(_) => self.link(text).map(ImageUrl::from),
            None => ImageUrl::parse(text, &self.deployment),
        }
    }

    /// An address of a picture that a provider names: `avatar_url`. Not on the
    /// origin of this page or of the deployment: a request for it would carry
    /// the session, and could refresh tokens or replace the state of a flow. A
    /// picture inside of the address needs no request.
    #[must_use]
    pub fn avatar(&self, text: &str) -> Option<ImageUrl> {
        let is_ours = |url: &SafeUrl| {
            // Without a page, nothing is known of what is ours.
            self.page.is_empty()
                || [&self.page, &self.deployment]
                    .into_iter()
                    .filter_map(|origin| SafeUrl::parse(origin))
                    .any(|origin| same_host(origin.host(), url.host()))
        };
        match SafeUrl::parse(text) {
            Some(_) => (self.link(text).filter(|url| !is_ours(url))).map(ImageUrl::from),
            None => ImageUrl::parse(text, "").filter(|url| !url.as_str().starts_with('/')),
        }
    }
}

/// Whether hosts with their ports are one. The scheme does not matter, because
/// a server that answers `http` leads to `https`. A dot at the end means the
/// root of all names.
fn same_host(one: &str, other: &str) -> bool {
    let plain = |host: &str| host.replacen(".:", ":", 1).trim_end_matches('.').to_owned();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use crate::address::{ImageUrl, SafeUrl};

    #[test]
    fn http_may_be_followed_from_http_or_on_this_computer() {
        for (page, text, is_allowed) in [
            ("https://coder.example", "https://git.example/", true),
            ("https://coder.example", "http://git.example/", false),
            ("https://coder.example", "http://127.0.0.1:3000/", true),
            ("http://coder.lan", "http://git.lan/", true),
            ("http://coder.lan", "https://git.example/", true),
            ("http://coder.lan", "ftp://git.lan/", false),
            // A page without an origin, such as one in a sandbox.
            ("null", "http://git.example/", false),
        ] {
            let origins = Origins::new(page, "");
            let link = origins.link(text);
            assert_eq!(
                link,
                SafeUrl::parse(text).filter(|_| is_allowed),
                "{page} {text}"
            );
            let icon = origins.icon(text);
            assert_eq!(icon.is_some(), is_allowed, "{page} {text}");
            assert_eq!(origins.avatar(text).is_some(), is_allowed, "{page} {text}");
        }
    }

    #[test]
    fn an_icon_may_be_on_the_deployment() {
        let origins = Origins::new("https://host.example", "https://coder.example");
        let icon = |text| origins.icon(text).map(|url| url.as_str().to_owned());
        assert_eq!(
            icon("/icon/github.svg").as_deref(),
            Some("https://coder.example/icon/github.svg")
        );
        assert!(icon("data:image/png;base64,AAAA").is_some());
        assert!(icon("//evil.example/x.png").is_none());
    }

    #[test]
    fn an_avatar_is_never_on_our_origins() {
        let origins = Origins::new("https://host.example:8443", "https://coder.example");
        for (text, is_allowed) in [
            ("https://avatars.example/u/1", true),
            ("https://host.example/u/1", true),
            ("https://coder.example.evil.example/", true),
            ("https://coder.example/external-auth/github/callback", false),
            ("https://CODER.example:443/api/v2/external-auth", false),
            ("https://coder.example./api/v2/external-auth", false),
            ("https://host.example:8443/logout", false),
            ("https://host.example.:8443/logout", false),
            ("/api/v2/external-auth", false),
            ("data:image/png;base64,AAAA", true),
            ("data:text/html,x", false),
            ("//coder.example/x", false),
        ] {
            assert_eq!(origins.avatar(text).is_some(), is_allowed, "{text}");
        }
        let unknown = Origins::default();
        assert_eq!(unknown.avatar("https://avatars.example/u/1"), None);
        let own = Origins::new("http://coder.lan", "");
        assert_eq!(own.avatar("http://coder.lan/x"), None);
        assert_eq!(own.avatar("https://coder.lan/x"), None);
        let other = own.avatar("http://git.lan/x");
        assert_eq!(
            other.as_ref().map(ImageUrl::as_str),
            Some("http://git.lan/x")
        );
    }
}
