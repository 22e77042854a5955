use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::Page;
use crate::Config;
use crate::platform::show_page_on_panic;

/// Starts the page: reads its configuration and takes the place of the skeleton
/// that `index.html` holds. Not done by itself, because the same program is
/// loaded by pages that embed its elements.
#[wasm_bindgen(js_name = startPage)]
pub fn start_page() {
    show_page_on_panic();
    let Some(place) = document()
        .get_element_by_id("app")
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        web_sys::console::error_1(&"index.html has no element with the id `app`".into());
        return;
    };
    place.set_text_content(None);
    let config = Config::from_page();
    mount_to(place, move || view! { <Page config /> }).forget();
}
