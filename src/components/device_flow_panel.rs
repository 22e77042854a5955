use external_auth_core::{CodeUrgency, DeviceEnd, DeviceView, PollingHealth, SafeUrl};
use leptos::html::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attr::{attr, text_attr};
use super::device_flow_steps::device_flow_steps;
use super::glyph::{Glyph, GlyphKind};
use super::notice_box::raw_text;
use crate::linking::DeviceLink;
use crate::platform::{FocusGuard, copy_text, select_element};
use crate::reactive::{dynamic, effect, memo, words};
use crate::text::{self, button};

/// What the parts of the panel share.
#[derive(Clone)]
pub(super) struct PanelParts {
    pub link: DeviceLink,
    /// How polling goes. It changes while the same code is shown.
    pub health: Memo<PollingHealth>,
    pub urgency: Memo<CodeUrgency>,
    /// The element that shows the code.
    pub code: NodeRef<Code>,
    /// Whether the code was copied. None before it was tried.
    pub is_copied: RwSignal<Option<bool>>,
    /// A live region: what was copied, and that time runs out.
    pub spoken: RwSignal<String>,
}

/// One device flow from the code to the end: what to enter, where, how long
/// the code is valid, and the status. It is shown in a dialog and on the
/// page of a provider. Its last row has the actions, after `cancel`.
#[component]
pub(crate) fn DeviceFlowPanel(
    link: DeviceLink,
    #[prop(optional)] cancel: Option<AnyView>,
) -> impl IntoView {
    let shown = link.shown.clone();
    let seconds_left = link.seconds_left.clone();
    let name = link.row.name;
    let parts = PanelParts {
        link,
        health: {
            let shown = shown.clone();
            memo(move || health(&shown.read()))
        },
        urgency: {
            let seconds_left = seconds_left.clone();
            memo(move || CodeUrgency::of(seconds_left.get()))
        },
        code: NodeRef::new(),
        is_copied: RwSignal::new(None),
        spoken: RwSignal::new(String::new()),
    };
    // What is drawn stays while only the health changes, and so does the focus.
    let drawn = memo(move || without_health(shown.get()));
    let PanelParts {
        urgency,
        health,
        spoken,
        ..
    } = parts;
    effect(move || {
        if urgency.get() > CodeUrgency::Calm {
            let left = seconds_left.get_untracked().unwrap_or_default();
            spoken.set(text::time_left_warning(left));
        }
    });
    let content = {
        let parts = parts.clone();
        dynamic(move || Some(content(&parts, &drawn.read())))
    };
    let action = dynamic(move || action(&parts, &drawn.read()));
    let status = words(move || status(&drawn.read(), &name.read()));
    let trouble =
        words(move || text::device_health(health.get(), &name.read()).unwrap_or_default());
    let regions = [status, trouble, words(move || spoken.get())].map(|said| {
        view! { <p class="visually-hidden" {..attr("role", "status")} prop:textContent=said></p> }
            .into_any()
    });
    view! {
        <div class="device-flow__content">{content}</div>
        <div class="dialog__actions">{cancel} {action}</div>
        // Inside the dialog, because screen readers ignore live regions outside
        // of an open dialog.
        {regions.into_iter().collect_view()}
    }
}

fn health(shown: &DeviceView) -> PollingHealth {
    match shown {
        DeviceView::Waiting { health, .. } => *health,
        _ => PollingHealth::Good,
    }
}

fn without_health(mut shown: DeviceView) -> DeviceView {
    if let DeviceView::Waiting { health, .. } = &mut shown {
        *health = PollingHealth::Good;
    }
    shown
}

/// What a screen reader announces when the flow shows something else.
fn status(shown: &DeviceView, name: &str) -> String {
    match shown {
        DeviceView::Waiting { user_code, .. } => text::code_spelled(user_code),
        // A notice says it where the person returns to.
        DeviceView::Ended(DeviceEnd::Linked) => String::new(),
        other => said(other, name).0,
    }
}

