use crate::{Origins, SafeUrl};

/// What is known of a provider that helps to find its list of authorised
/// applications.
#[derive(Debug, Clone, Copy)]
pub struct ProviderHints<'a> {
    /// Judges the addresses.
    pub origins: &'a Origins,
    /// The provider's type. Case does not matter, as in Coder.
    pub kind: &'a str,
    /// Its display name, as configured.
    pub display_name: &'a str,
    /// Whether the provider's tokens belong to an app that can be installed.
    pub has_app: bool,
    /// Addresses at the provider from an answer: `profile_url`,
    /// `app_install_url`, `verification_uri`. The first one that may be followed
    /// gives the host.
    pub addresses: &'a [&'a str],
}

/// The page where the provider lists authorised applications, so that a person
/// can end a grant by hand. None where it is not known: a wrong address would
/// send a person with a valid token to the wrong place.
///
/// A self-hosted provider is recognised by the addresses from its answers, a
/// public one also by its name.
#[must_use]
pub fn authorizations_url(provider: ProviderHints<'_>) -> Option<SafeUrl> {
    let origin = (provider.addresses.iter())
        .find_map(|address| provider.origins.link(address))
        .map(|url| url.origin().to_owned());
    let public = |names: &[&str], public_origin: &str| {
        let name = provider.display_name.trim();
        let is_public =
            name.is_empty() || names.iter().any(|known| name.eq_ignore_ascii_case(known));
        is_public.then(|| public_origin.to_owned())
    };
    let (origin, path) = match provider.kind.to_ascii_lowercase().as_str() {
        "github" => (
            origin.or_else(|| public(&["GitHub"], "https://github.com")),
            if provider.has_app {
                "/settings/apps/authorizations"
            } else {
                "/settings/applications"
            },
        ),
        "gitlab" => (
            origin.or_else(|| public(&["GitLab"], "https://gitlab.com")),
            "/-/user_settings/applications",
        ),
        "gitea" => (
            origin.or_else(|| public(&["Gitea"], "https://gitea.com")),
            "/user/settings/applications",
        ),
        "bitbucket-cloud" => (
            Some("https://bitbucket.org".to_owned()),
            "/account/settings/app-authorizations/",
        ),
        "azure-devops" => (
            Some("https://app.vssps.visualstudio.com".to_owned()),
            "/Profile/View",
        ),
        "azure-devops-entra" => (Some("https://myapps.microsoft.com".to_owned()), "/"),
        "slack" => (Some("https://my.slack.com".to_owned()), "/apps/manage"),
        "jfrog" => (origin, "/ui/user_profile"),
        _ => (None, ""),
    };
    (provider.origins).link(&format!("{}{path}", origin?))
}

#[cfg(test)]
mod tests {
    use super::{ProviderHints, authorizations_url};
    use crate::Origins;

    fn url(kind: &str, display_name: &str, addresses: &[&str]) -> Option<String> {
        let hints = ProviderHints {
            origins: &Origins::new("https://coder.example", ""),
            kind,
            display_name,
            addresses,
            has_app: false,
        };
        authorizations_url(hints).map(|url| url.to_string())
    }

    #[test]
    fn public_providers_are_recognised_by_name() {
        for (kind, name, address) in [
            (
                "github",
                "GitHub",
                "https://github.com/settings/applications",
            ),
            ("github", "", "https://github.com/settings/applications"),
            (
                "GitHub",
                "GitHub",
                "https://github.com/settings/applications",
            ),
            (
                "Azure-DevOps-Entra",
                "Azure",
                "https://myapps.microsoft.com/",
            ),
            (
                "gitlab",
                "gitlab ",
                "https://gitlab.com/-/user_settings/applications",
            ),
            (
                "gitea",
                "Gitea",
                "https://gitea.com/user/settings/applications",
            ),
            (
                "bitbucket-cloud",
                "Our code",
                "https://bitbucket.org/account/settings/app-authorizations/",
            ),
            (
                "azure-devops",
                "Azure",
                "https://app.vssps.visualstudio.com/Profile/View",
            ),
            (
                "azure-devops-entra",
                "Azure",
                "https://myapps.microsoft.com/",
            ),
            ("slack", "Chat", "https://my.slack.com/apps/manage"),
        ] {
            assert_eq!(
                url(kind, name, &[]).as_deref(),
                Some(address),
                "{kind} {name}"
            );
        }
    }

    #[test]
    fn self_hosted_providers_are_recognised_only_by_their_addresses() {
        let named = [
            "javascript:alert(1)",
            "http://other.example/",
            "https://git.example:8443/ada",
        ];
        for (kind, address) in [
            ("github", "https://git.example:8443/settings/applications"),
            (
                "gitlab",
                "https://git.example:8443/-/user_settings/applications",
            ),
            (
                "gitea",
                "https://git.example:8443/user/settings/applications",
            ),
            ("jfrog", "https://git.example:8443/ui/user_profile"),
        ] {
            assert_eq!(url(kind, "Internal", &named).as_deref(), Some(address));
            assert_eq!(url(kind, "Internal", &[]), None, "{kind}");
        }
        assert_eq!(url("bitbucket-server", "Internal", &named), None);
        assert_eq!(url("", "Internal", &named), None);
    }

    #[test]
    fn apps_have_another_page() {
        let hints = ProviderHints {
            origins: &Origins::default(),
            kind: "github",
            display_name: "",
            has_app: true,
            addresses: &[],
        };
        let url = authorizations_url(hints).map(|url| url.to_string());
        assert_eq!(
            url.as_deref(),
            Some("https://github.com/settings/apps/authorizations")
        );
    }
}
