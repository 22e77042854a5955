use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};

use super::{Gallery, view::View, views};
use crate::{
    answer, coder,
    html::{self, escape},
};

/// `GET /_stand-in/gallery/{view}/`, and
/// `GET /_stand-in/gallery/{view}/external-auth/{id}`: the page at the view's base
/// URL. A load sets the view's answers back to the first.
pub(super) async fn show(State(gallery): State<Arc<Gallery>>, view: &'static View) -> Response {
    gallery.begin(view.name);
    // The page reads the first of two tags. With the token it does not fetch
    // its base URL for one, where it would find itself.
    let head = format!(
        "<base href=\"/accounts/\">\
         <meta name=\"coder-external-auth\" data-base-url=\"{}\">\
         <meta property=\"csrf-token\" content=\"gallery\">",
        view.base()
    );
    coder::page_with_head(&gallery.coder, &head).await
}

/// The view of the name in the path.
///
/// # Errors
///
/// A `404` page when there is no such view.
impl<S: Send + Sync> FromRequestParts<S> for &'static View {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Path(path) = Path::<HashMap<String, String>>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let name = path.get("view").map(String::as_str).unwrap_or_default();
        views::named(name).ok_or_else(|| coder::not_found_page("There is no such view."))
    }
}

/// `GET /_stand-in/gallery/{view}/icon/{file}`: the deployment's icons.
pub(super) async fn icon(Path((_, file)): Path<(String, String)>) -> Response {
    coder::icon(Path(file)).await
}

/// `GET /_stand-in/gallery/{view}/external-auth/{id}/callback`: the window of a
/// redirect flow.
pub(super) async fn callback(
    State(gallery): State<Arc<Gallery>>,
    Path((name, id)): Path<(String, String)>,
) -> Response {
    let script = views::named(&name).map(|view| view.script(gallery.coder.clock().now()));
    if let Some(reply) = script.and_then(|script| script.callback(&id)) {
        return reply.send().await;
    }
    let body = "<h1>At the provider</h1>\n<p>Here a person would be asked. Nobody is.</p>";
    answer::html(StatusCode::OK, html::page("At the provider", "", body))
}

/// Any other path, to which a link of the page leads.
pub(super) async fn elsewhere(Path((name, path)): Path<(String, String)>) -> Response {
    let body = format!(
        "<h1>Outside of the view</h1>\n\
         <p>The page leads to <code>/{}</code> of the deployment, of which a view has nothing but the API.</p>\n\
         <p><a href=\"{}\">Back to the view</a></p>",
        escape(&path),
        escape(&views::named(&name).map_or_else(|| super::PATH.to_owned(), View::path)),
    );
    answer::html(
        StatusCode::NOT_FOUND,
        html::page("Outside of the view", "", &body),
    )
}
