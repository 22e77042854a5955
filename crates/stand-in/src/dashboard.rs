//! An imitation of the dashboard around the custom elements, with what the
//! elements can observe of it.

use std::sync::Arc;

use axum::{
    Router,
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    answer,
    coder::{self, Coder, Visit},
    form::Query,
    html::escape,
};

const PATH: &str = "/_stand-in/dashboard/";

/// The themes, which are classes of `<html>`. The first is the default.
const THEMES: [&str; 6] = [
    "dark",
    "light",
    "dark-protan-deuter",
    "dark-tritan",
    "light-protan-deuter",
    "light-tritan",
];

/// All routes of the imitation.
pub(crate) fn router(coder: Arc<Coder>) -> Router {
    Router::new()
        .route("/_stand-in/dashboard", get(to_folder))
        .route(PATH, get(show))
        .route("/_stand-in/dashboard/dashboard.css", get(style))
        .with_state(coder)
}

/// `GET /_stand-in/dashboard`: the page's folder.
async fn to_folder() -> Response {
    answer::redirect(StatusCode::PERMANENT_REDIRECT, PATH)
}

/// `GET /_stand-in/dashboard/dashboard.css`: the themes.
async fn style() -> Response {
    answer::typed(
        StatusCode::OK,
        "text/css; charset=utf-8",
        include_str!("../dashboard/dashboard.css"),
    )
}

/// `GET /_stand-in/dashboard/`: the page.
async fn show(theme: Theme, Query(query): Query, visit: Visit) -> Response {
    let is_without_wasm = query.get("wasm") == "off";
    let elements = if is_without_wasm {
        "/embedded-without-wasm"
    } else {
        "/embedded"
    };
    let page = include_str!("../dashboard/index.html")
        .replace("{theme}", &theme.classes())
        .replace("{csrf}", &escape(&visit.csrf_token))
        .replace("{elements}", elements);
    let mut response = answer::html(StatusCode::OK, page);
    if is_without_wasm {
        coder::put_policy_without_wasm(&mut response);
    }
    (visit.cookie, response).into_response()
}

/// The theme in the query.
///
/// # Errors
///
/// `400` for a name that is no theme.
#[derive(Debug, PartialEq, Eq)]
struct Theme(&'static str);

impl Theme {
    fn named(name: &str) -> Option<Self> {
        let [default, ..] = THEMES;
        if name.is_empty() {
            return Some(Self(default));
        }
        THEMES.into_iter().find(|theme| *theme == name).map(Self)
    }

    /// The classes of `<html>`: a variant also has the class of its base theme.
    fn classes(&self) -> String {
        match self.0.split_once('-') {
            Some((base, _)) => format!("{base} {}", self.0),
            None => self.0.to_owned(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Theme {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Ok(Query(query)) = Query::from_request_parts(parts, state).await;
        Self::named(query.get("theme")).ok_or_else(|| {
            let detail = format!("There are: {}.", THEMES.join(", "));
            answer::message(StatusCode::BAD_REQUEST, "There is no such theme.", &detail)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_has_one_of_the_dashboard_s_names() {
        assert_eq!(Theme::named(""), Some(Theme("dark")));
        assert_eq!(Theme::named("light-tritan"), Some(Theme("light-tritan")));
        assert_eq!(Theme::named("\"><script>"), None);
    }

    #[test]
    fn a_variant_also_has_the_class_of_its_base_theme() {
        assert_eq!(Theme("dark").classes(), "dark");
        assert_eq!(
            Theme("light-protan-deuter").classes(),
            "light light-protan-deuter"
        );
    }

    #[test]
    fn every_theme_has_its_colours() {
        let style = include_str!("../dashboard/dashboard.css");
        for theme in THEMES {
            assert!(style.contains(&format!(".{theme}")), "{theme}");
        }
    }
}
