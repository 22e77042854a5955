use external_auth_core::{ProviderAction, ProviderState};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::drawings::dialogs;
use super::glyph::{Glyph, GlyphKind};
use super::list_notices::ListNotices;
use super::row_extras::notices;
use super::text_span::text_span;
use super::window_link_status::WindowLinkStatus;
use crate::platform::FocusGuard;
use crate::reactive::{dynamic, effect, flag, memo, words};
use crate::session::ProviderRow;
use crate::text;
use crate::view::{View, card_id};

/// One button, which links the provider and shows whether it is linked.
/// Notices are below it, such as why linking failed.
#[component]
pub(super) fn LinkButton(view: View, disabled: RwSignal<bool>) -> impl IntoView {
    let row = memo(move || view.rows().into_iter().next());
    effect(move || {
        if let Some(row) = row.get() {
            // The button shows the login, so it needs the live answer.
            view.set_near(&row, true);
        }
    });
    let instead = memo(move || text_instead(&row.get()?));
    let content = dynamic(move || {
        let Some(row) = row.get() else {
            return missing(view);
        };
        let Some((kind, said)) = instead.get() else {
            return Some(button(view, row, disabled));
        };
        // The button that linked the provider disappears now.
        FocusGuard::anywhere().move_to(&card_id(&row.id));
        Some(
            view! {
                <span class="link-button__words" {..attr("part", "linked")} {..text_attr("id", card_id(&row.id))} {..attr("tabindex", "-1")}>
                    <Glyph kind /> {text_span(said)}
                </span>
            }
            .into_any(),
        )
    });
    let below = dynamic(move || {
        let row = row.get()?;
        let failures = notices(view, &row, false);
        Some(view! { <WindowLinkStatus view row has_row=false /> {failures} }.into_any())
    });
    view! {
        <div class="link-button">
            {content}
            <ListNotices view />
            {below}
        </div>
        {dialogs(view)}
    }
    .into_any()
}

/// Shown in place of the button if there is nothing to link.
fn missing(view: View) -> Option<AnyView> {
    let list = view.session.list.read();
    let said = match (&list.error, list.loaded) {
        (_, true) => text::missing_provider(list.left_out),
        // The reason and the actions are below.
        (Some(_), false) => return None,
        (None, false) => text::progress::LOADING,
    };
    // The form focuses this when the link is missing.
    Some(
        view! { <span class="link-button__words" {..attr("tabindex", "-1")} prop:textContent=said></span> }
            .into_any(),
    )
}

/// The sign and the text in place of the button, if the provider is linked or no
/// longer configured.
fn text_instead(row: &ProviderRow) -> Option<(GlyphKind, String)> {
    match row.state() {
        state @ ProviderState::NoLongerConfigured => {
            Some((state.into(), text::state_label(state).to_owned()))
        }
        _ if row.works() => {
            let words = text::button_linked(row.login().as_deref());
            Some((GlyphKind::Check, words))
        }
        _ => None,
    }
}

/// The button. It stays while it links, because it has the focus.
fn button(view: View, row: ProviderRow, disabled: RwSignal<bool>) -> AnyView {
    let words = {
        let row = row.clone();
        words(move || {
            let shown = view.linking().shown.read();
            let running = shown.window.as_ref();
            if running.is_some_and(|link| link.provider == row.id) {
                text::button_waiting(&row.name.read())
            } else {
                text::device_title(&row.name.read())
            }
        })
    };
    let press = move |_| view.act(ProviderAction::Link, &row);
    view! {
        <button {..attr("type", "button")} class="button" {..attr("part", "button")} disabled=flag(move || disabled.get())
            on:click=press prop:textContent=words></button>
    }
    .into_any()
}
