use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::account_line::outside_link;
use super::attr::attr;
use super::copy_button::copy_button;
use super::glyph::{Glyph, GlyphKind};
use crate::text::{self, Notice, Tone, button, detail};

/// How long a success stays. It disappears automatically, because the state
/// beside it shows the success too. It stays while it has the pointer or the
/// focus.
const SUCCESS_STAYS_MS: u32 = 15_000;

/// A notice on a card: the result of a command. The page's live region
/// announces its text, so the box itself is no live region.
#[component]
pub(super) fn NoticeBox(
    notice: Notice,
    /// The live region that announces whether the details were copied.
    region: RwSignal<String>,
    dismiss: Callback<()>,
) -> impl IntoView {
    let class = match notice.tone {
        Tone::Success => "notice notice--good",
        Tone::Information => "notice",
        Tone::Warning => "notice notice--unsure",
        Tone::Error => "notice notice--attention",
    };
    let timer = StoredValue::new_local(None);
    let is_hovered = StoredValue::new(false);
    let is_focused = StoredValue::new(false);
    let disappears = notice.tone == Tone::Success;
    let run_or_stop = move || {
        let runs = disappears && !is_hovered.get_value() && !is_focused.get_value();
        let end = move || dismiss.run(());
        timer.set_value(runs.then(|| Timeout::new(SUCCESS_STAYS_MS, end)));
    };
    let hover = move |hovered| {
        is_hovered.set_value(hovered);
        run_or_stop();
    };
    let focus = move |focused| {
        is_focused.set_value(focused);
        run_or_stop();
    };
    run_or_stop();
    let link = notice.url.map(|url| {
        let words = text::authorizations_link(url.host());
        view! { <p>{outside_link(&url, words)}</p> }.into_any()
    });
    view! {
        <div class={class} {..attr("part", "notice")} on:mouseenter=move |_| hover(true)
            on:mouseleave=move |_| hover(false) on:focusin=move |_| focus(true)
            on:focusout=move |_| focus(false)>
            <Glyph kind=GlyphKind::from(notice.tone) />
            <div class="notice__words">
                <p>{notice.text}</p>
                {link}
                {raw_text(notice.detail, region)}
            </div>
            <button {..attr("type", "button")} class="button button--quiet" on:click=move |_| dismiss.run(())>
                {button::DISMISS}
            </button>
        </div>
    }
}

/// A redacted text of the server or the provider, folded away, with a button to
/// copy it. Returns none for an empty text. `region` is the live region that
/// announces whether it was copied.
pub(crate) fn raw_text(text: String, region: RwSignal<String>) -> Option<AnyView> {
    (!text.is_empty()).then(|| {
        let copied = text.clone();
        let copy = copy_button(move || copied.clone(), String::new().into(), region);
        view! {
            <details class="raw-text">
                <summary>{detail::TITLE}</summary>
                <p {..attr("dir", "auto")} prop:textContent=text></p>
                {copy}
            </details>
        }
        .into_any()
    })
}
