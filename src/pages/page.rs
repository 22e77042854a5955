use external_auth_core::Route;
use leptos::prelude::*;

use super::{LinkedPage, ProviderPage, SettingsPage};
use crate::Config;
use crate::platform::current_route;
use crate::session::EarlyRequests;

/// Shows what the page's address asks for. `early`: the requests that were sent
/// for the list.
#[component]
pub fn Page(config: Config, early: EarlyRequests) -> impl IntoView {
    match current_route() {
        Route::Settings => view! { <SettingsPage config early /> }.into_any(),
        Route::Provider { id, redirected } => {
            view! { <ProviderPage config id redirected /> }.into_any()
        }
        Route::Linked { id } => view! { <LinkedPage config id /> }.into_any(),
    }
}
