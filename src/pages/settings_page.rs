use leptos::prelude::*;

use crate::Config;
use crate::components::ExternalAuthList;
use crate::store::ExternalAuthStore;

/// The account settings page: shows the list and starts to load it.
#[component]
pub fn SettingsPage(config: Config) -> impl IntoView {
    let store = ExternalAuthStore::new(&config);
    store.start();
    view! { <ExternalAuthList store /> }
}
