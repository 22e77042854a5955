use external_auth_core::Route;
use leptos::prelude::*;

use super::SettingsPage;
use super::other_pages::{linked_page, provider_page};
use crate::Config;
use crate::platform::current_route;
use crate::session::EarlyRequests;

/// Shows what the page's address asks for. `early`: the requests that were sent
/// for the list.
#[component]
pub fn Page(config: Config, early: EarlyRequests) -> impl IntoView {
    match current_route() {
        Route::Settings => view! { <SettingsPage config early /> }.into_any(),
        Route::Provider { id, redirected } => provider_page(config, id, redirected),
        Route::Linked { id } => linked_page(config, id),
    }
}
