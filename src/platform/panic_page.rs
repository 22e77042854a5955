/// From now on a panic leaves a readable page: it shows the element with the
/// id `failed-program`, which stands hidden in `index.html`, and tells the
/// console what happened.
pub fn show_page_on_panic() {
    std::panic::set_hook(Box::new(|information| {
        web_sys::console::error_1(&information.to_string().into());
        let document = leptos::prelude::document();
        if let Some(element) = document.get_element_by_id("failed-program") {
            let _ = element.remove_attribute("hidden");
        }
    }));
}
