use leptos::prelude::*;

use crate::Config;
use crate::components::ExternalAuthList;
use crate::session::EarlyRequests;
use crate::view::View;

/// The account settings page: shows the list and starts to load it. `early`:
/// the requests that were sent for it before the program ran.
#[component]
pub fn SettingsPage(config: Config, #[prop(optional)] early: EarlyRequests) -> impl IntoView {
    let view = View::new(&config);
    view.session.take_over(early);
    view.start();
    view! { <ExternalAuthList view /> }
}
