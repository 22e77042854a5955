use external_auth_core::routes;
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::drawings::drawn_later;
use super::notice_box::raw_text;
use super::revocation_warning_box::revocation_warning_box;
use super::text_span::text_span;
use crate::platform::{current_address, load_page_again};
use crate::reactive::{dynamic, words};
use crate::text::{self, button};
use crate::view::View;

/// Notices about the whole page, and its two live regions. The assertive one
/// says that the session has ended or that the list could not be loaded. The
/// polite one says what has changed. Both are in the page from the start,
/// because a screen reader announces only what is added to an existing region.
/// They are not atomic, so that each part is announced alone.
#[component]
pub(crate) fn ListNotices(view: View) -> impl IntoView {
    let session_ended = dynamic(move || {
        view.session
            .session_ended
            .get()
            .then(|| session_ended(view))
    });
    let signed_out_at_proxy = dynamic(move || {
        let is_signed_out = view.session.signed_out_at_proxy.get();
        is_signed_out.then(signed_out_at_proxy)
    });
    let another_person = dynamic(move || {
        let notice = view.session.person_notice.get()?;
        Some(another_person(view, text::person_notice(&notice)))
    });
    let list_failed = dynamic(move || list_failed(view));
    let slow = dynamic(move || {
        let slow = view.session.list.read().slow;
        slow.then(|| view! { <p class="list-notice">{text::announce_refreshing()}</p> }.into_any())
    });
    let warnings = drawn_later(move |drawings| drawings.warnings_without_card(view));
    let alert = words(move || view.alert.get());
    let announcement = words(move || view.announcement.get());
    view! {
        <div class="list-notices">
            <div {..attr("role", "alert")} {..attr("aria-atomic", "false")}>
                {session_ended} {signed_out_at_proxy} {another_person} {list_failed} <span class="visually-hidden" prop:textContent=alert></span>
            </div>
            <div {..attr("role", "status")} {..attr("aria-atomic", "false")}>
                {slow} <span class="visually-hidden" prop:textContent=announcement></span>
            </div>
            {warnings}
        </div>
    }
}

/// Warnings about providers that are no longer in the list.
pub(super) fn warnings_without_card(view: View) -> Option<AnyView> {
    if !view.session.list.read().loaded {
        return None;
    }
    let rows = view.session.rows.read();
    let only = view.only.read();
    let is_meant = |id: &String| only.is_empty() || only.contains(id);
    let boxes: Vec<_> = (view.session.warnings.get().into_iter())
        .filter(|warning| !rows.iter().any(|row| *row.id == *warning.provider))
        .filter(|warning| is_meant(&warning.provider))
        .map(|warning| revocation_warning_box(view, warning, ""))
        .collect();
    (!boxes.is_empty()).then(|| boxes.into_any())
}

fn session_ended(view: View) -> AnyView {
    let sign_in = view
        .session
        .deployment_url(&routes::login(&current_address()));
    view! {
        <div class="notice notice--unsure">
            <div class="notice__words"><p prop:textContent=text::session_ended(view.session.list.read().loaded)></p></div>
            <a class="button button--main" {..text_attr("href", sign_in)}>{button::SIGN_IN}</a>
        </div>
    }
    .into_any()
}

/// The person has to load the page again: a proxy shows its sign-in page only
/// for a navigation, not for a script's request.
fn signed_out_at_proxy() -> AnyView {
    view! {
        <div class="notice notice--unsure">
            <div class="notice__words"><p>{text::signed_out_at_proxy()}</p></div>
            <button {..attr("type", "button")} class="button button--main" on:click=|_| load_page_again()>
                {button::LOAD_PAGE_AGAIN}
            </button>
        </div>
    }
    .into_any()
}

fn another_person(view: View, words: String) -> AnyView {
    let dismiss = move |_| view.session.dismiss_person_notice();
    view! {
        <div class="notice notice--unsure">
            <div class="notice__words"><p>{words}</p></div>
            <button {..attr("type", "button")} class="button button--quiet" on:click=dismiss>{button::DISMISS}</button>
        </div>
    }
    .into_any()
}

fn list_failed(view: View) -> Option<AnyView> {
    let list = view.session.list.read();
    // Another notice above already says that the person is signed out.
    let error = (list.error.as_ref()).filter(|error| !error.kind.is_sign_out())?;
    Some(
        view! {
            <div class="notice notice--attention">
                <div class="notice__words">
                    <p><strong prop:textContent=text::list_failed(list.loaded)></strong> " " {text_span(text::list_error(error))}</p>
                    {raw_text(error.to_string(), view.announcement)}
                </div>
                <button {..attr("type", "button")} class="button button--main" on:click=move |_| view.reload()>
                    {button::TRY_AGAIN}
                </button>
            </div>
        }
        .into_any(),
    )
}
