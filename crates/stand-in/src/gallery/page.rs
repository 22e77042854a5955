use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{Gallery, view::View, views};
use crate::{
    answer, coder,
    html::{self, escape},
};

/// `GET /_stand-in/gallery/{view}/`: the page at the view's base URL.
pub(super) async fn list(
    State(gallery): State<Arc<Gallery>>,
    Path(name): Path<String>,
) -> Response {
    show(&gallery, &name).await
}

/// `GET /_stand-in/gallery/{view}/external-auth/{id}`: the page for one provider.
pub(super) async fn provider(
    State(gallery): State<Arc<Gallery>>,
    Path((name, _)): Path<(String, String)>,
) -> Response {
    show(&gallery, &name).await
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

async fn show(gallery: &Gallery, name: &str) -> Response {
    let Some(view) = views::named(name) else {
        return coder::not_found_page("There is no such view.");
    };
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
