//! An imitation of the dashboard around the custom elements, as far as they
//! can notice it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::get,
};

use crate::{answer, coder, form::Form, html::escape, state::Shared};

const PATH: &str = "/_stand-in/dashboard/";

/// What the class of `<html>` can be. The first is the default.
const THEMES: [&str; 6] = [
    "dark",
    "light",
    "dark-protan-deuter",
    "dark-tritan",
    "light-protan-deuter",
    "light-tritan",
];

/// All routes of the imitation.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/_stand-in/dashboard", get(to_folder))
        .route(PATH, get(show))
        .route("/_stand-in/dashboard/dashboard.css", get(style))
        .with_state(shared)
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
async fn show(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    let Some(theme) = theme(query.get("theme")) else {
        let detail = format!("There are: {}.", THEMES.join(", "));
        return answer::message(StatusCode::BAD_REQUEST, "There is no such theme.", &detail);
    };
    let is_without_wasm = query.get("wasm") == "off";
    let elements = if is_without_wasm {
        "/embedded-without-wasm"
    } else {
        "/embedded"
    };
    let visit = coder::visit(&shared, &headers);
    let page = include_str!("../dashboard/index.html")
        .replace("{theme}", &classes(theme))
        .replace("{csrf}", &escape(&visit.csrf_token))
        .replace("{elements}", elements);
    let mut response = answer::html(StatusCode::OK, page);
    if is_without_wasm {
        coder::put_policy_without_wasm(&mut response);
    }
    match visit.welcome {
        Some(cookie) => answer::with_cookie(response, &cookie),
        None => response,
    }
}

/// The classes of a theme: a variant has that of its theme, too.
fn classes(theme: &str) -> String {
    match theme.split_once('-') {
        Some((base, _)) => format!("{base} {theme}"),
        None => theme.to_owned(),
    }
}

/// A theme by its name.
fn theme(name: &str) -> Option<&'static str> {
    let [default, ..] = THEMES;
    if name.is_empty() {
        return Some(default);
    }
    THEMES.into_iter().find(|theme| *theme == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_has_one_of_the_dashboard_s_names() {
        assert_eq!(theme(""), Some("dark"));
        assert_eq!(theme("light-tritan"), Some("light-tritan"));
        assert_eq!(theme("\"><script>"), None);
    }

    #[test]
    fn a_variant_has_the_class_of_its_theme_too() {
        assert_eq!(classes("dark"), "dark");
        assert_eq!(classes("light-protan-deuter"), "light light-protan-deuter");
    }

    #[test]
    fn every_theme_has_its_colours() {
        let style = include_str!("../dashboard/dashboard.css");
        for theme in THEMES {
            assert!(style.contains(&format!(".{theme}")), "{theme}");
        }
    }
}
