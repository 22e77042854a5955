use external_auth_core::ImageUrl;
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::closed_row::first_letter;
use super::text_span::text_span;
use crate::reactive::dynamic;

/// A picture of something whose name is beside it. The first letter of the name,
/// if there is no picture that may be shown, or if it does not load.
pub(super) fn picture(
    class: &'static str,
    url: Option<ImageUrl>,
    size: u32,
    name: &str,
) -> AnyView {
    let broken = RwSignal::new(false);
    let letter = first_letter(name);
    let content = dynamic(move || {
        match url.clone().filter(|_| !broken.get()) {
        Some(url) => Some(
            view! {
                <img {..text_attr("src", url.as_str().to_owned())} {..attr("alt", "")} {..text_attr("width", size.to_string())} {..text_attr("height", size.to_string())}
                    {..attr("referrerpolicy", "no-referrer")} {..attr("loading", "lazy")} on:error=move |_| broken.set(true) />
            }
            .into_any(),
        ),
        None => Some(text_span(letter.clone())),
    }
    });
    view! { <span class={class} {..attr("aria-hidden", "true")}>{content}</span> }.into_any()
}
