use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, PageTransitionEvent};

use super::Page;
use crate::Config;
use crate::platform::{Listener, show_page_on_panic};

/// Starts the page: reads its configuration and takes the place of the skeleton
/// that `index.html` holds. Not done by itself, because the same program is
/// loaded by pages that embed its elements.
#[wasm_bindgen(js_name = startPage)]
pub fn start_page() {
    show_page_on_panic();
    let Some(place) = document()
        .get_element_by_id("app")
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    else {
        web_sys::console::error_1(&"index.html has no element with the id `app`".into());
        return;
    };
    let mut shown = Some(show(&place));
    let restored = Listener::new(&window(), "pageshow", move |event| {
        if !event.unchecked_ref::<PageTransitionEvent>().persisted() {
            return;
        }
        // From the back/forward cache: what is on the page, and what runs, is
        // from before, and may be another person's.
        drop(shown.take());
        shown = Some(show(&place));
    });
    // It is for as long as the document is there.
    std::mem::forget(restored);
}

fn show(place: &HtmlElement) -> Box<dyn Any> {
    place.set_text_content(None);
    let config = Config::from_page();
    Box::new(mount_to(place.clone(), move || view! { <Page config /> }))
}