/// What is said in place of the steps: a sentence, and the reason behind it.
fn said(shown: &DeviceView, name: &str) -> (String, String) {
    let sentence = match shown {
        DeviceView::Requesting => text::device_requesting(name),
        DeviceView::InAnotherTab => text::device_in_another_tab(name),
        DeviceView::OtherTabStopped => text::other_tab_stopped(name),
        DeviceView::Ended(end) => return text::device_end(end, name),
        DeviceView::Waiting { .. } | DeviceView::Confirming => text::checking_outcome().to_owned(),
    };
    (sentence, String::new())
}

fn content(parts: &PanelParts, shown: &DeviceView) -> AnyView {
    let name = parts.link.row.name.get_untracked();
    if let DeviceView::Waiting {
        user_code,
        verification_uri,
        ..
    } = shown
    {
        parts.is_copied.set(None);
        return device_flow_steps(parts, user_code, verification_uri);
    }
    let (sentence, reason) = said(shown, &name);
    let sign = match shown {
        DeviceView::Ended(DeviceEnd::Linked) => glyph(GlyphKind::Check),
        DeviceView::Ended(DeviceEnd::Unconfirmed(_)) => glyph(GlyphKind::Question),
        DeviceView::Ended(_) | DeviceView::OtherTabStopped => glyph(GlyphKind::Exclamation),
        _ => view! { <span class="spinner" {..attr("aria-hidden", "true")}></span> }.into_any(),
    };
    view! {
        <div class="device-flow__said">
            <span class="device-flow__sign">{sign}</span>
            <p prop:textContent=sentence></p>
            {raw_text(reason, parts.spoken)}
        </div>
    }
    .into_any()
}

fn glyph(kind: GlyphKind) -> AnyView {
    view! { <Glyph kind /> }.into_any()
}

/// The main action of what is shown.
fn action(parts: &PanelParts, shown: &DeviceView) -> Option<AnyView> {
    let link = parts.link.clone();
    match shown {
        DeviceView::Waiting {
            verification_uri, ..
        } => {
            let url = link.origins().link(verification_uri)?;
            Some(open_button(parts, &url))
        }
        DeviceView::InAnotherTab => Some(main_button(button::LINK_HERE, move || link.take_over())),
        DeviceView::OtherTabStopped => Some(main_button(button::NEW_CODE, move || link.renew())),
        DeviceView::Ended(end) if end.can_be_renewed() => {
            let label = match end {
                DeviceEnd::CodeRefused(_)
                | DeviceEnd::Failed(_)
                | DeviceEnd::NoCode
                | DeviceEnd::Unconfirmed(_) => button::TRY_AGAIN,
                _ => button::NEW_CODE,
            };
            Some(main_button(label, move || link.renew()))
        }
        _ => None,
    }
}

/// Opens the provider's page, and copies the code for it.
fn open_button(parts: &PanelParts, url: &SafeUrl) -> AnyView {
    let parts = parts.clone();
    view! {
        <a class="button button--main" {..text_attr("href", url.to_string())} {..attr("target", "_blank")} {..attr("rel", "noopener noreferrer")}
            on:click=move |_| copy_code(&parts) prop:textContent=text::device_open(url.host())></a>
    }
    .into_any()
}

/// Copies the code, or selects it where the browser does not allow that.
pub(super) fn copy_code(parts: &PanelParts) {
    let Some(element) = parts.code.get_untracked() else {
        return;
    };
    let (spoken, is_copied) = (parts.spoken, parts.is_copied);
    // A screen reader announces the same text again only if it was cleared
    // before.
    spoken.set(String::new());
    spawn_local(async move {
        let copied = copy_text(&element.text_content().unwrap_or_default()).await;
        if !copied {
            select_element(&element);
        }
        is_copied.try_set(Some(copied));
        spoken.try_set(text::code_copied(copied).to_owned());
    });
}

fn main_button(label: &'static str, run: impl Fn() + 'static) -> AnyView {
    let run: Box<dyn Fn()> = Box::new(run);
    let press = move |_| {
        run();
        // The button disappears together with the panel.
        FocusGuard::anywhere().move_to("device-title");
    };
    view! {
        <button {..attr("type", "button")} class="button button--main" on:click=press prop:textContent=label></button>
    }
    .into_any()
}
