use crate::LinkedParameter;
use crate::query::{decode_component, query_parameter};

/// The page that this program shows for an address.
///
/// The query can select every page, so that one static file serves all of
/// them below any path. The path `/external-auth/:id` is the path of the
/// dashboard's own page, which this page replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The list.
    Settings,
    /// One provider: `/external-auth/:id` or `?provider=:id`.
    Provider {
        /// The provider's id.
        id: String,
        /// Whether a redirect flow returned here. Then none is started
        /// automatically.
        redirected: bool,
    },
    /// The return page of a flow that ran in a window: `?linked=:id&window=1`.
    Linked {
        /// The provider that was linked, if the flow succeeded.
        id: String,
    },
}

impl Route {
    /// Reads the address of the page: path and query, with or without `?`.
    #[must_use]
    pub fn of(path: &str, query: &str) -> Self {
        let parameter = |name: &str| query_parameter(query, name);
        let linked = LinkedParameter::take(query).map(|(linked, _)| linked);
        let came_back = linked.is_some();
        if let Some(linked) = linked.filter(|linked| linked.in_window) {
            return Self::Linked {
                id: linked.provider,
            };
        }
        let in_path = id_in_path(path).map(|id| decode_component(id, false));
        match in_path.or_else(|| parameter("provider")) {
            Some(id) => Self::Provider {
                id,
                redirected: parameter("redirected").is_some() || came_back,
            },
            None => Self::Settings,
        }
    }
}

/// The id in a path that ends with `/external-auth/:id`. The names of the path
/// are compared: a search for the text would bring more code to the first part.
fn id_in_path(path: &str) -> Option<&str> {
    let mut names = path.trim_end_matches('/').rsplit('/');
    let id = names.next()?;
    let is_ours = names.next()? == "external-auth" && names.next().is_some();
    is_ours.then_some(id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Route;
    use crate::routes::encode_component;

    fn provider(id: &str, redirected: bool) -> Route {
        Route::Provider {
            id: id.into(),
            redirected,
        }
    }

    #[test]
    fn addresses_lead_to_their_pages() {
        for (path, query, route) in [
            ("/accounts/", "", Route::Settings),
            ("/", "?linked=gitlab&q=x", Route::Settings),
            (
                "/accounts/",
                "?linked=gitlab&window=1",
                Route::Linked {
                    id: "gitlab".into(),
                },
            ),
            ("/external-auth/github", "", provider("github", false)),
            (
                "/external-auth/git%2Fhub/",
                "?redirected=true",
                provider("git/hub", true),
            ),
            (
                "/external-auth/github",
                "?linked=github",
                provider("github", true),
            ),
            ("/a/external-auth/x", "", provider("x", false)),
            (
                "/external-auth/external-auth",
                "",
                provider("external-auth", false),
            ),
            ("external-auth/x", "", Route::Settings),
            ("/external-auth/x/y", "", Route::Settings),
            ("/not-external-auth/x", "", Route::Settings),
            ("/external-auth//", "", Route::Settings),
            ("", "", Route::Settings),
            ("/settings/external-auth", "", Route::Settings),
            ("/settings/external-auth/", "", Route::Settings),
            ("/accounts/", "?provider=a+b%26", provider("a b&", false)),
            ("/accounts/", "?provider=", Route::Settings),
        ] {
            assert_eq!(Route::of(path, query), route, "{path}{query}");
        }
    }

    proptest! {
        #[test]
        fn any_id_survives_the_address(id in "\\PC{1,30}") {
            let query = format!("?provider={}", encode_component(&id));
            prop_assert_eq!(Route::of("/accounts/", &query), provider(&id, false));
        }

        #[test]
        fn any_address_leads_somewhere(path in "\\PC*", query in "\\PC*") {
            let _ = Route::of(&path, &query);
        }
    }
}
