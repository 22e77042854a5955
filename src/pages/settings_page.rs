use leptos::prelude::*;

use crate::Config;
use crate::components::ExternalAuthList;
use crate::store::ExternalAuthStore;

/// The account settings page: the list, from the moment it is on the screen.
#[component]
pub fn SettingsPage(config: Config) -> impl IntoView {
    let store = ExternalAuthStore::new(&config);
    store.start();
    view! { <ExternalAuthList store /> }
}
