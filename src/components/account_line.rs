use std::rc::Rc;

use external_auth_core::wire::Account;
use external_auth_core::{Origins, SafeUrl};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::picture::picture;
use super::text_span::text_span;
use crate::text;

/// The linked account: picture, name, handle, and a link to the profile.
#[component]
pub(super) fn AccountLine(account: Account, origins: Rc<Origins>) -> impl IntoView {
    let words = text::linked_as(&account.name, &account.login);
    let who = match origins.link(&account.profile_url) {
        Some(url) => outside_link(&url, words),
        None => text_span(words),
    };
    view! { <p class="account-line">{avatar(&account, &origins)} {who}</p> }
}

/// The picture of an account, or its first letter if it has no picture.
pub(super) fn avatar(account: &Account, origins: &Origins) -> AnyView {
    picture(
        "avatar",
        origins.avatar(&account.avatar_url),
        20,
        &account.login,
    )
}

/// A link to a page outside of the deployment, with text alone.
pub(super) fn outside_link(url: &SafeUrl, words: String) -> AnyView {
    outside_link_with(url, text_span(words))
}

/// A link to a page outside of the deployment, with any content.
pub(super) fn outside_link_with(url: &SafeUrl, content: AnyView) -> AnyView {
    view! { <a {..text_attr("href", url.to_string())} {..attr("target", "_blank")} {..attr("rel", "noopener noreferrer")}>{content}</a> }
        .into_any()
}
