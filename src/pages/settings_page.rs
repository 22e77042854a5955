use leptos::prelude::*;

use crate::Config;
use crate::components::ExternalAuthList;
use crate::view::View;

/// The account settings page: the list, from the moment it is on the screen.
#[component]
pub fn SettingsPage(config: Config) -> impl IntoView {
    let store = View::new(&config);
    store.start();
    view! { <ExternalAuthList store /> }
}
