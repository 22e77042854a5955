//! Every state of the page, side by side, to be looked at and to be tested.
//!
//! A view is the page as it is shipped, below an address of its own, where it
//! is told another base: there, canned answers bring it into one state. A few
//! states need a button pressed; the view names it.

mod api;
mod card;
mod index;
mod page;
mod reply;
mod script;
mod view;
mod views;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    routing::{any, get},
};

use crate::{coder::Coder, lock::lock};

/// Where the index is.
pub(crate) const PATH: &str = "/_stand-in/gallery/";

/// The gallery's views, as a list in JSON: each with its name, group and title,
/// its path on the deployment's origin, the names of the buttons that lead to
/// its state, and a part of the text that is there then.
#[must_use]
pub fn gallery_views() -> String {
    views::description().to_string()
}

/// The state of the gallery's handlers.
#[derive(Debug)]
struct Gallery {
    coder: Arc<Coder>,
    /// How often each request was made since its view was loaded: by view, and
    /// by method and path.
    asked: Mutex<BTreeMap<String, BTreeMap<String, usize>>>,
}

impl Gallery {
    /// The view begins anew.
    fn begin(&self, view: &str) {
        self.counts().remove(view);
    }

    /// Counts a request.
    fn count(&self, view: &str, request: String) {
        let mut counts = self.counts();
        let counts = counts.entry(view.to_owned()).or_default();
        *counts.entry(request).or_default() += 1;
    }

    /// How often a request was made.
    fn asked(&self, view: &str, request: &str) -> usize {
        let counts = self.counts();
        let count = counts.get(view).and_then(|counts| counts.get(request));
        count.copied().unwrap_or_default()
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<String, BTreeMap<String, usize>>> {
        lock(&self.asked)
    }
}

/// All routes of the gallery. They are there in every scenario, and touch
/// nothing of its state.
pub(crate) fn router(coder: Arc<Coder>) -> Router {
    let gallery = Arc::new(Gallery {
        coder,
        asked: Mutex::default(),
    });
    Router::new()
        .route("/_stand-in/gallery", get(index::to_folder))
        .route(PATH, get(index::show))
        .route("/_stand-in/gallery/views.json", get(index::views))
        .route("/_stand-in/gallery/gallery.js", get(index::program))
        .route("/_stand-in/gallery/gallery.css", get(index::style))
        .route("/_stand-in/gallery/{view}/", get(page::list))
        .route(
            "/_stand-in/gallery/{view}/external-auth/{id}",
            get(page::provider),
        )
        .route(
            "/_stand-in/gallery/{view}/external-auth/{id}/callback",
            get(page::callback),
        )
        .route("/_stand-in/gallery/{view}/icon/{file}", get(page::icon))
        .route("/_stand-in/gallery/{view}/api/v2/{*path}", any(api::answer))
        .route("/_stand-in/gallery/{view}/{*path}", get(page::elsewhere))
        .with_state(gallery)
}
