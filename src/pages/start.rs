use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, PageTransitionEvent};

use super::Page;
use crate::Config;
use crate::platform::{Listener, in_next_task, log_panics};
use crate::session::EarlyRequests;

/// Starts the page: reads its configuration and replaces the skeleton in
/// `index.html`. The loader calls this, because pages that embed the elements
/// load the same program. `early` has the requests that the loader has sent.
#[wasm_bindgen(js_name = startPage)]
pub fn start_page(early: &JsValue) {
    log_panics();
    let Some(place) = document()
        .get_element_by_id("app")
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    else {
        web_sys::console::error_1(&"index.html has no element with the id `app`".into());
        return;
    };
    let config = Config::from_page();
    let early = EarlyRequests::take(early, &config);
    // On a slow phone, both what is done and what follows take long.
    in_next_task(move || {
        let mut shown = Some(show(&place, config, early));
        let restored = Listener::new(&window(), "pageshow", move |event| {
            if !event.unchecked_ref::<PageTransitionEvent>().persisted() {
                return;
            }
            // The page comes from the back/forward cache. What it shows is old, and
            // another person may have signed in since. public/boot.js has hidden it.
            drop(shown.take());
            let config = Config::from_page();
            shown = Some(show(&place, config, EarlyRequests::default()));
        });
        // The listener stays for the lifetime of the document.
        std::mem::forget(restored);
    });
}

fn show(place: &HtmlElement, config: Config, early: EarlyRequests) -> Box<dyn Any> {
    place.set_text_content(None);
    place.set_hidden(false);
    Box::new(mount_to(
        place.clone(),
        move || view! { <Page config early /> },
    ))
}
