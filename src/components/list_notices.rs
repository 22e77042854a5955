use external_auth_core::{ApiError, routes};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::drawings::drawn_later;
use super::glyph::{Glyph, GlyphKind};
use super::notice_box::raw_text;
use super::part_failed::part_failed;
use super::revocation_warning_box::revocation_warning_box;
use crate::chunk::ChunkStatus;
use crate::platform::{current_address, load_page_again};
use crate::reactive::{dynamic, effect, memo, unsubscribe_on_cleanup, words};
use crate::text::{self, button};
use crate::view::{View, fetch_later_parts, later_parts_status};

/// Notices about the whole page, and its two live regions. The assertive one
/// says that the session has ended or that the list could not be loaded. The
/// polite one says what has changed. Both are in the page from the start,
/// because a screen reader announces only what is added to an existing region.
/// They are not atomic, so that each part is announced alone.
#[component]
pub(crate) fn ListNotices(view: View) -> impl IntoView {
    let alerts = drawn_later(move |drawings| Some(drawings.alerts(view)));
    let slow = drawn_later(move |drawings| drawings.slow(view));
    let warnings = drawn_later(move |drawings| drawings.warnings_without_card(view));
    let failed = part_that_failed(view);
    let alert = words(move || view.alert.get());
    let announcement = words(move || view.announcement.get());
    view! {
        <div class="list-notices">
            <div {..attr("role", "alert")} {..attr("aria-atomic", "false")}>
                {alerts} {failed} <span class="visually-hidden" prop:textContent=alert></span>
            </div>
            <div {..attr("role", "status")} {..attr("aria-atomic", "false")}>
                {slow} <span class="visually-hidden" prop:textContent=announcement></span>
            </div>
            {warnings}
        </div>
    }
}

/// What is said at once: that a setting is wrong, that the session has ended, that a proxy asks for a
/// sign-in, that another person is signed in, or that the list could not be
/// loaded.
pub(super) fn alerts(view: View) -> AnyView {
    let loaded = memo(move || view.session.list.read().loaded);
    let session_ended = dynamic(move || {
        let has_ended = view.session.session_ended.get();
        let loaded = loaded.get();
        has_ended.then(|| session_ended(view, loaded))
    });
    let signed_out_at_proxy = dynamic(move || {
        let is_signed_out = view.session.signed_out_at_proxy.get();
        is_signed_out.then(signed_out_at_proxy)
    });
    let another_person = dynamic(move || {
        let notice = view.session.person_notice.get()?;
        Some(another_person(view, text::person_notice(&notice)))
    });
    let refused_setting = view.config().refused_setting.map(refused_setting);
    // Drawn when a request has ended, and not while the next one runs: a screen
    // reader says what is drawn.
    let failure = RwSignal::new(None);
    effect(move || {
        unsubscribe_on_cleanup();
        let list = view.session.list.read();
        if !list.loading || list.error.is_none() {
            failure.set(list.error.clone().map(|error| (error, list.loaded)));
        }
    });
    let list_failed = dynamic(move || {
        let (error, loaded) = failure.get()?;
        list_failed(view, &error, loaded)
    });
    view! { {refused_setting} {session_ended} {signed_out_at_proxy} {another_person} {list_failed} }
        .into_any()
}

/// Says that the answer takes long.
pub(super) fn slow(view: View) -> Option<AnyView> {
    let slow = view.session.list.read().slow;
    slow.then(|| view! { <p class="list-notice">{text::announce_refreshing()}</p> }.into_any())
}

/// Without a list, the page must not stay empty when the code for the notices
/// cannot be fetched. The code that asks for a list may be in the same file, so
/// both are tried again.
fn part_that_failed(view: View) -> AnyView {
    dynamic(move || {
        let list = view.session.list.read();
        let is_empty = !list.loaded && !list.loading;
        (is_empty && later_parts_status() == ChunkStatus::Failed).then(|| {
            part_failed(move || {
                fetch_later_parts();
                view.reload();
            })
        })
    })
}

/// Warnings about providers that are no longer in the list, and how many providers
/// the list leaves out.
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
    let left_out = view.session.list.read().left_out;
    let left_out = (left_out > 0)
        .then(|| view! { <p class="list-notice">{text::left_out(left_out)}</p> }.into_any());
    (!boxes.is_empty() || left_out.is_some()).then(|| view! { {boxes} {left_out} }.into_any())
}

/// One notice about the whole page. `severity`: the second half of its class.
fn page_notice(severity: &str, words: AnyView, action: Option<AnyView>) -> AnyView {
    view! {
        <div class=format!("notice notice--{severity}")>
            <Glyph kind=GlyphKind::Exclamation />
            <div class="notice__words">{words}</div>
            {action}
        </div>
    }
    .into_any()
}

fn sentence(words: impl Into<String>) -> AnyView {
    view! { <p prop:textContent=words.into()></p> }.into_any()
}

fn action(class: &'static str, label: &'static str, run: impl Fn() + 'static) -> AnyView {
    let run: Box<dyn Fn()> = Box::new(run);
    view! { <button {..attr("type", "button")} {..attr("class", class)} on:click=move |_| run() prop:textContent=label></button> }
        .into_any()
}

fn session_ended(view: View, loaded: bool) -> AnyView {
    let sign_in = view
        .session
        .deployment_url(&routes::login(&current_address()));
    let words = sentence(text::session_ended(loaded));
    let link = view! { <a class="button button--main" {..text_attr("href", sign_in)}>{button::SIGN_IN}</a> };
    page_notice("unsure", words, Some(link.into_any()))
}

/// The person has to load the page again: a proxy shows its sign-in page only
/// for a navigation, not for a script's request.
fn signed_out_at_proxy() -> AnyView {
    let reload = action(
        "button button--main",
        button::LOAD_PAGE_AGAIN,
        load_page_again,
    );
    page_notice(
        "unsure",
        sentence(text::signed_out_at_proxy()),
        Some(reload),
    )
}

/// Says which setting is wrong. Only the operator can mend it, so there is no
/// button.
fn refused_setting(setting: &str) -> AnyView {
    page_notice("attention", sentence(text::refused_setting(setting)), None)
}

fn another_person(view: View, words: String) -> AnyView {
    let dismiss = action("button button--quiet", button::DISMISS, move || {
        view.session.dismiss_person_notice();
    });
    page_notice("unsure", sentence(words), Some(dismiss))
}

/// `loaded`: the previous list is still shown.
fn list_failed(view: View, error: &ApiError, loaded: bool) -> Option<AnyView> {
    // Another notice above already says that the person is signed out. And another
    // attempt cannot reach what is not an address.
    if error.kind.is_sign_out() || view.config().is_base_refused() {
        return None;
    }
    let words = view! {
        <p><strong prop:textContent=text::list_failed(loaded)></strong></p>
        {sentence(text::list_error(error))}
        {raw_text(error.to_string(), view.announcement)}
    };
    let try_again = action("button button--main", button::TRY_AGAIN, move || {
        view.reload();
    });
    Some(page_notice("attention", words.into_any(), Some(try_again)))
}
