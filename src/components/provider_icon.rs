use external_auth_core::ImageUrl;
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::text_span::text_span;
use crate::platform::upper_case;
use crate::reactive::dynamic;

/// The provider's icon. Its first letter, if it has no icon that may be
/// shown, or if the icon does not load.
#[component]
pub(super) fn ProviderIcon(icon: Option<ImageUrl>, name: String) -> impl IntoView {
    picture("provider-icon", icon, 24, &name)
}

/// A picture of something whose name is beside it.
pub(super) fn picture(
    class: &'static str,
    url: Option<ImageUrl>,
    size: u32,
    name: &str,
) -> AnyView {
    let broken = RwSignal::new(false);
    let letter = name
        .chars()
        .next()
        .map(|letter| upper_case(&letter.to_string()));
    let content = dynamic(move || {
        match url.clone().filter(|_| !broken.get()) {
        Some(url) => Some(
            view! {
                <img {..text_attr("src", url.as_str().to_owned())} {..attr("alt", "")} {..text_attr("width", size.to_string())} {..text_attr("height", size.to_string())}
                    {..attr("referrerpolicy", "no-referrer")} {..attr("loading", "lazy")} on:error=move |_| broken.set(true) />
            }
            .into_any(),
        ),
        None => letter.clone().map(text_span),
    }
    });
    view! { <span class={class} {..attr("aria-hidden", "true")}>{content}</span> }.into_any()
}
