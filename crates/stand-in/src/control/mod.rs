//! The control routes below `/_stand-in/`, with which tests set state and faults.
//! `docs/control-routes.md` documents them.

mod clock;
mod connections;
mod csp_report;
mod device;
mod faults;
mod input;
mod links;
mod providers;
mod requests;
mod reset;
mod secrets;
mod sessions;
mod state;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::simulation::Simulation;

/// The longest body of a control route, in bytes: a fault has an answer of any
/// length in it.
const MAX_BODY: usize = 64 << 20;

/// All control routes.
pub(crate) fn router(simulation: Arc<Simulation>) -> Router {
    Router::new()
        .route("/_stand-in/reset", post(reset::reset))
        .route("/_stand-in/state", get(state::show))
        .route("/_stand-in/secrets", get(secrets::show))
        .route(
            "/_stand-in/requests",
            get(requests::show).delete(requests::clear),
        )
        .route(
            "/_stand-in/faults",
            get(faults::show).post(faults::arm).delete(faults::clear),
        )
        .route("/_stand-in/release", post(faults::release))
        .route("/_stand-in/providers/{id}", post(providers::patch))
        .route("/_stand-in/links/{id}", post(links::patch))
        .route("/_stand-in/device/{id}", post(device::decide))
        .route("/_stand-in/sessions", post(sessions::open))
        .route("/_stand-in/sessions/end", post(sessions::end_all))
        .route("/_stand-in/csrf/rotate", post(sessions::rotate_csrf))
        .route("/_stand-in/clock", post(clock::advance))
        .route("/_stand-in/connections", post(connections::accept))
        .route("/_stand-in/csp-report", post(csp_report::receive))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(simulation)
}
