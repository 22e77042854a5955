//! The gallery: the page in each of its states, side by side.
//!
//! A view is the shipped page below its own base URL, where prepared answers
//! bring it into one state. Some states need buttons pressed; the view names
//! them.

mod answers;
mod api;
mod card;
mod group;
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

/// The address of the index.
pub(crate) const PATH: &str = "/_stand-in/gallery/";

/// The views of the gallery as a JSON list: of each its name, group, title, path,
/// buttons to press, and a part of its text.
#[must_use]
pub fn gallery_views() -> String {
    views::description().to_string()
}

/// The state of the gallery's handlers.
#[derive(Debug)]
struct Gallery {
    coder: Arc<Coder>,
    /// The number of requests since a view was loaded, by view, then by method
    /// and path.
    asked: Mutex<BTreeMap<String, BTreeMap<String, usize>>>,
}

impl Gallery {
    /// Sets the counts of a view back.
    fn begin(&self, view: &str) {
        self.counts().remove(view);
    }

    /// Counts a request.
    fn count(&self, view: &str, request: String) {
        let mut counts = self.counts();
        let counts = counts.entry(view.to_owned()).or_default();
        *counts.entry(request).or_default() += 1;
    }

    /// The number of times that a request was made.
    fn asked(&self, view: &str, request: &str) -> usize {
        let counts = self.counts();
        let count = counts.get(view).and_then(|counts| counts.get(request));
        count.copied().unwrap_or_default()
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<String, BTreeMap<String, usize>>> {
        lock(&self.asked)
    }
}

/// All routes of the gallery. They exist in every scenario, and do not change its
/// state.
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
        .route("/_stand-in/gallery/{view}/", get(page::show))
        .route(
            "/_stand-in/gallery/{view}/external-auth/{id}",
            get(page::show),
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
