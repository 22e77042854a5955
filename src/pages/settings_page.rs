use leptos::prelude::*;

use crate::Config;
use crate::components::ExternalAuthList;
use crate::view::View;

/// The account settings page: shows the list and starts to load it.
#[component]
pub fn SettingsPage(config: Config) -> impl IntoView {
    let view = View::new(&config);
    view.start();
    view! { <ExternalAuthList view /> }
}
