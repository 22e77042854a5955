//! The page: reads its configuration and takes the place of the skeleton that
//! `index.html` holds.

use coder_external_auth::Config;
use coder_external_auth::pages::Page;
use coder_external_auth::platform::show_page_on_panic;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
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
